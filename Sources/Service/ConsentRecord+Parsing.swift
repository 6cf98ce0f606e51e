public import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ConsentRecord {
  /// Reads a file of consent records: a JSON array, one entry a person.
  ///
  /// Strict: unknown fields, other schemas, wrong types and a participant that stands twice are refused. No error
  /// holds a value of the file, only the entry's number and the field's name.
  /// - Throws: `InputError` of kind `malformed` or `unsupported`; its record is the entry, counted from 1.
  public static func parse(_ bytes: [UInt8], path: String) throws(InputError) -> [ConsentRecord] {
    let entries: [Entry]
    do {
      entries = try JSONDecoder().decode([Entry].self, from: Data(bytes))
    } catch {
      throw refusal(error, path)
    }
    var records: [ConsentRecord] = []
    var seen: Set<String> = []
    for (index, entry) in entries.enumerated() {
      let location = InputLocation(file: path, record: index + 1)
      guard entry.schema == schema else {
        throw InputError(
          .unsupported, at: location, "the entry's schema is not \(schema)", remedy: "give records of \(schema)")
      }
      guard let participant = entry.record.participant.nonEmpty else {
        throw InputError(.malformed, at: location, "the entry names no participant", remedy: "correct the entry")
      }
      guard seen.insert(participant).inserted else {
        throw InputError(
          .malformed, at: location, "the entry's participant stands twice",
          remedy: "keep the entry that holds; a choice cannot be read from two")
      }
      records.append(entry.record)
    }
    return records
  }

  private static func refusal(_ error: any Error, _ path: String) -> InputError {
    var location = InputLocation(file: path)
    let remedy = "give a JSON array of entries of \(schema) (see the manual, consent record)"
    guard let error = error as? DecodingError else {
      return InputError(.malformed, at: location, "the file is not JSON", remedy: remedy)
    }
    let context: DecodingError.Context
    let wrong: String
    switch error {
    case .typeMismatch(_, let found): (context, wrong) = (found, "is of another type")
    case .valueNotFound(_, let found): (context, wrong) = (found, "is null")
    case .keyNotFound(_, let found): (context, wrong) = (found, "lacks a field that every entry has")
    case .dataCorrupted(let found): (context, wrong) = (found, found.codingPath.isEmpty ? "" : "is not known")
    @unknown default: return InputError(.malformed, at: location, "the file is not JSON", remedy: remedy)
    }
    location.record = context.codingPath.lazy.compactMap(\.intValue).first.map { $0 + 1 }
    // A field's name is shown only where it is one of ours: a misplaced value may stand as a name.
    let names = context.codingPath.filter { $0.intValue == nil }.map(\.stringValue)
    let name = names.last.map { Entry.fields.contains($0) ? "the field \($0)" : "a field" }
    let what = wrong.isEmpty ? "the file is not JSON" : "\(name ?? "the entry") \(wrong)"
    return InputError(.malformed, at: location, what, remedy: remedy)
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}

/// An entry as it stands in the file.
private struct Entry: Decodable {
  struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  static let fields: Set<String> = [
    "schema", "participant", "form", "discussed", "agreed", "category", "date", "signed", "remoteClinician", "scope",
    "validUntil", "withdrawn",
  ]

  let schema: String
  let record: ConsentRecord

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    if let unknown = values.allKeys.first(where: { !Self.fields.contains($0.stringValue) }) {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath + [unknown], debugDescription: "unknown field"))
    }
    func text(_ name: String) throws -> String? { try values.decodeIfPresent(String.self, forKey: Key(name)) }
    schema = try values.decode(String.self, forKey: Key("schema"))
    var record = ConsentRecord(participant: try values.decode(String.self, forKey: Key("participant")))
    record.form = try text("form")
    record.discussed = try text("discussed")
    record.agreed = try text("agreed")
    record.category = try text("category")
    record.date = try text("date")
    record.signed = try values.decodeIfPresent(Bool.self, forKey: Key("signed"))
    record.remoteClinician = try text("remoteClinician")
    record.scope = try text("scope")
    record.validUntil = try text("validUntil")
    record.withdrawn = try text("withdrawn")
    self.record = record
  }
}
