/// A JSON document as it stands in the file: members in their order, numbers as text.
///
/// FHIR and this project's own schemas are read through it, not through `Codable`, for two traps: a decoder takes one of
/// two equal names without a word (`"agreed": "no", "agreed": "yes"`), and numbers lose zeros in front.
package enum JSONTree: Sendable, Hashable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number as written.
  case number(String)
  /// A string.
  case string(String)
  /// An array.
  case array([JSONTree])
  /// An object, its members in the file's order; names are unique.
  case object([Member])

  /// A member of an object.
  package struct Member: Sendable, Hashable {
    package var name: String
    package var value: JSONTree
    package init(_ name: String, _ value: JSONTree) {
      self.name = name
      self.value = value
    }
  }
}

extension JSONTree {
  /// The member of that name; nil where this is no object or has none.
  subscript(_ name: String) -> JSONTree? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The string, where it is one.
  var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The Boolean, where it is one.
  var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  /// The elements, where it is an array; none otherwise.
  var elements: [JSONTree] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  /// The members, where it is an object; none otherwise.
  var members: [Member] {
    guard case .object(let members) = self else { return [] }
    return members
  }

  /// What it is, for messages that must not hold it.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "text"
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// Whether it is an object.
  var isObject: Bool {
    guard case .object = self else { return false }
    return true
  }

  /// The string at a path of names; nil where a step is not there.
  func text(_ path: String...) -> String? {
    var here: JSONTree? = self
    for name in path { here = here?[name] }
    return here?.text
  }

  /// An object of the members that have a value, in the order given.
  static func ordered(_ members: KeyValuePairs<String, JSONTree?>) -> JSONTree {
    .object(members.compactMap { name, value in value.map { Member(name, $0) } })
  }

  /// A string, or null.
  static func optional(_ text: String?) -> JSONTree { text.map(JSONTree.string) ?? .null }
}
