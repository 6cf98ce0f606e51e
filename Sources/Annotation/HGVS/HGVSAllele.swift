import Genomics

/// An allele on the plus strand with all the places that tell the same allele. Positions count from 0, half-open.
///
/// One value is set again for each allele, so that its buffers are allocated once.
struct HGVSAllele {
  /// What kind of change the bases alone tell.
  enum Kind {
    case substitution, deletion, insertion, duplication, inversion, replacement
  }

  private(set) var kind = Kind.substitution
  /// The stretch of the reference that is replaced, as the record has it without what both alleles share.
  private(set) var start = 0
  private(set) var end = 0
  /// What replaces it, in upper case.
  private(set) var alternate: [UInt8] = []
  /// The reference's bases of the stretch, in upper case.
  private(set) var reference: [UInt8] = []
  /// The same allele may begin anywhere in `low...high`.
  private(set) var low = 0
  private(set) var high = 0

  /// Takes a record's allele.
  /// - Parameter position: POS, counted from 1.
  /// - Returns: false where the allele is the reference.
  mutating func set(
    position: Int, reference ref: UnsafeRawBufferPointer, alternate alt: UnsafeRawBufferPointer,
    on cursor: inout ReferenceCursor
  ) -> Bool {
    var (refEnd, altEnd) = (ref.count, alt.count)
    while refEnd > 0, altEnd > 0, Base.uppercased(ref[refEnd - 1]) == Base.uppercased(alt[altEnd - 1]) {
      refEnd -= 1
      altEnd -= 1
    }
    var shared = 0
    while shared < refEnd, shared < altEnd, Base.uppercased(ref[shared]) == Base.uppercased(alt[shared]) { shared += 1 }
    guard refEnd > shared || altEnd > shared else { return false }
    start = position - 1 + shared
    end = position - 1 + refEnd
    reference.removeAll(keepingCapacity: true)
    alternate.removeAll(keepingCapacity: true)
    for index in shared..<refEnd { reference.append(Base.uppercased(ref[index])) }
    for index in shared..<altEnd { alternate.append(Base.uppercased(alt[index])) }
    (low, high) = (start, start)
    if alternate.isEmpty {
      kind = .deletion
      slideDeletion(&cursor)
    } else if reference.isEmpty {
      slideInsertion(&cursor)
      // What can slide over its own length stands beside a copy of itself.
      kind = high - low >= alternate.count ? .duplication : .insertion
    } else if reference.count == 1, alternate.count == 1 {
      kind = .substitution
    } else {
      kind = isInverted ? .inversion : .replacement
    }
    return true
  }

  /// Whether the alternate is the reverse complement of two bases or more.
  private var isInverted: Bool {
    guard reference.count == alternate.count, reference.count > 1 else { return false }
    for index in reference.indices where complement(reference[index]) != alternate[alternate.count - 1 - index] {
      return false
    }
    return true
  }

  private mutating func slideDeletion(_ cursor: inout ReferenceCursor) {
    let length = end - start
    // The two ends may lie in different stretches of the reference; each has its own cursor.
    var other = cursor
    while isBase(cursor.base(high)), cursor.base(high) == other.base(high + length) { high += 1 }
    while isBase(cursor.base(low - 1)), cursor.base(low - 1) == other.base(low - 1 + length) { low -= 1 }
  }

  private mutating func slideInsertion(_ cursor: inout ReferenceCursor) {
    var place = 0
    while cursor.base(high) == alternate[place] {
      high += 1
      place = place + 1 == alternate.count ? 0 : place + 1
    }
    place = alternate.count - 1
    while cursor.base(low - 1) == alternate[place] {
      low -= 1
      place = place == 0 ? alternate.count - 1 : place - 1
    }
  }

  /// An unknown base is not known to equal another.
  @inline(__always)
  private func isBase(_ letter: UInt8) -> Bool {
    letter == UInt8(ascii: "A") || letter == UInt8(ascii: "C") || letter == UInt8(ascii: "G")
      || letter == UInt8(ascii: "T")
  }

  /// A base of the insertion when it is told before `place`, on the plus strand.
  @inline(__always)
  func inserted(_ index: Int, before place: Int) -> UInt8 {
    var turned = (index + place - start) % alternate.count
    if turned < 0 { turned += alternate.count }
    return alternate[turned]
  }

  /// The length of the stretch that a name names: of an insertion the two bases beside it.
  var window: Int { window(kind) }

  /// Where the named stretch may begin.
  var windowStarts: ClosedRange<Int> { windowStarts(kind) }

  /// The length of the named stretch where the allele is told as `kind`: what can be a duplication can be an insertion.
  func window(_ kind: Kind) -> Int {
    switch kind {
    case .duplication: alternate.count
    case .insertion: 2
    case .deletion, .substitution, .inversion, .replacement: end - start
    }
  }

  /// Where the named stretch may begin where the allele is told as `kind`.
  func windowStarts(_ kind: Kind) -> ClosedRange<Int> {
    switch kind {
    case .deletion: low...high
    case .duplication: low...(high - alternate.count)
    case .insertion: (low - 1)...(high - 1)
    case .substitution, .inversion, .replacement: start...start
    }
  }
}
