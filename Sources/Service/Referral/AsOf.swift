/// The moment for which something is judged. It is always given, never read from a clock here, so that a judgement can be
/// repeated.
public struct AsOf: Sendable, Hashable {
  /// Seconds since 1970-01-01T00:00:00Z.
  public let secondsSince1970: Int
  /// The day, in the zone that was given (UTC for seconds).
  public let day: CalendarDate

  /// Reads a day, which means its last second in UTC, or a moment with its zone (`2026-11-22T09:30:00+00:00`).
  public init?(_ text: String) {
    if let day = CalendarDate(text) {
      self.day = day
      secondsSince1970 = day.daysSince1970 * 86_400 + 86_399
    } else if let moment = PathwayMoment(text) {
      day = moment.day
      secondsSince1970 = moment.seconds
    } else {
      return nil
    }
  }

  /// A moment; nil beyond the calendar.
  public init?(secondsSince1970 seconds: Int) {
    guard let day = CalendarDate(secondsSince1970: seconds) else { return nil }
    self.day = day
    secondsSince1970 = seconds
  }
}
