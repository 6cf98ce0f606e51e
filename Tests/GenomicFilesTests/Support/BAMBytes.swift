import TestSupport

/// Uncompressed BAM made in code (SAM specification, section 4.2).
enum BAMBytes {
  static func integer<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  static func header(_ text: String, _ contigs: [(String, Int)]) -> [UInt8] {
    var bytes: [UInt8] = Array("BAM\u{1}".utf8) + integer(Int32(text.utf8.count)) + Array(text.utf8)
    bytes += integer(Int32(contigs.count))
    for (name, length) in contigs {
      bytes += integer(Int32(name.utf8.count + 1)) + Array(name.utf8) + [0] + integer(Int32(length))
    }
    return bytes
  }

  struct Record {
    var name = "r"
    var contig: Int32 = 0
    var position: Int32 = 9
    var mappingQuality: UInt8 = 60
    var flags: UInt16 = 0
    /// Length and code of each operation.
    var cigar: [(Int, UInt32)] = []
    var sequence: [UInt8] = []
    var qualities: [UInt8] = []
    var mateContig: Int32 = -1
    var matePosition: Int32 = -1
    var templateLength: Int32 = 0
    var tags: [UInt8] = []

    var bytes: [UInt8] {
      let length = sequence.count
      let letters = Array("=ACMGRSVTWYHKDBN".utf8)
      var packed = [UInt8](repeating: 0, count: (length + 1) / 2)
      for (index, base) in sequence.enumerated() {
        let code = UInt8(letters.firstIndex(of: base) ?? 15)
        packed[index / 2] |= index % 2 == 0 ? code << 4 : code
      }
      var body = integer(contig) + integer(position) + [UInt8(name.utf8.count + 1), mappingQuality]
      body += integer(UInt16(4680)) + integer(UInt16(cigar.count)) + integer(flags) + integer(Int32(length))
      body += integer(mateContig) + integer(matePosition) + integer(templateLength)
      body += Array(name.utf8) + [0]
      for (length, code) in cigar { body += integer(UInt32(length) << 4 | code) }
      body += packed + qualities + tags
      return integer(Int32(body.count)) + body
    }
  }

  /// A record of random fields that samtools takes.
  static func record(_ random: inout SplitMix64, ordinal: Int, contigs: [(String, Int)]) -> Record {
    var record = Record(name: random.chance(0.02) ? "*" : "read:\(ordinal):\(random.int(0...9999))")
    let length = random.chance(0.05) ? 0 : random.int(1...151)
    record.sequence = random.letters(length, of: random.chance(0.9) ? "ACGTN" : "=ACMGRSVTWYHKDBN")
    let hasQualities = random.chance(0.9)
    record.qualities = (0..<length).map { _ in hasQualities ? UInt8(random.int(0...93)) : 0xFF }
    record.mappingQuality = UInt8(random.int(0...255))
    record.flags = UInt16(random.int(0...0xFFF))
    if random.chance(0.15) || contigs.isEmpty {
      record.contig = -1
      record.position = -1
      record.flags |= 4
    } else {
      record.contig = Int32(random.int(0...(contigs.count - 1)))
      record.position = Int32(random.int(0...900))
      record.flags &= ~4
      record.cigar = cigar(length, &random)
    }
    if random.chance(0.6), !contigs.isEmpty {
      record.mateContig = random.chance(0.5) ? max(record.contig, 0) : Int32(random.int(0...(contigs.count - 1)))
      record.matePosition = Int32(random.int(0...900))
      record.templateLength = Int32(random.int(-500...500))
    }
    record.tags = tags(&random)
    return record
  }

  private static func cigar(_ length: Int, _ random: inout SplitMix64) -> [(Int, UInt32)] {
    guard length > 0 else { return random.chance(0.5) ? [] : [(random.int(1...100), UInt32(3))] }
    var rest = length
    // Clips at the ends, hard outside soft.
    var operations: [(Int, UInt32)] = random.chance(0.2) ? [(random.int(1...30), UInt32(5))] : []
    if random.chance(0.3) {
      let clip = random.int(1...rest)
      operations.append((clip, 4))
      rest -= clip
    }
    let last = rest > 0 && random.chance(0.3) ? random.int(1...rest) : 0
    rest -= last
    while rest > 0 {
      let part = random.int(1...rest)
      operations.append((part, random.pick([0, 0, 0, 1, 7, 8] as [UInt32])))
      rest -= part
      if random.chance(0.3) { operations.append((random.int(1...1000), random.pick([2, 3, 6] as [UInt32]))) }
    }
    if last > 0, operations.last?.1 != 4 {
      operations.append((last, 4))
    } else if last > 0 {
      operations.append((last, 0))
    }
    if random.chance(0.1) { operations.append((random.int(1...30), 5)) }
    return operations
  }

  static func tags(_ random: inout SplitMix64) -> [UInt8] {
    var bytes: [UInt8] = []
    let names = ["NM", "MD", "XA", "XB", "XC", "XD", "XE", "XF", "X0", "XZ", "RG", "Zf"].shuffled(using: &random)
    for name in names.prefix(random.int(0...6)) {
      bytes += name.utf8
      let type = random.pick(Array("AcCsSiIfdZHB".utf8))
      bytes.append(type)
      switch type {
      case UInt8(ascii: "A"): bytes += random.letters(1, of: "!aZ~")
      case UInt8(ascii: "Z"): bytes += random.letters(random.int(0...40), of: "ACGT ^0123:;~") + [0]
      case UInt8(ascii: "H"): bytes += random.letters(2 * random.int(0...10), of: "0123456789ABCDEF") + [0]
      case UInt8(ascii: "d"): bytes += integer(random.double().bitPattern)
      case UInt8(ascii: "B"):
        let element = random.pick(Array("cCsSiIf".utf8))
        let count = random.int(0...20)
        bytes += [element] + integer(UInt32(count))
        for _ in 0..<count { bytes += value(element, &random) }
      default: bytes += value(type, &random)
      }
    }
    return bytes
  }

  private static func value(_ type: UInt8, _ random: inout SplitMix64) -> [UInt8] {
    let bits = random.chance(0.2) ? random.pick([0, UInt64.max, 0x8080_8080_8080_8080]) : random.next()
    switch type {
    case UInt8(ascii: "c"), UInt8(ascii: "C"): return integer(UInt8(truncatingIfNeeded: bits))
    case UInt8(ascii: "s"), UInt8(ascii: "S"): return integer(UInt16(truncatingIfNeeded: bits))
    case UInt8(ascii: "f"): return integer(Float(random.double()).bitPattern)
    default: return integer(UInt32(truncatingIfNeeded: bits))
    }
  }
}

extension SplitMix64 {
  /// A number of any magnitude, small whole ones often.
  fileprivate mutating func double() -> Double {
    let magnitude = Double.random(in: -1...1, using: &self)
    switch int(0...5) {
    case 0: return Double(int(-1000...1000))
    case 1: return 0
    case 2: return magnitude * 1e-7
    case 3: return magnitude * 1e9
    case 4: return magnitude * 123_456
    default: return magnitude
    }
  }
}
