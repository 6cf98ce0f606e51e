/// A FHIR R4 `date`, `dateTime` or `instant` (R4 2.24.0.1).
struct FHIRDate: Sendable, Hashable {
  /// The day as written, in the text's own zone; nil where only a year or a month is given.
  var day: CalendarDate?
  /// Seconds since 1970-01-01T00:00:00Z; nil without a time and a zone.
  var instant: Int?
  /// The text.
  var text: String

  /// Reads a text; nil where it is none of the three.
  init?(_ text: String) {
    self.text = text
    if let day = CalendarDate(text) {
      self.day = day
      return
    }
    let bytes = Array(text.utf8)
    if bytes.count == 4 || bytes.count == 7 {
      guard CalendarDate(text + (bytes.count == 4 ? "-01-01" : "-01")) != nil else { return nil }
      return
    }
    guard let moment = PathwayMoment(text) else { return nil }
    day = moment.day
    instant = moment.seconds
  }

  /// The last day that lies whole before or at this end of a period. A day given alone is within it (R4 `Period.end`); of a
  /// day that ends in its midst only the day before is whole.
  var lastWholeDay: CalendarDate? {
    guard let day else { return nil }
    guard instant != nil, !text.utf8.dropFirst(11).starts(with: "23:59".utf8) else { return day }
    return day.dayBefore
  }
}

extension CalendarDate {
  /// The day before; nil for the first of the calendar.
  var dayBefore: CalendarDate? { CalendarDate(secondsSince1970: (daysSince1970 - 1) * 86_400) }
}
