import EngineTestSupport
import GenomicFiles
import Genomics
import Testing

@testable import Reads

/// State files: what they keep, and that nothing made up is trusted.
@Suite struct StateTests {
  /// The summary of some pairs, processed with trimming.
  private func lane(_ random: inout SeededGenerator, _ folder: ScratchFolder, _ name: String, _ count: Int) async throws
    -> (summary: ReadSummary, texts: (String, String))
  {
    let text1 = random.fastq(random.reads(count, suffix: "/1"))
    let text2 = random.fastq(random.reads(count, suffix: "/2"))
    let summary = try await summary(folder, name, text1, text2)
    return (summary, (text1, text2))
  }

  private func summary(_ folder: ScratchFolder, _ name: String, _ text1: String, _ text2: String) async throws
    -> ReadSummary
  {
    var options = ReadOptions()
    options.polyX = 10
    options.cutRight = ReadOptions.QualityWindow()
    options.adapters.sequence1 = Array("AGATCGGAAGAGC".utf8)
    let path1 = try folder.write(text1, "\(name)_1.fastq")
    let path2 = try folder.write(text2, "\(name)_2.fastq")
    return try await process(path1, path2, options: options).summary
  }

  @Test(arguments: seeds(3))
  func `a state gives back what was counted`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let folder = try ScratchFolder()
    let summary = try await lane(&random, folder, "a", 300).summary
    let bytes = try summary.state()
    #expect(try ReadSummary(state: bytes, path: "a.state") == summary)
    #expect(try ReadSummary(state: bytes, path: "a.state").state() == bytes)
  }

  @Test(arguments: seeds(3))
  func `merged lanes are their concatenation`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let folder = try ScratchFolder()
    let parts = [try await lane(&random, folder, "a", 200), try await lane(&random, folder, "b", 150)]
    let states = try parts.map { try ReadSummary(state: try $0.summary.state(), path: "x") }
    // The second lane once more, so that there are duplicates across lanes.
    let merged = try #require(try ReadSummary.merged([states[0], states[1], states[1]]))
    let whole = try await summary(
      folder, "c", parts[0].texts.0 + parts[1].texts.0 + parts[1].texts.0,
      parts[0].texts.1 + parts[1].texts.1 + parts[1].texts.1)
    #expect(merged == whole)
    // 150 of 500 pairs are copies; a few short ones are alike by chance.
    #expect((0.3...0.4).contains(merged.duplicates.rate))
    #expect(ReadMetrics(merged, command: "x") == ReadMetrics(whole, command: "x"))
  }

  @Test func `lanes of other options are not merged`() async throws {
    var random = SeededGenerator(seed: 1)
    let folder = try ScratchFolder()
    let summary = try await lane(&random, folder, "a", 20).summary
    var other = summary
    other.plan.options.correctsBases = true
    #expect(throws: ReadMergeError.self) { try ReadSummary.merged([summary, other]) }
    var single = summary
    single.plan.isPaired = false
    #expect(throws: ReadMergeError.self) { try ReadSummary.merged([summary, single]) }
  }

  @Test(arguments: seeds(2))
  func `a damaged state is refused`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let folder = try ScratchFolder()
    let bytes = try await lane(&random, folder, "a", 50).summary.state()
    for _ in 0..<500 {
      var damaged = bytes
      let place = random.int(0...(bytes.count - 1))
      if random.oneIn(3) {
        damaged.removeSubrange(place...)
      } else {
        damaged[place] ^= UInt8(1 << random.int(0...7))
      }
      #expect(throws: InputError.self) { try ReadSummary(state: damaged, path: "damaged.state") }
    }
  }

  @Test(arguments: seeds(2))
  func `a state made up with a right checksum is refused or taken, and nothing traps`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let folder = try ScratchFolder()
    let summary = try await lane(&random, folder, "a", 30).summary
    let bytes = try summary.state()
    var refused = 0
    for _ in 0..<1500 {
      var made = Array(bytes.dropLast(4))
      for _ in 0...random.int(0...3) {
        let place = random.int(9...(made.count - 1))
        switch random.int(0...2) {
        case 0: made[place] = UInt8(random.int(0...255))
        case 1: made.insert(255, at: place)
        default: made.remove(at: place)
        }
      }
      let checksum = Self.checksum(made)
      made += (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (8 * UInt32($0))) }
      do {
        let taken = try ReadSummary(state: made, path: "made.state")
        // What is taken can be reported and merged.
        #expect(taken.balances)
        _ = ReadMetrics(taken, command: "x")
        _ = try? ReadSummary.merged([taken, summary])
      } catch is InputError {
        refused += 1
      }
    }
    #expect(refused > 500)
  }

  /// CRC-32 bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = ~0
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
