/// Missing numbers among numbers, as bcftools keeps them: one NaN of many. Other NaNs are values.
enum FilterMissing {
  static let bits: UInt64 = 0x7ff0_0000_0000_0001

  @inline(__always)
  static var value: Double { Double(bitPattern: bits) }

  @inline(__always)
  static func isMissing(_ value: Double) -> Bool { value.bitPattern == bits }
}

/// What a comparison says where one or both sides are missing.
struct FilterMissingLogic {
  let one: Bool
  let both: Bool

  /// `=` and `~` hold where both are missing, `!=` and `!~` where one is, the others never.
  @inline(__always)
  init(_ comparison: FilterComparison) {
    one = comparison == .notEqual
    both = comparison == .equal
  }

  /// Whether missing on one side can hold at all.
  @inline(__always)
  var isAny: Bool { one || both }

  @inline(__always)
  func holds(_ missing: Int) -> Bool { missing == 1 ? one : both }
}

extension FilterComparison {
  /// Numbers up to 2^24 are compared as 32-bit floats, which is what files hold; greater ones as doubles, for positions
  /// are exact there (measured on bcftools 1.16; its issue 871).
  @inline(__always)
  func holds(_ left: Double, _ right: Double) -> Bool {
    let isExact = left > 16_777_216 || right > 16_777_216
    let a = isExact ? left : Double(Float(left))
    let b = isExact ? right : Double(Float(right))
    switch self {
    case .equal: return a == b
    case .notEqual: return a != b
    case .less: return a < b
    case .lessOrEqual: return a <= b
    case .greater: return a > b
    case .greaterOrEqual: return a >= b
    }
  }
}
