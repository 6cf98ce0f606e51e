import Crypto
import Foundation
import Reports

/// What the file of tokens keeps of a token: its hash, never itself.
package struct AccessToken: Sendable, Hashable {
  /// A name for logs and revocation; it gives no access.
  package var id: String
  /// SHA-256 of the token's text, in hexadecimal.
  package var sha256: String
  /// How much it may be told at most.
  package var role: Granularity
  /// The last day on which it is good, UTC, in days since 1970-01-01.
  package var expires: Int
  /// The day on which it was made.
  package var created: Int
  /// Whom or what it is for, as whoever made it wrote.
  package var label: String?
  /// Questions a day (UTC).
  package var budget: Int
  /// Questions a minute.
  package var rate: Int

  /// Questions a day unless told otherwise.
  package static let usualBudget = 5_000
  /// Questions a minute unless told otherwise.
  package static let usualRate = 120

  /// The hash of a token's text.
  package static func hash(_ text: some StringProtocol) -> String { hexadecimal(SHA256.hash(data: Data(text.utf8))) }

  /// Makes a token of 256 random bits.
  /// - Returns: what is kept, and the text that is shown once.
  package static func make(
    role: Granularity, expires: Int, today: Int, label: String? = nil, budget: Int = usualBudget, rate: Int = usualRate
  ) -> (kept: AccessToken, text: String) {
    let text = "apus_" + randomText(bytes: 32)
    let token = AccessToken(
      id: "t-" + hexadecimal(randomBytes(5)), sha256: hash(text), role: role, expires: expires, created: today,
      label: label, budget: budget, rate: rate)
    return (token, text)
  }

  /// Reads an entry of the file.
  init?(_ json: JSONValue) {
    guard let id = json["id"]?.text, let sha256 = json["sha256"]?.text, sha256.utf8.count == 64,
      let role = json["role"]?.text.flatMap(Granularity.init), let expires = json["expires"]?.text.flatMap(UTCTime.day),
      let budget = json["budgetPerDay"]?.whole, let rate = json["ratePerMinute"]?.whole, budget > 0, rate > 0
    else { return nil }
    self.id = id
    self.sha256 = sha256
    self.role = role
    self.expires = expires
    self.budget = budget
    self.rate = rate
    created = json["created"]?.text.flatMap(UTCTime.day) ?? 0
    label = json["label"]?.text
  }

  init(
    id: String, sha256: String, role: Granularity, expires: Int, created: Int, label: String?, budget: Int, rate: Int
  ) {
    self.id = id
    self.sha256 = sha256
    self.role = role
    self.expires = expires
    self.created = created
    self.label = label
    self.budget = budget
    self.rate = rate
  }

  /// The entry of the file.
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("id", .string(id)), .init("sha256", .string(sha256)), .init("role", .string(role.rawValue)),
      .init("expires", .string(UTCTime.date(expires))), .init("created", .string(UTCTime.date(created))),
      .init("budgetPerDay", .integer(budget)), .init("ratePerMinute", .integer(rate)),
    ]
    if let label { members.append(.init("label", .string(label))) }
    return .object(members)
  }
}

/// Random bytes of the system.
func randomBytes(_ count: Int) -> [UInt8] {
  SymmetricKey(size: SymmetricKeySize(bitCount: 8 * count)).withUnsafeBytes { Array($0) }
}

/// Random bytes as text for URLs and headers (base64url without padding).
func randomText(bytes count: Int) -> String {
  Data(randomBytes(count)).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
    .replacing("=", with: "")
}
