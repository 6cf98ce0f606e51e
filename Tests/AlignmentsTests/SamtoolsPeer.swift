import Alignments
import EngineTestSupport
import Testing

/// samtools of the version whose numbers are the truth of these tests.
enum SamtoolsPeer {
  /// Whether samtools 1.16 is installed; says so where it is not.
  static var is116: Bool {
    guard Peer.areInstalled("samtools"), let version = try? Peer.output("samtools", "--version").lines.first else {
      return false
    }
    if !version.hasPrefix("samtools 1.16") { print("SKIPPED: a test needs samtools 1.16, and there is \(version)") }
    return version.hasPrefix("samtools 1.16")
  }

  /// The lines that are not comments.
  static func data(_ text: String) -> [String] { data(Array(text.utf8)) }

  private static func data(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n")).filter { $0.first != UInt8(ascii: "#") }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// A report's file, its lines that are not comments.
  static func data(_ result: AlignmentResult, _ suffix: String) throws -> [String] {
    data(try #require(result.report.files.first { $0.suffix == suffix }).bytes)
  }

  /// Records an issue where a report's file and a peer's text differ in a line that is no comment. Compares bytes first:
  /// the statistics of a read of a million bases are four million lines.
  static func expectEqual(
    _ result: AlignmentResult, _ suffix: String, _ theirs: String, _ note: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let ours = try #require(result.report.files.first { $0.suffix == suffix }).bytes
    guard dataBytes(ours) != dataBytes(Array(theirs.utf8)) else { return }
    expectEqual(data(ours), data(theirs), note, sourceLocation: sourceLocation)
  }

  private static func dataBytes(_ bytes: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      if bytes[start] != UInt8(ascii: "#") { kept += bytes[start..<end] }
      start = end
    }
    return kept
  }

  /// Records an issue for the first few lines that differ.
  static func expectEqual(
    _ ours: [String], _ theirs: [String], _ note: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard ours != theirs else { return }
    let start = zip(ours, theirs).enumerated().first { $1.0 != $1.1 }?.offset ?? min(ours.count, theirs.count)
    // Only so far: the difference of long files takes long.
    let difference = theirs[start...].prefix(5000).difference(from: ours[start...].prefix(5000))
    func text(_ changes: [CollectionDifference<String>.Change]) -> String {
      changes.prefix(12).map {
        switch $0 {
        case .insert(_, let line, _), .remove(_, let line, _): String(line.prefix(160))
        }
      }.joined(separator: "\n")
    }
    Issue.record(
      "\(note): \(difference.count) lines\nOURS\n\(text(difference.removals))\nTHEIRS\n\(text(difference.insertions))",
      sourceLocation: sourceLocation)
  }
}
