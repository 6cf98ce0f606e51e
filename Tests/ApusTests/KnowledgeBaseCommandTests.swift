import Foundation
import TestSupport
import Testing

@Suite("apus kb on the synthetic trio: the proband and the mother permitted, the father denied")
struct KnowledgeBaseCommandTests {
  let folder: TemporaryFolder
  let trio: String
  init() throws {
    folder = try TemporaryFolder()
    trio = try copyOfTrio(in: folder)
  }

  private func consent(_ choices: [(participant: String, agreed: String)], to name: String = "consent.json") throws {
    let entries = choices.map { choice in
      #"{"schema": "apus-consent/1", "participant": "\#(choice.participant)", "form": "NGIS-ROD v4.03", "discussed": "yes", "agreed": "\#(choice.agreed)", "category": "adult", "date": "2026-03-01", "signed": true, "remoteClinician": null, "scope": "national-genomic-research-library", "validUntil": null, "withdrawn": null}"#
    }
    try folder.write("[\(entries.joined(separator: ",\n"))]", to: name)
  }

  private func run(_ more: [String] = [], sheet: String? = nil) throws -> Command.Result {
    try Command.run(
      ["run", "--samplesheet", sheet ?? "\(trio)/samplesheet.csv", "-f", "\(trio)/genome.fa.gz", "--out", "out"] + more,
      in: folder)
  }

  private func kb(_ arguments: String...) throws -> Command.Result { try Command.run(["kb"] + arguments, in: folder) }

  private func answer(_ variant: String) throws -> [String: Any] {
    let result = try kb("query", "lab.kb", variant, "--json")
    #expect(result.code == 0, "\(result.errors)")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    return try #require((json["variants"] as? [[String: Any]])?.first)
  }

  @Test("Permitted people enter, the denied one by no command; adding twice and in another base give one digest")
  func family() throws {
    try consent([("SYN-001-P", "yes"), ("SYN-001-M", "yes"), ("SYN-001-F", "no")])
    #expect(try kb("init", "lab.kb").code == 0)
    let ran = try run(["--kb", "lab.kb", "--consent", "consent.json"])
    #expect(ran.code == 0, "\(ran.errors)")
    #expect(ran.output.contains("denied\tSYN-001\tSYN-001-F\tnot-agreed"))
    let digest = try kb("digest", "lab.kb").output
    let again = try kb("add", "lab.kb", "out/SYN-001", "--consent", "consent.json", "--log-level", "info")
    #expect(again.code == 0, "\(again.errors)")
    #expect(again.output.contains("permitted\tSYN-001\tSYN-001-P\tpresent"))
    #expect(!again.errors.contains("SYN-001-P"), "a log line names a person")
    #expect(try kb("digest", "lab.kb").output == digest)
    #expect(try kb("info", "lab.kb").output.contains("contributions\t2\n"))
    #expect(try kb("init", "other.kb").code == 0)
    #expect(try kb("add", "other.kb", "out/SYN-001", "--consent", "consent.json").code == 0)
    #expect(try kb("digest", "other.kb").output == digest)
    // The homozygote; its carriers are both parents, and the father is not there.
    let homozygote = try answer("20-15487-G-T")
    #expect(homozygote["hom"] as? Int == 1)
    #expect(homozygote["het"] as? Int == 1)
    #expect(homozygote["ac"] as? Int == 3)
    #expect(homozygote["an"] as? Int == 4)
    let hemizygote = try answer("X-1247-G-T")
    #expect(hemizygote["hemi"] as? Int == 1)
    #expect(hemizygote["an"] as? Int == 3)
    // Of the father alone: nothing of his is there, and the others are counted where they were looked at.
    let paternal = try kb("query", "lab.kb", "Y:1-2500")
    #expect(paternal.code == 0)
    for path in ["lab.kb", "other.kb"] {
      #expect(Data(try folder.read(path)).range(of: Data("SYN-001".utf8)) == nil)
    }
    #expect(!(try folder.names).contains { $0.contains("-journal") || $0.contains("-wal") })
  }

  @Test("Nobody permitted is 77, and the base is as it was")
  func nobody() throws {
    try consent([("SYN-001-P", "no")])
    #expect(try run().code == 0)
    #expect(try kb("init", "lab.kb").code == 0)
    let digest = try kb("digest", "lab.kb").output
    let result = try kb("add", "lab.kb", "out/SYN-001", "--consent", "consent.json")
    #expect(result.code == 77)
    #expect(result.output.contains("denied\tSYN-001\tSYN-001-M\tno-record"))
    #expect(try kb("add", "lab.kb", "out/SYN-001").code == 77)
    #expect(try kb("digest", "lab.kb").output == digest)
    #expect(try kb("init", "lab.kb").code == 73)
    #expect(try kb("add", "none.kb", "out/SYN-001", "--consent", "consent.json").code == 66)
    #expect(try kb("query", "lab.kb", "20-1000-A-").code == 64)
    #expect(try kb("info", "postgresql:host/db").code == 64)
    // Nobody listens there, and nobody is told the password.
    let unreachable = try kb("info", "postgresql://apus:not-to-be-told@127.0.0.1:1/lab")
    #expect(unreachable.code == 69)
    #expect(unreachable.errors.contains("postgresql://apus@127.0.0.1:1/lab"))
    #expect(!unreachable.errors.contains("not-to-be-told"))
  }

  @Test("A held case is 77 until somebody releases these very results")
  func held() throws {
    let text = String(decoding: try readFile("\(trio)/samplesheet.csv"), as: UTF8.self)
    let edited = text.replacingOccurrences(of: ",SYN-001-M,L001", with: ",SYN-001-X,L001").replacingOccurrences(
      of: ",SYN-001-F,SYN-001-M\n", with: ",SYN-001-F,SYN-001-X\n")
    try folder.write(edited, to: "trio/edited.csv")
    try consent([("SYN-001-P", "yes")])
    #expect(try kb("init", "lab.kb").code == 0)
    let ran = try run(["--kb", "lab.kb", "--consent", "consent.json"], sheet: "\(trio)/edited.csv")
    #expect(ran.code == 77)
    #expect(ran.output.contains("HOLD\t"))
    let add = ["kb", "add", "lab.kb", "out/SYN-001", "--consent", "consent.json"]
    #expect(try Command.run(add, in: folder).code == 77)
    #expect(try kb("info", "lab.kb").output.contains("contributions\t0\n"))
    let before = try folder.read("out/SYN-001/case.json")
    let release = ["case", "release", "out/SYN-001", "--by", "A. Scientist", "--reason"]
    #expect(try Command.run(release + ["see 943 476 5919"], in: folder).code == 64)
    #expect(try Command.run(release + ["relabelled tube"], in: folder).code == 0)
    #expect(try folder.read("out/SYN-001/case.json") == before)
    let added = try Command.run(add, in: folder)
    #expect(added.code == 0, "\(added.errors)")
    #expect(added.output.contains("permitted\tSYN-001\tSYN-001-P\tadded"))
    // Another manifest is another result.
    let manifest = String(decoding: try folder.read("out/SYN-001/manifest.json"), as: UTF8.self)
    try folder.write(manifest + "\n", to: "out/SYN-001/manifest.json")
    #expect(try Command.run(add, in: folder).code == 77)
  }

  @Test("A file that is not the manifest's is refused, and nothing enters")
  func tampered() throws {
    try consent([("SYN-001-P", "yes")])
    #expect(try run().code == 0)
    #expect(try kb("init", "lab.kb").code == 0)
    let vcf = "out/SYN-001/SYN-001-P/variants.vcf.gz"
    try FileManager.default.removeItem(atPath: folder(vcf))
    try FileManager.default.copyItem(atPath: folder("out/SYN-001/SYN-001-M/variants.vcf.gz"), toPath: folder(vcf))
    let manifest = String(decoding: try folder.read("out/SYN-001/manifest.json"), as: UTF8.self)
    try folder.write(
      manifest.replacingOccurrences(of: "apus-manifest/2", with: "apus-manifest/1"), to: "out/SYN-001/manifest.json")
    let older = try kb("add", "lab.kb", "out/SYN-001", "--consent", "consent.json")
    #expect(older.code == 65)
    #expect(older.firstError.contains("apus-manifest/1") && older.firstError.contains("apus-manifest/2"))
    try folder.write(manifest, to: "out/SYN-001/manifest.json")
    let result = try kb("add", "lab.kb", "out/SYN-001", "--consent", "consent.json")
    #expect(result.code == 65 || result.code == 77, "\(result.errors)")
    #expect(try kb("info", "lab.kb").output.contains("contributions\t0\n"))
  }
}
