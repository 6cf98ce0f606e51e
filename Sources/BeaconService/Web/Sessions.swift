import Synchronization

/// Browsers that showed a token: a cookie names the session, and its hash finds the token. They end with the
/// process, or after eight hours.
final class Sessions: Sendable {
  private struct Session {
    var token: AccessToken
    var end: Double
  }

  private let sessions = Mutex<[String: Session]>([:])

  /// How long a session lasts, in seconds.
  static let life = 28_800

  /// The most that are kept; beyond it, all are signed out.
  private static let most = 10_000

  /// Opens a session.
  /// - Parameter now: seconds since 1970.
  /// - Returns: the text for the cookie.
  func open(_ token: AccessToken, now: Double) -> String {
    let text = randomText(bytes: 32)
    sessions.withLock { sessions in
      if sessions.count >= Self.most { sessions = sessions.filter { $0.value.end > now } }
      if sessions.count >= Self.most { sessions = [:] }
      sessions[AccessToken.hash(text)] = Session(token: token, end: now + Double(Self.life))
    }
    return text
  }

  /// The token of a session that has not ended.
  func token(_ text: String, now: Double) -> AccessToken? {
    sessions.withLock { $0[AccessToken.hash(text)] }.flatMap { $0.end > now ? $0.token : nil }
  }

  /// Ends a session.
  func close(_ text: String) { sessions.withLock { _ = $0.removeValue(forKey: AccessToken.hash(text)) } }
}
