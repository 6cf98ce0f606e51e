/// Names that become folders and file names.
enum SheetName {
  /// Why a name is refused; nil when it is fine. The reason never holds the name: it may be an identifier.
  static func fault(_ name: String) -> String? {
    if name.isEmpty { return "is empty" }
    if name.utf8.count > 100 { return "is longer than 100 bytes" }
    if name == "." || name == ".." || name.hasPrefix(".") || name.hasPrefix("-") {
      return "begins with a dot or hyphen"
    }
    guard name.utf8.allSatisfy(isAllowed) else {
      return "holds a character other than letters, digits, dot, hyphen and underscore"
    }
    if couldBeNHSNumber(name) { return "could hold an NHS number" }
    return nil
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Whether ten digits in a row, or grouped 3-3-4, pass the NHS number's check digit (NHS Data Dictionary: modulus 11).
  static func couldBeNHSNumber(_ name: String) -> Bool {
    var runs: [[UInt8]] = [[]]
    for byte in name.utf8 {
      let digit = byte &- UInt8(ascii: "0")
      if digit < 10 { runs[runs.count - 1].append(digit) } else { runs.append([]) }
    }
    if runs.contains(where: { $0.count == 10 && hasCheckDigit($0) }) { return true }
    return runs.indices.dropLast(2).contains { index in
      runs[index].count == 3 && runs[index + 1].count == 3 && runs[index + 2].count == 4
        && hasCheckDigit(runs[index] + runs[index + 1] + runs[index + 2])
    }
  }

  private static func hasCheckDigit(_ digits: [UInt8]) -> Bool {
    let sum = (0..<9).reduce(0) { $0 + (10 - $1) * Int(digits[$1]) }
    let check = (11 - sum % 11) % 11
    return check != 10 && check == Int(digits[9])
  }
}
