import Alignments
import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Testing

/// Input made to break a reader: refused or taken, never a trap or a wrong count.
@Suite struct HostileAlignmentTests {
  private let header = "@HD\tVN:1.6\n@SQ\tSN:c\tLN:100\n@SQ\tSN:vast\tLN:2147483647\n"

  private func result(_ lines: String) async throws -> AlignmentResult {
    let folder = try ScratchFolder()
    return try await process(try folder.write(header + lines, "in.sam"))
  }

  @Test(arguments: [
    "r\t0\tc\t4294967301\t60\t5M\t*\t0\t0\t*\t*\n", "r\t0\tvast\t9223372036854775807\t60\t5M\t*\t0\t0\t*\t*\n",
    "r\t1\tc\t5\t60\t5M\tc\t4294967301\t0\t*\t*\n", "r\t1\tc\t5\t60\t5M\tc\t5\t4294967301\t*\t*\n",
  ])
  func `numbers beyond 31 bits are refused, not cut`(line: String) async throws {
    let error = await #expect(throws: InputError.self) { try await self.result(line) }
    #expect(error?.kind == .malformed)
    #expect(error?.location.record == 4)
  }

  @Test func `alignments at the very end of the longest contig, and longer than it`() async throws {
    let lines = [
      "a\t0\tvast\t2147483600\t60\t268435455M\t*\t0\t0\t*\t*",
      "b\t0\tvast\t2147483647\t60\t1M5N268435455M\t*\t0\t0\t*\t*",
    ]
    let depth = try #require(try await result(lines.joined(separator: "\n") + "\n").depth)
    #expect(depth[1].depthSum == 48 + 1)
    #expect(depth[1].histogram == [2_147_483_647 - 48, 47, 1])
    #expect(depth[0].histogram == [100])
  }

  @Test func `a CIGAR that consumes no reference covers nothing`() async throws {
    let lines =
      "a\t99\tc\t5\t60\t5S\tc\t5\t0\t*\t*\na\t147\tc\t5\t60\t5I\tc\t5\t0\t*\t*\nb\t0\tc\t6\t60\t*\t*\t0\t0\t*\t*\n"
    let depth = try #require(try await result(lines).depth)
    #expect(depth[0].depthSum == 0)
  }

  @Test func `many reads of one name do not take off more than they cover`() async throws {
    var lines = ""
    for flag in [99, 147, 99, 147, 99, 99, 147] { lines += "same\t\(flag)\tc\t10\t60\t10M\tc\t10\t0\t*\t*\n" }
    let depth = try #require(try await result(lines).depth)
    // Three pairs of the seven; one has no mate left.
    #expect(depth[0].histogram == [90, 0, 0, 0, 10])
  }

  @Test(.enabled(if: Peer.areInstalled("samtools", "gzip")), arguments: seeds(3))
  func `a damaged BAM or SAM is taken or refused, and nothing traps`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    let file = generator.file(wild: 30, pairs: 20)
    let folder = try ScratchFolder()
    let bam = try file.writeBAM(folder, index: false)
    try Peer.output("cp", bam, folder.path("in.gz"))
    try Peer.output("gzip", "-d", folder.path("in.gz"))
    // BAM encoding without its compression, so that the damage reaches the records and not only the checksums.
    let originals = [Array(try folder.bytes(of: "in")), Array(file.text.utf8)]
    var refused = 0
    for _ in 0..<250 {
      var bytes = generator.random.pick(originals)
      for _ in 0...generator.random.int(0...3) {
        let place = generator.random.int(4...(bytes.count - 1))
        switch generator.random.int(0...4) {
        case 0: bytes[place] = generator.random.pick([0, 0xFF, 0x7F, 0x80])
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + generator.random.int(1...40)))
        case 2: bytes.insert(contentsOf: Array("9999999999".utf8), at: place)
        case 3:
          for offset in 0..<min(4, bytes.count - place) {
            bytes[place + offset] = generator.random.pick([0, 0xFF, 0x7F])
          }
        default: bytes[place] = UInt8(generator.random.int(0...255))
        }
      }
      let path = folder.path("damaged")
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      do { _ = try await process(path, batchBytes: 4096) } catch is InputError { refused += 1 }
    }
    #expect(refused > 50, "the damage did not reach the parser")
  }
}
