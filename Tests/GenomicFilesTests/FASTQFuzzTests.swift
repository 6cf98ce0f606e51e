import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

/// More than ten thousand damaged files: each is refused, or gives every record that a naive parse of the same bytes
/// finds. What the naive parse takes is never refused.
@Suite(.timeLimit(.minutes(20))) struct FASTQFuzzTests {
  enum Wrapping: String, CaseIterable, Sendable {
    case plain, gzip, bgzf

    func wrap(_ text: [UInt8], _ random: inout SplitMix64) throws -> [UInt8] {
      switch self {
      case .plain: text
      case .gzip: random.pieces(of: text, about: random.int(1...3)).flatMap { gzipMember($0, level: 1) }
      case .bgzf: try bgzfBlocks(random.pieces(of: text, about: random.int(0...5)) + [[]], level: 1)
      }
    }

    /// Compression costs time and hides nothing from the parser: most cases are plain.
    var rounds: Int { self == .plain ? 2000 : 500 }
  }

  private let settings = SharedSettings()

  /// Reads single reads; nil where they are refused.
  private func single(_ path: String, unwraps: Bool, round: Int) async throws -> FASTQReadout? {
    do {
      return try await readFASTQ(path, FASTQOptions(unwraps: unwraps), settings[round])
    } catch let error as InputError {
      #expect(error.location.file == path)
      return nil
    }
  }

  @Test(arguments: Wrapping.allCases, [false, true])
  func singleReadsAreRefusedOrAllThere(wrapping: Wrapping, unwraps: Bool) async throws {
    var random = SplitMix64("single(\(wrapping), \(unwraps))")
    let folder = try TemporaryFolder()
    var taken = 0
    for round in 0..<wrapping.rounds {
      var text = random.fastq(records: random.int(0...30), longest: 60)
      if unwraps, let records = NaiveFASTQ.records(text) { text = random.wrapped(records) }
      text = random.damaged(text)
      let path = try folder.write(try wrapping.wrap(text, &random), to: "reads")
      let readout = try await single(path, unwraps: unwraps, round: round)
      let expected = NaiveFASTQ.records(text, wrapped: unwraps)
      try #require(readout?.records == expected?.count, "round \(round): \(String(decoding: text, as: UTF8.self))")
      #expect(readout?.text == expected?.text, "round \(round)")
      taken += readout == nil ? 0 : 1
    }
    // Both ends are tried.
    #expect(taken > wrapping.rounds / 20 && taken < wrapping.rounds * 19 / 20)
  }

  @Test(arguments: Wrapping.allCases)
  func pairsAreRefusedOrAllThere(wrapping: Wrapping) async throws {
    var random = SplitMix64("pairs(\(wrapping))")
    let folder = try TemporaryFolder()
    var taken = 0
    for round in 0..<wrapping.rounds {
      var (text1, text2) = random.pairs(random.int(1...20))
      switch random.int(0...3) {
      case 0: text1 = random.damaged(text1)
      case 1: text2 = random.damaged(text2)
      case 2: if random.chance(0.5) { swap(&text1, &text2) }
      default: (text1, text2) = random.swappedMates(text1, text2)
      }
      let paths = (
        try folder.write(try wrapping.wrap(text1, &random), to: "1"),
        try folder.write(try wrapping.wrap(text2, &random), to: "2")
      )
      let found = try await pairCount(paths.0, paths.1, settings[round])
      try #require(found == expectedPairs(text1, text2), "round \(round)")
      taken += found == nil ? 0 : 1
    }
    #expect(taken > wrapping.rounds / 20 && taken < wrapping.rounds * 19 / 20)
  }

  @Test(arguments: Wrapping.allCases)
  func interleavedPairsAreRefusedOrAllThere(wrapping: Wrapping) async throws {
    var random = SplitMix64("interleaved(\(wrapping))")
    let folder = try TemporaryFolder()
    var taken = 0
    for round in 0..<wrapping.rounds / 2 {
      let (text1, text2) = random.pairs(random.int(1...20))
      var text = interleaved(text1, text2)
      if random.chance(0.8) { text = random.damaged(text) }
      let path = try folder.write(try wrapping.wrap(text, &random), to: "reads")
      let found = try await pairCount(path, nil, settings[round])
      let records = NaiveFASTQ.records(text)
      let mates = (0...1).map { mate in records?.enumerated().filter { $0.offset % 2 == mate }.map(\.element) ?? [] }
      let expected = records == nil ? nil : expectedPairs(mates[0], mates[1])
      try #require(found == expected, "round \(round)")
      taken += found == nil ? 0 : 1
    }
    #expect(taken > wrapping.rounds / 40 && taken < wrapping.rounds / 2)
  }

  /// Pairs read and checked; nil where they are refused.
  private func pairCount(_ path1: String, _ path2: String?, _ resources: RunResources) async throws -> Int? {
    do {
      return try await readPairs(path1, path2, resources).pairs
    } catch is InputError {
      return nil
    }
  }

  private func expectedPairs(_ text1: [UInt8], _ text2: [UInt8]) -> Int? {
    guard let records1 = NaiveFASTQ.records(text1), let records2 = NaiveFASTQ.records(text2) else { return nil }
    return expectedPairs(records1, records2)
  }

  private func expectedPairs(_ mates1: [NaiveFASTQ.Record], _ mates2: [NaiveFASTQ.Record]) -> Int? {
    guard mates1.count == mates2.count, zip(mates1, mates2).allSatisfy({ NaiveFASTQ.areMates($0.name, $1.name) }) else {
      return nil
    }
    return mates1.count
  }
}

extension SplitMix64 {
  /// Exchanges one read with its mate.
  fileprivate mutating func swappedMates(_ text1: [UInt8], _ text2: [UInt8]) -> ([UInt8], [UInt8]) {
    guard var records1 = NaiveFASTQ.records(text1), var records2 = NaiveFASTQ.records(text2), !records1.isEmpty else {
      return (text1, text2)
    }
    let place = int(0...(records1.count - 1))
    swap(&records1[place], &records2[place])
    return (records1.text, records2.text)
  }
}
