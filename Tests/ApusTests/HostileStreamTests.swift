import Foundation
import TestSupport
import Testing

/// Inputs that are small on the disk and vast when they are read: refused with a line, in a bounded memory, and nothing
/// is left under an output's name. `APUS_HOSTILE_FULL=1` takes the sizes of Docs/ThreatModel.md, which need minutes.
@Suite("Hostile streams", .enabled(if: Peer.has("bgzip", "gzip")))
struct HostileStreamTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  static let isFull = ProcessInfo.processInfo.environment["APUS_HOSTILE_FULL"] == "1"
  /// Beyond the 256 MiB that a record may have.
  static let bytes = isFull ? 1_200_000_000 : 300_000_000
  static let contigs = isFull ? 1_000_000 : 100_000
  static let head = #"##fileformat=VCFv4.2\n##contig=<ID=1,length=1000000>\n"#
  static let columns = #"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"#

  /// A shell command that prints many bytes.
  private static func many(_ letter: String) -> String { "head -c \(bytes) /dev/zero | tr '\\0' \(letter)" }

  /// Runs the command with little memory beside what one record of the greatest size takes.
  private func bounded(_ arguments: String, megabytes: Int = 1500) throws -> Peer.Outcome {
    try Peer.outcome(
      "ulimit -c 0; ulimit -v \(megabytes * 1024); '\(Command.path)' \(arguments) --threads 2", in: folder)
  }

  private func expectRefusal(_ outcome: Peer.Outcome, _ word: String, code: Int32 = 65) {
    #expect(outcome.code == code, "\(outcome.errors.prefix(500))")
    #expect(outcome.errors.hasPrefix("apus: error: ") && outcome.errors.contains(word), "\(outcome.errors.prefix(500))")
    #expect(outcome.errors.count { $0 == "\n" } == 1, "\(outcome.errors.prefix(500))")
  }

  @Test(
    "One read without an end, in gzip and in BGZF, as bases or as a name",
    arguments: [("gzip -1", #"@r\n"#), ("bgzip", #"@r\n"#), ("gzip -1", "@")])
  func read(compressor: String, start: String) throws {
    try Peer.run("{ printf '\(start)'; \(Self.many("A")); } | \(compressor) > in.fq.gz", in: folder)
    expectRefusal(try bounded("fastq -i in.fq.gz -o out.fq.gz"), "longer than 268435456")
    #expect(try folder.names == ["in.fq.gz"])
  }

  @Test("One INFO without an end", arguments: ["stats in.vcf.gz", "filter in.vcf.gz -i 'POS>1' -o out.vcf.gz"])
  func info(command: String) throws {
    try Peer.run(
      "{ printf '\(Self.head)\(Self.columns)1\\t9\\t.\\tA\\tC\\t.\\tPASS\\tX='; \(Self.many("A")); echo; } | bgzip > in.vcf.gz",
      in: folder)
    expectRefusal(try bounded("vcf \(command)"), "longer than 268435456")
    #expect(try folder.names == ["in.vcf.gz"])
  }

  @Test("A header of very many contigs is taken, in a bounded memory", arguments: ["stats", "check"])
  func contigs(command: String) throws {
    try Peer.run(
      "{ printf '##fileformat=VCFv4.2\\n'; seq -f '##contig=<ID=c%.0f,length=1000>' \(Self.contigs); printf '\(Self.columns)c5\\t9\\t.\\tA\\tC\\t.\\tPASS\\t.\\n'; } > in.vcf",
      in: folder)
    let outcome = try bounded("vcf \(command) in.vcf")
    #expect(outcome.code == 0, "\(outcome.errors.prefix(500))")
  }

  @Test("Parts of a record that each hold the whole are refused before they fill the disk")
  func parts() throws {
    try Peer.run(
      "{ printf '>1\\n'; head -c 1000000 /dev/zero | tr '\\0' A; echo; } > g.fa; { printf '\(Self.head)\(Self.columns)1\\t9\\t.\\tA\\t'; yes CG | head -n 20000 | paste -sd, - | tr -d '\\n'; printf '\\t.\\tPASS\\t.\\n'; } > in.vcf",
      in: folder)
    expectRefusal(try bounded("vcf norm in.vcf -f g.fa --split -o out.vcf"), "parts of the record come to more than")
    #expect(!(try folder.names.contains("out.vcf")))
  }

  @Test(
    "A BAM whose lengths are lies",
    arguments: [
      // A record of 2^31 − 1 bytes, of none, and of fewer than none.
      (#"\0\0\0\0\1\0\0\0\2\0\0\0001\0\100\102\17\0\377\377\377\177"#, "impossible size of 2147483647"),
      (#"\0\0\0\0\1\0\0\0\2\0\0\0001\0\100\102\17\0\0\0\0\0"#, "impossible size of 0"),
      (#"\0\0\0\0\1\0\0\0\2\0\0\0001\0\100\102\17\0\377\377\377\377"#, "impossible size of -1"),
      // A header text, and a number of sequences, of 2^31 − 1.
      (#"\377\377\377\177"#, "ends inside its header"), (#"\0\0\0\0\377\377\377\177"#, "ends inside its header"),
      (#"\0\0\0\200"#, "negative length"), (#"\0\0\0\0\377\377\377\377"#, "negative length"),
    ])
  func bam(bytes: String, word: String) throws {
    try Peer.run("printf 'BAM\\1\(bytes)' | bgzip > in.bam", in: folder)
    expectRefusal(try bounded("bam in.bam --out-prefix out"), word)
    #expect(try folder.names == ["in.bam"])
  }

  @Test("A FASTA index whose places are beyond any file is refused")
  func index() throws {
    try folder.write(">1\nACGTACGT\n", to: "g.fa")
    try folder.write("1\t8\t9223372036854775807\t8\t9\n", to: "g.fa.fai")
    try Peer.run(
      "printf '##fileformat=VCFv4.2\\n\(Self.columns)1\\t2\\t.\\tC\\tG\\t.\\tPASS\\t.\\n' > in.vcf", in: folder)
    expectRefusal(try bounded("vcf norm in.vcf -f g.fa -o out.vcf"), "no entry of a FASTA index")
    #expect(!(try folder.names.contains("out.vcf")))
  }

  @Test("Very many empty members are read through")
  func members() throws {
    try Peer.run(
      "printf '' | gzip > e; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do cat e e e > f; mv f e; done; printf '@r\\nA\\n+\\nI\\n' | gzip >> e; mv e in.fq.gz",
      in: folder)
    let outcome = try bounded("fastq -i in.fq.gz --json out.json", megabytes: 1000)
    #expect(outcome.code == 0, "\(outcome.errors.prefix(500))")
  }
}
