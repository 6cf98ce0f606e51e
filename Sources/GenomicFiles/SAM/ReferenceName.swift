/// Names of reference sequences (SAM specification, section 1.2.1).
enum ReferenceName {
  /// `[0-9A-Za-z!#$%&*+./:;=?@^_|~-]`: printable, but for what other formats cut names at (`\ , " ' ` ( ) [ ] { } < >`).
  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: "<"), UInt8(ascii: ">"):
      false
    default: byte > 32 && byte < 127
    }
  }

  /// Whether a name may stand in `@SQ SN`: of those letters, and beginning with neither `*` nor `=`.
  static func isValid(_ name: some Collection<UInt8>) -> Bool {
    guard let first = name.first, first != UInt8(ascii: "*"), first != UInt8(ascii: "=") else { return false }
    return name.allSatisfy(isLetter)
  }
}
