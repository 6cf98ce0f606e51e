import Foundation
import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

extension PostgreSQLTests {
  /// What must be found of a person before a withdrawal, and nowhere after it: the pseudonym, the contribution's digest,
  /// and the middle of each longer row.
  private func traces(of name: String, in base: KnowledgeBase) throws -> [String: Data] {
    let pseudonym = base.key.pseudonym(of: name).text
    return try base.read { db in
      let row = try #require(try db.row("SELECT id, digest FROM contribution WHERE pseudonym = ?", [pseudonym]))
      var traces = ["pseudonym": Data(pseudonym.utf8), "digest": Data(try row.text("digest").utf8)]
      let cursor = try db.rows(of: try row.integer("id"), nil)
      while let key = cursor.key {
        if let bytes = cursor.bytes, bytes.count > 64 {
          traces["row \(key)"] = Data(bytes[(bytes.count / 2)...].prefix(32))
        }
        try cursor.advance()
      }
      return traces
    }
  }

  /// A person with blocks that nobody else has.
  private func person(_ name: String, _ key: PseudonymKey, _ random: inout SplitMix64) throws -> ConsentedContribution {
    let reference = try Generated.reference()
    var used: Set<Int> = []
    let observations = (0..<2000).compactMap { index -> Contribution.Observation? in
      let start = random.int(0...290_000)
      guard used.insert(start).inserted else { return nil }
      return Contribution.Observation(
        contig: reference.contigs[index % 3].digest, start: start, reference: "A",
        alternate: random.pick(["C", "G", "T"]),
        form: .literal, genotype: AlleleGenotype([.reference, .this]), genes: GeneSet(text: "G\(random.int(0...99))|"))
    }
    return try ConsentedContribution(
      Contribution(
        pseudonym: key.pseudonym(of: name), sex: .male, reference: reference, filters: .standard, callabilityBasis: nil,
        callable: [:], annotation: "cache", observations: observations),
      try Generated.permission(name), key: key)
  }

  @Test("After a withdrawal no file of the server's databases holds a byte of the person")
  func traces() throws {
    var random = SplitMix64()
    let address = try cluster.database("traces")
    let base = try KnowledgeBase.create(path: address, purpose: .research)
    _ = try base.add(try (0..<4).map { try person("P\($0)", base.key, &random) })
    _ = try base.classify(Self.events())
    // The server looks at values for its planner, and keeps some.
    try cluster.sql("ANALYZE", in: "traces")
    let (leaving, staying) = (try traces(of: "P1", in: base), try traces(of: "P2", in: base))
    #expect(leaving.count > 10 && staying.count > 10)
    func found(_ traces: [String: Data]) throws -> Set<String> {
      let files = try cluster.files()
      return Set(traces.filter { trace in files.contains { $0.bytes.range(of: trace.value) != nil } }.keys)
    }
    #expect(try found(leaving) == Set(leaving.keys), "the search finds what is there")
    let digest = try base.digest()
    try WithdrawalTests.withdraw(["P1"], from: base)
    #expect(try base.digest() != digest)
    #expect(try found(leaving) == [])
    #expect(try found(staying) == Set(staying.keys))
    #expect(try base.verify().problems == [])
    // Nobody is left, nor any shelf.
    try WithdrawalTests.withdraw(["P0", "P2", "P3"], from: base)
    #expect(try found(staying) == [])
    #expect(try base.verify().problems == [])
  }

  @Test("Who reads sees the base as it was, and a withdrawal waits, or is told that the base is busy")
  func readers() throws {
    var random = SplitMix64()
    let twins = try twins("readers")
    try twins.add(try (0..<3).map { try Generated.contribution("P\($0)", key: twins.file.key, using: &random) })
    let other = try KnowledgeBase(path: cluster.address("readers"))
    let digest = try twins.server.digest()
    try other.read { db in
      #expect(try other.storedDigest(db) == digest)
      let error = #expect(throws: KnowledgeBaseError.self) { try WithdrawalTests.withdraw(["P1"], from: twins.server) }
      #expect(error?.kind == .busy)
      // Adding waits for nobody, and is not seen.
      try twins.add([try Generated.contribution("P7", key: twins.file.key, using: &random)])
      #expect(try other.storedDigest(db) == digest)
      let reference = try other.reference(db)
      for person in try other.people(db) {
        #expect(try other.contentDigest(of: person, reference, db) == person.digest)
      }
    }
    try twins.withdraw(try WithdrawalTests.list(["P1"]))
    try twins.areEqual(&random)
    #expect(try other.digest() == twins.file.digest())
  }
}
