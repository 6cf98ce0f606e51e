/// A moment as ISO 8601 writes it with its zone: `2026-03-29T00:30:00+00:00`.
struct PathwayMoment: Sendable, Hashable, Comparable {
  /// Seconds since 1970-01-01T00:00:00Z; fractions are dropped.
  let seconds: Int
  /// The day in the text's own zone.
  let day: CalendarDate

  /// Reads `YYYY-MM-DDThh:mm[:ss[.fff]]` with `Z`, `+hh:mm` or `-hh:mm`; nil for anything else. A time without a zone is
  /// refused: twice a year it could be either of two.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 17, bytes[10] == UInt8(ascii: "T"),
      let day = CalendarDate(String(decoding: bytes[..<10], as: UTF8.self))
    else { return nil }
    func two(_ at: Int) -> Int? {
      guard at + 2 <= bytes.count else { return nil }
      let (high, low) = (bytes[at] &- 0x30, bytes[at + 1] &- 0x30)
      return high < 10 && low < 10 ? Int(high) * 10 + Int(low) : nil
    }
    guard let hour = two(11), hour < 24, bytes[13] == UInt8(ascii: ":"), let minute = two(14), minute < 60 else {
      return nil
    }
    var (at, second) = (16, 0)
    if bytes[at] == UInt8(ascii: ":") {
      // 60 is a leap second.
      guard let found = two(at + 1), found <= 60 else { return nil }
      second = found
      at += 3
      if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
        at += 1
        let start = at
        while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
        guard at > start else { return nil }
      }
    }
    guard at < bytes.count else { return nil }
    var offset = 0
    switch bytes[at] {
    case UInt8(ascii: "Z"):
      guard at + 1 == bytes.count else { return nil }
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      guard bytes.count == at + 6, bytes[at + 3] == UInt8(ascii: ":"), let hours = two(at + 1), hours <= 14,
        let minutes = two(at + 4), minutes < 60
      else { return nil }
      offset = (bytes[at] == UInt8(ascii: "-") ? -60 : 60) * (hours * 60 + minutes)
    default: return nil
    }
    self.day = day
    seconds = day.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
  }

  /// The earlier comes first.
  static func < (a: Self, b: Self) -> Bool { a.seconds < b.seconds }
}
