/// Reads by length and number of G and C.
///
/// FastQC cuts reads so that lengths are few: over 1000 bases to whole thousands, over 100 to whole hundreds, and a read
/// counts with the bases that are left. Integers here, since FastQC's fractions of a read depend on the order of adding.
public struct FastQCGCCounts: Sendable, Equatable {
  /// By slot (a cut length, see `length(ofSlot:)`), then by G+C: the number of G and C up to length 1000, beyond it
  /// `FastQCGCModel.band`. Empty where a length has not been seen.
  public var slots: [[UInt64]] = []

  /// Nothing counted.
  public init() {}

  /// The length that a read is cut to.
  @inline(__always)
  static func cutLength(_ length: Int) -> Int {
    length > 1000 ? length / 1000 * 1000 : length > 100 ? length / 100 * 100 : length
  }

  /// Cut lengths by number: 0 to 100, 200 to 1000 by hundreds, then by thousands.
  @inline(__always)
  static func slot(ofLength length: Int) -> Int {
    length <= 100 ? length : length <= 1000 ? 99 + length / 100 : 108 + length / 1000
  }

  /// The cut length of a slot, in bases.
  public static func length(ofSlot slot: Int) -> Int {
    slot <= 100 ? slot : slot <= 109 ? (slot - 99) * 100 : (slot - 108) * 1000
  }

  @inline(__always)
  mutating func add(_ sequence: UnsafeRawBufferPointer) {
    let length = Self.cutLength(sequence.count)
    add(strong: UnsafeRawBufferPointer(rebasing: sequence[..<length]).strongBases, cutLength: length)
  }

  /// Counts a read whose G and C were counted up to its cut length.
  @inline(__always)
  mutating func add(strong: Int, cutLength length: Int) {
    guard length > 0 else { return }
    let slot = Self.slot(ofLength: length)
    if slot >= slots.count || slots[slot].isEmpty { open(slot) }
    slots[slot][length <= 1000 ? strong : FastQCGCModel.band(strong, of: length)] &+= 1
  }

  private mutating func open(_ slot: Int) {
    while slots.count <= slot { slots.append([]) }
    let length = Self.length(ofSlot: slot)
    slots[slot].grow(to: length <= 1000 ? length + 1 : FastQCGCModel.bands)
  }

  /// Adds another part.
  public mutating func merge(_ other: FastQCGCCounts) {
    while slots.count < other.slots.count { slots.append([]) }
    for slot in other.slots.indices { slots[slot].add(other.slots[slot]) }
  }

  /// Reads by percent of G+C, as FastQC spreads them: 101 counts.
  ///
  /// Each increment is added as often as it occurs, one length after the other. For reads of one cut length this rounds
  /// just as FastQC's sum in the order of the file does, and where all fractions are halves nothing rounds at all.
  func distribution() -> [Double] {
    var distribution = [Double](repeating: 0, count: 101)
    for (slot, counts) in slots.enumerated() where !counts.isEmpty {
      let model = FastQCGCModel(length: Self.length(ofSlot: slot))
      for (percent, reads) in model.readsByPercent(counts).enumerated() where reads > 0 {
        distribution[percent].add(model.increments[percent], times: reads)
      }
    }
    return distribution
  }
}

extension UnsafeRawBufferPointer {
  /// G and C in either case. The four letters differ in two bits alone, which are masked.
  @inline(__always)
  var strongBases: Int {
    guard let base = baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
    var weak = 0
    var start = 0
    while start < count {
      // 240 at a time: a byte holds the count, and the compiler takes whole vectors of bytes.
      let end = Swift.min(count, start + 240)
      var others: UInt8 = 0
      while start < end {
        others &+= Swift.min(base[start] & 0xDB ^ 0x43, 1)
        start &+= 1
      }
      weak += Int(others)
    }
    return count - weak
  }
}

extension Double {
  /// Adds `increment` `times` times, each sum rounded, without doing each.
  ///
  /// While a sum keeps its exponent, every addition moves it by the same whole number of last places, save where the
  /// increment lies half way between two: then one addition is done as it is.
  mutating func add(_ increment: Double, times: UInt64) {
    var left = times
    while left > 0 {
      let next = self + increment
      let step = next - self
      left -= 1
      let rounding = abs(increment - step)
      guard left > 0, exponent == next.exponent, self > 0, step > 0, rounding < ulp / 2 else {
        self = next
        continue
      }
      // As far as the last sum under the next power of two.
      let end = Double(sign: .plus, exponent: exponent + 1, significand: 1)
      let room = ((end - next) / step).rounded(.down) - 1
      let leap = UInt64(Swift.max(0, Swift.min(room, Double(left))))
      self = next + Double(leap) * step
      left -= leap
    }
  }
}
