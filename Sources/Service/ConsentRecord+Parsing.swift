public import Genomics

extension ConsentRecord {
  /// Reads a file of consent records: a JSON array, one entry a person.
  ///
  /// Strict: unknown fields, fields that stand twice, other schemas, wrong types and a participant that stands twice are
  /// refused. No error holds a value of the file, only the entry's number and the field's name.
  /// - Throws: `InputError` of kind `empty`, `truncated`, `malformed` or `unsupported`; its record is the entry, counted
  ///   from 1.
  public static func parse(_ bytes: [UInt8], path: String) throws(InputError) -> [ConsentRecord] {
    let remedy = "give a JSON array of entries of \(schema) (see the manual, consent record)"
    guard case .array(let entries) = try JSONTree(parsing: bytes, path: path) else {
      throw InputError(.malformed, at: InputLocation(file: path), "the file is not a JSON array", remedy: remedy)
    }
    var records: [ConsentRecord] = []
    var seen: Set<String> = []
    for (index, entry) in entries.enumerated() {
      let location = InputLocation(file: path, record: index + 1)
      let record = try ConsentRecord(entry, at: location, remedy: remedy)
      guard seen.insert(record.participant).inserted else {
        throw InputError(
          .malformed, at: location, "the entry's participant stands twice",
          remedy: "keep the entry that holds; a choice cannot be read from two")
      }
      records.append(record)
    }
    return records
  }

  /// Reads one entry.
  init(_ entry: JSONTree, at location: InputLocation, remedy: String) throws(InputError) {
    guard case .object(let members) = entry else {
      throw InputError(.malformed, at: location, "the entry is not an object", remedy: remedy)
    }
    // A field's name is shown only where it is one of ours: a misplaced value may stand as a name.
    guard members.allSatisfy({ Self.fields.contains($0.name) }) else {
      throw InputError(.malformed, at: location, "a field is not known", remedy: remedy)
    }
    func field(_ name: String) -> JSONTree? {
      let value = entry[name]
      return value == .null ? nil : value
    }
    func text(_ name: String) throws(InputError) -> String? {
      guard let value = field(name) else { return nil }
      guard let text = value.text else {
        throw InputError(.malformed, at: location, "the field \(name) is of another type", remedy: remedy)
      }
      return text
    }
    guard let found = try text("schema") else {
      throw InputError(.malformed, at: location, "the field schema is missing", remedy: remedy)
    }
    guard found == Self.schema else {
      throw InputError(
        .unsupported, at: location, "the entry's schema is not \(Self.schema)",
        remedy: "give records of \(Self.schema)")
    }
    guard let participant = try text("participant"), !participant.isEmpty else {
      throw InputError(.malformed, at: location, "the entry names no participant", remedy: "correct the entry")
    }
    self.init(participant: participant)
    form = try text("form")
    discussed = try text("discussed")
    agreed = try text("agreed")
    category = try text("category")
    date = try text("date")
    if let value = field("signed") {
      guard let isSigned = value.bool else {
        throw InputError(.malformed, at: location, "the field signed is of another type", remedy: remedy)
      }
      signed = isSigned
    }
    remoteClinician = try text("remoteClinician")
    scope = try text("scope")
    validUntil = try text("validUntil")
    withdrawn = try text("withdrawn")
  }

  private static let fields: Set<String> = [
    "schema", "participant", "form", "discussed", "agreed", "category", "date", "signed", "remoteClinician", "scope",
    "validUntil", "withdrawn",
  ]
}
