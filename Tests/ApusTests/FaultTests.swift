import Foundation
import TestSupport
import Testing

/// One of each of the faults of Scripts/soak: the exit code, one line, and nothing under a final name that is not whole.
@Suite("Faults")
struct FaultTests {
  let folder: TemporaryFolder
  let trio: String
  init() throws {
    folder = try TemporaryFolder()
    trio = try copyOfTrio(in: folder)
  }

  private var filter: String { "'\(Command.path)' vcf filter trio/SYN-001-P.vcf.gz -i 'POS>0'" }
  private var runOne: [String] { ["run", "--samplesheet", "one.csv", "-f", "trio/genome.fa.gz", "--out", "out"] }

  /// A sheet of the child's variants alone.
  private func writeSheet() throws {
    try folder.write("case,sample,vcf,sex\nC1,SYN-001-P,trio/SYN-001-P.vcf.gz,male\n", to: "one.csv")
  }

  private func expectFailure(_ outcome: Peer.Outcome, _ codes: Set<Int32>) throws {
    #expect(codes.contains(outcome.code), "\(outcome.code): \(outcome.errors.prefix(500))")
    #expect(
      outcome.errors.hasPrefix("apus: error: ") && outcome.errors.count { $0 == "\n" } == 1,
      "\(outcome.errors.prefix(500))")
    #expect(try folder.names.filter { !$0.hasPrefix("trio") && $0 != "one.csv" } == [])
  }

  @Test("A disk that is full is 74", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func full() throws {
    let outcome = try Peer.outcome("\(filter) -o /dev/full", in: folder)
    try expectFailure(outcome, [74])
    #expect(outcome.errors.contains("No space left"))
  }

  @Test("A limit of file sizes is 74, by its signal too")
  func size() throws {
    try expectFailure(try Peer.outcome("ulimit -c 0; ulimit -f 2; \(filter) -o out.vcf", in: folder), [74])
  }

  @Test("Without descriptors nothing is made and something is said", arguments: [6, 8, 10])
  func descriptors(limit: Int) throws {
    try writeSheet()
    let outcome = try Peer.outcome(
      "ulimit -c 0; ulimit -n \(limit); '\(Command.path)' \(runOne.joined(separator: " "))", in: folder)
    #expect([0, 65, 66, 69, 73, 74, 75, 78].contains(outcome.code), "\(outcome.code): \(outcome.errors.prefix(500))")
    #expect(outcome.code == 0 || outcome.errors.hasPrefix("apus: error: "), "\(outcome.errors.prefix(500))")
    let isTold = FileManager.default.fileExists(atPath: folder("out/C1/SYN-001-P/variants.vcf.gz"))
    #expect(outcome.code == 0 || !isTold)
  }

  @Test("An input that stalls is waited for, and a signal ends the waiting; one that ends early is refused")
  func stalled() throws {
    try Peer.run("mkfifo pipe", in: folder)
    let waiting = try Peer.outcome(
      "{ head -c 5000 trio/SYN-001-P.vcf.gz; sleep 3; } > pipe & \(filter.replacingOccurrences(of: "trio/SYN-001-P.vcf.gz", with: "pipe")) -o out.vcf & sleep 0.5; kill -TERM $!; wait $!",
      in: folder)
    #expect(waiting.code == 143, "\(waiting.errors)")
    #expect(waiting.errors.contains("apus: error: interrupted by signal 15"), "\(waiting.errors)")
    #expect(!(try folder.names.contains { $0.contains("out.vcf") }))
    let cut = try Peer.outcome(
      "{ head -c 5000 trio/SYN-001-P.vcf.gz; sleep 0.3; } > pipe & \(filter.replacingOccurrences(of: "trio/SYN-001-P.vcf.gz", with: "pipe")) -o out.vcf",
      in: folder)
    #expect(cut.code == 65, "\(cut.errors)")
    #expect(!(try folder.names.contains { $0.contains("out.vcf") }))
  }

  @Test("What a killed run left half is removed by the next, and what a living one makes is not")
  func abandoned() throws {
    try writeSheet()
    let sample = folder("out/C1/SYN-001-P")
    try FileManager.default.createDirectory(atPath: sample, withIntermediateDirectories: true)
    let gone = try Peer.run("sh -c 'echo $$'", in: folder).text.trimmingCharacters(in: .whitespacesAndNewlines)
    let own = "\(ProcessInfo.processInfo.processIdentifier)"
    for name in [
      ".variants.vcf.gz.\(gone)-7.partial", ".variants.vcf.gz.\(own)-7.partial", ".notes.partial",
      "kept.\(gone)-7.partial",
    ] {
      try folder.write("half", to: "out/C1/SYN-001-P/\(name)")
    }
    let result = try Command.run(runOne + ["--resume"], in: folder)
    #expect(result.code == 0, "\(result.errors)")
    let left = try FileManager.default.contentsOfDirectory(atPath: sample).filter { $0.hasSuffix(".partial") }
    #expect(Set(left) == [".variants.vcf.gz.\(own)-7.partial", ".notes.partial", "kept.\(gone)-7.partial"])
  }

  @Test("Of two runs on one new folder one ends well, and the other makes nothing wrong")
  func two() throws {
    try writeSheet()
    #expect(try Command.run(Array(runOne.dropLast()) + ["whole"], in: folder).code == 0)
    let both = try [0, 1].map { try Command.start(runOne, in: folder, name: "run\($0)") }
    for process in both { process.waitUntilExit() }
    let codes = both.map(\.terminationStatus).sorted()
    #expect(codes == [0, 73] || codes == [0, 0], "\(codes)")
    #expect(try Command.files(below: folder("out")) == (try Command.files(below: folder("whole"))))
  }
}
