/// How two values are compared.
enum FilterComparison: UInt8, Sendable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
}

/// How two numbers become one.
enum FilterArithmetic: UInt8, Sendable {
  case add, subtract, multiply, divide, modulo
}

/// How two conditions become one; the doubled signs look at sites, the single ones at each sample.
enum FilterLogic: UInt8, Sendable {
  case andSamples, andSites, orSamples, orSites

  var isAnd: Bool { self == .andSamples || self == .andSites }
}

/// An operator between two operands.
enum FilterOperator: Sendable, Hashable {
  case comparison(FilterComparison)
  case matches(isNegated: Bool)
  case arithmetic(FilterArithmetic)
  case logic(FilterLogic)

  /// Binds tighter where it is greater; `&` and `&&` are alike, as are `|` and `||`.
  var precedence: Int {
    switch self {
    case .logic(let logic): logic.isAnd ? 3 : 2
    case .comparison, .matches: 5
    case .arithmetic(.add), .arithmetic(.subtract): 6
    case .arithmetic: 7
    }
  }
}

/// A token of an expression, and its bytes there.
struct FilterToken: Sendable {
  enum Kind: Sendable, Hashable {
    case number(Double)
    case text(String)
    /// `@path`.
    case file(String)
    /// A column, tag or computed value, with its prefix and subscript as they stand.
    case name(String)
    /// A function and its opening bracket.
    case function(FilterFunction)
    case `operator`(FilterOperator)
    case open, close, comma
  }

  var kind: Kind
  var place: Range<Int>
}

/// The functions of the language.
enum FilterFunction: UInt8, Sendable, Hashable {
  case max, min, mean, median, deviation, sum
  case sampleMax, sampleMin, sampleMean, sampleMedian, sampleDeviation, sampleSum, sampleCount
  case absolute, count, length, binomial, phred, fisher, passing, passingFraction

  /// Names in upper case; any case will do.
  static let names: [String: FilterFunction] = [
    "MAX": .max, "MIN": .min, "AVG": .mean, "MEAN": .mean, "MEDIAN": .median, "STDEV": .deviation, "SUM": .sum,
    "%MAX": .max, "%MIN": .min, "%AVG": .mean, "%SUM": .sum,
    "SMPL_MAX": .sampleMax, "SMPL_MIN": .sampleMin, "SMPL_AVG": .sampleMean, "SMPL_MEAN": .sampleMean,
    "SMPL_MEDIAN": .sampleMedian, "SMPL_STDEV": .sampleDeviation, "SMPL_SUM": .sampleSum,
    "SMPL_COUNT": .sampleCount,
    "SMAX": .sampleMax, "SMIN": .sampleMin, "SAVG": .sampleMean, "SMEAN": .sampleMean, "SMEDIAN": .sampleMedian,
    "SSTDEV": .sampleDeviation, "SSUM": .sampleSum, "SCOUNT": .sampleCount,
    "ABS": .absolute, "COUNT": .count, "STRLEN": .length, "BINOM": .binomial, "PHRED": .phred, "FISHER": .fisher,
    "N_PASS": .passing, "F_PASS": .passingFraction,
  ]

  /// Whether it folds the values of each sample.
  var isPerSample: Bool { Self.sampleMax.rawValue <= rawValue && rawValue <= Self.sampleCount.rawValue }
}
