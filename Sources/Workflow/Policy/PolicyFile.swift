import Crypto
import Yams

extension Policy {
  /// Reads a policy in YAML: every key known, none twice, so that a slip of the pen is no rule that never applies.
  ///
  /// - Parameter path: names the text in errors.
  /// - Throws: `RunError` of kind `configuration` (78) with the line.
  public init(yaml text: String, path: String) throws(RunError) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw Self.fault(of: error, path: path)
    }
    guard let root else { throw RunError(.configuration, "\(path) is no policy: it is empty") }
    var top = try PolicyKeys(root, "the policy", path)
    let schema = try top.text("schema")
    guard schema == Self.schema else {
      throw top.fault("has schema \(schema); this version reads \(Self.schema)", at: "schema")
    }
    id = try top.text("id")
    title = try top.text("title")
    source = try top.text("source")
    effectiveFrom = try top.optionalText("effective-from")
    reference = try top.optionalText("reference")
    territory = try top.optionalText("territory")
    filters = try top.optionalText("filters")
    var rules: [Rule] = []
    for node in try top.list("rules") {
      var keys = try PolicyKeys(node, "a rule", path)
      let rule = try Self.rule(&keys)
      guard !rules.contains(where: { $0.id == rule.id }) else { throw keys.fault("has the id of another: \(rule.id)") }
      rules.append(rule)
    }
    guard !rules.isEmpty else { throw top.fault("has no rules") }
    self.rules = rules
    try top.end()
    digest = SHA256.hash(data: Array(text.utf8)).map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
  }

  /// What the parser says, in a line, with the place where it says one.
  private static func fault(of error: any Error, path: String) -> RunError {
    func refuse(_ problem: String, _ mark: Mark? = nil) -> RunError {
      RunError(
        .configuration, "\(path)\(mark.map { ", line \($0.line)" } ?? "") is no policy: it is not YAML: \(problem)")
    }
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _): return refuse(problem, mark)
    case .parser(_, let problem, let mark, _): return refuse(problem, mark)
    case .composer(_, let problem, let mark, _): return refuse(problem, mark)
    case .duplicatedKeysInMapping(let keys, let context):
      return refuse("a mapping has \(keys.joined(separator: ", ")) twice", context.mark)
    default: return refuse("\(error)".split(whereSeparator: \.isNewline).first.map(String.init) ?? "it cannot be read")
    }
  }

  /// What a policy's file says that it is.
  public static let schema = "apus-policy/1"

  private static func rule(_ keys: inout PolicyKeys) throws(RunError) -> Rule {
    let rule = Rule(
      id: try keys.text("id"), metric: try keys.text("metric"), unit: try keys.text("unit"), limit: try limit(&keys),
      isRequired: try keys.optionalFlag("required") ?? false, exempt: try keys.optionalTexts("exempt") ?? [],
      source: try keys.text("source"))
    try keys.end()
    guard rule.limit != nil || !rule.isRequired else {
      throw keys.fault("is required and has no limit: \(rule.id)")
    }
    guard rule.limit?.otherwise != .warn || !rule.isRequired else {
      throw keys.fault("only warns and is required: \(rule.id)")
    }
    return rule
  }

  private static func limit(_ keys: inout PolicyKeys) throws(RunError) -> Limit? {
    let sign = try keys.optionalText("operator")
    let value = try keys.optionalNumber("limit")
    let outcome = try keys.optionalText("otherwise")
    if sign == nil, value == nil, outcome == nil { return nil }
    guard let sign, let value, let outcome else {
      throw keys.fault("needs operator, limit and otherwise, or none of them")
    }
    guard let comparison = Comparison(rawValue: sign) else {
      throw keys.fault("has operator \(sign); there are >=, >, <= and <", at: "operator")
    }
    guard let otherwise = [VerdictOutcome.warn, .fail].first(where: { $0.rawValue == outcome }) else {
      throw keys.fault("has otherwise: \(outcome); there are WARN and FAIL", at: "otherwise")
    }
    return Limit(comparison: comparison, value: value, otherwise: otherwise)
  }
}

/// The keys of one mapping; what is not asked for is a fault.
private struct PolicyKeys {
  private var left: [String: Node] = [:]
  /// The lines of the keys' values.
  private var lines: [String: Int] = [:]
  private let what: String
  private let path: String
  private let line: Int

  init(_ node: Node, _ what: String, _ path: String) throws(RunError) {
    self.what = what
    self.path = path
    line = node.mark?.line ?? 0
    guard let mapping = node.mapping else { throw fault("is not a list of keys and values") }
    for (key, value) in mapping {
      guard let name = key.string else { throw fault("has a key that is no word") }
      lines[name] = value.mark?.line
      guard left.updateValue(value, forKey: name) == nil else { throw fault("has \(name) twice", at: name) }
    }
  }

  /// - Parameter key: whose value is at fault; the mapping's first line is told without one.
  func fault(_ reason: String, at key: String? = nil) -> RunError {
    RunError(.configuration, "\(path), line \(key.flatMap { lines[$0] } ?? line): \(what) \(reason)")
  }

  mutating func optionalText(_ key: String) throws(RunError) -> String? {
    guard let node = left.removeValue(forKey: key) else { return nil }
    guard let text = node.scalar?.string, !text.isEmpty else { throw fault("has no single value for \(key)", at: key) }
    return text
  }

  mutating func text(_ key: String) throws(RunError) -> String {
    guard let text = try optionalText(key) else { throw fault("lacks \(key)") }
    return text
  }

  mutating func optionalNumber(_ key: String) throws(RunError) -> Double? {
    guard let text = try optionalText(key) else { return nil }
    guard let number = Double(text), number.isFinite else {
      throw fault("has \(key): \(text), which is no number", at: key)
    }
    return number
  }

  mutating func optionalFlag(_ key: String) throws(RunError) -> Bool? {
    guard let text = try optionalText(key) else { return nil }
    switch text {
    case "true": return true
    case "false": return false
    default: throw fault("has \(key): \(text); it is true or false", at: key)
    }
  }

  mutating func list(_ key: String) throws(RunError) -> [Node] {
    guard let node = left.removeValue(forKey: key) else { throw fault("lacks \(key)") }
    guard let sequence = node.sequence else { throw fault("has no list for \(key)", at: key) }
    return Array(sequence)
  }

  mutating func optionalTexts(_ key: String) throws(RunError) -> [String]? {
    guard left[key] != nil else { return nil }
    var texts: [String] = []
    for node in try list(key) {
      guard let text = node.scalar?.string else { throw fault("has an entry of \(key) that is no word", at: key) }
      texts.append(text)
    }
    return texts
  }

  func end() throws(RunError) {
    guard let unknown = left.keys.min() else { return }
    throw fault("has \(unknown), which this version does not know", at: unknown)
  }
}
