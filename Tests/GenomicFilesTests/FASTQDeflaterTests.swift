import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

extension SplitMix64 {
  /// FASTQ as sequencers of today write it: qualities in runs of few kinds, some reads alike, some bases unknown.
  mutating func binnedFASTQ(bytes: Int, kinds: String = "F:,#", longest: Int = 151, lineEnd: String = "\n") -> [UInt8] {
    let genome = letters(20_000, of: "ACGT")
    let kinds = Array(kinds.utf8)
    var text: [UInt8] = []
    while text.count < bytes {
      let length = chance(0.7) ? longest : int(1...longest)
      let start = int(0...(genome.count - length))
      var sequence = Array(genome[start..<(start + length)])
      for _ in 0..<int(0...2) { sequence[int(0...(length - 1))] = UInt8(ascii: "N") }
      var quality: [UInt8] = []
      while quality.count < length {
        let kind = chance(0.7) ? kinds[0] : pick(kinds)
        quality += [UInt8](repeating: kind, count: min(length - quality.count, int(1...(chance(0.5) ? 3 : 80))))
      }
      text += Array("@A0:1:HXX:\(int(1...4)):\(int(1101...1120)):\(int(1000...32000)):1 1:N:0:ACGT\(lineEnd)".utf8)
      text += sequence + Array("\(lineEnd)+\(lineEnd)".utf8) + quality + Array(lineEnd.utf8)
    }
    return Array(text[..<bytes])
  }
}

@Suite(.timeLimit(.minutes(20))) struct FASTQDeflaterTests {
  private static let block = FASTQDeflater.blockBytes

  /// The stream of a text, checked by inflating it.
  private func deflate(_ text: [UInt8], by deflater: FASTQDeflater = FASTQDeflater()) throws -> [UInt8] {
    // A code may need more than 8 bits a byte, and its header has to fit.
    var room = [UInt8](repeating: 0, count: 2 * text.count + 1000)
    let count = try #require(
      text.withUnsafeBytes { text in room.withUnsafeMutableBytes { deflater.deflate(text, to: $0) } })
    let stream = Array(room[..<count])
    #expect(inflate(stream, to: text.count) == text)
    return stream
  }

  enum Content: String, CaseIterable, Sendable {
    case oneByte, oneSymbol, twoSymbols, allBytes, binary, fibonacci, fibonacciBases, runsAboutTheLongestMatch
    case farthestMatch, overlapsOfReads, noLineFeed, lineFeeds, bases, unknownBases, manyKinds, binned, carriageReturns
    case longReads, qualitiesThatLookLikeBases

    func bytes(_ random: inout SplitMix64) -> [UInt8] {
      let block = FASTQDeflater.blockBytes
      switch self {
      case .oneByte: return [UInt8(random.int(0...255))]
      case .oneSymbol: return [UInt8](repeating: UInt8(ascii: "F"), count: block)
      case .twoSymbols: return random.letters(block, of: "F,")
      case .allBytes: return (0..<block).map { UInt8($0 & 255) }
      case .binary: return (0..<block).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      case .fibonacci: return Self.fibonacci(Array("!\"#$%&'()*+,-./0123456789"), &random)
      case .fibonacciBases: return Self.fibonacci(Array("TGCAN!\"#$%&'()*+,-./0123"), &random)
      case .runsAboutTheLongestMatch:
        return (250...265).flatMap { [UInt8](repeating: UInt8(ascii: "F"), count: $0) + [10] }
          + (510...520).flatMap { [UInt8](repeating: UInt8(ascii: "F"), count: $0) + [10] }
      case .farthestMatch:
        return [32_767, 32_768, 32_769].flatMap { distance in
          let word = random.letters(40, of: "abcdefghij")
          return word + (0..<(distance - 40)).map { _ in UInt8(random.int(128...255)) } + word
        }
      case .overlapsOfReads:
        let sequence = random.letters(600, of: "ACGT")
        return (0..<300).flatMap { _ in Array(sequence[random.int(0...300)..<600]) + [10] }
      case .noLineFeed: return random.letters(block, of: "ACGTF:,#")
      case .lineFeeds: return random.letters(block, of: "\n\n+A")
      case .bases: return random.letters(block, of: "ACGT")
      case .unknownBases: return random.letters(block, of: "ACGTACGTACGTACGTACGTACGTACGTACGTN")
      case .manyKinds: return Array(random.fastq(records: 200).prefix(block))
      case .binned: return random.binnedFASTQ(bytes: block)
      case .carriageReturns: return random.binnedFASTQ(bytes: block, lineEnd: "\r\n")
      case .longReads: return random.binnedFASTQ(bytes: block, longest: 15_000)
      case .qualitiesThatLookLikeBases: return random.binnedFASTQ(bytes: block, kinds: "GCAT")
      }
    }

    /// Each character as often as a Fibonacci number says, in random order: as steep as a code can get.
    private static func fibonacci(_ characters: [Character], _ random: inout SplitMix64) -> [UInt8] {
      var (count, next) = (1, 1)
      var bytes: [UInt8] = []
      for character in characters {
        guard bytes.count + count <= FASTQDeflater.blockBytes else { break }
        bytes += character.utf8.flatMap { [UInt8](repeating: $0, count: count) }
        (count, next) = (next, count + next)
      }
      return bytes.shuffled(using: &random)
    }
  }

  @Test(arguments: Content.allCases)
  func everyTextInflatesToItself(content: Content) throws {
    var random = SplitMix64("everyTextInflatesToItself(\(content))")
    let deflater = FASTQDeflater()
    let text = content.bytes(&random)
    let stream = try deflate(text, by: deflater)
    // Of a part at any place, too; and nothing of another text is left behind.
    for _ in 0..<5 {
      let start = random.int(0...(text.count - 1))
      _ = try deflate(Array(text[start..<random.int((start + 1)...text.count)]), by: deflater)
    }
    #expect(try deflate(text, by: deflater) == stream)
  }

  @Test func textsOfSeveralBlocksMatchAcrossThem() throws {
    var random = SplitMix64()
    let deflater = FASTQDeflater()
    for content in Content.allCases {
      var text: [UInt8] = []
      while text.count < 5 * Self.block / 2 { text += content.bytes(&random).prefix(Self.block) }
      _ = try deflate(text, by: deflater)
    }
    let longest = random.binnedFASTQ(bytes: OutputGroup.capacity)
    let stream = try deflate(longest, by: deflater)
    let alone = try stride(from: 0, to: longest.count, by: Self.block)
      .reduce(0) { try $0 + deflate(Array(longest[$1..<min($1 + Self.block, longest.count)]), by: deflater).count }
    #expect(stream.count < alone)
  }

  @Test func changedFASTQInflatesToItself() throws {
    var random = SplitMix64()
    let deflater = FASTQDeflater()
    for _ in 0..<150 {
      var text = random.binnedFASTQ(
        bytes: random.int(1...20_000), kinds: random.pick(["F:,#", "FGHIJ", "F", "ABCDEFGHIJKLMNOP", "ACGT"]),
        longest: random.pick([15, 16, 17, 36, 101, 151, 259, 1000]))
      for _ in 0..<random.int(0...40) {
        let place = random.int(0...(text.count - 1))
        switch random.int(0...3) {
        case 0: text[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: text[place] = 10
        case 2: text.insert(contentsOf: random.letters(random.int(0...300), of: "A"), at: place)
        default: text.append(contentsOf: text[place..<min(text.count, place + random.int(0...700))])
        }
      }
      _ = try deflate(Array(text.prefix(Self.block)), by: deflater)
    }
  }

  @Test func aRoomThatIsTooSmallIsLeftAlone() throws {
    var random = SplitMix64()
    let deflater = FASTQDeflater()
    let text = random.binnedFASTQ(bytes: 30_000)
    let size = try deflate(text, by: deflater).count
    var memory = [UInt8](repeating: 0xA5, count: size + 100)
    for room in [0, 1, 8, 100, size - 1, size, size + 7, size + 20] {
      let found = text.withUnsafeBytes { text in
        memory.withUnsafeMutableBytes {
          deflater.deflate(text, to: UnsafeMutableRawBufferPointer(rebasing: $0[..<room]))
        }
      }
      #expect(found == (room == size + 20 ? size : nil))
      #expect(memory[room...].allSatisfy { $0 == 0xA5 })
    }
    let none = [UInt8]().withUnsafeBytes { text in memory.withUnsafeMutableBytes { deflater.deflate(text, to: $0) } }
    #expect(none == nil)
  }

  @Test func onlyFASTQWithQualitiesInRunsIsForIt() {
    var random = SplitMix64()
    func isSuited(_ text: [UInt8]) -> Bool { text.withUnsafeBytes { FASTQLayout.hasBinnedQualities($0) } }
    let binned = random.binnedFASTQ(bytes: Self.block)
    #expect(isSuited(binned))
    #expect(isSuited(Array(binned[random.int(0...400)...])))
    for content in Content.allCases {
      switch content {
      case .binned, .carriageReturns, .qualitiesThatLookLikeBases, .longReads: continue
      default: #expect(!isSuited(content.bytes(&random)), "\(content)")
      }
    }
    #expect(!isSuited([]))
    #expect(!isSuited(Array("@r\nACGTACGTACGTACGTACGT\n+\n".utf8)))
    #expect(isSuited(Array("@r\nACGTACGTACGTACGTACGT\n+\nFFFFFFFFFFFFFFFFFFFF\n".utf8)))
    #expect(!isSuited(Array("##fileformat=VCFv4.4\n#CHROM\nACGTACGTACGTACGTACGTACGT\n".utf8)))
  }
}
