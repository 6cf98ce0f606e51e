import EngineTestSupport
import Foundation
import GenomicFiles
import Testing

@testable import Reads

/// The chain of custody: checksums that follow the reads.
@Suite struct CustodyTests {
  private func file(_ reads: [Read]) -> String { reads.map { $0.text("\n", repeatsName: false) }.joined() }

  private func first(_ name: String) -> [UInt8] {
    let word = name.prefix { $0 != " " && $0 != "\t" }
    return Array((word.hasSuffix("/1") || word.hasSuffix("/2") ? word.dropLast(2) : word).utf8)
  }

  private func sum(_ reads: [Read], flag: UInt8) -> NaiveChecksum {
    var sum = NaiveChecksum()
    for read in reads { sum.add(name: first(read.name), flag: flag, bases: read.bases, qualities: read.qualities) }
    return sum
  }

  @Test func `the CRC of the oracle is the standard's`() {
    // The check value of the CRC catalogue for CRC-32/ISO-HDLC.
    #expect(NaiveChecksum.crc(Array("123456789".utf8)) == 0xCBF4_3926)
  }

  @Test func `one read by hand`() async throws {
    let folder = try ScratchFolder()
    let result = try await process(try folder.write("@r1 comment\nACGT\n+\nIIII\n", "1.fastq"))
    let custody = try #require(result.summary.custody["-"])
    // A sum of one read is its CRC without the highest bit.
    func low(_ text: [UInt8]) -> UInt64 { UInt64(NaiveChecksum.crc(text) & 0x7FFF_FFFF) }
    let bases = Array("ACGT".utf8)
    #expect(custody.input.reads == 1 && custody.input == custody.output && custody.dropped == ReadChecksum())
    #expect(custody.input.sequence == low([0] + bases))
    #expect(custody.input.name == low(Array("r1".utf8) + [0, 0] + bases))
    #expect(custody.input.quality == low([0] + bases + Array("IIII".utf8)))
  }

  @Test(arguments: seeds(4))
  func `sums of single reads are the oracle's, in any order, at any threads`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let reads = random.reads(300, suffix: random.pick(["", " 1:N:0:AC", "/1", "\tx"]), longest: 80)
    let expected = sum(reads, flag: 0)
    let folder = try ScratchFolder()
    for (threads, batchBytes) in [(1, 4 << 20), (2, 4096), (7, 4096)] {
      let path = try folder.write(file(reads.shuffled(using: &random)), "\(threads).fastq")
      let custody = try await process(path, threads: threads, batchBytes: batchBytes).summary.custody
      #expect(custody.count == 1)
      let group = try #require(custody["-"])
      #expect(expected == group.input && expected == group.output && group.balances)
    }
  }

  @Test(arguments: seeds(3))
  func `mates have flags of their own, lanes groups of their own, and trimmed reads sums of their own`(
    seed: UInt64
  ) async throws {
    var random = SeededGenerator(seed: seed)
    let lanes = ["FC1:1", "FC1:2", "FC2:1"]
    let names = (0..<1_200).map { "M1:7:\(random.pick(lanes)):1101:\($0):9" }
    let reads = (1...2).map { mate in
      names.map { name in
        let bases = random.bases(Array(random.pick(["ACGT", "ACGT", "ACGTN", "acgtRU"]).utf8), random.int(0...90))
        return Read(name: "\(name) \(mate):N:0:AC", bases: bases, qualities: random.scores(bases.count, 10...40))
      }
    }
    var options = ReadOptions()
    options.cutRight = .init()
    options.cut1.front = 2
    let folder = try ScratchFolder()
    let paths = try reads.enumerated().map { try folder.write(file($0.element), "\($0.offset).fastq") }
    let outputs = ["a.fastq", "b.fastq"]
    let result = try await process(
      paths[0], paths[1], outputs: outputs.map(folder.path), threads: 7, batchBytes: 4096, options: options)
    let written = try outputs.map { try parsed(folder.text(of: $0)) }
    #expect(written[0].count == written[1].count && written[0].count > 20)
    let stayed = Set(written[0].map { first($0.name) })
    #expect(Set(result.summary.custody.keys) == Set(lanes))
    for lane in lanes {
      let custody = try #require(result.summary.custody[lane])
      func sum(_ reads: [[Read]], _ isWanted: (Read) -> Bool) -> NaiveChecksum {
        var sum = NaiveChecksum()
        for (mate, flag) in [(0, UInt8(65)), (1, UInt8(129))] {
          for read in reads[mate] where read.name.contains(":\(lane):") && isWanted(read) {
            sum.add(name: first(read.name), flag: flag, bases: read.bases, qualities: read.qualities)
          }
        }
        return sum
      }
      #expect(sum(reads) { _ in true } == custody.input)
      #expect(sum(reads) { stayed.contains(first($0.name)) } == custody.kept)
      #expect(sum(reads) { !stayed.contains(first($0.name)) } == custody.dropped)
      #expect(sum(written) { _ in true } == custody.output)
      #expect(custody.balances)
    }
  }

  @Test func `a lost, doubled or changed read is seen`() {
    var sum = ReadChecksum()
    for text in ["ACGT", "ACGA"] {
      Array(text.utf8).withUnsafeBufferPointer { bases in
        guard let base = bases.baseAddress else { return }
        sum.add(ReadChecksum.Read(flag: 0, name: UnsafeRawBufferPointer(bases), bases: base, qualities: base, count: 4))
      }
    }
    var custody = ReadCustody()
    (custody.input, custody.kept, custody.output) = (sum, sum, sum)
    #expect(custody.balances)
    custody.dropped = sum
    #expect(!custody.balances)
    custody.kept = ReadChecksum()
    #expect(!custody.balances, "kept reads are those that went out")
    custody.output = ReadChecksum()
    #expect(custody.balances)
  }

  private func parsed(_ text: String) -> [Read] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return stride(from: 0, to: lines.count, by: 4).map { start in
      Read(
        name: String(lines[start].dropFirst()), bases: Array(lines[start + 1].utf8),
        qualities: lines[start + 3].utf8.map { $0 - 33 })
    }
  }

  /// Whether a samtools is installed that knows checksums: 1.22 or later.
  static let hasSamtoolsChecksum: Bool = {
    guard Peer.areInstalled("samtools"), let outcome = try? Peer.run("samtools", ["checksum", "--help"]),
      (outcome.text + outcome.errors).contains("checksum [options]")
    else {
      print("SKIPPED: a test needs samtools 1.22 or later for `samtools checksum`")
      return false
    }
    return true
  }()

  @Test(.enabled(if: hasSamtoolsChecksum), arguments: seeds(2))
  func `sums are those of samtools`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let folder = try ScratchFolder()
    let paths = try (1...2).map { mate in
      let reads = (0..<200).map { number in
        let bases = random.bases(1...90)
        return Read(name: "r\(number)/\(mate)", bases: bases, qualities: random.scores(bases.count))
      }
      return try folder.write(file(reads), "\(mate).fastq")
    }
    let custody = try #require(try await process(paths[0], paths[1]).summary.custody["-"])
    try Peer.output("samtools", "import", "-1", paths[0], "-2", paths[1], "-o", folder.path("u.bam"))
    let lines = try Peer.output("samtools", "checksum", "-T", folder.path("u.bam")).lines
    let all = try #require(lines.first { $0.hasPrefix("all") }).split(whereSeparator: \.isWhitespace)
    let sums = [custody.input.sequence, custody.input.name, custody.input.quality]
    #expect(all[2] == "\(custody.input.reads)")
    #expect(all[3..<6].map { UInt64($0, radix: 16) } == sums)
  }

  @Test(arguments: [CustodyCounter.groupLimit, CustodyCounter.groupLimit + 1, 3 * CustodyCounter.groupLimit])
  func `more groups than can be real are joined, at any threads, and nothing is lost`(groups: Int) async throws {
    let folder = try ScratchFolder()
    let text = (0..<(4 * groups)).map { "@M:1:F\($0 % groups):1:1101:\($0):5\nACGT\n+\nIIII\n" }.joined()
    let path = try folder.write(text, "groups.fastq")
    let first = try await process(path, threads: 1, batchBytes: 4096).summary
    #expect(first.custody.count == (groups > CustodyCounter.groupLimit ? 1 : groups))
    #expect((first.custody[ReadSummary.joined] != nil) == (groups > CustodyCounter.groupLimit))
    #expect(first.balances && first.custody.values.reduce(0) { $0 + $1.input.reads } == 4 * groups)
    for threads in [2, 7] {
      #expect(try await process(path, threads: threads, batchBytes: 4096).summary.custody == first.custody)
    }
  }

  @Test func `a worker's groups take bounded memory`() {
    var counter = CustodyCounter()
    let count = 3 * CustodyCounter.groupLimit
    for number in 0..<count {
      Array("M:1:F\(number):1:1101:1:5".utf8).withUnsafeBytes { counter.choose($0) }
      var base = UInt8(ascii: "A")
      var quality = UInt8(ascii: "I")
      let read = ReadChecksum.Read(
        flag: 0, name: UnsafeRawBufferPointer(start: nil, count: 0), bases: &base, qualities: &quality, count: 1)
      counter.addDropped(read)
    }
    var total: [String: ReadCustody] = [:]
    counter.empty(into: &total)
    #expect(Array(total.keys) == [ReadSummary.joined])
    #expect(total[ReadSummary.joined]?.dropped.reads == count)
  }
}
