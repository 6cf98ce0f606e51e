/// What a token has used of its questions a day and a minute: plain values, the clock given.
package struct Allowance: Sendable, Hashable {
  private var day: Int
  private var usedToday: Int
  /// Questions that may be asked at once; refilled evenly over the minute.
  private var left: Double
  private var refilled: Double

  /// Nothing used yet.
  package init(token: AccessToken, now: Double) {
    day = Int((now / 86_400).rounded(.down))
    usedToday = 0
    left = Double(token.rate)
    refilled = now
  }

  /// Takes one question.
  /// - Throws: a 429 that says when to come again; nothing is taken then.
  package mutating func take(token: AccessToken, now: Double) throws(RequestFault) {
    let today = Int((now / 86_400).rounded(.down))
    if today != day {
      day = today
      usedToday = 0
    }
    let rate = Double(token.rate)
    left = min(rate, left + max(0, now - refilled) * rate / 60)
    refilled = now
    guard usedToday < token.budget else {
      let wait = Double(today + 1) * 86_400 - now
      throw RequestFault(
        429, "the token's \(token.budget) questions of today are used up; it can ask again tomorrow (UTC)",
        retryAfter: max(1, Int(wait.rounded(.up))))
    }
    guard left >= 1 else {
      throw RequestFault(
        429, "the token may ask \(token.rate) questions a minute; ask more slowly",
        retryAfter: max(1, Int(((1 - left) * 60 / rate).rounded(.up))))
    }
    left -= 1
    usedToday += 1
  }

  /// How many questions it asked on a day.
  package func used(on day: Int) -> Int { day == self.day ? usedToday : 0 }

  /// What was used before the service was started again counts on.
  package mutating func carry(_ used: Int, on day: Int) { if day == self.day { usedToday += used } }
}
