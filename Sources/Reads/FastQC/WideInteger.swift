/// A non-negative integer of any size, with what printing a number takes.
struct WideInteger {
  /// 32 bits each, the lowest first; no zero at the end.
  private var limbs: [UInt32]

  /// value × 5^fives × 2^twos.
  init(_ value: UInt64, fives: Int, twos: Int) {
    limbs = [UInt32(truncatingIfNeeded: value), UInt32(value >> 32)]
    trim()
    for _ in 0..<fives { multiply(by: 5) }
    for _ in 0..<(twos % 31) { multiply(by: 2) }
    for _ in 0..<(twos / 31) { multiply(by: 1 << 31) }
  }

  mutating func multiply(by factor: UInt32) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let product = UInt64(limbs[index]) * UInt64(factor) + carry
      limbs[index] = UInt32(truncatingIfNeeded: product)
      carry = product >> 32
    }
    if carry > 0 { limbs.append(UInt32(carry)) }
  }

  /// - Precondition: `other` is not larger.
  mutating func subtract(_ other: WideInteger) {
    var borrow: Int64 = 0
    for index in limbs.indices {
      let difference = Int64(limbs[index]) - (index < other.limbs.count ? Int64(other.limbs[index]) : 0) + borrow
      limbs[index] = UInt32(truncatingIfNeeded: difference)
      borrow = difference < 0 ? -1 : 0
    }
    trim()
  }

  func adding(_ other: WideInteger) -> WideInteger {
    var sum = self
    if sum.limbs.count < other.limbs.count {
      sum.limbs += [UInt32](repeating: 0, count: other.limbs.count - sum.limbs.count)
    }
    var carry: UInt64 = 0
    for index in sum.limbs.indices {
      let part = UInt64(sum.limbs[index]) + (index < other.limbs.count ? UInt64(other.limbs[index]) : 0) + carry
      sum.limbs[index] = UInt32(truncatingIfNeeded: part)
      carry = part >> 32
    }
    if carry > 0 { sum.limbs.append(UInt32(carry)) }
    return sum
  }

  /// Negative, 0 or positive as this is smaller, equal or larger.
  func compare(_ other: WideInteger) -> Int {
    if limbs.count != other.limbs.count { return limbs.count - other.limbs.count }
    for index in limbs.indices.reversed() where limbs[index] != other.limbs[index] {
      return limbs[index] < other.limbs[index] ? -1 : 1
    }
    return 0
  }

  private mutating func trim() {
    while limbs.last == 0 { limbs.removeLast() }
  }
}
