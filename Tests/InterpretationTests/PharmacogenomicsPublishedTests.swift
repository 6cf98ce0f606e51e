import Foundation
import GenomicFiles
import TestSupport
import Testing

@testable import Interpretation

@Suite("Pharmacogenomics: what PharmCAT published of its examples", .enabled(if: SharedData.has("pgx/example.vcf")))
struct PharmacogenomicsPublishedTests {
  func result(_ vcf: String, sample: String?, folder: String = "pgx") async throws -> PharmacogenomicsResult {
    let definitions = try DefinitionSet(folder: SharedData.path(folder))
    return try await callPharmacogenes(
      PharmacogenomicsRequest(
        variants: InputFile(path: SharedData.path("pgx/" + vcf)), sample: sample, definitions: definitions),
      reference: SparseReference(definitions.allPositions).bases(), resources: RunResources(threads: 1))
  }

  func json(_ name: String) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(readFile(SharedData.path("pgx/" + name)))) as? [String: Any])
  }

  /// Every gene's diplotypes, scores and calls, and the phenotypes.
  func compare(_ result: PharmacogenomicsResult) throws {
    #expect(result.genes.count == SharedData.names(in: "pgx/alleles").count)
    let matches = try #require(try json("example.match.json")["results"] as? [[String: Any]])
    let reports = try #require(try json("example.phenotype.json")["geneReports"] as? [String: [String: Any]])
    var compared = 0
    for match in matches {
      guard let name = match["gene"] as? String, let gene = result.gene(name) else { continue }
      compared += 1
      let published = try #require(match["diplotypes"] as? [[String: Any]])
      #expect(gene.diplotypes.map(\.name) == published.compactMap { $0["name"] as? String })
      #expect(gene.diplotypes.map(\.score) == published.compactMap { $0["score"] as? Int })
      #expect(gene.definitionVersion == match["version"] as? String)
      let variants = try #require(match["variants"] as? [[String: Any]])
      let calls = Dictionary(uniqueKeysWithValues: gene.positions.map { ($0.position, $0.call) })
      #expect(variants.count == gene.positions.count)
      for variant in variants {
        #expect(calls[try #require(variant["position"] as? Int)] == variant["vcfCall"] as? String)
      }
      let sources = try #require(reports[name]?["sourceDiplotypes"] as? [[String: Any]])
      for (source, diplotype) in zip(sources, gene.diplotypes) {
        let phenotypes = try #require(source["phenotypes"] as? [String])
        #expect(diplotype.phenotype.map { [$0.text] } ?? [] == phenotypes)
        #expect(diplotype.activityScore == source["activityScore"] as? String)
        let first = try #require(source["allele1"] as? [String: Any])
        if let function = diplotype.alleles[0].function?.text { #expect(function == first["function"] as? String) }
      }
    }
    #expect(compared == result.genes.count)
  }

  @Test("example.vcf gives the published diplotypes, scores, calls, functions and phenotypes")
  func example() async throws {
    let result = try await result("example.vcf", sample: nil)
    try compare(result)
    #expect(result.gene("DPYD")?.components?.activityScore == "2.0")
    #expect(result.dpyd.activityScore == "2.0")
    #expect(result.notTestedGenes.map(\.gene) == ["CFTR", "CYP2D6", "G6PD", "HLA-A", "HLA-B", "MT-RNR1", "RYR1"])
  }

  @Test("The definitions' own folder may be given in place of the one above it")
  func allelesFolder() async throws {
    try compare(try await result("example.vcf", sample: nil, folder: "pgx/alleles"))
  }

  @Test("multisample.vcf: the first sample as published, the second by its five variants")
  func multisample() async throws {
    try compare(try await result("multisample.vcf", sample: "Sample_1"))
    let second = try await result("multisample.vcf", sample: "Sample_2")
    #expect(second.gene("CYP2C19")?.diplotypes.map(\.name) == ["*2/*2"])
    #expect(second.gene("CYP2C19")?.diplotypes[0].phenotype?.text == "Poor Metabolizer")
    #expect(second.gene("CYP2B6")?.diplotypes.map(\.name) == ["*1/*6"])
    #expect(second.gene("CYP2B6")?.diplotypes[0].phenotype?.text == "Intermediate Metabolizer")
    #expect(second.gene("CYP2B6")?.otherDiplotypes.map(\.name) == ["*4/*9"])
    let others = second.genes.filter { !["CYP2C19", "CYP2B6"].contains($0.gene) }
    let first = try await result("multisample.vcf", sample: "Sample_1")
    for gene in others { #expect(gene == first.gene(gene.gene)) }
  }

  @Test("Several samples and none named is refused; so is one that is not there")
  func samples() async throws {
    for sample in [nil, "S9"] {
      await #expect(throws: (any Error).self) { try await result("multisample.vcf", sample: sample) }
    }
  }
}
