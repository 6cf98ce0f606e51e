import CKernels

/// What the samples of a record look like where GT has two alleles of one letter and the fields behind it are whole
/// numbers, as nearly all are: the same separators in the same order. They are then looked at all at once, instead of
/// letter by letter with a branch on how long each number is.
struct PlainSample {
  /// How many fields it covers, the first ones of FORMAT; 0 where no sample can be taken so.
  private(set) var fieldCount = 0
  /// Whether these are all.
  private(set) var isWhole = false
  /// What ends each value, but GT's.
  private(set) var separators: [UInt8] = []
  /// The letters of GT; 0 where it is not the first field.
  private(set) var genotypeCount = 0
  private var highestAllele: UInt8 = 0
  // What it was made for.
  private var plan = -1
  private var alternates = -1

  private static let tab = UInt8(ascii: "\t")
  private static let colon = UInt8(ascii: ":")

  /// Makes it fit a record.
  mutating func prepare(_ plan: CheckedFormatPlan, alternates: Int) {
    if self.plan == plan.number, self.alternates == alternates { return }
    self.plan = plan.number
    self.alternates = alternates
    highestAllele = UInt8(truncatingIfNeeded: min(alternates, 9))
    separators.removeAll(keepingCapacity: true)
    fieldCount = 0
    let fields = plan.format.fields
    genotypeCount = fields.first?.reading == .genotype ? 3 : 0
    if genotypeCount > 0 { fieldCount = 1 }
    while fieldCount < fields.count, fields[fieldCount].isQuick,
      let count = fields[fieldCount].count.plainCount(alternates: alternates, isDiploid: true), count > 0
    {
      for _ in 1..<count { separators.append(UInt8(ascii: ",")) }
      separators.append(Self.colon)
      fieldCount += 1
    }
    isWhole = fieldCount == fields.count
    if isWhole, !separators.isEmpty { separators[separators.count - 1] = Self.tab }
  }

  /// Where the fields end that it covers: at a colon or, where these are all, at a tab or the end. nil where the sample
  /// is not as they mostly are, which does not make it wrong.
  /// - Parameters:
  ///   - separators: its own, borrowed.
  ///   - end: where the line ends; what stands there, if anything, is neither a digit nor a separator.
  ///   - room: how far can be read.
  @inline(__always)
  func end(
    _ p: UnsafePointer<UInt8>, _ at: Int, _ end: Int, room: Int, _ separators: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    guard fieldCount > 0, at &+ 65 <= room else { return nil }
    var others = apus_non_digits_64(p + at)
    var before = -1
    if genotypeCount > 0 {
      let first = p[at] &- 48
      let second = p[at &+ 2] &- 48
      guard first <= highestAllele || p[at] == UInt8(ascii: "."),
        p[at &+ 1] == UInt8(ascii: "/") || p[at &+ 1] == UInt8(ascii: "|"),
        second <= highestAllele || p[at &+ 2] == UInt8(ascii: ".")
      else { return nil }
      if separators.isEmpty {
        let isEnd = isWhole ? at &+ 3 == end || p[at &+ 3] == Self.tab : p[at &+ 3] == Self.colon
        return isEnd && at &+ 3 <= end ? at &+ 3 : nil
      }
      guard p[at &+ 3] == Self.colon else { return nil }
      others &= ~0xF
      before = 3
    }
    var faults = 0
    for index in 0..<(separators.count &- 1) {
      // Where the block has no further one, this is the byte behind it: right if it is the separator, and the next then
      // has no digit.
      let place = others.trailingZeroBitCount
      others &= others &- 1
      faults |= Int(p[at &+ place] ^ separators[index])
      faults |= Self.isNumber(place &- before) ? 0 : 1
      before = place
    }
    let place = others.trailingZeroBitCount
    let byte = p[at &+ place]
    let last = separators[separators.count &- 1]
    guard faults == 0, Self.isNumber(place &- before), byte == last || (last == Self.tab && at &+ place == end) else {
      return nil
    }
    return at &+ place
  }

  /// Whether between two separators so far from each other stand one to nine digits, which are a number of 32 bits.
  @inline(__always)
  private static func isNumber(_ distance: Int) -> Bool { UInt(bitPattern: distance &- 2) <= 8 }
}

extension ValueCount {
  /// How many values a field must have where that is one number; nil for none or where it takes a closer look.
  @inline(__always)
  func plainCount(alternates: Int, isDiploid: Bool) -> Int? {
    switch self {
    case .fixed(let wanted): wanted
    case .alternates: alternates
    case .alleles: alternates + 1
    case .genotypes: isDiploid ? (alternates + 1) * (alternates + 2) / 2 : nil
    case .any, .ploidy, .localAlternates, .localAlleles, .localGenotypes: nil
    }
  }
}
