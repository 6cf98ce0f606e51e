public import Genomics

/// The records of discussion of a run, one a person.
public struct ConsentRegister: Sendable {
  private var records: [String: ConsentRecord] = [:]

  /// A register without records, which permits nobody.
  public init() {}

  /// Adds a file's records.
  /// - Throws: `InputError` of kind `malformed` where a participant stands in two files: a choice cannot be read from two.
  public mutating func add(_ records: [ConsentRecord], path: String) throws(InputError) {
    for (index, record) in records.enumerated() {
      guard self.records.updateValue(record, forKey: record.participant) == nil else {
        throw InputError(
          .malformed, at: InputLocation(file: path, record: index + 1),
          "the entry's participant stands in another consent file too", remedy: "keep the entry that holds")
      }
    }
  }

  /// What is permitted for a person on a day.
  public func decision(participant: String, today: CalendarDate) -> ConsentDecision {
    ConsentDecision(participant: participant, record: records[participant], today: today)
  }
}
