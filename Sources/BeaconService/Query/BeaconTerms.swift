/// How much an answer tells, from little to much.
package enum Granularity: String, Sendable, Hashable, CaseIterable, Comparable, Codable {
  /// Whether there is such a variant.
  case boolean
  /// How many there are.
  case count
  /// The variants themselves.
  case record

  private var rank: Int {
    switch self {
    case .boolean: 0
    case .count: 1
    case .record: 2
    }
  }

  package static func < (a: Granularity, b: Granularity) -> Bool { a.rank < b.rank }
}

/// Which datasets an answer lists.
package enum IncludedResultsets: String, Sendable, Hashable, CaseIterable {
  /// Every one.
  case all = "ALL"
  /// Those with results.
  case hit = "HIT"
  /// Those without.
  case miss = "MISS"
  /// None at all.
  case none = "NONE"
}

/// Which page of the results.
package struct Pagination: Sendable, Hashable {
  /// How many pages are skipped (the specification counts pages, not results).
  package var skip = 0
  /// Results a page, as asked; 0 is as many as the service gives.
  package var limit = 10

  /// Results a page.
  /// - Parameter most: the most that the service gives.
  func size(most: Int) -> Int { limit == 0 ? most : min(limit, most) }

  /// The first result.
  func offset(most: Int) -> Int {
    let (offset, overflow) = skip.multipliedReportingOverflow(by: size(most: most))
    return overflow ? Int.max : offset
  }
}
