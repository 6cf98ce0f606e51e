/// A test code of the directory, such as `R149.1`, `M1.4` or `GT317`, or the clinical indication's before its point.
public struct TestCode: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// `R` for rare disease, `M` for cancer; others as the directory has them.
  public let prefix: String
  /// The indication's number.
  public let number: Int
  /// The test's number within the indication; nil for codes without a point.
  public let test: Int?
  /// A letter that some codes end with, or nothing.
  public let suffix: String

  /// Reads a code; lower case and spaces around it are taken. Nil for anything else.
  public init?(_ text: some StringProtocol) {
    let trimmed = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
    let upper = String(trimmed).uppercased()
    guard let match = upper.wholeMatch(of: /([A-Z]{1,4})([0-9]{1,6})(?:\.([0-9]{1,4})([A-Z]?))?/),
      let number = Int(match.2)
    else { return nil }
    prefix = String(match.1)
    self.number = number
    test = match.3.flatMap { Int($0) }
    suffix = match.4.map(String.init) ?? ""
    // `R07.1` is another text than `R7.1`: what would not come out as it went in is not a code.
    guard description == upper else { return nil }
  }

  /// The clinical indication's code, `R149` of `R149.1`.
  public var indication: String { prefix + String(number) }

  /// The code as the directory writes it.
  public var description: String { indication + (test.map { ".\($0)" } ?? "") + suffix }

  /// By prefix, then by number: R2.1 before R10.1.
  public static func < (a: Self, b: Self) -> Bool {
    (a.prefix, a.number, a.test ?? -1, a.suffix) < (b.prefix, b.number, b.test ?? -1, b.suffix)
  }
}
