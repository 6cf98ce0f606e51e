import EngineTestSupport
import Foundation
import Testing

/// Files that fastp and Apus are both run on.
struct FastpSet: CustomTestStringConvertible, Sendable {
  var name: String
  var testDescription: String
  var path1: String
  var path2: String?

  private static let folder = try? ScratchFolder()

  /// Generated pairs as files, which stay until the tests end.
  init(_ name: String, _ pairs: GeneratedPairs, seed: UInt64) throws {
    struct NoFolder: Error {}
    guard let folder = Self.folder else { throw NoFolder() }
    let (first, second) = pairs.files(seed: seed)
    self.name = name
    testDescription = "\(name), seed \(seed)"
    (path1, path2) = (folder.path("\(name)-1.fastq"), folder.path("\(name)-2.fastq"))
    try Data(first).write(to: URL(fileURLWithPath: folder.path("\(name)-1.fastq")))
    try Data(second).write(to: URL(fileURLWithPath: folder.path("\(name)-2.fastq")))
  }

  /// Files that are there.
  init(_ name: String, _ path1: String, _ path2: String?) {
    (self.name, testDescription, self.path1, self.path2) = (name, name, path1, path2)
  }

  /// The first mates alone.
  var single: FastpSet { FastpSet(testDescription + ", first mates", path1, nil) }

  private static func scores(_ range: ClosedRange<UInt8>) -> [UInt8] { range.map { $0 + 33 } }

  /// The sets that fastp and Apus are compared on.
  static let generated: [FastpSet] = {
    let plans: [(String, GeneratedPairs)] = [
      ("read-through", readThrough(1200)),
      ("long-insert", GeneratedPairs(count: 1200, length: 150, insert: (450, 130), qualities: scores(2...40))),
      (
        "short-insert",
        GeneratedPairs(count: 1200, length: 100, insert: (60, 30), qualities: Array("#-AFJ".utf8), errorIn: 50)
      ),
      (
        "uneven",
        GeneratedPairs(
          count: 1200, length: 120, variesLength: true, insert: (110, 60), qualities: scores(0...41), uncalledIn: 100)
      ),
    ]
    // A set that cannot be written is missed by the test of their number.
    return plans.enumerated().compactMap { try? FastpSet($0.element.0, $0.element.1, seed: 4000 + UInt64($0.offset)) }
  }()

  /// Qualities in four bins, and fragments around the reads' length.
  private static func readThrough(_ count: Int) -> GeneratedPairs {
    GeneratedPairs(count: count, length: 150, insert: (180, 90), qualities: Array("#,:F".utf8), copyIn: 20)
  }

  /// Large enough for adapters to be looked for, and real reads where they are there.
  static let large: [FastpSet] = {
    let many = [try? FastpSet("read-through-many", readThrough(10_500), seed: 4100)].compactMap { $0 }
    guard SharedData.isThere else { return many }
    let names = [1, 2].map { SharedData.path("fastq/ERR127302/ERR127302_\($0)_subset.fastq.gz") }
    return many + [FastpSet("ERR127302", names[0], names[1])]
  }()
}
