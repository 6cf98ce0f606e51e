import EngineTestSupport
import Foundation
import Genomics
import Testing

@testable import Service

@Suite("Files of apus-referral/1")
struct ReferralFileTests {
  private func read(_ text: String) throws(InputError) -> Referral {
    try Referral(parsing: Array(text.utf8), path: "r.json")
  }

  @Test("What is written is read again as it was, and written again byte for byte")
  func roundTrip() throws {
    let referral = try ReferralCheckTests.trio()
    let file = referral.file()
    let again = try Referral(parsing: file, path: "again")
    #expect(again == referral)
    #expect(again.file() == file)
  }

  @Test(
    "What is not the schema is refused by the way to the field, and the refusal holds no value",
    arguments: [
      ("", "the file holds no JSON"), ("[]", "the file is not an object"), ("{", "the file ends inside its JSON"),
      ("{}", "schema is missing"), (#"{"schema": "apus-referral/2"}"#, "schema is not apus-referral/1"),
      (#"{"schema": "apus-referral/1", "surname": "Secret"}"#, "the field surname is not known"),
      (#"{"schema": "apus-referral/1", "Jane Secret": 1}"#, "a field is not known"),
      (#"{"schema": "apus-referral/1", "9434765919": 1}"#, "a field is not known"),
      (#"{"schema": "apus-referral/1", "order": "a", "order": "b"}"#, "$: the field order stands twice"),
      (#"{"schema": "apus-referral/1", "order": 5}"#, "order is not a string"),
      (
        #"{"schema": "apus-referral/1", "family": {"members": [{"id": "a", "eye": "Secret"}]}}"#,
        "the field eye of family.members[0] is not known"
      ),
      (#"{"schema": "apus-referral/1", "family": {"members": [{}]}}"#, "family.members[0].id is missing"),
      (
        #"{"schema": "apus-referral/1", "family": {"members": [{"id": "a", "nhsNumber": 9434765919}]}}"#,
        "family.members[0].nhsNumber is not an object"
      ),
      (
        #"{"schema": "apus-referral/1", "family": {"members": [{"id": "a", "nhsNumber": {"value": 9434765919}}]}}"#,
        "family.members[0].nhsNumber.value is not a string"
      ),
      (
        #"{"schema": "apus-referral/1", "family": {"members": [{"id": "a", "sex": "Secret"}]}}"#,
        "family.members[0].sex is none of female, male, unknown"
      ),
      (#"{"schema": "apus-referral/1", "events": [{"kind": "birth", "at": "x"}]}"#, "events[0].kind is none of"),
      (
        #"{"schema": "apus-referral/1", "family": {"members": [{"id": "a", "recordOfDiscussion": {"schema": "apus-consent/1", "participant": "a", "Secret": 1}}]}}"#,
        "family.members[0].recordOfDiscussion is refused: a field is not known"
      ),
    ])
  func refused(text: String, reason: String) throws {
    let error = #expect(throws: InputError.self) { try read(text) }
    let found = try #require(error)
    #expect(found.reason.hasPrefix(reason), "\(found.reason)")
    #expect(!found.description.contains("Secret"))
    #expect(!found.description.contains("9434765919"))
  }

  @Test("The JSON Schema names exactly the fields and words that are read")
  func schema() throws {
    let schema = try JSONTree(parsing: Referral.jsonSchema, path: "schema")
    func names(_ tree: JSONTree?) -> [String] { (tree?["properties"]?.members ?? []).map(\.name) }
    let written = try ReferralCheckTests.trio().json
    #expect(names(schema) == written.members.map(\.name))
    let properties = try #require(schema["properties"])
    let person = properties["family"]?["properties"]?["members"]?["items"]
    #expect(names(person) == written["family"]?["members"]?.elements.first?.members.map(\.name))
    #expect(
      names(person?["properties"]?["recordOfDiscussion"]) == ConsentRecord(participant: "p").json.members.map(\.name))
    let sample = properties["samples"]?["items"]
    #expect(names(sample) == written["samples"]?.elements.first?.members.map(\.name))
    #expect(names(sample?["properties"]?["label"]) == written["samples"]?.elements.first?["label"]?.members.map(\.name))
    func words(_ tree: JSONTree?) -> [String] { (tree?["enum"]?.elements ?? []).compactMap(\.text) }
    #expect(words(person?["properties"]?["role"]) == ReferralPerson.Role.allCases.map(\.rawValue))
    #expect(words(person?["properties"]?["affection"]) == Affection.allCases.map(\.rawValue))
    #expect(words(sample?["properties"]?["origin"]) == ReferralSample.Origin.allCases.map(\.rawValue))
    #expect(words(properties["urgency"]) == Referral.Urgency.allCases.map(\.rawValue))
    #expect(words(properties["events"]?["items"]?["properties"]?["kind"]) == PathwayEvent.Kind.allCases.map(\.rawValue))
    #expect(
      words(properties["tasks"]?["items"]?["properties"]?["statusReason"]) == TaskStatusReason.allCases.map(\.rawValue))
    #expect(
      words(properties["family"]?["properties"]?["structure"]) == ReferralFamily.Structure.allCases.map(\.rawValue))
  }

  @Test("The order model's status reasons are the thirteen of the reference, by their codes")
  func statusReasons() {
    let reference = [
      "further-information-needed", "awaiting-sample", "awaiting-rod-and-or-sample", "invalid-request",
      "pipeline-error",
      "time-for-task-exceeded", "unable-to-interpret", "sample-sub-optimal", "task-no-longer-required",
      "no-sample-provided", "scheduled-delay", "awaiting-order-detail", "other",
    ]
    #expect(TaskStatusReason.allCases.map(\.rawValue) == reference)
  }

  @Test("A skeleton holds the eligibility text and the test's people, and is not acceptable as it is")
  func skeleton() throws {
    let directory = try ReferralCheckTests.directory()
    let entry = try #require(directory.entry(testCode: "R14.1"))
    let referral = Referral.skeleton(entry, directoryVersion: directory.version)
    #expect(referral.eligibility == entry.eligibility)
    #expect(referral.family.members.map(\.role) == [.proband, .mother, .father])
    #expect(try Referral(parsing: referral.file(), path: "s") == referral)
    let check = ReferralCheck(referral, directory: directory, asOf: try FHIRFixture.asOf())
    #expect(!check.isAcceptable)
    #expect(check.refusals.contains { $0.code == .noClinicalReferral })
    #expect(!check.refusals.contains { $0.gate == .eligibility })
    let panel = try #require(directory.entry(testCode: "R67.1"))
    #expect(!panel.isWholeGenome)
    #expect(Referral.skeleton(panel, directoryVersion: "5.1").family.members.count == 1)
  }

  @Test(
    "JSON: what RFC 8259 allows is read, all else refused",
    arguments: [
      (#"{"a": "\u00e9\ud83e\uddec\n", "b": [1, -0.5e+3, true, null]}"#, true), ("\u{FEFF}{}", true), ("{}{}", false),
      (#"{"a": 01}"#, false), (#"{"a": .5}"#, false), (#"{"a": 1.}"#, false), (#"{"a": "\ud83e"}"#, false),
      (#"{"a": "\x"}"#, false),
      ("{\"a\": \"\n\"}", false), (#"{"a" 1}"#, false), (#"{"a": 1,}"#, false), ("[1 2]", false), ("tru", false),
      ("[\u{1}]", false),
    ])
  func json(text: String, isJSON: Bool) throws {
    let tree = try? JSONTree(parsing: Array(text.utf8), path: "j")
    #expect((tree != nil) == isJSON)
  }

  @Test("JSON: nesting without end is refused, not followed")
  func depth() throws {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: InputError.self) { try JSONTree(parsing: Array(text.utf8), path: "j") }
  }

  @Test("JSON: what is written is read as it was, by Foundation too", arguments: seeds(3))
  func written(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    func tree(_ depth: Int) -> JSONTree {
      switch random.int(0...(depth > 3 ? 3 : 5)) {
      case 0: return .null
      case 1: return .bool(random.oneIn(2))
      case 2: return .number(String(random.int(-1000...1000)))
      case 3: return .string(random.text("aé\"\\\n\t/\u{1}🧬 ", random.int(0...8)))
      case 4: return .array((0..<random.int(0...4)).map { _ in tree(depth + 1) })
      default: return .object((0..<random.int(0...4)).map { .init("k\($0)", tree(depth + 1)) })
      }
    }
    for _ in 0..<200 {
      let one = tree(0)
      #expect(try JSONTree(parsing: one.written(), path: "w") == one)
      _ = try JSONSerialization.jsonObject(with: Data(one.written()), options: .fragmentsAllowed)
    }
  }

  @Test(
    "Moments and days",
    arguments: [
      ("2026-03-29T00:30:00+00:00", 1_774_744_200), ("2026-03-29T01:30:00+01:00", 1_774_744_200),
      ("2026-03-29T00:30Z", 1_774_744_200), ("2026-03-29T00:30:00.999Z", 1_774_744_200), ("1970-01-01T00:00:00Z", 0),
      ("2026-03-29T00:30:00", nil), ("2026-03-29 00:30:00Z", nil), ("2026-02-29T00:00:00Z", nil),
      ("2026-03-29T24:00:00Z", nil),
      ("2026-03-29T00:30:00+1:00", nil), ("2026-03-29T00:30:00Zx", nil), ("2026-03-29T00:30:", nil),
      ("2026-03-29T00:30:00.Z", nil),
    ] as [(String, Int?)])
  func moments(text: String, seconds: Int?) { #expect(PathwayMoment(text)?.seconds == seconds) }

  @Test("Days count as seconds do, over four centuries")
  func days() throws {
    for day in stride(from: -100_000, through: 100_000, by: 37) {
      let date = try #require(CalendarDate(secondsSince1970: day * 86_400))
      #expect(date.daysSince1970 == day)
    }
  }

  @Test("Laboratories: seven hubs, two ODS codes, older names; no code is invented")
  func laboratories() throws {
    let table = Laboratories.builtIn
    let day = try #require(CalendarDate("2026-11-22"))
    #expect(table.hubs.count == 7)
    #expect(table.hubs.flatMap(\.ods) == ["699M0", "699X0"])
    #expect(table.hub(ods: "699X0")?.id == "north-west")
    #expect(table.hub(ods: "R0A") == nil)
    #expect(table.trust(ofOrganisation: "699X0") == "R0A")
    #expect(table.hub(name: "wessex", on: day)?.id == "central-and-south")
    #expect(table.hub(name: "Atlantis", on: day) == nil)
    let dated =
      #"{"version": "laboratories/1", "hubs": [{"id": "e", "name": "East", "leadTrust": "C", "ods": []}], "aliases": [{"name": "Old", "hub": "e", "from": "2018-01-01", "until": "2020-12-31"}]}"#
    let own = try Laboratories(parsing: Array(dated.utf8), path: "l")
    #expect(own.hub(name: "Old", on: try #require(CalendarDate("2020-12-31"))) != nil)
    #expect(own.hub(name: "Old", on: try #require(CalendarDate("2021-01-01"))) == nil)
    #expect(throws: InputError.self) {
      try Laboratories(parsing: Array(dated.replacing(#""hub": "e""#, with: #""hub": "x""#).utf8), path: "l")
    }
  }
}
