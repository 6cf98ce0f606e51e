/// The check of an NHS number (reference/service.md 6.1; NHS Data Dictionary, "NHS NUMBER", modulus 11).
///
/// A number that passes is not evidence of a person: 9876543210 passes too.
public enum NHSNumber {
  /// What a text is as an NHS number.
  public enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// Ten digits whose last is the check digit of the others.
    case valid
    /// Ten digits whose last is not, or that can have none.
    case invalidCheck = "invalid-check"
    /// Not ten digits.
    case invalidLength = "invalid-length"
    /// Ten times the same digit: all ten pass the arithmetic, and 2222222222 stood for people without a number.
    case denyList = "deny-list"
  }

  /// Judges a text. Spaces are stripped, nothing else; it is never converted to a number, so zeros in front count.
  public static func verdict(_ text: String) -> Verdict {
    let bytes = text.utf8.filter { $0 != UInt8(ascii: " ") }
    let digits = bytes.map { $0 &- UInt8(ascii: "0") }
    guard digits.count == 10, digits.allSatisfy({ $0 < 10 }) else { return .invalidLength }
    if digits.allSatisfy({ $0 == digits[0] }) { return .denyList }
    return hasCheckDigit(digits) ? .valid : .invalidCheck
  }

  /// Whether a name holds what could be an NHS number: ten digits in a row, or grouped 3-3-4, that pass the arithmetic
  /// or stand on the deny-list.
  public static func mayStand(in name: String) -> Bool {
    var runs: [[UInt8]] = [[]]
    for byte in name.utf8 {
      let digit = byte &- UInt8(ascii: "0")
      if digit < 10 { runs[runs.count - 1].append(digit) } else { runs.append([]) }
    }
    // The ten repeated digits pass the arithmetic themselves.
    if runs.contains(where: { $0.count == 10 && hasCheckDigit($0) }) { return true }
    return runs.indices.dropLast(2).contains { index in
      runs[index].count == 3 && runs[index + 1].count == 3 && runs[index + 2].count == 4
        && hasCheckDigit(runs[index] + runs[index + 1] + runs[index + 2])
    }
  }

  private static func hasCheckDigit(_ digits: [UInt8]) -> Bool {
    let sum = (0..<9).reduce(0) { $0 + (10 - $1) * Int(digits[$1]) }
    // 10 is no digit: such numbers are never issued.
    let check = (11 - sum % 11) % 11
    return check != 10 && check == Int(digits[9])
  }
}
