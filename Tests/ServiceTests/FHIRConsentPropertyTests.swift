import EngineTestSupport
import Testing

@testable import Service

@Suite("No change of a denied form permits, but of the very field that denies")
struct FHIRConsentPropertyTests {
  /// Every path of a tree to a value that is neither an object nor an array, and to every array and object.
  private static func paths(_ tree: JSONTree, _ way: [String] = []) -> [[String]] {
    switch tree {
    case .object(let members): [way] + members.flatMap { paths($0.value, way + [$0.name]) }
    case .array(let elements): [way] + elements.enumerated().flatMap { paths($1, way + [String($0)]) }
    default: [way]
    }
  }

  private static func at(_ tree: JSONTree, _ path: [String]) -> JSONTree? {
    var here: JSONTree? = tree
    for step in path {
      if let index = Int(step), case .array(let elements)? = here {
        here = elements.indices.contains(index) ? elements[index] : nil
      } else {
        here = here?[step]
      }
    }
    return here
  }

  private static let values: [JSONTree] = [
    .null, .bool(true), .bool(false), .string("yes"), .string("true"), .string("active"), .string("completed"),
    .string("permit"), .string("2026-01-01"), .string("assent"), .string(""), .array([]), .object([]), .number("1"),
    .array([.ordered(["valueBoolean": .bool(true)])]), .string("research"), .string("9990001375"), .string("HRESCH"),
  ]

  /// What denies, with the names on the way to it: a permission is right only where a change touched one of them.
  private static let denied: [(name: String, path: [String], value: JSONTree?, keys: Set<String>)] = [
    ("B no", ["@researchConfirmation2", "answer", "0", "valueBoolean"], .bool(false), ["researchConfirmation2"]),
    ("A missing", ["@researchConfirmation1", "answer"], .array([]), ["researchConfirmation1"]),
    ("status draft", ["status"], .string("in-progress"), ["status"]),
    ("form unknown", ["questionnaire"], .string("https://fhir.nhs.uk/Questionnaire/NGIS-ROD"), ["questionnaire"]),
    (
      "unsigned", ["@patientSignature", "answer", "0", "valueString"], .string(""),
      ["patientSignature", "remoteConsent", "attorney"]
    ),
    (
      "future", ["@datePatientCompletedForm", "answer", "0", "valueDateTime"], .string("2027-01-01"),
      ["datePatientCompletedForm"]
    ),
    ("no category", ["@patientCategory", "answer"], .array([]), ["patientCategory"]),
    ("invalid number", ["subject", "identifier", "value"], .string("9990001007"), ["subject"]),
    ("modifier", ["modifierExtension"], .array([.object([])]), ["modifierExtension"]),
  ]

  @Test("One to four random changes of each denied form", arguments: seeds(4))
  func denial(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let form = try FHIRFixture.tree("fhir/yes.json")
    var permitted = 0
    for denied in Self.denied {
      let start = form.setting(denied.path, denied.value)
      for _ in 0..<300 {
        var changed = start
        for _ in 0..<random.int(1...4) {
          let path = random.pick(Self.paths(changed).filter { !$0.isEmpty })
          changed = changed.setting(path, random.oneIn(4) ? nil : random.pick(Self.values))
        }
        guard let found = try? FHIRFixture.read([changed]) else { continue }
        for reading in found.readings {
          guard case .permit = reading.decision else { continue }
          permitted += 1
          // The parts of the form that the denial stands on must differ.
          let touched = denied.keys.contains { key in Self.part(start, key) != Self.part(changed, key) }
          #expect(touched, "\(denied.name): permitted, and nothing that denied it was changed")
        }
      }
    }
    // A field that denies may be set back by chance, seldom.
    #expect(permitted < 60)
  }

  /// The value of a top-level name, or the item of a linkId, or every item whose linkId begins with it.
  private static func part(_ tree: JSONTree, _ key: String) -> [JSONTree] {
    if let value = tree[key] { return [value] }
    var items: [JSONTree] = []
    func collect(_ tree: JSONTree) {
      if tree.text("linkId")?.hasPrefix(key) ?? false { items.append(tree) }
      for member in tree.members { collect(member.value) }
      for element in tree.elements { collect(element) }
    }
    collect(tree)
    return items
  }

  @Test(
    "Taking anything away from a form that permits never widens it, and the reader never traps", arguments: seeds(3))
  func removal(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for name in ["yes", "guardian", "remote", "ultra-rapid", "withdrawal", "trio.bundle"] {
      let form = try FHIRFixture.tree("fhir/\(name).json")
      for _ in 0..<200 {
        var changed = form
        for _ in 0..<random.int(1...3) {
          changed = changed.setting(
            random.pick(Self.paths(changed).filter { !$0.isEmpty }), random.oneIn(2) ? nil : random.pick(Self.values))
        }
        guard let found = try? FHIRFixture.read([changed]) else { continue }
        // What is written and read again permits nobody that was not permitted.
        let permitted = Set(
          found.readings.filter { if case .permit = $0.decision { true } else { false } }.map(\.participant))
        let again = try ConsentRecord.parse(ConsentRecord.file(found.records), path: "again")
        for record in again {
          let decision = ConsentDecision(
            participant: record.participant, record: record, today: try FHIRFixture.asOf().day)
          if case .permit = decision { #expect(permitted.contains(record.participant)) }
        }
      }
    }
  }
}
