import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite(.timeLimit(.minutes(20))) struct DamagedFileTests {
  @Test(arguments: SmallFile.compressed)
  func flippedBitsGiveAnErrorOrTheSameContent(file: SmallFile) async throws {
    var random = SplitMix64("flip(\(file.testDescription))")
    let folder = try TemporaryFolder()
    let whole = try file.bytes(&random)
    let settings = SharedSettings()
    var full = try await file.format.read(try folder.write(whole, to: "whole"), settings[0])
    full.warnings = [:]
    var refused = 0
    for round in 0..<500 {
      var damaged = whole
      for _ in 0..<random.pick([1, 1, 2, 8]) {
        // Headers and trailers of blocks are where the traps are: half of the flips near the ends.
        let range =
          random.chance(0.3)
          ? 0...40 : random.chance(0.3) ? (whole.count - 60)...(whole.count - 1) : 0...(whole.count - 1)
        damaged[random.int(range)] ^= 1 << UInt8(random.int(0...7))
      }
      do {
        var readout = try await file.format.read(try folder.write(damaged, to: "damaged"), settings[round])
        readout.warnings = [:]
        try #require(readout == full, "round \(round)")
      } catch is InputError {
        refused += 1
      }
    }
    #expect(refused > 250)
  }

  @Test func blocksMayEndInsideTheMagicOrTheFirstLine() async throws {
    let folder = try TemporaryFolder()
    let contigs = [("1", 1000)]
    var random = SplitMix64()
    let bam =
      BAMBytes.header("@SQ\tSN:1\tLN:1000\n", contigs) + BAMBytes.record(&random, ordinal: 0, contigs: contigs).bytes
    let sam = Array("r\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\tIIII\n".utf8)
    for content in [bam, sam] {
      let whole = try await Format.alignments.read(
        try folder.write(try bgzfBlocks([content, []]), to: "whole"), RunResources(threads: 1))
      for size in [1, 2, 3, 5, 12] {
        let blocks = stride(from: 0, to: content.count, by: size).map {
          Array(content[$0..<min($0 + size, content.count)])
        }
        for batchBytes in [4096, 1 << 20] {
          let path = try folder.write(try bgzfBlocks(blocks + [[]]), to: "cut")
          let readout = try await Format.alignments.read(path, RunResources(threads: 2, batchBytes: batchBytes))
          #expect(readout == whole, "blocks of \(size)")
        }
      }
    }
  }

  /// BGZF's checksums hide such damage from the test above, but a writer with a bug makes it.
  @Test func aBAMOfAnyBytesNeverCrashes() async throws {
    var random = SplitMix64()
    let folder = try TemporaryFolder()
    let settings = SharedSettings()
    let contigs = [("1", 1000), ("chr2", 2000)]
    let header = BAMBytes.header("@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:1\tLN:1000\n@SQ\tSN:chr2\tLN:2000\n", contigs)
    let records = (0..<25).map { BAMBytes.record(&random, ordinal: $0, contigs: contigs).bytes }
    let whole = header + records.flatMap { $0 }
    var accepted = 0
    for round in 0..<2500 {
      var damaged = whole
      for _ in 0..<random.int(1...4) {
        // The header's and the first records' fixed fields are hit more often than their share of bytes.
        let place = random.chance(0.5) ? random.int(0...(header.count + 200)) : random.int(0...(damaged.count - 1))
        switch random.int(0...3) {
        case 0: damaged[place] ^= 1 << UInt8(random.int(0...7))
        case 1: damaged[place] = random.pick([0, 0x7F, 0x80, 0xFF])
        case 2: damaged.remove(at: place)
        default: damaged.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
        }
      }
      do {
        _ = try await Format.alignments.read(
          try folder.write(try bgzf(damaged, level: 1), to: "damaged.bam"), settings[round])
        accepted += 1
      } catch is InputError {}
    }
    print("of 2500 damaged BAMs \(accepted) still made sense")
  }

  @Test func aHeaderThatClaimsTooMuchIsRefusedAtOnce() async throws {
    let folder = try TemporaryFolder()
    // Two billion reference sequences, and 30 MB of zeros to read them from. Read again from its start at every chunk,
    // 6 MB took more than a minute, so that this would take longer than the suite may.
    let text = "@HD\tVN:1.6\n"
    let claim = Array("BAM\u{1}".utf8) + BAMBytes.integer(Int32(text.utf8.count)) + Array(text.utf8)
    let bytes = claim + BAMBytes.integer(Int32.max) + [UInt8](repeating: 0, count: 30_000_000)
    let path = try folder.write(try bgzf(bytes, level: 1), to: "claim.bam")
    let error = await failure { try await Format.alignments.read(path, RunResources(threads: 1, batchBytes: 4096)) }
    #expect(error is InputError)
  }
}
