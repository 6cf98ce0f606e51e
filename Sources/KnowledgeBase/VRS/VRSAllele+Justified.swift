public import Genomics

extension VRSAllele {
  /// The fully justified allele (VRS 2.0, "Allele Normalization"; the VOCA algorithm): trimmed of common suffix, then
  /// prefix; an insertion or deletion is rolled left and right to the bounds of its ambiguity and expanded.
  ///
  /// - Parameters:
  ///   - sequence: the contig.
  ///   - length: the contig's length in bases.
  ///   - start: where `reference` begins, interbase, from 0.
  ///   - reference: the bases replaced, upper case.
  ///   - alternate: the bases instead, upper case.
  ///   - base: the contig's base at a position, upper case.
  public static func justified(
    sequence: RefgetDigest, length: Int, start: Int, reference: [UInt8], alternate: [UInt8],
    base: (Int) throws -> UInt8
  ) rethrows -> VRSAllele {
    func allele(_ range: Range<Int>, _ state: SequenceExpression) -> VRSAllele {
      VRSAllele(location: SequenceLocation(sequence: sequence, range), state: state)
    }
    let full = start..<(start + reference.count)
    if reference == alternate {
      return allele(full, .referenceLength(length: reference.count, repeatSubunitLength: reference.count))
    }
    var (low, high) = (start, full.upperBound)
    var (ref, alt) = (reference[...], alternate[...])
    while let a = ref.last, let b = alt.last, a == b {
      ref.removeLast()
      alt.removeLast()
      high -= 1
    }
    while let a = ref.first, let b = alt.first, a == b {
      ref.removeFirst()
      alt.removeFirst()
      low += 1
    }
    guard ref.isEmpty || alt.isEmpty else {
      return allele(low..<high, .literal(String(decoding: alt, as: UTF8.self)))
    }
    // What is inserted or deleted, turned like a wheel as it rolls.
    let seed = Array(ref.isEmpty ? alt : ref)
    let isInsertion = ref.isEmpty
    var left = 0
    while low - left > 0, try base(low - left - 1) == seed[wrap(-1 - left, seed.count)] { left += 1 }
    var right = 0
    while high + right < length, try base(high + right) == seed[wrap(right, seed.count)] { right += 1 }
    let before = try (low - left..<low).map(base)
    let after = try (high..<high + right).map(base)
    let range = (low - left)..<(high + right)
    let expandedAlternate = before + alt + after
    if range.isEmpty { return allele(range, .literal(String(decoding: expandedAlternate, as: UTF8.self))) }
    if !isInsertion {
      return allele(
        range, .referenceLength(length: expandedAlternate.count, repeatSubunitLength: seed.count))
    }
    if let unit = repeatUnit(of: expandedAlternate, over: before + after, seed: seed.count) {
      return allele(range, .referenceLength(length: expandedAlternate.count, repeatSubunitLength: unit))
    }
    return allele(range, .literal(String(decoding: expandedAlternate, as: UTF8.self)))
  }

  private static func wrap(_ index: Int, _ count: Int) -> Int { ((index % count) + count) % count }

  /// The longest unit, a divisor of the seed's length, that the reference holds and that makes the alternate by
  /// repetition; nil where the inserted bases are not the reference's own.
  private static func repeatUnit(of alternate: [UInt8], over reference: [UInt8], seed: Int) -> Int? {
    (1...seed).reversed().first { unit in
      guard seed % unit == 0, unit <= reference.count else { return false }
      return (reference.count..<alternate.count).allSatisfy { index in
        alternate[index] == reference[reference.count - unit + (index - reference.count) % unit]
      }
    }
  }
}
