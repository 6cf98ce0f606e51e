public import Genomics
public import Service

/// Who withdraws, and since when.
public struct WithdrawalList: Sendable {
  /// One person.
  public struct Entry: Sendable, Hashable {
    /// The identifier, as the case's files name the person.
    public var participant: String
    /// The day of the withdrawal.
    public var date: CalendarDate
    /// The line of the file, from 1.
    public var line: Int

    /// An entry.
    public init(participant: String, date: CalendarDate, line: Int) {
      self.participant = participant
      self.date = date
      self.line = line
    }
  }

  /// The people, in the order of the file.
  public var entries: [Entry]

  /// Those people.
  public init(_ entries: [Entry]) { self.entries = entries }

  /// Reads a participant a line; behind a tab the day of the withdrawal, which else is today. Empty lines and those that
  /// begin with `#` say nothing.
  /// - Throws: `InputError` for a line of another form, a day that is not there or to come, a person who stands twice,
  ///   and a file that names nobody.
  public init(_ bytes: [UInt8], path: String, today: CalendarDate) throws(InputError) {
    entries = []
    var seen: Set<String> = []
    // Bytes, for a carriage return and a line feed are one character.
    for (index, raw) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      guard let line = String(validating: raw.last == UInt8(ascii: "\r") ? raw.dropLast() : raw, as: UTF8.self) else {
        throw InputError(
          .malformed, at: InputLocation(file: path, record: index + 1), "the line is no UTF-8 text",
          remedy: "correct the line")
      }
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      let location = InputLocation(file: path, record: index + 1)
      guard fields.count <= 2, !fields[0].isEmpty, fields[0].first != " ", fields[0].last != " " else {
        throw InputError(
          .malformed, at: location, "the line is not a participant, or a participant, a tab and a day",
          remedy: "correct the line")
      }
      var date = today
      if fields.count == 2 {
        guard let given = CalendarDate(String(fields[1])), given <= today else {
          throw InputError(
            .malformed, at: location, "the day of the withdrawal is no day (YYYY-MM-DD), or is still to come",
            remedy: "correct the line")
        }
        date = given
      }
      guard seen.insert(String(fields[0])).inserted else {
        throw InputError(.malformed, at: location, "the participant stands in the file twice", remedy: "keep one line")
      }
      entries.append(Entry(participant: String(fields[0]), date: date, line: index + 1))
    }
    guard !entries.isEmpty else {
      throw InputError(
        .empty, at: InputLocation(file: path), "the file names nobody", remedy: "write a participant a line")
    }
  }
}
