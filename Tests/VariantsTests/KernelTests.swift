import CKernels
import EngineTestSupport
import Testing

/// The C that looks at many bytes at once, against a look at each.
@Suite struct KernelTests {
  @Test(arguments: seeds(3)) func `blocks are what their bytes are`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<5000 {
      let range = random.pick([0...255, 0x2D...0x3B, 0...40, 0x3E...0x7F, 0xAE...0xFB])
      let bytes = (0..<64).map { _ in UInt8(random.int(range)) }
      let wanted = random.oneIn(3) ? UInt8(random.int(0...255)) : random.pick(bytes)
      var places: UInt64 = 0
      var others: UInt64 = 0
      var separators: UInt64 = 0
      for (index, byte) in bytes.enumerated() {
        if byte == wanted { places |= 1 << UInt64(index) }
        if !(0x30...0x39).contains(byte) { others |= 1 << UInt64(index) }
        let isLetter = (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        if !isLetter, !(0x30...0x39).contains(byte) { separators |= 1 << UInt64(index) }
      }
      #expect(apus_places_64(bytes, wanted) == places, "seed \(seed)")
      #expect(apus_places_64_portable(bytes, wanted) == places, "seed \(seed)")
      #expect(apus_non_digits_64(bytes) == others, "seed \(seed)")
      #expect(apus_non_digits_64_portable(bytes) == others, "seed \(seed)")
      #expect(apus_separators_64(bytes) == separators, "seed \(seed)")
      #expect(apus_separators_64_portable(bytes) == separators, "seed \(seed)")
    }
  }

  @Test(arguments: seeds(3)) func `odd letters are found wherever they stand`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      var bytes = (0..<random.int(0...100)).map { _ in random.pick(Array("AC;=\t\n ~".utf8)) }
      for byte in [0, 8, 11, 13, 31, 37, 127, 128, 255] as [UInt8] where !bytes.isEmpty && random.oneIn(12) {
        bytes[random.int(0...bytes.count - 1)] = byte
      }
      var expected = 0
      for byte in bytes {
        if byte >= 128 { expected |= Int(apus_has_high) }
        if byte < 32, ![9, 10, 13].contains(byte) { expected |= Int(apus_has_control) }
        if byte == 13 { expected |= Int(apus_has_return) }
        if byte == 37 { expected |= Int(apus_has_percent) }
      }
      #expect(Int(apus_letters(bytes, bytes.count)) == expected, "seed \(seed)")
    }
  }

  @Test(arguments: seeds(3)) func `bases are copied as capitals`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      var bytes = (0..<random.int(0...90)).map { _ in random.pick(Array("ACGTNacgtn*-@[`{z".utf8)) }
      if !bytes.isEmpty, random.oneIn(4) {
        bytes[random.int(0...bytes.count - 1)] = random.pick([0, 9, 10, 13, 31, 32, 33, 127, 128, 225, 255])
      }
      var copy = [UInt8](repeating: 7, count: bytes.count + 1)
      let hasBlanks = apus_copy_capitals(&copy, bytes, bytes.count) != 0
      #expect(hasBlanks == bytes.contains { $0 <= 32 }, "seed \(seed)")
      #expect(copy.dropLast() == bytes.map { (97...122).contains($0) ? $0 - 32 : $0 }[...], "seed \(seed)")
      #expect(copy.last == 7, "seed \(seed)")
    }
  }
}
