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
  static func data(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }

  /// A report's file, its lines that are not comments.
  static func data(_ result: AlignmentResult, _ suffix: String) throws -> [String] {
    let file = try #require(result.report.files.first { $0.suffix == suffix })
    return data(String(decoding: file.bytes, as: UTF8.self))
  }

  /// Records an issue for the first few lines that differ.
  static func expectEqual(
    _ ours: [String], _ theirs: [String], _ note: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard ours != theirs else { return }
    let difference = theirs.difference(from: ours)
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
