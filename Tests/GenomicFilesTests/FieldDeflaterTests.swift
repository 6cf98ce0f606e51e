import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

extension SplitMix64 {
  /// Lines as callers write them: the same keys in each, numbers that differ, genotypes of some samples.
  mutating func fieldText(bytes: Int, samples: Int = 1) -> [UInt8] {
    var text = ""
    var position = 1000
    while text.utf8.count < bytes {
      position += int(1...900)
      text +=
        "chr20\t\(position)\t.\t\(pick(["A", "C", "GT"]))\t\(pick(["G", "T", "CA"]))\t\(int(30...900)).\(int(0...99))\tPASS\t"
      text +=
        "AC=\(int(1...2));AF=0.\(int(0...999));AN=2;BaseQRankSum=-\(int(0...3)).\(int(0...999));DP=\(int(5...90));"
      text +=
        "ExcessHet=3.0103;FS=\(int(0...9)).\(int(0...999));MQ=60.00;QD=\(int(2...35)).\(int(0...99))\tGT:AD:DP:GQ:PL"
      for _ in 0..<samples {
        let depth = int(4...60)
        text +=
          "\t\(pick(["0/1", "1/1", "./.", "0|1"])):\(depth),\(int(0...40)):\(depth):\(int(1...99)):\(int(0...900)),0,\(int(0...900))"
      }
      text += "\n"
    }
    return Array(text.utf8.prefix(bytes))
  }
}

@Suite(.timeLimit(.minutes(20))) struct FieldDeflaterTests {
  private static let block = FieldDeflater.blockBytes

  /// The stream of a text, checked by inflating it.
  @discardableResult
  private func deflate(_ text: [UInt8], by deflater: FieldDeflater) throws -> [UInt8] {
    var room = [UInt8](repeating: 0, count: 2 * text.count + 1000)
    let count = try #require(
      text.withUnsafeBytes { text in room.withUnsafeMutableBytes { deflater.deflate(text, to: $0) } })
    let stream = Array(room[..<count])
    #expect(inflate(stream, to: text.count) == text)
    return stream
  }

  @Test(arguments: FASTQDeflaterTests.Content.allCases, [4, 5, 6])
  func everyTextInflatesToItself(content: FASTQDeflaterTests.Content, level: Int) throws {
    var random = SplitMix64("everyTextInflatesToItself(\(content), \(level))")
    let deflater = FieldDeflater(level: level)
    let text = Array(content.bytes(&random).prefix(Self.block))
    let stream = try deflate(text, by: deflater)
    for _ in 0..<5 {
      let start = random.int(0...(text.count - 1))
      try deflate(Array(text[start..<random.int((start + 1)...text.count)]), by: deflater)
    }
    // Nothing of another text is left behind.
    #expect(try deflate(text, by: deflater) == stream)
  }

  @Test(arguments: [4, 5, 6]) func changedFieldsInflateToThemselves(level: Int) throws {
    var random = SplitMix64("changedFieldsInflateToThemselves(\(level))")
    let deflater = FieldDeflater(level: level)
    for _ in 0..<150 {
      var text = random.fieldText(bytes: random.int(1...30_000), samples: random.pick([0, 1, 3, 200]))
      for _ in 0..<random.int(0...40) {
        let place = random.int(0...(text.count - 1))
        switch random.int(0...4) {
        case 0: text[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: text.insert(contentsOf: [UInt8](repeating: random.pick(Array("|\t.A0".utf8)), count: 300), at: place)
        case 2: text.insert(contentsOf: random.letters(random.int(0...900), of: "ACGT"), at: place)
        case 3: text.removeSubrange(place..<min(text.count, place + random.int(0...100)))
        default: text.append(contentsOf: text[place..<min(text.count, place + random.int(0...700))])
        }
        if text.isEmpty { text = [9] }
      }
      try deflate(Array(text.prefix(Self.block)), by: deflater)
    }
  }

  /// Every length up to some hundred, where the places that are looked up begin and end.
  @Test func shortTextsInflateToThemselves() throws {
    var random = SplitMix64()
    let deflater = FieldDeflater(level: 6)
    for count in 1...400 {
      try deflate([UInt8](repeating: UInt8(ascii: ";"), count: count), by: deflater)
      try deflate([UInt8](repeating: UInt8(ascii: "A"), count: count), by: deflater)
      try deflate(random.letters(count, of: "AC;="), by: deflater)
      try deflate(random.fieldText(bytes: count), by: deflater)
    }
  }

  /// The farthest match that DEFLATE has, and one that is farther.
  @Test func matchesReachAsFarAsTheWindow() throws {
    let deflater = FieldDeflater(level: 6)
    var sizes: [Int] = []
    for distance in [32_768, 32_769] {
      let word = Array(";ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvwxyz=".utf8)
      var random = SplitMix64("matchesReachAsFarAsTheWindow")
      let filler = (0..<(distance - word.count)).map { _ in UInt8(random.int(128...255)) }
      sizes.append(try deflate(word + filler + word + [UInt8](repeating: 10, count: 32), by: deflater).count)
    }
    #expect(sizes[1] > sizes[0] + 30)
  }

  @Test(arguments: [4, 5, 6], [1, 3, 100]) func variantsGetAboutAsSmallAsByLibdeflate(level: Int, samples: Int) throws {
    var random = SplitMix64("variantsGetAboutAsSmall(\(level), \(samples))")
    let deflater = FieldDeflater(level: level)
    let text = random.fieldText(bytes: 4 * Self.block, samples: samples)
    var bytes = 0
    for start in stride(from: 0, to: text.count, by: Self.block) {
      bytes += try deflate(Array(text[start..<(start + Self.block)]), by: deflater).count
    }
    let parts = stride(from: 0, to: text.count, by: Self.block).map { Array(text[$0..<($0 + Self.block)]) }
    // Header and trailer of each block are 26 bytes.
    let theirs = try bgzfBlocks(parts, level: level).count - 26 * parts.count
    // Digits at random are the worst of its texts: callers' files get smaller than by libdeflate.
    #expect(bytes <= theirs + theirs / 25, "\(bytes) and \(theirs)")
  }

  @Test func aRoomThatIsTooSmallIsLeftAlone() throws {
    var random = SplitMix64()
    let deflater = FieldDeflater(level: 6)
    let text = random.fieldText(bytes: 30_000)
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

  /// Through an output, at several thread counts: other programs read it, and its bytes are the same.
  @Test(arguments: [4, 6]) func otherProgramsReadFields(level: Int) async throws {
    var random = SplitMix64("otherProgramsReadFields(\(level))")
    let folder = try TemporaryFolder()
    let noise = (0..<100_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let text = random.fieldText(bytes: 1_500_000) + noise + random.fieldText(bytes: 1_200_000, samples: 50)
    var expected: [UInt8]?
    for setting in Setting.all {
      var plan = OutputPlan(path: folder("out.vcf.gz"), container: .bgzf(level: level), force: true)
      plan.content = .fields
      let pieces = random.pieces(of: text, about: random.int(0...20))
      let (_, output) = try await withOutput(plan, resources: setting.resources) { stream in
        for piece in pieces { try await stream.append(piece) }
      }
      _ = try await output.commit()
      let stored = try folder.read("out.vcf.gz")
      if let expected { #expect(stored == expected, "\(setting.testDescription)") } else { expected = stored }
    }
    let stored = try #require(expected)
    #expect(stored != (try bgzf(text, level: level)))
    if Peer.has("bgzip", "gzip") {
      try Peer.run("bgzip -t out.vcf.gz && gzip -t out.vcf.gz && gzip -dc out.vcf.gz > out.raw", in: folder)
      #expect(try folder.read("out.raw") == text)
    }
  }
}
