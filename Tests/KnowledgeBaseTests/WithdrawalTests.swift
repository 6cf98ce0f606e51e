import Foundation
import GRDB
import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("A withdrawal leaves the base as if it had never held the person")
struct WithdrawalTests {
  static func list(_ participants: [String], on date: String = "2026-06-01") throws -> WithdrawalList {
    let day = try Generated.day(date)
    return WithdrawalList(
      participants.enumerated().map { WithdrawalList.Entry(participant: $1, date: day, line: $0 + 1) })
  }

  @discardableResult
  static func withdraw(_ participants: [String], from base: KnowledgeBase, on date: String = "2026-06-01") throws
    -> KnowledgeBase.Withdrawal
  {
    try base.withdraw(try list(participants, on: date), today: try Generated.day("2026-11-21"))
  }

  private static func added(_ parts: [ConsentedContribution], _ key: PseudonymKey) throws -> KnowledgeBase {
    let base = try KnowledgeBase(inMemory: key)
    _ = try base.add(parts)
    return base
  }

  /// Where loqusdb (commit 3db9c19) takes away from A what B's deletion did not count (reference/service.md section 9).
  @Test("Two cases with one variant: withdrawing B leaves A's count, withdrawing A then leaves nothing")
  func twoCases() throws {
    let reference = try Generated.reference()
    let key = PseudonymKey()
    func person(_ name: String, _ genotype: [AlleleGenotype.Allele]) throws -> ConsentedContribution {
      let one = Contribution.Observation(
        contig: reference.contigs[0].digest, start: 99, reference: "A", alternate: "C", form: .literal,
        genotype: AlleleGenotype(genotype))
      return try ConsentedContribution(
        Contribution(
          pseudonym: key.pseudonym(of: name), sex: .female, reference: reference, filters: .standard,
          callabilityBasis: "depth>=10", callable: [reference.contigs[0].digest: IntervalSet([0..<1000])],
          observations: [one]), try Generated.permission(name), key: key)
    }
    let (a, b) = (try person("A", [.reference, .this]), try person("B", [.this, .this]))
    let base = try Self.added([a, b], key)
    let question = try #require(Question("1-100-A-C"))
    #expect(try base.answers(to: question).first?.counts.ac == 3)
    try Self.withdraw(["B"], from: base)
    let left = try #require(try base.answers(to: question).first?.counts)
    #expect((left.ac, left.an, left.het, left.hom) == (1, 2, 1, 0))
    #expect(try base.digest() == (try Self.added([a], key).digest()))
    try Self.withdraw(["A"], from: base)
    #expect(try base.answers(to: question).isEmpty)
    #expect(try base.digest() == (try KnowledgeBase(inMemory: key).digest()))
  }

  @Test("10,000 random sequences of adding, withdrawing and adding again: the digest is a fresh build's every time")
  func sequences() throws {
    var random = SplitMix64()
    var isEverEmpty = false
    var (additions, returns, withdrawals) = (0, 0, 0)
    for _ in 0..<400 {
      let key = PseudonymKey()
      let base = try KnowledgeBase(inMemory: key)
      var held: [String: ConsentedContribution] = [:]
      var gone: [String: Int] = [:]
      // 25 sequences in one base, each of one to three steps.
      for sequence in 0..<25 {
        for _ in 0..<random.int(1...3) {
          let name = "P\(random.int(0...3))"
          let day = gone[name] ?? 0
          if held[name] != nil {
            try Self.withdraw([name], from: base, on: Self.day(day))
            held[name] = nil
            gone[name] = day + 1
            withdrawals += 1
          } else {
            let plain = try Generated.plain(name, key: key, using: &random, alleles: 4)
            // A choice of the day after the last withdrawal.
            let part = try ConsentedContribution(
              plain, try Generated.permission(name, date: Self.day(day)), key: key)
            #expect(try base.add([part]) == [.added])
            held[name] = part
            additions += 1
            if day > 0 { returns += 1 }
          }
        }
        let fresh = try Self.added(held.values.shuffled(using: &random), key)
        let expected = try fresh.read { try fresh.storedDigest($0) }
        #expect(try base.digest() == expected, "sequence \(sequence)")
        isEverEmpty = isEverEmpty || (held.isEmpty && !gone.isEmpty)
      }
    }
    #expect(isEverEmpty && additions > 8000 && returns > 5000 && withdrawals > 8000)
  }

  /// The day with a number, counted from the start of 2026.
  private static func day(_ number: Int) -> String {
    let (month, day) = (number / 28 + 1, number % 28 + 1)
    return "2026-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  @Test("Several people in one withdrawal, in any order; one whom the base does not hold changes nothing")
  func several() throws {
    var random = SplitMix64()
    let key = PseudonymKey()
    let parts = try (0..<5).map { try Generated.contribution("P\($0)", key: key, using: &random) }
    let base = try Self.added(parts, key)
    let before = try base.digest()
    let nobody = try Self.withdraw(["Q1", "Q2"], from: base)
    #expect(nobody.held == [false, false])
    #expect(nobody.certificate.digestBefore == before && nobody.certificate.digestAfter == before)
    #expect(nobody.certificate.withdrawn == 0 && nobody.certificate.notHeld == 2)
    #expect(try base.info().withdrawals == 0)
    let result = try Self.withdraw(["P3", "Q1", "P0"], from: base)
    #expect(result.held == [true, false, true])
    let expected = try Self.added([parts[4], parts[1], parts[2]], key).digest()
    #expect(try base.digest() == expected)
    #expect(result.certificate.digestBefore == before && result.certificate.digestAfter == expected)
    #expect(
      result.certificate.cells == parts[3].contribution.observations.count + parts[0].contribution.observations.count)
    let text = String(decoding: try result.certificate.json(), as: UTF8.self)
    for name in ["P0", "P3", "Q1"] {
      #expect(!text.contains(name) && !text.contains(key.pseudonym(of: name).text))
    }
  }

  @Test("Whoever withdrew is added again only by a later choice than the withdrawal")
  func laterChoice() throws {
    var random = SplitMix64()
    let key = PseudonymKey()
    let plain = try Generated.plain("P", key: key, using: &random)
    func part(_ date: String) throws -> ConsentedContribution {
      try ConsentedContribution(plain, try Generated.permission("P", date: date), key: key)
    }
    let base = try Self.added([try part("2026-03-01")], key)
    try Self.withdraw(["P"], from: base, on: "2026-06-01")
    for date in ["2026-03-01", "2026-06-01"] {
      let error = #expect(throws: PermissionError.self) { try base.add([try part(date)]) }
      #expect(error?.kind == .noConsent)
      #expect(error.map { !$0.description.contains("P ") } ?? false)
    }
    #expect(try base.info().contributions == 0)
    // An older withdrawal of somebody who is back changes the day to none earlier.
    #expect(try base.add([try part("2026-06-02")]) == [.added])
    try Self.withdraw(["P"], from: base, on: "2026-01-01")
    #expect(throws: PermissionError.self) { try base.add([try part("2026-06-01")]) }
    #expect(try base.add([try part("2026-06-02")]) == [.added])
  }

  @Test("Of the withdrawn person nothing is in the file: pseudonym, digest, blocks, alleles, words")
  func bytes() throws {
    var random = SplitMix64()
    let folder = try TemporaryFolder()
    let path = folder("kb")
    let base = try KnowledgeBase.create(path: path, purpose: .research)
    let reference = try Generated.reference()
    let unique = String(repeating: "GATTACAGATTTTCCCAG", count: 12)
    func person(_ name: String, _ alleles: Int) throws -> ConsentedContribution {
      var details = ContributionDetails()
      details.ancestry = "ancestry-of-\(name)"
      let observations = (0..<alleles).map { index in
        Contribution.Observation(
          contig: reference.contigs[index % 4].digest, start: random.int(0...250_000), reference: "A",
          alternate: "A" + (index % 50 == 0 ? name + unique : "C"), form: .literal,
          genotype: AlleleGenotype([.reference, .this]), genes: GeneSet(text: "GENE-\(name)|SYM-\(name)-\(index / 9)"),
          tier: "TIER-\(name)")
      }
      return try ConsentedContribution(
        Contribution(
          pseudonym: base.key.pseudonym(of: name), sex: .male, reference: reference, filters: .standard,
          callabilityBasis: nil, callable: [:], annotation: "cache", details: details, observations: observations),
        try Generated.permission(name), key: base.key)
    }
    // Others before, between and behind, small and large, so that pages are split, merged and used again.
    var gone: [ConsentedContribution] = []
    for index in 0..<12 {
      let name = index % 3 == 1 ? "LEAVES\(index)" : "STAYS\(index)"
      let part = try person(name, random.pick([3, 400, 3000]))
      _ = try base.add([part])
      if index % 3 == 1 { gone.append(part) }
    }
    var searched: [Data] = [Data("LEAVES".utf8)]
    for part in gone {
      searched.append(Data(part.contribution.pseudonym.text.utf8))
      searched.append(Data(part.contribution.digest.utf8))
    }
    let rows = try base.queue.read { db in
      try gone.indices.map {
        try Data.fetchAll(db, sql: "SELECT data FROM person_\($0 * 3 + 2) WHERE length(data) > 40")
      }
    }
    searched += rows.flatMap { $0 }.shuffled(using: &random).prefix(60).map { $0.prefix(40) }
    let before = Data(try folder.read("kb"))
    for needle in searched { #expect(before.range(of: needle) != nil, "the test searches for what was never there") }
    try Self.withdraw(["LEAVES1", "LEAVES7"], from: base)
    try Self.withdraw(["LEAVES4", "LEAVES10"], from: base)
    let after = Data(try folder.read("kb"))
    for (index, needle) in searched.enumerated() { #expect(after.range(of: needle) == nil, "\(index)") }
    #expect(after.range(of: Data("STAYS".utf8)) != nil)
    #expect(try folder.names == ["kb"])
    // Pages that nobody uses are zeros.
    let (check, free) = try base.queue.read { db in
      (try String.fetchAll(db, sql: "PRAGMA integrity_check"), try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0)
    }
    #expect(check == ["ok"])
    #expect(free > 10)
  }

  @Test("A file of participants: days, comments, and every slip is an error that names the line and nobody")
  func files() throws {
    let today = try Generated.day("2026-11-21")
    let list = try WithdrawalList(
      Array("# who\nA\n\nB\t2026-05-01\r\n".utf8), path: "f", today: today)
    #expect(list.entries.map(\.participant) == ["A", "B"])
    #expect(list.entries.map(\.line) == [2, 4])
    #expect(list.entries.map(\.date.description) == ["2026-11-21", "2026-05-01"])
    for text in ["", "# x\n", "SECRET\nSECRET\n", "SECRET\t2026-13-01", "SECRET\t2026-11-22", " SECRET", "A\tB\tC"] {
      let error = #expect(throws: InputError.self) { try WithdrawalList(Array(text.utf8), path: "f", today: today) }
      #expect(error.map { !$0.description.contains("SECRET") } ?? false)
    }
  }
}
