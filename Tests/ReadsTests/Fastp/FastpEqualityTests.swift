import EngineTestSupport
import Foundation
import Reads
import Testing

/// Equality with fastp 0.23.2: the same reads in the same order to the byte, and the same counts and curves.
@Suite(.enabled(if: FastpPeer.isInstalled), .serialized)
struct FastpEqualityTests {
  @Test(arguments: FastpCase.trimming + FastpCase.adapters, FastpSet.generated)
  func `pairs and their counts are fastp's`(options: FastpCase, set: FastpSet) async throws {
    try await expectEqual(set, options)
  }

  /// The last two sets have reads of all qualities and lengths, N, and little that is not cut.
  @Test(arguments: FastpCase.filters + FastpCase.identifiers, FastpSet.generated.suffix(2))
  func `filters and identifiers do to pairs what fastp's do`(options: FastpCase, set: FastpSet) async throws {
    try await expectEqual(set, options)
  }

  @Test(arguments: FastpCase.all.filter { !$0.needsPairs }, FastpSet.generated.suffix(2))
  func `single reads and their counts are fastp's`(options: FastpCase, set: FastpSet) async throws {
    try await expectEqual(set.single, options.single)
  }

  @Test(arguments: FastpCase.forLargeSets, FastpSet.large)
  func `so are they of large sets, where adapters are looked for`(options: FastpCase, set: FastpSet) async throws {
    try await expectEqual(set, options)
    if !options.needsPairs { try await expectEqual(set.single, options.single) }
  }

  @Test func `the sets hold what they are made for`() async throws {
    #expect(FastpSet.generated.count == 4 && !FastpSet.large.isEmpty)
    var insertShares: [Double] = []
    for set in FastpSet.generated {
      let (_, summary) = try await FastpPeer.ours(set, ReadOptions())
      #expect(summary.filter.dropped > 0, "\(set.testDescription)")
      #expect((summary.filter.adapterReads > 100) == (set.name != "long-insert"), "\(set.testDescription)")
      let unknown = summary.filter.insertSizes[FilterStatistics.insertSizeLimit]
      insertShares.append(Double(unknown) / Double(summary.before1.reads))
    }
    #expect(insertShares[1] > 0.9 && insertShares[2] < 0.4)
    var options = ReadOptions()
    options.adapters.detects = true
    let found = try await FastpPeer.ours(FastpSet.large[0], options).summary.plan
    #expect(found.adapter1 != nil && found.adapter2 != nil)
  }

  private func expectEqual(_ set: FastpSet, _ options: FastpCase) async throws {
    let theirs = try FastpPeer.theirs(set, options.arguments)
    let ours = try await FastpPeer.ours(set, options.options).result
    for (mate, both) in zip(ours.reads, theirs.reads).enumerated() {
      // Not within the expectation, which would look for the shortest difference, and take its time.
      let areEqual = both.0 == both.1
      #expect(areEqual, "reads of mate \(mate + 1): \(firstDifference(both.0, both.1))")
    }
    let differences = ReportDifferences(ours: ours.report, theirs: theirs.report).found
    #expect(differences.isEmpty, "\(differences.prefix(5))")
  }

  /// The first record that differs, for people.
  private func firstDifference(_ ours: Data, _ theirs: Data) -> String {
    let (a, b) = (ours.split(separator: 10), theirs.split(separator: 10))
    guard let line = zip(a, b).enumerated().first(where: { $0.element.0 != $0.element.1 }) else {
      return "\(a.count) and \(b.count) lines"
    }
    let texts = [line.element.0, line.element.1].map { String(decoding: $0, as: UTF8.self) }
    return "line \(line.offset + 1): \(texts[0]) and \(texts[1])"
  }
}
