import Foundation
import Synchronization

/// Who asks, as far as the service knows.
package struct Caller: Sendable, Hashable {
  /// The token; nil for a stranger.
  package var token: AccessToken?
  /// How much the caller may be told at most.
  package var most: Granularity

  /// The name in the audit log.
  var name: String { token?.id ?? "-" }
}

/// Decides who may ask, and how often.
package final class Gatekeeper: Sendable {
  private struct State {
    var tokens: [String: AccessToken] = [:]
    var allowances: [String: Allowance] = [:]
    /// Used before the service was started, by token, on `carriedDay`.
    var carried: [String: Int] = [:]
    var carriedDay = 0
  }

  private let state = Mutex(State())
  private let file: TokenFile?
  /// Whether strangers are told whether a variant exists.
  package let isPublic: Bool
  /// Seconds since 1970.
  let now: @Sendable () -> Double

  /// - Parameters:
  ///   - isPublic: whether a question without a token is answered, with yes or no only.
  ///   - now: seconds since 1970.
  /// - Throws: `ServiceError` where the file is not one of tokens.
  package init(
    tokens file: TokenFile?, isPublic: Bool = false,
    now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }
  ) throws(ServiceError) {
    self.file = file
    self.isPublic = isPublic
    self.now = now
    try reload()
    let (day, used) = readUsage()
    state.withLock { state in
      state.carried = used
      state.carriedDay = day
    }
  }

  /// Reads the file of tokens again: new tokens count, revoked ones no more.
  package func reload() throws(ServiceError) {
    guard let file else { return }
    let tokens = try file.read()
    state.withLock { $0.tokens = Dictionary(tokens.map { ($0.sha256, $0) }) { first, _ in first } }
  }

  /// Who sends a request with this header.
  ///
  /// A token that is wrong, malformed or expired is refused: it is not the same as none, and never raises what is told.
  package func caller(authorization values: [String]) throws(RequestFault) -> Caller {
    guard let value = values.first else {
      guard isPublic else {
        throw RequestFault(401, "this beacon answers to tokens only; send one in the header Authorization: Bearer …")
      }
      return Caller(token: nil, most: .boolean)
    }
    let parts = value.split(separator: " ", omittingEmptySubsequences: true)
    guard values.count == 1, parts.count == 2, parts[0].lowercased() == "bearer" else {
      throw RequestFault(401, "the header Authorization is not 'Bearer' and one token")
    }
    return try caller(token: parts[1])
  }

  /// Who holds a token.
  package func caller(token text: some StringProtocol) throws(RequestFault) -> Caller {
    guard text.utf8.count <= 200, let token = state.withLock({ $0.tokens[AccessToken.hash(text)] }) else {
      throw RequestFault(401, "the token is not known here")
    }
    return try caller(token)
  }

  /// The holder of a token that was shown before, if it is still good.
  package func caller(_ token: AccessToken) throws(RequestFault) -> Caller {
    guard let kept = state.withLock({ $0.tokens[token.sha256] }) else {
      throw RequestFault(401, "the token is not known here")
    }
    guard Int((now() / 86_400).rounded(.down)) <= kept.expires else { throw RequestFault(401, "the token has expired") }
    return Caller(token: kept, most: kept.role)
  }

  /// Counts a question against the caller's budget and rate.
  package func take(_ caller: Caller) throws(RequestFault) {
    let token = caller.token ?? Self.strangers
    let now = now()
    let fault = state.withLock { state -> RequestFault? in
      var allowance = state.allowances[token.id] ?? Allowance(token: token, now: now)
      if state.allowances[token.id] == nil { allowance.carry(state.carried[token.id] ?? 0, on: state.carriedDay) }
      defer { state.allowances[token.id] = allowance }
      do throws(RequestFault) { try allowance.take(token: token, now: now) } catch { return error }
      return nil
    }
    if let fault { throw fault }
  }

  /// All strangers together.
  private static let strangers = AccessToken(
    id: "-", sha256: "", role: .boolean, expires: .max, created: 0, label: nil, budget: 50_000, rate: 600)
}

extension Gatekeeper {
  /// Keeps what was used today beside the file of tokens, so that a restart gives nobody a new budget.
  package func saveUsage() throws(ServiceError) {
    guard let file else { return }
    let day = Int((now() / 86_400).rounded(.down))
    let used = state.withLock { state in
      var used = state.carriedDay == day ? state.carried : [:]
      for (id, allowance) in state.allowances { used[id] = allowance.used(on: day) }
      return used
    }
    let lines = used.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map { "\($0.key)\t\($0.value)\n" }
    try replaceFile(file.path + ".usage", with: Array("\(UTCTime.date(day))\n\(lines.joined())".utf8))
  }

  private func readUsage() -> (day: Int, used: [String: Int]) {
    guard let file, let data = FileManager.default.contents(atPath: file.path + ".usage"),
      let text = String(validating: data, as: UTF8.self)
    else { return (0, [:]) }
    let lines = text.split(separator: "\n")
    guard let day = lines.first.flatMap({ UTCTime.day(String($0)) }) else { return (0, [:]) }
    var used: [String: Int] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: "\t")
      if parts.count == 2, let count = Int(parts[1]), count > 0 { used[String(parts[0])] = count }
    }
    return (day, used)
  }
}
