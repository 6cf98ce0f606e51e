/// An instant that was written with its zone (ISO 8601), and the day that it was in England.
public struct ZonedTime: Sendable, Hashable, Comparable {
  /// Seconds since 1970-01-01T00:00:00Z; fractions are dropped.
  public let secondsSince1970: Int

  /// Reads `2026-03-29T00:30:00+00:00`, `…T00:30Z` or `…T00:30:00.250+0100`. Nil for anything else: a time without a zone
  /// could be of either of two days.
  public init?(_ text: String) {
    guard
      let match = text.wholeMatch(
        of:
          /([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})/
      ),
      let date = CalendarDate(String(match.1)), let hour = Int(match.2), hour < 24, let minute = Int(match.3),
      minute < 60
    else { return nil }
    let second = match.4.flatMap { Int($0) } ?? 0
    guard second < 60 else { return nil }
    var offset = 0
    if match.5 != "Z" {
      let digits = match.5.dropFirst().filter { $0 != ":" }
      guard let hours = Int(digits.prefix(2)), let minutes = Int(digits.suffix(2)), hours <= 14, minutes < 60 else {
        return nil
      }
      offset = (hours * 3600 + minutes * 60) * (match.5.hasPrefix("-") ? -1 : 1)
    }
    secondsSince1970 = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
  }

  /// The day in England, by British Summer Time where it holds; nil before 1996, whose rules were others.
  ///
  /// From 1:00 UTC on the last Sunday of March to 1:00 UTC on the last Sunday of October, clocks are an hour ahead
  /// (Summer Time Act 1972 as amended by the Summer Time Order 2002, SI 2002/262; the same days since 1996).
  public var dayInEngland: CalendarDate? {
    guard let day = CalendarDate(secondsSince1970: secondsSince1970), day.year >= 1996,
      let spring = Self.lastSunday(month: 3, of: day.year), let autumn = Self.lastSunday(month: 10, of: day.year)
    else { return nil }
    let isSummer = (spring + 3600..<autumn + 3600).contains(secondsSince1970)
    return CalendarDate(secondsSince1970: secondsSince1970 + (isSummer ? 3600 : 0))
  }

  /// Midnight UTC of the last Sunday of a month with 31 days.
  private static func lastSunday(month: Int, of year: Int) -> Int? {
    guard let last = CalendarDate(year: year, month: month, day: 31)?.daysSince1970 else { return nil }
    // 1970-01-01 was a Thursday.
    return (last - (last + 4) % 7) * 86_400
  }

  /// Whether an instant is before another.
  public static func < (a: Self, b: Self) -> Bool { a.secondsSince1970 < b.secondsSince1970 }
}
