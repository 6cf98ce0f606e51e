import GenomicFiles
import Genomics
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("Genes of alleles")
struct GeneTests {
  private static let header =
    "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"Consequences. Format: Allele|Consequence|SYMBOL|Gene|ALLELE_NUM\">"

  private func genes(_ info: String, allele: Int = 1) throws -> String? {
    var annotated = try #require(CSQGenes(try vcf([Self.header])))
    return withRecord("1\t1\t.\tA\tC\t.\t.\t\(info)") { view in
      IntakeInfo(view, 0).consequences.flatMap { annotated.genes(of: allele, view, $0) }?.text
    }
  }

  private func vcf(_ lines: [String]) throws -> VCFHeader {
    try VCFHeader(
      lines: ["##fileformat=VCFv4.2"] + lines + ["#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"], path: "a.vcf")
  }

  @Test(
    "Only genes that the allele is inside; nothing said is not no gene",
    arguments: [
      ("CSQ=T|missense_variant|ONE|G1|1", "G1|ONE"), ("CSQ=T|upstream_gene_variant|ONE|G1|1", "-"),
      ("CSQ=T|downstream_gene_variant|ONE|G1|1,T|intron_variant|TWO|G2|1", "G2|TWO"),
      ("CSQ=T|upstream_gene_variant|ONE|G1|1,T|intron_variant|ONE|G1|1", "G1|ONE"),
      ("CSQ=T|intergenic_variant|||1", "-"), ("CSQ=T|intron_variant||G1|1", "G1|"),
      ("CSQ=T|splice_donor_variant&intron_variant|TWO|G2|1,T|intron_variant|ONE|G1|1", "G1|ONE,G2|TWO"),
      ("AC=1;CSQ=T|intron_variant|ONE|G1|2", nil), ("AC=1", nil), ("CSQ=", nil), ("CSQ=T|intron_variant", nil),
    ])
  func inside(info: String, expected: String?) throws {
    #expect(try genes(info) == expected)
  }

  @Test("Each allele of a record by its number")
  func numbers() throws {
    let info = "CSQ=T|intron_variant|ONE|G1|1,G|intron_variant|TWO|G2|2"
    #expect(try genes(info, allele: 1) == "G1|ONE")
    #expect(try genes(info, allele: 2) == "G2|TWO")
    #expect(try genes(info, allele: 3) == nil)
  }

  @Test("One reader for many records tells what one for each tells")
  func reused() throws {
    var random = SplitMix64()
    var annotated = try #require(CSQGenes(try vcf([Self.header])))
    let terms = ["intron_variant", "upstream_gene_variant", "downstream_gene_variant&intergenic_variant", ""]
    var found: Set<String> = []
    for _ in 0..<2_000 {
      let entries = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        let gene = Int.random(in: 0...3, using: &random)
        return
          "T|\(terms[Int.random(in: 0...3, using: &random)])|S\(gene)|G\(gene)|\(Int.random(in: 1...2, using: &random))"
      }
      let info = "CSQ=\(entries.joined(separator: ","))"
      let told = withRecord("1\t1\t.\tA\tC\t.\t.\t\(info)") { view in
        IntakeInfo(view, 0).consequences.flatMap { annotated.genes(of: 1, view, $0) }?.text
      }
      #expect(try told == genes(info), "\(info)")
      found.insert(told ?? "")
    }
    #expect(found.count > 10)
  }

  @Test("A file without the fields that are needed says nothing of genes")
  func noFields() throws {
    #expect(CSQGenes(try vcf([])) == nil)
    #expect(CSQGenes(try vcf([Self.header.replacing("SYMBOL|", with: "")])) == nil)
  }

  @Test("A set is written and read again; names that would break the serialisation are none")
  func text() throws {
    for set in Generated.geneSets.compactMap({ $0 }) { #expect(GeneSet(text: set.text) == set) }
    for text in ["", "|", "a", "a|b|c", "a|b,", "a b|c"] { #expect(GeneSet(text: text) == nil) }
    #expect(GeneName(id: "a,b", symbol: "") == nil)
    #expect(GeneName(id: "", symbol: "a\tb") == nil)
  }

  @Test("The answer by gene is the union of what everybody's annotation says, in any order of adding")
  func union() throws {
    var random = SplitMix64()
    for _ in 0..<30 {
      let key = PseudonymKey()
      let parts = try (0..<6).map { try Generated.contribution("P\($0)", key: key, using: &random) }
      let base = try KnowledgeBase(inMemory: key)
      _ = try base.add(parts.shuffled(using: &random))
      for name in ["ONE", "two", "G1", "G2", "G3", "G9"] {
        let expected = Set(
          parts.map(\.contribution).flatMap(\.observations).filter { one in
            one.genes?.genes.contains { $0.id == name || $0.symbol.lowercased() == name.lowercased() } ?? false
          }.map(\.vrs))
        let answers = try base.answers(to: .gene(name))
        #expect(Set(answers.compactMap(\.vrs)) == expected, "\(name)")
        #expect(answers.count == expected.count)
        let scope = try base.scope(ofGene: name)
        #expect(scope.genes.isEmpty == expected.isEmpty)
        #expect(scope.withoutAnnotation == parts.count { $0.contribution.annotation == nil })
        for answer in answers {
          let vrs = try #require(answer.vrs)
          #expect(try base.answers(to: .allele(vrs: vrs)) == [answer])
        }
      }
    }
  }

  @Test("Genes are part of the content: another annotation is another digest, and so is another cache")
  func content() throws {
    let reference = try Generated.reference()
    func digest(_ genes: String?, _ annotation: String?) -> String {
      let one = Contribution.Observation(
        contig: reference.contigs[0].digest, start: 5, reference: "A", alternate: "C", vrs: "ga4gh:VA.x",
        genotype: AlleleGenotype([.this]), genes: genes.flatMap { GeneSet(text: $0) })
      return Contribution(
        pseudonym: PseudonymKey().pseudonym(of: "P"), sex: .female, reference: reference, filters: .standard,
        callabilityBasis: nil, callable: [:], annotation: annotation, observations: [one]
      ).digest
    }
    let digests = [digest("G1|ONE", "a"), digest("G2|TWO", "a"), digest("-", "a"), digest(nil, "a"), digest(nil, "b")]
    #expect(Set(digests).count == 5)
    // Genes without the cache that named them are nobody's word.
    #expect(digest("G1|ONE", nil) == digest(nil, nil))
  }

  @Test(
    "A slip in a variant or region is no gene",
    arguments: ["20-1000-A-", "20-1000", "20:5", "X-5-A-Q", "a,b", "a b", ""])
  func slips(text: String) {
    if case .gene = Question(text) { Issue.record("taken for a gene: \(text)") }
  }

  @Test("Symbols with hyphens are genes", arguments: ["HLA-A", "NKX2-5", "BRCA1", "ENSG00000101384", "MT-TL1"])
  func hyphens(text: String) { #expect(Question(text) == .gene(text)) }
}
