import Foundation
import TestSupport
import Testing

@Suite("Genes in kb query, and one digest of the assembly everywhere: the synthetic trio, the father denied")
struct GeneQueryTests {
  let folder: TemporaryFolder
  let trio: String

  init() throws {
    folder = try TemporaryFolder()
    trio = try copyOfTrio(in: folder)
    let entries = [("SYN-001-P", "yes"), ("SYN-001-M", "yes"), ("SYN-001-F", "no")].map { participant, agreed in
      #"{"schema": "apus-consent/1", "participant": "\#(participant)", "form": "NGIS-ROD v4.03", "discussed": "yes", "agreed": "\#(agreed)", "category": "adult", "date": "2026-03-01", "signed": true, "scope": "national-genomic-research-library"}"#
    }
    try folder.write("[\(entries.joined(separator: ","))]", to: "consent.json")
  }

  private func apus(_ arguments: String...) throws -> Command.Result { try Command.run(arguments, in: folder) }

  private func object(_ text: some Sequence<UInt8>) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any])
  }

  /// Runs the trio into a base, with the cache or without.
  private func contribute(annotated: Bool, to base: String = "lab.kb") throws {
    let fasta = "\(trio)/genome.fa.gz"
    #expect(try apus("cache", "build", "-f", fasta, "-g", "\(trio)/genes.gff3", "-o", "c.cache", "--force").code == 0)
    #expect(try apus("kb", "init", base).code == 0)
    let arguments =
      ["run", "--samplesheet", "\(trio)/samplesheet.csv", "-f", fasta, "--out", "out", "--kb", base, "--force"]
      + ["--consent", "consent.json"] + (annotated ? ["-c", "c.cache"] : [])
    let ran = try Command.run(arguments, in: folder)
    #expect(ran.code == 0, "\(ran.errors)")
  }

  private func ask(_ gene: String) throws -> (variants: [String], gene: [String: Any]) {
    let result = try apus("kb", "query", "lab.kb", gene, "--json")
    #expect(result.code == 0, "\(result.errors)")
    let json = try object(result.output.utf8)
    let variants = try #require(json["variants"] as? [[String: Any]])
    return (variants.compactMap { $0["variant"] as? String }, try #require(json["gene"] as? [String: Any]))
  }

  /// What `CSQ` places inside a gene, read from a sample's file by hand.
  private func inside(_ gene: String, _ sample: String) throws -> Set<String> {
    let text = try Peer.run("gzip -dc out/SYN-001/\(sample)/variants.vcf.gz", in: folder).text
    var found: Set<String> = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t")
      guard fields[6] == "PASS", fields[9].prefix(3).contains("1") || fields[9].hasPrefix("1") else { continue }
      let entries = fields[7].split(separator: ";").first { $0.hasPrefix("CSQ=") }?.split(separator: ",") ?? []
      let isInside = entries.contains { entry in
        let values = entry.split(separator: "|", omittingEmptySubsequences: false)
        let terms = Set(values[1].split(separator: "&")).subtracting([
          "upstream_gene_variant", "downstream_gene_variant",
        ])
        return values[3] == gene && !terms.isEmpty
      }
      if isInside { found.insert("\(fields[0])-\(fields[1])-\(fields[3])-\(fields[4])") }
    }
    return found
  }

  @Test("A gene's alleles are those that the permitted people's annotation places inside it; not the denied father's")
  func genes() throws {
    try contribute(annotated: true)
    let cache = try object(try apus("cache", "info", "c.cache", "--json").output.utf8)
    let digest = try #require(cache["digest"] as? String)
    for gene in ["SYN1", "SYN2", "SYN3", "SYN4", "SYN6"] {
      let expected = try inside(gene, "SYN-001-P").union(try inside(gene, "SYN-001-M"))
      #expect(!expected.isEmpty)
      let answer = try ask(gene)
      #expect(Set(answer.variants) == expected, "\(gene)")
      #expect(answer.variants.count == expected.count)
      #expect(answer.gene["annotations"] as? [String] == [digest])
      #expect(answer.gene["contributionsWithoutAnnotation"] as? Int == 0)
      let identifier = try #require((answer.gene["genes"] as? [[String: Any]])?.first?["id"] as? String)
      #expect(try ask(identifier).variants == answer.variants)
      #expect(try ask(gene.lowercased()).variants == answer.variants)
    }
    #expect(try ask("SYN1").variants.contains("20-2920-G-T"))
    let father = try inside("SYN1", "SYN-001-F")
      .subtracting(try inside("SYN1", "SYN-001-P")).subtracting(try inside("SYN1", "SYN-001-M"))
    #expect(try father.isDisjoint(with: ask("SYN1").variants))
    let info = try apus("kb", "info", "lab.kb").output
    #expect(info.contains("without annotation\t0\n") && info.contains("annotation\t\(digest)\n"))
  }

  @Test("A gene that the base does not know is told so, exit 0; so is a base whose cases were not annotated")
  func unknown() throws {
    try contribute(annotated: true)
    let text = try apus("kb", "query", "lab.kb", "BRCA1")
    #expect(text.code == 0)
    #expect(text.output.contains("gene BRCA1: no allele in the base is annotated with it"))
    let answer = try ask("BRCA1")
    #expect(answer.variants.isEmpty && (answer.gene["genes"] as? [Any])?.isEmpty == true)
    try contribute(annotated: false, to: "plain.kb")
    let plain = try apus("kb", "query", "plain.kb", "SYN1")
    #expect(plain.code == 0)
    #expect(plain.output.contains("no case of the base is annotated"))
    #expect(plain.output.contains("not found by gene: 2"))
    #expect(try apus("kb", "digest", "plain.kb").output != (try apus("kb", "digest", "lab.kb").output))
  }

  @Test("One assembly digest: case.json, case.html, manifest, kb info, kb query, cache info")
  func assembly() throws {
    try contribute(annotated: true)
    let manifest = try object(try folder.read("out/SYN-001/manifest.json"))
    let digest = try #require((manifest["reference"] as? [String: Any])?["assemblyDigest"] as? String)
    #expect(digest.utf8.count == 32)
    let json = try object(try folder.read("out/SYN-001/case.json"))
    #expect((json["reference"] as? [String: Any])?["assemblyDigest"] as? String == digest)
    #expect(String(decoding: try folder.read("out/SYN-001/case.html"), as: UTF8.self).contains(digest))
    #expect(try apus("kb", "info", "lab.kb").output.contains("assembly digest\t\(digest)\n"))
    let answer = try object(try apus("kb", "query", "lab.kb", "SYN1", "--json").output.utf8)
    #expect(answer["assemblyDigest"] as? String == digest)
    let cache = try object(try apus("cache", "info", "c.cache", "--json").output.utf8)
    #expect((cache["build"] as? [String: Any])?["assemblyDigest"] as? String == digest)
    #expect(try apus("cache", "info", "c.cache").output.contains("assembly digest\t\(digest)\n"))
  }
}
