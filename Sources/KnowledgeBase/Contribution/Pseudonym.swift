import Crypto

/// A person, as one base knows them: HMAC-SHA-256 of the identifier under the base's own key.
///
/// Without the key it says nothing, and two bases cannot be joined by it.
public struct Pseudonym: Sendable, Hashable {
  /// 64 hexadecimal digits.
  public let text: String

  init(text: String) { self.text = text }
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
