import Foundation
import TestSupport
import Testing

@Suite("apus kb withdraw, recheck, verify, backup and classify on the synthetic trio: the father denied")
struct KnowledgeBaseWithdrawalTests {
  let folder: TemporaryFolder
  let trio: String
  init() throws {
    folder = try TemporaryFolder()
    trio = try copyOfTrio(in: folder)
  }

  private func consent(_ mother: String, withdrawn: String = "null", date: String = "2026-03-01") throws {
    let entries = [("SYN-001-P", "yes", "null"), ("SYN-001-M", mother, withdrawn), ("SYN-001-F", "no", "null")].map {
      #"{"schema": "apus-consent/1", "participant": "\#($0.0)", "form": "NGIS-ROD v4.03", "discussed": "yes", "agreed": "\#($0.1)", "category": "adult", "date": "\#(date)", "signed": true, "scope": "national-genomic-research-library", "withdrawn": \#($0.2)}"#
    }
    try folder.write("[\(entries.joined(separator: ","))]", to: "consent.json")
  }

  private func kb(_ arguments: String...) throws -> Command.Result { try Command.run(["kb"] + arguments, in: folder) }

  /// The proband and the mother in `lab.kb`; the proband alone in `one.kb`.
  private func contribute() throws {
    try consent("yes")
    #expect(try kb("init", "lab.kb").code == 0)
    #expect(try kb("init", "one.kb").code == 0)
    let ran = try Command.run(
      [
        "run", "--samplesheet", "\(trio)/samplesheet.csv", "-f", "\(trio)/genome.fa.gz", "--out", "out", "--kb",
        "lab.kb", "--consent", "consent.json",
      ], in: folder)
    #expect(ran.code == 0, "\(ran.errors)")
    try consent("no")
    #expect(try kb("add", "one.kb", "out/SYN-001", "--consent", "consent.json").code == 0)
    try consent("yes")
  }

  @Test("A withdrawal gives the base that never held the mother, proves it, names nobody, and holds")
  func withdraw() throws {
    try contribute()
    let before = try kb("digest", "lab.kb").output
    #expect(try kb("verify", "lab.kb").code == 0)
    try folder.write("SYN-001-M\t2026-06-01\nSYN-999\n", to: "who.txt")
    let result = try kb("withdraw", "lab.kb", "--participant-file", "who.txt", "--certificate", "proof.json")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("withdrawn\tline 1\nnot held\tline 2\n"))
    let expected = try kb("digest", "one.kb").output
    #expect(try kb("digest", "lab.kb").output == expected && expected != before)
    let proof = try folder.read("proof.json")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(proof)) as? [String: Any])
    #expect("\(json["digestAfter"] ?? "")\n" == expected && "\(json["digestBefore"] ?? "")\n" == before)
    #expect(!String(decoding: proof, as: UTF8.self).contains("SYN-"))
    #expect(!(result.output + result.errors).contains("SYN-"))
    // The same choice lets nobody back in; a later one does.
    let again = try kb("add", "lab.kb", "out/SYN-001", "--consent", "consent.json")
    #expect(again.output.contains("denied\tSYN-001\tSYN-001-M\twithdrawn"))
    #expect(try kb("digest", "lab.kb").output == expected)
    try consent("yes", date: "2026-06-02")
    #expect(try kb("add", "lab.kb", "out/SYN-001", "--consent", "consent.json").code == 0)
    #expect(try kb("digest", "lab.kb").output == before)
    // Nobody of the base: told, and nothing changes.
    try folder.write("SYN-999\n", to: "nobody.txt")
    let nobody = try kb("withdraw", "lab.kb", "--participant-file", "nobody.txt")
    #expect(nobody.code == 0 && nobody.output.hasPrefix("not held\tline 1\n"))
    #expect(try kb("digest", "lab.kb").output == before)
    try folder.write("", to: "empty.txt")
    #expect(try kb("withdraw", "lab.kb", "--participant-file", "empty.txt").code == 65)
    #expect(try kb("withdraw", "lab.kb", "--participant-file", "missing.txt").code == 66)
  }

  @Test("A recheck tells who is denied, and withdraws with --withdraw; verify finds a changed byte; backups; events")
  func others() throws {
    try contribute()
    try consent("yes", withdrawn: "\"2026-06-01\"")
    let told = try kb("recheck", "lab.kb", "--consent", "consent.json")
    #expect(told.code == 0, "\(told.errors)")
    #expect(told.output.contains("denied\tconsent.json:2\twithdrawn") && told.output.contains("stale\tyes"))
    #expect(try kb("info", "lab.kb").output.contains("stale\tpeople whose choice is denied: 1\n"))
    #expect(try kb("backup", "lab.kb", "-o", "copy.kb").code == 0)
    #expect(try kb("backup", "lab.kb", "-o", "copy.kb").code == 73)
    let event =
      #"{"schema":"apus-classification/1","variant":"20-15487-G-T","class":"Pathogenic","date":"2026-02-01","laboratory":"699M0","participant":"SYN-001-M"}"#
    try folder.write(event + "\n", to: "events.jsonl")
    #expect(try kb("classify", "lab.kb", "--events", "events.jsonl").output == "added\t1\npresent\t0\n")
    #expect(try kb("classify", "lab.kb", "--events", "events.jsonl").output == "added\t0\npresent\t1\n")
    let gone = try kb("recheck", "lab.kb", "--consent", "consent.json", "--withdraw", "--certificate", "proof.json")
    #expect(gone.code == 0 && gone.output.contains("withdrawn\tconsent.json:2") && gone.output.contains("stale\tno"))
    #expect(try kb("info", "lab.kb").output.contains("contributions\t1\n"))
    let classes = try kb("classifications", "lab.kb", "20-15487-G-T")
    #expect(classes.output.contains("latest Pathogenic of 2026-02-01"))
    #expect(try kb("verify", "copy.kb").code == 0)
    var bytes = try folder.read("copy.kb")
    // In the middle of the file lie blocks; the last byte of a page is of a row.
    for page in stride(from: 8191 + 8192 * (bytes.count / 16_384), to: bytes.count, by: 8192) where bytes[page] != 0 {
      bytes[page] ^= 1
      break
    }
    try folder.write(bytes, to: "copy.kb")
    #expect(try kb("verify", "copy.kb").code == 65)
  }

  @Test("Questions by HGVS and in strata; what the base does not hold is a usage error that says so")
  func questions() throws {
    try contribute()
    let plain = try kb("query", "lab.kb", "20-15487-G-T")
    let named = try kb("query", "lab.kb", "20:g.15487G>T")
    #expect(plain.code == 0 && named.code == 0 && plain.output == named.output)
    let sexes = try kb("query", "lab.kb", "20-15487-G-T", "--by", "sex")
    #expect(sexes.output.contains("\n  female\t.\t"))
    #expect(try kb("query", "lab.kb", "20-15487-G-T", "--by", "height").code == 64)
    let rs = try kb("query", "lab.kb", "rs7412")
    #expect(rs.code == 64 && rs.firstError.contains("rsID"))
    #expect(try kb("query", "lab.kb", "NM_000546.6:c.215C>G").code == 64)
    #expect(try kb("query", "lab.kb", "20-15487-G-T", "--indication", "R1").output.contains("\t0\t0\t.\t"))
  }
}
