/// Which elements of a list are meant: `[*]`, `[2]`, `[0,2-4]`, `[1-]`; counted from 0.
enum FilterSelector: Sendable, Hashable {
  case all
  case single(Int)
  /// The elements below `members.count` that are true, and all from `openFrom` on.
  case some(members: [Bool], openFrom: Int?)

  /// Elements that lists of real files do not reach.
  static let most = 1_000_000

  func contains(_ index: Int) -> Bool {
    switch self {
    case .all: true
    case .single(let single): index == single
    case .some(let members, let openFrom):
      (index < members.count && members[index]) || openFrom.map { index >= $0 } ?? false
    }
  }

  /// The number of elements where it is limited.
  var count: Int? {
    switch self {
    case .all: nil
    case .single: 1
    case .some(let members, let openFrom): openFrom == nil ? members.count { $0 } : nil
    }
  }

  /// Reads the text between brackets; nil where it is none.
  init?(_ source: some StringProtocol) {
    let text = Substring(source)
    if text.isEmpty || text == "*" {
      self = .all
      return
    }
    if let single = Self.number(text) {
      self = .single(single)
      return
    }
    var members: [Bool] = []
    var openFrom: Int?
    func select(_ range: ClosedRange<Int>) {
      while members.count <= range.upperBound { members.append(false) }
      for index in range { members[index] = true }
    }
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
      guard let first = ends.first.flatMap({ Self.number($0) }) else { return nil }
      if ends.count == 1 {
        select(first...first)
      } else if ends.count == 2, ends[1].isEmpty {
        openFrom = min(openFrom ?? first, first)
      } else if ends.count == 2, let last = Self.number(ends[1]), first <= last {
        select(first...last)
      } else {
        return nil
      }
    }
    self = .some(members: members, openFrom: openFrom)
  }

  private static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }), let value = Int(text), value < most
    else { return nil }
    return value
  }
}

/// A name as it is written: prefix, tag, subscript.
struct FilterName {
  enum Prefix { case info, format }

  var prefix: Prefix?
  var tag: String
  /// What stands between `[` and `]`.
  var index: String?

  init(_ text: String) {
    var rest = Substring(text)
    for (name, kind) in [("INFO/", Prefix.info), ("FORMAT/", .format), ("FMT/", .format)]
    where rest.prefix(name.count).uppercased() == name {
      rest = rest.dropFirst(name.count)
      prefix = kind
      break
    }
    if rest.hasSuffix("]"), let open = rest.firstIndex(of: "[") {
      index = String(rest[rest.index(after: open)...].dropLast())
      rest = rest[..<open]
    }
    tag = String(rest)
  }
}
