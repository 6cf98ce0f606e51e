import Genomics

/// The keys of one object of a profile: each is asked for by name, and one that nobody asked for is refused.
struct ProfileKeys {
  private var values: [String: StrictJSON]
  private let what: String
  let path: String

  init(_ value: StrictJSON, _ what: String, _ path: String) throws(InputError) {
    self.what = what
    self.path = path
    guard case .object(let values) = value else { throw Self.error(path, "\(what) is no object") }
    self.values = values
  }

  /// An error of this object.
  func fault(_ reason: String) -> InputError { Self.error(path, "\(what): \(reason)") }

  static func error(_ path: String, _ reason: String) -> InputError {
    InputError(
      .malformed, at: InputLocation(file: path), "the profile is refused: \(reason)",
      remedy: "compare it with one that the program has in it (`gel-nembus-draft`)")
  }

  /// The value of a key that must be there.
  mutating func value(_ key: String) throws(InputError) -> StrictJSON {
    guard let value = values.removeValue(forKey: key) else { throw fault("the key \(key) is missing") }
    return value
  }

  mutating func text(_ key: String) throws(InputError) -> String {
    guard case .text(let text) = try value(key), !text.isEmpty else { throw fault("\(key) is no text") }
    return text
  }

  mutating func number(_ key: String) throws(InputError) -> Double {
    guard case .number(let number) = try value(key), number.isFinite, number >= 0 else {
      throw fault("\(key) is no number of at least 0")
    }
    return number
  }

  mutating func count(_ key: String) throws(InputError) -> Int {
    let number = try number(key)
    guard let count = Int(exactly: number) else { throw fault("\(key) is no whole number") }
    return count
  }

  /// A number, or null.
  mutating func optionalNumber(_ key: String) throws(InputError) -> Double? {
    if values[key] == .null {
      values[key] = nil
      return nil
    }
    return try number(key)
  }

  mutating func flag(_ key: String) throws(InputError) -> Bool {
    guard case .bool(let flag) = try value(key) else { throw fault("\(key) is neither true nor false") }
    return flag
  }

  mutating func list(_ key: String) throws(InputError) -> [StrictJSON] {
    guard case .array(let list) = try value(key) else { throw fault("\(key) is no list") }
    return list
  }

  mutating func texts(_ key: String) throws(InputError) -> [String] {
    var texts: [String] = []
    for value in try list(key) {
      guard case .text(let text) = value else { throw fault("\(key) has what is no text") }
      guard !texts.contains(text) else { throw fault("\(key) has \(text) twice") }
      texts.append(text)
    }
    return texts
  }

  mutating func object(_ key: String, _ what: String) throws(InputError) -> ProfileKeys {
    try ProfileKeys(try value(key), what, path)
  }

  /// `mark` and `source`.
  mutating func rule() throws(InputError) -> TieringProfile.Rule {
    let word = try text("mark")
    guard let mark = SourceMark(rawValue: word) else { throw fault("the mark \(word) is none of C, M, A, N, P") }
    return TieringProfile.Rule(source: try text("source"), mark: mark)
  }

  /// The keys that are left, sorted.
  var rest: [String] { values.keys.sorted() }

  /// Refuses keys that nobody asked for.
  func end() throws(InputError) {
    if let key = rest.first { throw fault("the key \(key) is not known") }
  }
}
