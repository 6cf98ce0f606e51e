/// The identifiers of the pathway by their form (reference/service.md 6; CIP-API documentation). The algorithm of the
/// check character is not published, so none is checked.
public enum ReferralIdentifier: String, Sendable, Hashable, CaseIterable {
  /// `rYYNNNNNNNNC`: r, two digits of the year, eight digits, a check character.
  case referral
  /// `pNNNNNNNNNNC`: p, ten digits, a check character.
  case patient

  /// Whether a text has the form.
  public func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 12, bytes[0] == UInt8(ascii: self == .referral ? "r" : "p") else { return false }
    let check = bytes[11]
    return bytes[1..<11].allSatisfy { (0x30...0x39).contains($0) }
      && ((0x30...0x39).contains(check) || (0x41...0x5A).contains(check) || (0x61...0x7A).contains(check))
  }
}
