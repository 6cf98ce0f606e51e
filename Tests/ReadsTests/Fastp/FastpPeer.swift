import EngineTestSupport
import Foundation
import GenomicFiles
import Reads
import Testing

/// fastp 0.23.2, whose rules the engine follows.
enum FastpPeer {
  /// Whether this very version is installed; another one has other rules.
  static let isInstalled: Bool = {
    guard Peer.areInstalled("fastp"), let version = try? Peer.run("fastp", ["--version"]) else { return false }
    let found = (version.text + version.errors).trimmingCharacters(in: .whitespacesAndNewlines)
    guard found == "fastp \(ReadMetrics.fastpVersion)" else {
      print("SKIPPED: tests need fastp \(ReadMetrics.fastpVersion), and \(found) is installed")
      return false
    }
    return true
  }()

  /// What a program made of reads.
  struct Result {
    var reads: [Data]
    var report: Any
  }

  /// What fastp makes of a set. One worker, so that insert sizes are of all pairs; without its table of duplicates, which
  /// takes a gigabyte and is not compared.
  static func theirs(_ set: FastpSet, _ arguments: [String], evaluatesDuplicates: Bool = false) throws -> Result {
    let folder = try ScratchFolder()
    let names = set.path2 == nil ? ["1.fastq"] : ["1.fastq", "2.fastq"]
    var all = ["-w", "1", "-i", set.path1, "-o", folder.path(names[0])]
    if let path2 = set.path2 { all += ["-I", path2, "-O", folder.path(names[1])] }
    if !evaluatesDuplicates { all.append("--dont_eval_duplication") }
    all += ["-j", folder.path("report.json"), "-h", folder.path("report.html")]
    let outcome = try Peer.run("fastp", all + arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return Result(
      reads: try names.map(folder.bytes),
      report: try JSONSerialization.jsonObject(with: folder.bytes(of: "report.json")))
  }

  /// What Apus makes of a set.
  static func ours(_ set: FastpSet, _ options: ReadOptions) async throws -> (result: Result, summary: ReadSummary) {
    let folder = try ScratchFolder()
    let names = set.path2 == nil ? ["1.fastq"] : ["1.fastq", "2.fastq"]
    let done = try await process(
      set.path1, set.path2, outputs: names.map(folder.path), batchBytes: 64 << 10, options: options)
    let report = try JSONEncoder().encode(ReadMetrics(done.summary, command: "test"))
    return (
      Result(reads: try names.map(folder.bytes), report: try JSONSerialization.jsonObject(with: report)), done.summary
    )
  }
}
