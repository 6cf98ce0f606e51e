import Crypto

/// A person, as one base knows them: HMAC-SHA-256 of the identifier under the base's own key.
///
/// Without the key it says nothing, and two bases cannot be joined by it.
public struct Pseudonym: Sendable, Hashable {
  /// 64 hexadecimal digits.
  public let text: String

  init(text: String) { self.text = text }

  /// How often a withdrawal's token is hashed in a new base: some ten milliseconds for whoever tries an identifier.
  static let tokenRounds = 20_000

  /// What a base keeps of a person who withdrew: it recognises the person when their data are to be added again, and
  /// tells nothing to whoever has the file but no identifier to try.
  func withdrawalToken(_ key: PseudonymKey, rounds: Int) -> String {
    let key = SymmetricKey(data: key.bytes)
    var message = Array("apus-withdrawal/1\u{0}\(text)".utf8)
    for _ in 0..<max(1, rounds) { message = Array(HMAC<SHA256>.authenticationCode(for: message, using: key)) }
    return hexadecimal(message)
  }
}

/// A base's key. It is in the base and nowhere else.
public struct PseudonymKey: Sendable {
  let bytes: [UInt8]

  /// A new random key of 32 bytes.
  public init() {
    var generator = SystemRandomNumberGenerator()
    bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The person's pseudonym.
  public func pseudonym(of participant: String) -> Pseudonym {
    let message = Array("apus-participant/1\u{0}".utf8) + Array(participant.utf8)
    return Pseudonym(
      text: hexadecimal(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: bytes))))
  }
}
