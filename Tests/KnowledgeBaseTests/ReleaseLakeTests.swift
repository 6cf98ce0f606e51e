import Foundation
import GenomicFiles
import Genomics
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("The lake", .enabled(if: Peer.has("duckdb")))
struct ReleaseLakeTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test("The lake's digest is the base's; a withdrawal makes the next generation, and older ones are refused")
  func generations() throws {
    var random = SplitMix64()
    let base = try KnowledgeBase.create(path: folder("kb"), purpose: .research)
    let parts = try (0..<7).map { try Generated.contribution("P\($0)", key: base.key, using: &random) }
    _ = try base.add(parts)
    let first = try base.exportLake(to: folder("lake"))
    #expect(first == LakeSummary(generation: 1, digest: try base.digest(), isUnchanged: false))
    #expect(try base.verifyLake(folder("lake")).digest == first.digest)
    #expect(try base.exportLake(to: folder("lake")).isUnchanged)
    #expect(try base.verify().problems == [])
    #expect(
      try Set(FileManager.default.contentsOfDirectory(atPath: folder("lake"))) == ["lake.json", "generation-1"])
    try FileManager.default.copyItem(atPath: folder("lake"), toPath: folder("old"))
    try FileManager.default.copyItem(atPath: folder("kb"), toPath: folder("backup"))
    let day = try Generated.day("2026-11-22")
    _ = try base.withdraw(WithdrawalList([.init(participant: "P3", date: day, line: 1)]), today: day)
    #expect(throws: ReleaseError.self) { try base.verifyLake(folder("lake")) }
    let second = try base.exportLake(to: folder("lake"))
    #expect(second.generation == 2 && second.digest != first.digest)
    let without = try KnowledgeBase(inMemory: base.key)
    _ = try without.add(parts.filter { $0.contribution.pseudonym != base.key.pseudonym(of: "P3") })
    #expect(second.digest == (try without.digest()))
    #expect(try Set(FileManager.default.contentsOfDirectory(atPath: folder("lake"))) == ["lake.json", "generation-2"])
    for refused in [folder("old")] {
      let error = #expect(throws: ReleaseError.self) { try base.verifyLake(refused) }
      #expect(error?.kind == .withheld)
    }
    // A copy of the base from before the withdrawal does not write over the newer lake.
    let error = #expect(throws: ReleaseError.self) {
      try KnowledgeBase(path: folder("backup")).exportLake(to: folder("lake"))
    }
    #expect(error?.kind == .withheld)
    #expect(try base.verifyLake(folder("lake")).generation == 2)
  }

  @Test("An empty base has a lake; a changed row is found; what is no lake is not written into")
  func edges() throws {
    var random = SplitMix64()
    let empty = try KnowledgeBase.create(path: folder("empty"), purpose: .research)
    #expect(try empty.exportLake(to: folder("none")).digest == (try empty.digest()))
    let base = try KnowledgeBase.create(path: folder("kb"), purpose: .research)
    _ = try base.add(
      try (0..<3).map { try Generated.contribution("P\($0)", key: base.key, using: &random, alleles: 20) })
    _ = try base.exportLake(to: folder("lake"))
    let rows = folder("lake/generation-1/people/data.parquet")
    try Peer.run(
      "duckdb -c \"COPY (SELECT * REPLACE ('unknown' AS sex) FROM read_parquet('\(rows)')) TO 'x.parquet'\" && mv x.parquet '\(rows)'",
      in: folder)
    #expect(throws: InputError.self) { try base.verifyLake(folder("lake")) }
    try FileManager.default.createDirectory(atPath: folder("mine"), withIntermediateDirectories: true)
    try folder.write("x", to: "mine/file")
    #expect(throws: OutputError.self) { try base.exportLake(to: folder("mine")) }
  }

  @Test("Sorted by place within a contig's partition, and the contig is a column to those who ask for it")
  func order() throws {
    var random = SplitMix64()
    let base = try KnowledgeBase.create(path: folder("kb"), purpose: .research)
    _ = try base.add(
      try (0..<9).map { try Generated.contribution("P\($0)", key: base.key, using: &random, alleles: 20) })
    _ = try base.exportLake(to: folder("lake"))
    let sql =
      "SELECT contig, count(*) FROM read_parquet('lake/generation-1/observations/*/*.parquet', hive_partitioning = true) GROUP BY contig ORDER BY contig"
    let text = try Peer.run("duckdb -csv -noheader -c \"\(sql)\"", in: folder).text
    #expect(text.split(separator: "\n").count > 1)
    let starts = try Peer.run(
      "duckdb -csv -noheader -c \"SELECT start FROM read_parquet('lake/generation-1/observations/contig=1/data.parquet')\"",
      in: folder
    ).text.split(separator: "\n").compactMap { Int($0) }
    #expect(starts == starts.sorted() && !starts.isEmpty)
  }
}
