import Foundation
import GRDB
import Genomics
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("The base is a fold over contributions")
struct FoldTests {
  private static func folded(_ parts: [ConsentedContribution], _ key: PseudonymKey) throws -> KnowledgeBase {
    let base = try KnowledgeBase(inMemory: key)
    _ = try base.add(parts)
    return base
  }

  @Test(
    "1,200 random sequences of adding give one digest each set, equal to a from-scratch fold; other sets give others")
  func orders() throws {
    var random = SplitMix64()
    var seen: Set<String> = []
    for _ in 0..<60 {
      let key = PseudonymKey()
      let parts = try (0..<random.int(2...5)).map { try Generated.contribution("P\($0)", key: key, using: &random) }
      // A scratch base under another key: the digest is of the data alone.
      let otherKey = PseudonymKey()
      let scratch = try Self.folded(
        parts.map { part in
          let one = part.contribution
          let participant = try #require((0..<5).map { "P\($0)" }.first { key.pseudonym(of: $0) == one.pseudonym })
          return try ConsentedContribution(
            Contribution(
              pseudonym: otherKey.pseudonym(of: participant), sex: one.sex, reference: one.reference,
              filters: one.filters, callabilityBasis: one.callabilityBasis, callable: one.callable,
              annotation: one.annotation, details: one.details, observations: one.observations),
            try Generated.permission(participant),
            key: otherKey)
        }, otherKey
      ).digest()
      for _ in 0..<20 {
        let base = try KnowledgeBase(inMemory: key)
        var rest = (parts + parts.prefix(random.int(0...2))).shuffled(using: &random)
        while !rest.isEmpty {
          let count = random.int(1...rest.count)
          _ = try base.add(Array(rest.prefix(count)))
          rest.removeFirst(count)
        }
        #expect(try base.digest() == scratch)
      }
      #expect(seen.insert(scratch).inserted)
    }
  }

  @Test("Adding twice changes nothing, not a byte of the answers")
  func twice() throws {
    var random = SplitMix64()
    let folder = try TemporaryFolder()
    let base = try KnowledgeBase.create(path: folder("kb"), purpose: .research)
    let part = try Generated.contribution("P", key: base.key, using: &random)
    #expect(try base.add([part]) == [.added])
    let (digest, info) = (try base.digest(), try base.info())
    #expect(try base.add([part]) == [.present])
    #expect(try base.digest() == digest)
    #expect(try base.info() == info)
    let other = try Generated.contribution("P", key: base.key, using: &random)
    #expect(throws: KnowledgeBaseError.self) { try base.add([other]) }
    #expect(try base.digest() == digest)
    #expect(try folder.names == ["kb"])
  }

  @Test("A digest does not hold where a row was changed behind the base's back")
  func changedRow() throws {
    var random = SplitMix64(seed: 4)
    let base = try KnowledgeBase(inMemory: PseudonymKey())
    _ = try base.add([try Generated.contribution("P", key: base.key, using: &random, alleles: 30)])
    _ = try base.digest()
    // The last byte of the first block is of an allele.
    let changed = try base.queue.write { db in
      let key = PersonTable.key(.block)
      let row = try #require(
        try Row.fetchOne(db, sql: "SELECT id, data FROM person_1 WHERE id >= ? AND length(data) > 8", arguments: [key]))
      var data: Data = row["data"]
      data[data.count - 1] ^= 2
      try db.execute(sql: "UPDATE person_1 SET data = ? WHERE id = ?", arguments: [data, row["id"] as Int64])
      return db.changesCount
    }
    #expect(changed == 1)
    #expect(throws: KnowledgeBaseError.self) { try base.digest() }
  }

  @Test("AC, AN, hom, het, hemi equal a naive count, at every site and for alleles that nobody has")
  func counts() throws {
    var random = SplitMix64()
    for _ in 0..<150 {
      let key = PseudonymKey()
      let parts = try (0..<random.int(1...12)).map { try Generated.contribution("P\($0)", key: key, using: &random) }
      let base = try Self.folded(parts, key)
      for site in Generated.sites {
        var sizes: Set<Int> = []
        for alternate in ["C", "G", "CT", "T"] {
          let name = Generated.names[site.contig]
          let answers = try base.answers(
            to: .variant(contig: name, start: site.start, reference: "A", alternate: alternate))
          let counts = try #require(answers.first).counts
          let expected = NaiveCounts(parts.map(\.contribution), contig: name, start: site.start, alternate: alternate)
          #expect(NaiveCounts(counts) == expected, "\(name) \(site.start) \(alternate)")
          #expect(counts.ac <= counts.an && counts.callableAC <= counts.callableAN)
          sizes.insert(counts.an)
        }
        #expect(sizes.count == 1, "AN is the same for every allele of a site")
      }
    }
  }

  @Test("A region gives the alleles that begin in it, each with the counts of its own question")
  func regions() throws {
    var random = SplitMix64(seed: 11)
    let key = PseudonymKey()
    let base = try Self.folded(
      try (0..<8).map { try Generated.contribution("P\($0)", key: key, using: &random) }, key)
    let question = try #require(Question("chr1:101-102"))
    let answers = try base.answers(to: question)
    #expect(!answers.isEmpty)
    for answer in answers {
      #expect((101...102).contains(answer.position.value))
      let again = try base.answers(
        to: try #require(Question("1-\(answer.position)-\(answer.reference)-\(answer.alternate)")))
      #expect(again == [answer])
      #expect(try base.answers(to: .allele(vrs: try #require(answer.vrs))) == [answer])
    }
    #expect(throws: KnowledgeBaseError.self) { try base.answers(to: .region(contig: "7", 0..<5)) }
  }
}

/// Counting written again, person by person and case by case, from the rules and not from the code.
struct NaiveCounts: Equatable, CustomStringConvertible {
  var ac = 0, an = 0, hom = 0, het = 0, hemi = 0, people = 0, unknown = 0
  var description: String { "ac \(ac) an \(an) hom \(hom) het \(het) hemi \(hemi) people \(people) unknown \(unknown)" }

  init(_ counts: AlleleCounts) {
    (ac, an, hom, het, hemi) = (counts.ac, counts.an, counts.hom, counts.het, counts.hemi)
    (people, unknown) = (counts.people, counts.unknown)
  }

  init(_ people: [Contribution], contig: String, start: Int, alternate: String) {
    for person in people {
      guard let digest = person.reference.contigs.first(where: { $0.name == contig })?.digest else { continue }
      if contig == "Y" && person.sex == .female { continue }
      let isPAR = contig == "X" && start >= 10_000 && start < 2_781_479
      let isHaploid = (contig == "Y" || (contig == "X" && !isPAR)) && person.sex == .male
      let here = person.observations.filter { $0.contig == digest && $0.start == start }
      let covered = person.callable[digest]?.ranges.contains { $0.contains(start) } ?? false
      let texts = here.map { $0.genotype.text.filter { $0 != "/" && $0 != "|" } }
      var known = texts.map { $0.filter { $0 != "." }.count }.max() ?? 0
      if here.isEmpty, covered {
        if contig == "MT" || isHaploid {
          known = 1
        } else if contig == "1" || isPAR || (contig == "X" && person.sex == .female) {
          known = 2
        }
      }
      if contig == "MT" { known = min(known, 1) }
      if isHaploid {
        known = texts.contains { Set($0.filter { $0 != "." }).count > 1 } ? 0 : min(known, 1)
      }
      guard known > 0 else {
        unknown += 1
        continue
      }
      self.people += 1
      an += known
      guard let own = here.first(where: { $0.alternate == alternate })?.genotype.text else { continue }
      let ones = own.filter { $0 == "1" }.count
      let others = own.filter { $0 == "0" || $0 == "2" }.count
      let dots = own.filter { $0 == "." }.count
      switch (contig == "MT", isHaploid || ones + others + dots == 1) {
      case (true, _):
        ac += 1
        if others == 0 { hom += 1 } else { het += 1 }
      case (_, true):
        ac += 1
        hemi += 1
      default:
        ac += ones
        if others > 0 { het += 1 } else if dots == 0 { hom += 1 }
      }
    }
  }
}
