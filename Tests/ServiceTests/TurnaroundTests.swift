import EngineTestSupport
import Foundation
import Genomics
import Testing

@testable import Service

@Suite("Turnaround (reference/service.md 3)")
struct TurnaroundTests {
  private static let day = CalendarDate(year: 2026, month: 6, day: 1)

  @Test(
    "The tables' days, two versions side by side",
    arguments: [
      ("older", "ultra-rapid-3", 3), ("older", "ultra-rapid-7", 7), ("older", "rapid", 14),
      ("older", "complex-rapid", 21),
      ("older", "standard-somatic", 21), ("older", "standard-rare", 42), ("older", "complex-standard", 84),
      ("north-thames-newer", "complex-standard", 42), ("north-thames-newer", "urgent-5", 5), ("older", "urgent-5", nil),
      ("wgs-42", "central-wgs-a", 42), ("wgs-32", "central-wgs-a", 32), ("wgs-32", "central-wgs-b", 42),
      ("older", "central-wgs-a", nil), ("none", "rapid", nil),
    ] as [(String, String, Int?)])
  func standards(table: String, category: String, days: Int?) throws {
    let standard = TurnaroundStandards.builtIn.standard(
      table: table, category: category, on: try #require(Self.day))
    #expect(standard?.days == days)
  }

  @Test("A line holds from its first to its last day, and two lines of one day are refused")
  func dates() throws {
    let heading = TurnaroundStandards.columns.joined(separator: "\t") + "\n"
    func line(_ days: Int, _ from: String, _ to: String) -> String {
      "t\tc\t\(days)\tsample-received\treport-authorised\tstated\t\(from)\t\(to)\tx\ty\n"
    }
    let standards = try TurnaroundStandards(
      tsv: Array((heading + line(84, "", "2025-03-31") + line(42, "2025-04-01", "")).utf8), file: "t.tsv")
    for (day, days) in [("2020-01-01", 84), ("2025-03-31", 84), ("2025-04-01", 42), ("2030-01-01", 42)] {
      #expect(standards.standard(table: "t", category: "c", on: try #require(CalendarDate(day)))?.days == days)
    }
    for bad in [
      line(84, "", "2025-04-01") + line(42, "2025-04-01", ""), line(0, "", ""), line(1, "2025-02-30", ""),
      line(1, "2025-02-02", "2025-02-01"), "t\tc\t1\tx\treport-authorised\tstated\t\t\tx\ty\n", "t\tc\n", "",
    ] {
      #expect(throws: InputError.self) { try TurnaroundStandards(tsv: Array((heading + bad).utf8), file: "t.tsv") }
    }
  }

  @Test(
    "Which category a test falls into; unknown where the table does not establish it",
    arguments: [
      ("older", "QF-PCR", "routine", ["ultra-rapid-3"]), ("older", "WES", "urgent", ["complex-rapid"]),
      ("older", "WES", "routine", ["complex-standard"]), ("older", "Small panel", "routine", nil),
      ("older", "WES or Medium panel", "routine", nil),
      ("north-thames-newer", "Small panel", "routine", ["complex-standard"]),
      ("older", "Single gene sequencing <10 amplicons", "routine", ["standard-rare"]),
      ("older", "Single gene sequencing <10 amplicons", "urgent", nil), ("older", "Microarray", "urgent", ["rapid"]),
      ("older", "WGS", "routine", nil), ("wgs-32", "WGS", "routine", ["central-wgs-a", "central-wgs-b"]),
      ("wgs-32", "WGS", "urgent", nil), ("older", "Microarray", "soon", nil), ("none", "WES", "urgent", nil),
    ] as [(String, String, String, [String]?)])
  func categories(table: String, method: String, urgency: String, categories: [String]?) throws {
    let method = try #require(TestMethods.builtIn.method(spelled: method))
    #expect(
      TurnaroundCategories.builtIn.categories(table: table, method: method, urgency: urgency) == categories)
  }

  @Test("Every category that a rule names stands in its table, and every group belongs to a method")
  func consistency() throws {
    let day = try #require(Self.day)
    let groups = Set(TestMethods.builtIn.all.map(\.group))
    var rules = 0
    for table in TurnaroundStandards.builtIn.tables {
      for method in TestMethods.builtIn.all {
        for urgency in ["routine", "urgent"] {
          for category in TurnaroundCategories.builtIn.categories(table: table, method: method, urgency: urgency) ?? []
          {
            #expect(
              TurnaroundStandards.builtIn.standard(table: table, category: category, on: day) != nil, "\(category)")
            rules += 1
          }
        }
      }
    }
    #expect(rules > 50)
    let told = try RuleTable(
      PackageResources.turnaround_categories_tsv, file: "c", columns: TurnaroundCategories.columns
    ).rows.compactMap { $0.fields["group"] }
    #expect(Set(told).isSubset(of: groups))
  }

  private static let standard = TurnaroundStandard(
    table: "t", category: "c", days: 14, start: .sampleReceived, stop: .reportAuthorised, clock: .stated, examples: "",
    source: "")

  private static func event(_ kind: PathwayEvent.Kind, _ at: String, _ sample: String? = nil) -> PathwayEvent {
    PathwayEvent(kind, at: at, sample: sample)
  }

  private static let received = event(.sampleReceived, "2026-03-02T09:00:00+00:00")

  @Test(
    "Where a clock of 14 days stands",
    arguments: [
      ([received], "2026-03-02T10:00Z", .running(elapsed: 0, left: 14)),
      ([received], "2026-03-16T23:59:00Z", .running(elapsed: 14, left: 0)),
      ([received], "2026-03-17T00:00:00Z", .overdue(elapsed: 15, over: 1)),
      ([received, event(.reportAuthorised, "2026-03-16T23:59:59.5+0000")], "2026-05-01T00:00Z", .met(elapsed: 14)),
      (
        [received, event(.reportAuthorised, "2026-03-17T00:00:00+00:00")], "2026-05-01T00:00Z",
        .missed(elapsed: 15, over: 1)
      ),
      ([received, event(.reportIssued, "2026-03-05T09:00Z")], "2026-03-06T00:00Z", .running(elapsed: 4, left: 10)),
      ([event(.reportAuthorised, "2026-03-05T09:00Z")], "2026-03-06T00:00Z", .unknown(.notStarted)),
      ([], "2026-03-06T00:00Z", .unknown(.notStarted)),
      ([received, received], "2026-03-06T00:00Z", .running(elapsed: 4, left: 10)),
      ([received, event(.sampleReceived, "2026-03-03T09:00Z")], "2026-03-06T00:00Z", .unknown(.ambiguous)),
      ([event(.sampleReceived, "2026-03-02T09:00:00")], "2026-03-06T00:00Z", .unknown(.unreadableTime)),
      ([event(.sampleReceived, "02/03/2026")], "2026-03-06T00:00Z", .unknown(.unreadableTime)),
      ([received, event(.reportAuthorised, "2026-03-02T08:00Z")], "2026-03-06T00:00Z", .unknown(.contradictory)),
      ([received, event(.reportAuthorised, "2026-03-08T08:00Z")], "2026-03-06T00:00Z", .unknown(.contradictory)),
      ([received], "2026-03-01T00:00Z", .unknown(.contradictory)),
      ([received, event(.cancelled, "2026-03-04T00:00Z")], "2026-04-06T00:00Z", .cancelled),
      (
        [received, event(.reportAuthorised, "2026-03-03T09:00Z"), event(.cancelled, "2026-03-04T00:00Z")],
        "2026-04-06T00:00Z", .met(elapsed: 1)
      ),
    ] as [([PathwayEvent], String, TurnaroundState)])
  func clock(events: [PathwayEvent], now: String, state: TurnaroundState) throws {
    #expect(Self.standard.state(of: events, at: try #require(ZonedTime(now))) == state)
  }

  @Test("Each sample has its own clock, and what belongs to no sample counts for all")
  func samples() throws {
    let events = [
      Self.event(.sampleReceived, "2026-03-02T09:00Z", "a"), Self.event(.sampleReceived, "2026-03-06T09:00Z", "b"),
      Self.event(.reportAuthorised, "2026-03-18T09:00Z"),
    ]
    let now = try #require(ZonedTime("2026-04-01T00:00Z"))
    #expect(Self.standard.state(of: events, sample: "a", at: now) == .missed(elapsed: 16, over: 2))
    #expect(Self.standard.state(of: events, sample: "b", at: now) == .met(elapsed: 12))
    #expect(Self.standard.state(of: events, at: now) == .unknown(.ambiguous))
  }

  @Test("Days are England's: summer time, and zones of other places")
  func zones() throws {
    let days = TurnaroundStandard(
      table: "t", category: "c", days: 1, start: .dnaReceived, stop: .dataDispatched, clock: .stated, examples: "",
      source: "")
    func elapsed(_ start: String, _ stop: String) throws -> Int? {
      days.state(
        of: [Self.event(.dnaReceived, start), Self.event(.dataDispatched, stop)],
        at: try #require(ZonedTime("2027-01-01T00:00Z"))
      ).daysTaken
    }
    // Clocks go forward on 29 March 2026 at 1:00 UTC: 23:30 UTC on the 30th is 0:30 on the 31st in England.
    #expect(try elapsed("2026-03-29T00:30:00+00:00", "2026-03-30T23:30:00+00:00") == 2)
    #expect(try elapsed("2026-03-28T23:30:00+00:00", "2026-03-29T00:30:00+00:00") == 1)
    // And back on 25 October: 23:30 UTC on the 24th is already the 25th.
    #expect(try elapsed("2026-10-24T23:30:00Z", "2026-10-25T23:30:00Z") == 0)
    #expect(try elapsed("2026-06-01T02:00:00+05:30", "2026-06-01T02:00:00+01:00") == 1)
    #expect(try elapsed("2026-02-28T12:00Z", "2026-03-01T12:00Z") == 1)
  }

  @Test("The day in England is Foundation's in Europe/London", arguments: seeds(10))
  func againstFoundation(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "Europe/London"))
    let form = ISO8601DateFormatter()
    for _ in 0..<2000 {
      let instant = random.int(820_454_400...2_145_916_800)
      let date = Date(timeIntervalSince1970: Double(instant))
      let offset = random.pick([0, 3600, -18_000, 19_800, 45_900])
      form.timeZone = try #require(TimeZone(secondsFromGMT: offset))
      let time = try #require(ZonedTime(form.string(from: date)))
      #expect(time.secondsSince1970 == instant)
      let parts = calendar.dateComponents([.year, .month, .day], from: date)
      #expect(
        time.dayInEngland
          == CalendarDate(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0), "\(instant)")
    }
  }

  @Test("The hours round the change of the clocks, every year", arguments: 1996...2037)
  func changes(year: Int) throws {
    let zone = try #require(TimeZone(identifier: "Europe/London"))
    var instant = Date(
      timeIntervalSince1970: Double(try #require(CalendarDate("\(year)-01-01")).daysSince1970 * 86_400))
    for _ in 0..<2 {
      instant = try #require(zone.nextDaylightSavingTimeTransition(after: instant))
      for shift in [-7200, -3601, -3600, -1, 0, 1, 3599, 3600] {
        let moved = instant.addingTimeInterval(Double(shift))
        let local = Int(moved.timeIntervalSince1970) + zone.secondsFromGMT(for: moved)
        let text = ISO8601DateFormatter().string(from: moved)
        #expect(ZonedTime(text)?.dayInEngland == CalendarDate(secondsSince1970: local), "\(text)")
      }
    }
  }

  @Test("Every day goes to its number and back")
  func dayNumbers() throws {
    for number in stride(from: -700_000, to: 2_900_000, by: 37) {
      let day = try #require(CalendarDate(secondsSince1970: number * 86_400))
      #expect(day.daysSince1970 == number)
    }
  }

  @Test(
    "Times that are none, or have no zone",
    arguments: [
      "", "2026-03-29", "2026-03-29T00:30", "2026-03-29 00:30Z", "2026-02-30T00:30Z", "2026-03-29T24:00Z",
      "2026-03-29T00:60Z", "2026-03-29T00:00:60Z", "2026-03-29T00:00+15:00", "2026-03-29T00:00+0", "26-03-29T00:00Z",
      "2026-03-29T00:00z", "2026-03-29T00:00:00,5Z",
    ])
  func times(text: String) { #expect(ZonedTime(text) == nil) }
}
