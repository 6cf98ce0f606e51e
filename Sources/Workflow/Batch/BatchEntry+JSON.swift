import Reports
import Service

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension BatchEntry {
  /// The members of an entry of `batch.json`; `outcome.json` has its schema before them.
  var members: [JSONValue.Member] {
    func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
    var members: [JSONValue.Member] = [
      .init("case", .string(name)),
      .init("state", .string(state.rawValue)),
      .init("verdict", optional(verdict?.rawValue)),
      .init("samples", .array(samples.map(JSONValue.string))),
      .init("holds", .array(holds.map(JSONValue.string))),
      .init("report", .bool(hasReport)),
    ]
    if let tiers {
      let counts = tiers.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .integer($0.value)) }
      members.append(.init("tiers", .object(counts)))
    }
    if let reads { members.append(.init("reads", .integer(reads))) }
    if let meanDepth { members.append(.init("depth", .number(meanDepth))) }
    if let records { members.append(.init("records", .integer(records))) }
    if !clocks.isEmpty { members.append(.init("turnaround", .array(clocks.map(\.json)))) }
    for (key, value) in [("test", testCode), ("laboratory", laboratory), ("referral", referral)] {
      if let value { members.append(.init(key, .string(value))) }
    }
    if let failure { members.append(.init("error", failure.json)) }
    return members
  }

  /// The content of `outcome.json`.
  var json: JSONValue { .object([.init("schema", .string("apus-outcome/1"))] + members) }
}

extension BatchEntry.Failure {
  fileprivate var json: JSONValue {
    guard let code else { return .object([.init("message", .string(message))]) }
    return .object([
      .init("code", .string(code)), .init("file", file.map(JSONValue.string) ?? .null),
      .init("record", record.map(JSONValue.integer) ?? .null),
      .init("offset", offset.map(JSONValue.integer) ?? .null), .init("message", .string(message)),
    ])
  }
}

extension CaseClock {
  /// What is told, and behind it what the state is made of, so that it can be read again.
  fileprivate var json: JSONValue {
    let line = told
    var members: [JSONValue.Member] = [
      .init("table", .string(line.table)),
      .init("category", line.category.map(JSONValue.string) ?? .null),
      .init("standard", line.standard.map(JSONValue.integer) ?? .null),
      .init("state", .string(line.state)), .init("detail", .string(line.detail)),
    ]
    switch state {
    case .unknown(let reason): members.append(.init("reason", .string(reason.rawValue)))
    case .running(let elapsed, let left):
      members += [.init("elapsed", .integer(elapsed)), .init("left", .integer(left))]
    case .overdue(let elapsed, let over), .missed(let elapsed, let over):
      members += [.init("elapsed", .integer(elapsed)), .init("over", .integer(over))]
    case .met(let elapsed): members.append(.init("elapsed", .integer(elapsed)))
    case .cancelled, nil: break
    }
    return .object(members)
  }
}

extension BatchEntry: Decodable {
  private enum Key: String, CodingKey {
    case name = "case"
    case state, verdict, samples, holds, report, tiers, reads, depth, records, turnaround, test, laboratory, referral
    case error
  }

  /// What an earlier version did not write is left empty.
  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    name = try values.decode(String.self, forKey: .name)
    state = try values.decode(CaseState.self, forKey: .state)
    verdict = try values.decodeIfPresent(VerdictOutcome.self, forKey: .verdict)
    samples = try values.decodeIfPresent([String].self, forKey: .samples) ?? []
    holds = try values.decodeIfPresent([String].self, forKey: .holds) ?? []
    hasReport = try values.decodeIfPresent(Bool.self, forKey: .report) ?? false
    tiers = try values.decodeIfPresent([String: Int].self, forKey: .tiers)
    reads = try values.decodeIfPresent(Int.self, forKey: .reads)
    meanDepth = try values.decodeIfPresent(Double.self, forKey: .depth)
    records = try values.decodeIfPresent(Int.self, forKey: .records)
    clocks = try values.decodeIfPresent([StoredClock].self, forKey: .turnaround)?.map(\.clock) ?? []
    testCode = try values.decodeIfPresent(String.self, forKey: .test)
    laboratory = try values.decodeIfPresent(String.self, forKey: .laboratory)
    referral = try values.decodeIfPresent(String.self, forKey: .referral)
    failure = try values.decodeIfPresent(Failure.self, forKey: .error)
  }
}

private struct StoredClock: Decodable {
  var table: String
  var category: String?
  var standard: Int?
  var state: String
  var reason: String?
  var elapsed: Int?
  var left: Int?
  var over: Int?

  var clock: CaseClock { CaseClock(table: table, category: category, standard: standard, state: told) }

  private var told: TurnaroundState? {
    switch (state, elapsed, left, over) {
    case ("unknown", _, _, _): reason.flatMap { TurnaroundState.Unknown(rawValue: $0) }.map { .unknown($0) }
    case ("cancelled", _, _, _): .cancelled
    case ("running", let elapsed?, let left?, _): .running(elapsed: elapsed, left: left)
    case ("overdue", let elapsed?, _, let over?): .overdue(elapsed: elapsed, over: over)
    case ("missed", let elapsed?, _, let over?): .missed(elapsed: elapsed, over: over)
    case ("met", let elapsed?, _, _): .met(elapsed: elapsed)
    default: nil
    }
  }
}
