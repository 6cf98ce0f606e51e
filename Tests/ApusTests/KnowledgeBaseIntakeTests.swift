import Foundation
import TestSupport
import Testing

@Suite("What enters a knowledge base from a VCF")
struct KnowledgeBaseIntakeTests {
  let folder: TemporaryFolder
  let trio: String
  /// The bases of contig 20, upper case.
  let bases: [Character]

  init() throws {
    folder = try TemporaryFolder()
    trio = try copyOfTrio(in: folder)
    let text = try Peer.run("gzip -dc '\(trio)/genome.fa.gz'", in: folder).text
    let lines = text.split(separator: "\n")
    bases = Array(lines.dropFirst().prefix { !$0.hasPrefix(">") }.joined().uppercased())
    let entry =
      #"{"schema": "apus-consent/1", "participant": "S1", "form": "NGIS-ROD v4.03", "discussed": "yes", "agreed": "yes", "category": "adult", "date": "2026-03-01", "signed": true, "scope": "national-genomic-research-library"}"#
    try folder.write("[\(entry)]", to: "consent.json")
  }

  /// Runs a case of sample S1 alone, or with a relative who has no record of discussion.
  private func run(_ records: [String], relative: Bool = false) throws {
    let header =
      "##fileformat=VCFv4.2\n##FILTER=<ID=LowQual,Description=\"l\">\n##INFO=<ID=END,Number=1,Type=Integer,Description=\"e\">\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n##contig=<ID=20,length=24000>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1"
    let more = relative ? "\tS2" : ""
    let lines = records.map { $0 + (relative ? "\t0/0:30" : "") }
    try folder.write(([header + more] + lines + [""]).joined(separator: "\n"), to: "in.vcf")
    try folder.write("case,sample,vcf,sex\nC,S1,in.vcf,female\n" + (relative ? "C,S2,in.vcf,male\n" : ""), to: "s.csv")
    let result = try Command.run(
      ["run", "--samplesheet", "s.csv", "-f", "\(trio)/genome.fa.gz", "--out", "out"], in: folder)
    #expect(result.code == 0, "\(result.errors)")
    #expect(try Command.run(["kb", "init", "lab.kb"], in: folder).code == 0)
  }

  private func add() throws -> Command.Result {
    try Command.run(
      ["kb", "add", "lab.kb", "out/C", "--consent", "consent.json", "--log-level", "info"], in: folder)
  }

  private func record(
    _ position: Int, _ alternates: String, filter: String = "PASS", info: String = ".", _ sample: String
  )
    -> String
  {
    "20\t\(position)\t.\t\(bases[position - 1])\t\(alternates)\t50\t\(filter)\t\(info)\tGT:DP\t\(sample)"
  }

  private func others(_ position: Int) -> [String] {
    ["A", "C", "G", "T"].filter { $0 != String(bases[position - 1]) }
  }

  private func answer(_ position: Int, _ alternate: String) throws -> [String: Any] {
    let result = try Command.run(
      ["kb", "query", "lab.kb", "20-\(position)-\(bases[position - 1])-\(alternate)", "--json"], in: folder)
    #expect(result.code == 0, "\(result.errors)")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    return try #require((json["variants"] as? [[String: Any]])?.first)
  }

  @Test(
    "Records in are records taken and dropped by reason; halves of a split record make a whole genotype; absent is unknown"
  )
  func reasons() throws {
    let alternates = (1..<11).map { others(1000 * $0) }
    try run([
      record(1000, "\(alternates[0][0]),\(alternates[0][1])", "1|2:30"), record(2000, alternates[1][0], "./.:30"),
      record(3000, alternates[2][0], filter: "LowQual", "0/1:30"), record(4000, alternates[3][0], "0/0:30"),
      record(5000, "<DEL>", info: "END=5100", "0/1:30"), record(6000, alternates[5][0], "1/.:30"),
      record(7000, alternates[6][0], filter: ".", "1/1:30"), record(8000, alternates[7][0], "0/0:9"),
      record(10_000, "\(alternates[9][0]),<NON_REF>", "0/1:30"),
      record(11_000, "<NON_REF>", info: "END=11500", "0/0:30"),
    ])
    let result = try add()
    #expect(result.code == 0, "\(result.errors)")
    #expect(
      result.errors.contains("dropped=filter:1,no-call:1,not-bases:1,not-carried:3 records=11 taken=5"),
      "\(result.errors)")
    for (alternate, index) in zip(alternates[0], 0...1) {
      let counts = try answer(1000, alternate)
      #expect(counts["ac"] as? Int == 1 && counts["an"] as? Int == 2 && counts["het"] as? Int == 1, "allele \(index)")
    }
    for position in [2000, 3000, 5000, 8000, 9000] {
      let counts = try answer(position, others(position)[0])
      #expect(counts["an"] as? Int == 0 && counts["unknown"] as? Int == 1, "\(position)")
    }
    #expect(try answer(4000, alternates[3][0])["an"] as? Int == 2)
    let partial = try answer(6000, alternates[5][0])
    #expect(partial["ac"] as? Int == 1 && partial["an"] as? Int == 1 && partial["partial"] as? Int == 1)
    #expect(try answer(7000, alternates[6][0])["hom"] as? Int == 1)
    #expect(try answer(10_000, alternates[9][0])["het"] as? Int == 1)
    #expect(try answer(11_500, others(11_500)[0])["an"] as? Int == 2)
    #expect(try answer(11_501, others(11_501)[0])["unknown"] as? Int == 1)
  }

  @Test("With a relative who is not permitted, phase does not enter; without, it does", arguments: [false, true])
  func phase(relative: Bool) throws {
    let digests = try ["1|0", "0|1"].map { genotype in
      try run([record(1000, others(1000)[0], "\(genotype):30")], relative: relative)
      let result = try add()
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("denied\tC\tS2\tno-record") == relative)
      let digest = try Command.run(["kb", "digest", "lab.kb"], in: folder)
      #expect(digest.code == 0, "\(digest.errors)")
      for made in ["lab.kb", "out"] { try FileManager.default.removeItem(atPath: folder(made)) }
      return digest.output
    }
    // Without phase the two genotypes are one.
    #expect((digests[0] == digests[1]) == relative)
  }

  @Test("KILL in the middle of adding leaves the base as it was, and adding again ends as if nothing had been")
  func killed() throws {
    let records = (200..<20_000).flatMap { position -> [String] in
      guard bases[position - 1] != "N" else { return [] }
      return others(position).map { record(position, $0, "0/1:30") }
    }
    try run(records)
    try FileManager.default.copyItem(atPath: folder("lab.kb"), toPath: folder("other.kb"))
    let digest = try Command.run(["kb", "digest", "lab.kb"], in: folder).output
    var caught = 0
    for wait in [0, 2_000, 10_000, 30_000] {
      let process = try Command.start(
        ["kb", "add", "lab.kb", "out/C", "--consent", "consent.json"], in: folder, name: "killed")
      // The early check for another writer leaves no journal; one that stands is the addition's.
      var polls = 0
      while process.isRunning, polls < 200_000, !FileManager.default.fileExists(atPath: folder("lab.kb-journal")) {
        usleep(100)
        polls += 1
      }
      usleep(UInt32(wait))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal { caught += 1 } else { break }
      #expect(try Command.run(["kb", "digest", "lab.kb"], in: folder).output == digest)
    }
    #expect(caught > 0, "the test killed nothing")
    #expect(try add().code == 0)
    let other = try Command.run(["kb", "add", "other.kb", "out/C", "--consent", "consent.json"], in: folder)
    #expect(other.code == 0)
    #expect(
      try Command.run(["kb", "digest", "lab.kb"], in: folder).output
        == (try Command.run(["kb", "digest", "other.kb"], in: folder).output))
  }
}
