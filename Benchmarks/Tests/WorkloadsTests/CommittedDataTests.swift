import Foundation
import Testing

@testable import Workloads

/// `TestData/trio` is what `Scripts/testdata` makes.
struct CommittedDataTests {
  private static let committed = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appending(path: "../../../TestData/trio").standardizedFileURL.path
  /// Indexes hold offsets of compressed bytes, which another deflate library moves.
  private static let indexes = [".bai", ".tbi", ".gzi"]

  @Test("making TestData/trio again gives the files that are committed")
  func regenerated() throws {
    let made = NSTemporaryDirectory() + "apus-testdata-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: made) }
    var workload = CaseWorkload.testData(seed: 7)
    workload.compression.level = 9
    try workload.write(to: made)

    let files = try FileManager.default.contentsOfDirectory(atPath: made).sorted()
    // Apus keeps the digests of a reference beside it.
    let kept = try FileManager.default.contentsOfDirectory(atPath: Self.committed)
      .filter { !$0.hasSuffix(".apus-digests.json") }.sorted()
    try #require(files == kept)
    var sameBytes = true
    for file in files where !Self.indexes.contains(where: file.hasSuffix) {
      let old = "\(Self.committed)/\(file)"
      let new = "\(made)/\(file)"
      #expect(try TestCase.contents(new) == TestCase.contents(old), "\(file)")
      sameBytes = sameBytes && FileManager.default.contentsEqual(atPath: old, andPath: new)
    }
    guard sameBytes else {
      print("SKIPPED: indexes are not compared, another deflate library compressed the committed files")
      return
    }
    for file in files where Self.indexes.contains(where: file.hasSuffix) {
      #expect(FileManager.default.contentsEqual(atPath: "\(Self.committed)/\(file)", andPath: "\(made)/\(file)"))
    }
  }
}
