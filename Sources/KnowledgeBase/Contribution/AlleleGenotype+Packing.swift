extension AlleleGenotype {
  /// Appends `text`.
  func appendText(to bytes: inout [UInt8]) {
    for (index, allele) in alleles.enumerated() {
      if index > 0 { bytes.append(isPhased ? UInt8(ascii: "|") : UInt8(ascii: "/")) }
      switch allele {
      case .reference: bytes.append(UInt8(ascii: "0"))
      case .this: bytes.append(UInt8(ascii: "1"))
      case .other: bytes.append(UInt8(ascii: "2"))
      case .missing: bytes.append(UInt8(ascii: "."))
      }
    }
  }

  /// The genotype as a number: two bits an allele behind a leading 1, then a bit for phase; 0 where it is too long for
  /// that, and its text follows.
  func pack(into bytes: inout [UInt8]) {
    guard alleles.count <= 28 else {
      bytes.pack(0)
      bytes.pack(text)
      return
    }
    var number = 1
    for allele in alleles { number = number << 2 | allele.code }
    bytes.pack(number << 1 | (isPhased ? 1 : 0))
  }

  /// Those of two alleles or fewer, made once.
  private static let short = (0..<64).map { number in
    number < 2 ? nil : AlleleGenotype(packed: number)
  }

  init(_ reader: inout ByteReader) throws {
    let number = try reader.number()
    if number < 64, let made = Self.short[number] {
      self = made
      return
    }
    let made = number == 0 ? AlleleGenotype(try reader.text()) : AlleleGenotype(packed: number)
    guard let made, number != 0 || made.alleles.count > 28 else { throw ByteReader.Damaged() }
    self = made
  }

  /// - Returns: nil for a number that `pack` does not write.
  private init?(packed number: Int) {
    var alleles: [Allele] = []
    var rest = number >> 1
    while rest > 1 {
      alleles.insert(Allele.allCases[rest & 3], at: 0)
      rest >>= 2
    }
    guard rest == 1 else { return nil }
    self.init(alleles, isPhased: number & 1 == 1)
    guard self.alleles == alleles, isPhased == (number & 1 == 1) else { return nil }
  }
}

extension AlleleGenotype.Allele {
  fileprivate var code: Int {
    switch self {
    case .reference: 0
    case .this: 1
    case .other: 2
    case .missing: 3
    }
  }
}
