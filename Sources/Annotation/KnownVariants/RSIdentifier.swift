/// An identifier of dbSNP: `rs` and a number.
///
/// It names a place and a kind of change, not an allele: alternates of one record share it, identifiers are merged into
/// others, and an allele may have several.
public struct RSIdentifier: Sendable, Hashable, CustomStringConvertible {
  /// The digits.
  let digits: [UInt8]

  /// Reads `rs` (in either case) and two digits or more; nil for anything else. With one digit it is a gene: RS1.
  public init?(_ text: String) {
    let letters = Array(text.utf8)
    guard letters.count > 3, letters.count <= 21, letters[0] | 32 == UInt8(ascii: "r"),
      letters[1] | 32 == UInt8(ascii: "s"), letters[2...].allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }),
      letters[2] != UInt8(ascii: "0")
    else { return nil }
    digits = Array(letters[2...])
  }

  /// `rs123`.
  public var description: String { "rs" + String(decoding: digits, as: UTF8.self) }
}
