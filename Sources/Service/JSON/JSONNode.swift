import Genomics

/// A value of a document with its path, which errors name: `$.indications[3].test_method`.
struct JSONNode {
  let tree: JSONTree
  let path: String
  let file: String

  /// The whole document.
  init(_ bytes: [UInt8], file: String, acceptsNaN: Bool = false) throws(InputError) {
    self.init(tree: try JSONTree(parsing: bytes, path: file, acceptsNaN: acceptsNaN), path: "$", file: file)
  }

  private init(tree: JSONTree, path: String, file: String) {
    self.tree = tree
    self.path = path
    self.file = file
  }

  /// An error about this value.
  func refusal(_ reason: String, _ kind: InputError.Kind = .malformed, remedy: String = "correct the file")
    -> InputError
  {
    InputError(kind, at: InputLocation(file: file), "\(path): \(reason)", remedy: remedy)
  }

  /// Whether it is `null`.
  var isNull: Bool { tree == .null }

  /// The members of an object by name; all of them must be known.
  func members(required: Set<String>, optional: Set<String> = []) throws(InputError) -> [String: JSONNode] {
    let members = try members
    if let unknown = members.first(where: { !required.contains($0.name) && !optional.contains($0.name) }) {
      throw refusal("the field \"\(unknown.name)\" is not known")
    }
    let byName = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.node) })
    if let missing = required.subtracting(byName.keys).min() { throw refusal("the field \"\(missing)\" is missing") }
    return byName
  }

  /// The members of an object in their order.
  var members: [(name: String, node: JSONNode)] {
    get throws(InputError) {
      guard case .object(let members) = tree else { throw refusal("an object is expected, this is \(tree.kind)") }
      return members.map { ($0.name, JSONNode(tree: $0.value, path: "\(path).\($0.name)", file: file)) }
    }
  }

  /// The values of a list.
  var elements: [JSONNode] {
    get throws(InputError) {
      guard case .array(let values) = tree else { throw refusal("a list is expected, this is \(tree.kind)") }
      return values.enumerated().map { JSONNode(tree: $1, path: "\(path)[\($0)]", file: file) }
    }
  }

  /// Text.
  var text: String {
    get throws(InputError) {
      guard case .string(let text) = tree else { throw refusal("text is expected, this is \(tree.kind)") }
      return text
    }
  }

  /// Text, or nil for `null`.
  var optionalText: String? {
    get throws(InputError) { isNull ? nil : try text }
  }

  /// A whole number.
  var integer: Int {
    get throws(InputError) {
      guard case .number(let digits) = tree, let number = Int(digits) else {
        throw refusal("a whole number is expected, this is \(tree.kind)")
      }
      return number
    }
  }

  /// True or false.
  var flag: Bool {
    get throws(InputError) {
      guard case .bool(let flag) = tree else { throw refusal("true or false is expected, this is \(tree.kind)") }
      return flag
    }
  }

  /// An object of texts.
  var texts: [String: String] {
    get throws(InputError) {
      var texts: [String: String] = [:]
      for (name, node) in try members { texts[name] = try node.text }
      return texts
    }
  }
}
