import Testing

@testable import Service

@Suite("NHS numbers (reference/service.md 6.1)")
struct NHSNumberTests {
  @Test(
    "Vectors",
    arguments: [
      ("9434765919", NHSNumber.Verdict.valid), ("9598980006", .valid), ("9598980007", .invalidCheck),
      ("9876543210", .valid), ("1234567890", .invalidCheck), ("943 476 5919", .valid), ("943476591", .invalidLength),
      ("94347659190", .invalidLength), ("943-476-5919", .invalidLength), ("", .invalidLength),
      ("943476591O", .invalidLength), ("\u{0669}434765919", .invalidLength),
    ])
  func vectors(text: String, verdict: NHSNumber.Verdict) { #expect(NHSNumber.verdict(text) == verdict) }

  @Test("A number without a check digit is never valid", arguments: 0...9)
  func noCheckDigit(last: Int) { #expect(NHSNumber.verdict("943476503\(last)") == .invalidCheck) }

  @Test("Ten times the same digit is on the deny-list, and counts as an NHS number in a name", arguments: 0...9)
  func repeated(digit: Int) {
    let text = String(repeating: String(digit), count: 10)
    #expect(NHSNumber.verdict(text) == .denyList)
    #expect(NHSNumber.mayStand(in: "case_\(text)"))
  }

  @Test("Names that hold one")
  func names() {
    #expect(NHSNumber.mayStand(in: "a_943-476-5919"))
    #expect(!NHSNumber.mayStand(in: "SYN-001-P"))
    #expect(!NHSNumber.mayStand(in: "94347659190"))
  }
}
