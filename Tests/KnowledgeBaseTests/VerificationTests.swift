import Foundation
import GRDB
import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("Verifying finds what was planted")
struct VerificationTests {
  /// A base with something in every table.
  static func filled(_ path: String, people: Int = 4, alleles: Int = 12) throws -> KnowledgeBase {
    var random = SplitMix64(seed: 21)
    let base = try KnowledgeBase.create(path: path, purpose: .research)
    for index in 0..<people {
      _ = try base.add([try Generated.contribution("P\(index)", key: base.key, using: &random, alleles: alleles)])
    }
    let events = try ["Pathogenic", "Benign"].map { name in
      ClassificationEvent.Entry(
        event: ClassificationEvent(
          contig: "1", start: 100, reference: "A", alternate: "C", kind: .germline, classification: name,
          date: try Generated.day("2026-05-01"), revision: 0, criteria: ["PM2"], laboratory: "699M0", versions: [:]),
        participant: "P1")
    }
    _ = try base.classify(events)
    try WithdrawalTests.withdraw(["P0"], from: base)
    return base
  }

  /// Every row of every table, with the types of its values.
  private static func dump(_ path: String) throws -> [String] {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }
    return try queue.read { db in
      var lines = [
        "\(try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0) \(try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0)"
      ]
      for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") {
        for row in try Row.fetchAll(db, sql: "SELECT * FROM \(name)") {
          let values = row.databaseValues.map { value in
            if case .blob(let data) = value.storage { "blob \(hexadecimal(data))" } else { "\(value.storage)" }
          }
          lines.append("\(name): \(values)")
        }
      }
      return lines
    }
  }

  private static func isClean(_ path: String) -> Bool {
    guard let base = try? KnowledgeBase(path: path), let found = try? base.verify() else { return false }
    return found.problems.isEmpty
  }

  @Test("A base as it was made is clean, and its digest is told")
  func clean() throws {
    let folder = try TemporaryFolder()
    let base = try Self.filled(folder("kb"))
    let found = try base.verify()
    #expect(found.problems.isEmpty)
    #expect(found.digest == (try base.digest()))
    #expect(found.contributions == 3 && found.classifications == 2 && found.rows > 10)
  }

  @Test("Every row and every value of every table: taken away, doubled or changed, it is found")
  func rows() throws {
    let folder = try TemporaryFolder()
    try Self.filled(folder("kb")).close()
    let tables = try DatabaseQueue(path: folder("kb")).read {
      try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'").filter {
        // The ledger of releases has a check of its own.
        !$0.hasPrefix("release")
      }
    }
    #expect(tables.contains("person_2") && tables.contains("withdrawal") && tables.contains("classification"))
    var planted = 0
    for table in tables {
      let queue = try DatabaseQueue(path: folder("kb"))
      let (count, columns) = try queue.read { db in
        (
          try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0, try db.columns(in: table).map(\.name)
        )
      }
      for row in 0..<min(count, 12) {
        var changes = ["DELETE FROM \(table) WHERE"]
        changes += columns.map {
          "UPDATE \(table) SET \"\($0)\" = CASE typeof(\"\($0)\") WHEN 'integer' THEN \"\($0)\" + 1000003 WHEN 'blob' THEN CAST(zeroblob(length(\"\($0)\")) AS BLOB) WHEN 'null' THEN 'x' ELSE \"\($0)\" || 'x' END WHERE"
        }
        for change in changes {
          let path = folder("copy")
          try? FileManager.default.removeItem(atPath: path)
          try FileManager.default.copyItem(atPath: folder("kb"), toPath: path)
          let copy = try DatabaseQueue(path: path)
          let isWithoutRowid = ["meta", "withdrawal"].contains(table)
          let key = isWithoutRowid ? columns[0] : "rowid"
          // What the table itself refuses is not planted.
          guard
            (try? copy.write({ db in
              try db.execute(
                sql: "\(change) \(key) = (SELECT \(key) FROM \(table) ORDER BY \(key) LIMIT 1 OFFSET \(row))")
            })) != nil
          else { continue }
          try copy.close()
          planted += 1
          #expect(!Self.isClean(path), "\(change) row \(row)")
        }
      }
    }
    #expect(planted > 150)
  }

  @Test("Bytes of the file: flipped, each is found or nothing that is read differs")
  func bytes() throws {
    var random = SplitMix64()
    let folder = try TemporaryFolder()
    try Self.filled(folder("kb")).close()
    let whole = try folder.read("kb")
    let before = try Self.dump(folder("kb"))
    var found = 0
    for _ in 0..<400 {
      var bytes = whole
      // Most of a small base is empty: what holds something is chosen more often.
      var place = random.int(0...(bytes.count - 1))
      if random.chance(0.8) {
        while bytes[place] == 0 { place = random.int(0...(bytes.count - 1)) }
      }
      bytes[place] ^= UInt8(1 << random.int(0...7))
      try folder.write(bytes, to: "copy")
      if Self.isClean(folder("copy")) {
        #expect((try? Self.dump(folder("copy"))) == before, "byte \(place)")
      } else {
        found += 1
      }
    }
    #expect(found > 200)
  }

  @Test("A backup is the same base, made while it is in use; it never replaces a file")
  func backup() throws {
    var random = SplitMix64()
    let folder = try TemporaryFolder()
    let base = try Self.filled(folder("kb"))
    try base.backUp(to: folder("copy"))
    let copy = try KnowledgeBase(path: folder("copy"))
    #expect(try copy.verify().digest == base.digest())
    _ = try base.add([try Generated.contribution("P9", key: base.key, using: &random)])
    #expect(try copy.digest() != base.digest())
    let error = #expect(throws: KnowledgeBaseError.self) { try base.backUp(to: folder("copy")) }
    #expect(error?.kind == .exists)
    #expect(try folder.names == ["kb", "copy"])
    // The withdrawn are not let in again through the copy.
    let part = try Generated.contribution("P0", key: base.key, using: &random)
    #expect(throws: PermissionError.self) { try copy.add([part]) }
  }
}
