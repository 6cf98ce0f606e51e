import Foundation

/// Making, listing and revoking tokens, as the command does.
public enum Tokens {
  /// Questions a day unless told otherwise.
  public static let usualBudget = AccessToken.usualBudget
  /// Questions a minute unless told otherwise.
  public static let usualRate = AccessToken.usualRate

  /// Makes a token, and keeps its hash.
  /// - Returns: the token's text, which is kept nowhere.
  /// - Throws: `ServiceError`.
  public static func make(file: String, role: String, expires: String, label: String?, budget: Int, rate: Int)
    throws(ServiceError) -> String
  {
    guard let role = Granularity(rawValue: role) else {
      throw ServiceError(.usage, "'\(role)' is no role", remedy: "give boolean, count or record")
    }
    let today = Int((Date().timeIntervalSince1970 / 86_400).rounded(.down))
    guard let last = UTCTime.day(expires), last >= today else {
      throw ServiceError(
        .usage, "--expires takes a day from today on, as YYYY-MM-DD", remedy: "see apus-beacon token new --help")
    }
    guard (1...1_000_000_000).contains(budget), (1...1_000_000_000).contains(rate) else {
      throw ServiceError(.usage, "--budget and --rate take numbers from 1", remedy: "see apus-beacon token new --help")
    }
    let (kept, text) = AccessToken.make(
      role: role, expires: last, today: today, label: label, budget: budget, rate: rate)
    try TokenFile(path: file).update { $0.append(kept) }
    return text
  }

  /// A line a token, tab-separated.
  /// - Throws: `ServiceError`.
  public static func list(file: String) throws(ServiceError) -> [String] {
    try TokenFile(path: file).read().map { token in
      [
        token.id, token.role.rawValue, UTCTime.date(token.expires), String(token.budget), String(token.rate),
        token.label ?? "",
      ].joined(separator: "\t")
    }
  }

  /// Takes a token out.
  /// - Throws: `ServiceError` where there is none of this identifier.
  public static func revoke(_ id: String, file: String) throws(ServiceError) {
    try TokenFile(path: file).update { tokens throws(ServiceError) in
      guard let index = tokens.firstIndex(where: { $0.id == id }) else {
        throw ServiceError(.usage, path: file, "there is no token \(id)", remedy: "see apus-beacon token list")
      }
      tokens.remove(at: index)
    }
  }
}
