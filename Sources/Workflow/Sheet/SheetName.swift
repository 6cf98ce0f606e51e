import Service

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
    if NHSNumber.mayStand(in: name) { return "could hold an NHS number" }
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
}
