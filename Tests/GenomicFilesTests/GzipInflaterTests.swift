import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite struct GzipInflaterTests {
  /// Feeds stored bytes a few at a time and takes data a few at a time.
  private func inflate(_ stored: [UInt8], feed: Int, take: Int) throws -> [UInt8] {
    let inflater = GzipInflater(path: "test.gz")
    let input = ByteBuffer(capacity: 16)
    let output = ByteBuffer(capacity: 16)
    var data: [UInt8] = []
    var position = 0
    func drain() {
      data += output.bytes
      output.clear()
    }
    while true {
      // As the chunk producer does: new input only when the old is used up.
      if try !inflater.inflate(input, into: output, upTo: take) {
        if position == stored.count { break }
        let end = min(position + feed, stored.count)
        stored[position..<end].withUnsafeBytes { input.append($0) }
        position = end
      }
      if output.count >= take { drain() }
    }
    drain()
    try inflater.finish()
    return data
  }

  @Test func membersOfAnySizeInflateWhateverIsFedAndTakenAtATime() throws {
    var random = SplitMix64()
    for round in 0..<1500 {
      var data: [UInt8] = []
      var stored: [UInt8] = []
      for _ in 0..<random.int(1...4) {
        let size = random.pick([0, 1, 2, random.int(3...300), random.int(300...5000)])
        let piece =
          random.chance(0.3)
          ? [UInt8](repeating: 65, count: size)
          : random.letters(size, of: random.chance(0.5) ? "ACGT" : "\u{1}\u{2}AZaz09~!#")
        data += piece
        stored += gzipMember(piece, level: Int32(random.int(0...12)), header: .random(&random))
      }
      let feed = random.pick([1, 2, 3, random.int(4...64), stored.count])
      let take = random.pick([1, 2, 7, random.int(8...300), 1 << 20])
      let result = Result { try inflate(stored, feed: feed, take: take) }
      #expect(throws: Never.self, "round \(round), feed \(feed), take \(take)") { try result.get() }
      guard try result.get() == data else {
        Issue.record("round \(round), feed \(feed), take \(take): other bytes")
        return
      }
    }
  }

  @Test func aMemberCutAnywhereIsTruncated() throws {
    let stored = gzipMember(
      Array("@r\nACGT\n+\nIIII\n".utf8), header: GzipHeader(extra: [1, 2, 3], name: "a", comment: "b"))
    for end in 1..<stored.count {
      for feed in [1, 5, stored.count] {
        #expect(throws: InputError.self, "cut at \(end), feed \(feed)") {
          try inflate(Array(stored[..<end]), feed: feed, take: 4)
        }
      }
    }
  }

  @Test func zerosBehindTheLastMemberArePaddingAndAnythingElseIsRefused() throws {
    let data = Array("ACGT\n".utf8)
    let member = gzipMember(data)
    for feed in [1, 3, 1000] {
      #expect(try inflate(member + [UInt8](repeating: 0, count: 700), feed: feed, take: 3) == data)
      for tail in [[1], [0, 0, 0x1F, 0x8B], [0x1F, 0x8C], [0x1F]] as [[UInt8]] {
        #expect(throws: InputError.self, "tail \(tail)") { try inflate(member + tail, feed: feed, take: 100) }
      }
    }
  }

  @Test func aWrongChecksumOrSizeIsSaid() throws {
    let member = gzipMember(Array("ACGTACGT\n".utf8))
    for back in 1...8 {
      var damaged = member
      damaged[damaged.count - back] ^= 0x10
      for feed in [1, 1000] {
        let error = #expect(throws: InputError.self) { try inflate(damaged, feed: feed, take: 4) }
        #expect(error?.kind == .checksum)
        #expect(error?.location.offset == 0)
        #expect(error?.location.offsetBase == .file)
      }
    }
  }
}
