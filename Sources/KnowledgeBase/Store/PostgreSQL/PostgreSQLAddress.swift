import CPostgreSQL

/// The address of a base in PostgreSQL: a connection URI of libpq, which may hold a password, and is never told as it is.
struct PostgreSQLAddress: Sendable {
  /// The URI as it was given.
  let uri: String
  /// How the address is told: user, host, port and database.
  let name: String
  /// Whether libpq can read it.
  let isReadable: Bool
  /// What no message may hold.
  private let secrets: [String]

  /// Nil for what is no such address, such as the path of a file.
  init?(_ text: String) {
    guard text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") else { return nil }
    uri = text
    var secrets: [String] = []
    var told: [String: String] = [:]
    let options = PQconninfoParse(text, nil)
    isReadable = options != nil
    if let options {
      defer { PQconninfoFree(options) }
      var option = options
      while let keyword = option.pointee.keyword {
        if let value = option.pointee.val.map({ String(cString: $0) }), !value.isEmpty {
          let word = String(cString: keyword)
          if word.contains("password") { secrets.append(value) } else { told[word] = value }
        }
        option += 1
      }
    }
    self.secrets = secrets
    let user = told["user"].map { "\($0)@" } ?? ""
    let port = told["port"].map { ":\($0)" } ?? ""
    name = "postgresql://\(user)\(told["host"] ?? told["hostaddr"] ?? "")\(port)/\(told["dbname"] ?? "")"
  }

  /// A message of libpq in one line, without what is secret.
  func redacted(_ message: String) -> String {
    var line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    for secret in secrets {
      line = line.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "***")
    }
    return line
  }
}

extension KnowledgeBase {
  /// How a base is told to people and in logs: a path as it is, an address of PostgreSQL without its password.
  public static func name(of base: String) -> String { PostgreSQLAddress(base)?.name ?? base }
}
