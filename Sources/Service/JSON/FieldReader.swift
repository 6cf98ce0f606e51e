import Genomics

/// Reads an object of one of this project's own schemas, field by field; what was not asked for is refused by name.
struct FieldReader {
  /// Where the file stands in errors.
  let path: String
  /// The way to this object: `family.members[0]`; empty at the top.
  let way: String
  /// What every error advises.
  let remedy: String
  private let members: [JSONTree.Member]
  private var asked: Set<String> = []

  /// - Throws: `InputError` of kind `malformed` where the value is no object.
  init(_ tree: JSONTree, path: String, way: String = "", remedy: String) throws(InputError) {
    (self.path, self.way, self.remedy) = (path, way, remedy)
    guard case .object(let members) = tree else {
      throw InputError(
        .malformed, at: InputLocation(file: path), "\(way.isEmpty ? "the file" : way) is not an object", remedy: remedy)
    }
    self.members = members
  }

  /// A refusal of a field.
  func refusal(_ name: String, _ what: String) -> InputError {
    InputError(
      .malformed, at: InputLocation(file: path), "\(way.isEmpty ? "" : way + ".")\(name) \(what)", remedy: remedy)
  }

  /// The field's value; nil where it is absent or null.
  mutating func value(_ name: String) -> JSONTree? {
    asked.insert(name)
    let value = members.first { $0.name == name }?.value
    return value == .null ? nil : value
  }

  /// A string; nil where absent or null.
  mutating func text(_ name: String) throws(InputError) -> String? {
    guard let value = value(name) else { return nil }
    guard let text = value.text else { throw refusal(name, "is not a string") }
    return text
  }

  /// A string that must stand there and not be blank.
  mutating func requiredText(_ name: String) throws(InputError) -> String {
    guard let text = try text(name) else { throw refusal(name, "is missing") }
    guard text.contains(where: { !$0.isWhitespace }) else { throw refusal(name, "is blank") }
    return text
  }

  /// One of a closed list of words; nil where absent or null.
  mutating func word<Word: RawRepresentable & CaseIterable>(_ name: String, as: Word.Type) throws(InputError) -> Word?
  where Word.RawValue == String {
    guard let text = try text(name) else { return nil }
    guard let word = Word(rawValue: text) else {
      let known = Word.allCases.map { $0.rawValue }.joined(separator: ", ")
      throw refusal(name, "is none of \(known)")
    }
    return word
  }

  /// A Boolean; nil where absent or null.
  mutating func bool(_ name: String) throws(InputError) -> Bool? {
    guard let value = value(name) else { return nil }
    guard let bool = value.bool else { throw refusal(name, "is not true or false") }
    return bool
  }

  /// The elements of an array with the way to each; none where absent or null.
  mutating func array(_ name: String) throws(InputError) -> [(value: JSONTree, way: String)] {
    guard let value = value(name) else { return [] }
    guard case .array(let elements) = value else { throw refusal(name, "is not an array") }
    let base = way.isEmpty ? name : "\(way).\(name)"
    return elements.enumerated().map { ($1, "\(base)[\($0)]") }
  }

  /// A nested object; nil where absent or null.
  mutating func object(_ name: String) throws(InputError) -> FieldReader? {
    guard let value = value(name) else { return nil }
    return try FieldReader(value, path: path, way: way.isEmpty ? name : "\(way).\(name)", remedy: remedy)
  }

  /// Refuses the first field that nothing asked for.
  func finish() throws(InputError) {
    guard let unknown = members.first(where: { !asked.contains($0.name) }) else { return }
    let name = JSONTree.shown(unknown.name)
    throw InputError(
      .malformed, at: InputLocation(file: path), "\(name)\(way.isEmpty ? "" : " of \(way)") is not known",
      remedy: remedy)
  }
}
