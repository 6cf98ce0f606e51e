import Genomics
import Testing

@testable import Service

@Suite("Consent records, version 1")
struct ConsentParsingTests {
  static let entry =
    #""schema": "apus-consent/1", "participant": "P-1", "form": "NGIS-ROD v4.03", "discussed": "yes", "agreed": "yes", "category": "adult", "date": "2026-03-01", "signed": true, "remoteClinician": null, "scope": "national-genomic-research-library", "validUntil": null, "withdrawn": null"#

  private func parse(_ text: String) throws(InputError) -> [ConsentRecord] {
    try ConsentRecord.parse(Array(text.utf8), path: "c.json")
  }

  @Test("An entry of the contract is read whole")
  func whole() throws { #expect(try parse("[{\(Self.entry)}]") == [ConsentDecisionTests.complete()]) }

  @Test(
    "What is not the schema is refused, and the refusal holds no value of the file",
    arguments: [
      "", "{}", "[", #"[{}]"#, #"[{"schema": "apus-consent/1"}]"#, "[{\(entry), \"secretfield\": 1}]",
      "[{\(entry.replacing("apus-consent/1", with: "apus-consent/2"))}]",
      "[{\(entry.replacing("true", with: "\"Jane Secret\""))}]", "[{\(entry)}, {\(entry)}]",
      "[{\(entry.replacing("P-1", with: ""))}]",
    ])
  func refused(text: String) throws {
    let error = #expect(throws: InputError.self) { try parse(text) }
    let message = try #require(error).description
    for secret in ["P-1", "Jane", "secretfield"] { #expect(!message.contains(secret)) }
    #expect(message.hasPrefix("c.json"))
  }

  @Test("The refusal names the entry")
  func location() throws {
    let error = #expect(throws: InputError.self) {
      try parse("[{\(Self.entry)}, {\(Self.entry.replacing("true", with: "1.5"))}]")
    }
    #expect(error?.location.record == 2)
    #expect(error?.reason == "the field signed is of another type")
  }

  @Test("A participant in two files is refused")
  func twoFiles() throws {
    var register = ConsentRegister()
    let records = try parse("[{\(Self.entry)}]")
    try register.add(records, path: "a.json")
    #expect(throws: InputError.self) { try register.add(records, path: "b.json") }
  }

  @Test(
    "Days of the calendar",
    arguments: [
      ("2024-02-29", true), ("2023-02-29", false), ("2000-02-29", true), ("1900-02-29", false), ("2026-13-01", false),
      ("2026-1-01", false), ("20260101", false),
    ])
  func days(text: String, isDay: Bool) { #expect((CalendarDate(text) != nil) == isDay) }

  @Test(
    "Days of seconds",
    arguments: [
      (0, "1970-01-01"), (951_782_399, "2000-02-28"), (951_782_400, "2000-02-29"), (1_795_219_200, "2026-11-21"),
      (1_798_761_599, "2026-12-31"),
    ])
  func seconds(seconds: Int, text: String) { #expect(CalendarDate(secondsSince1970: seconds)?.description == text) }
}
