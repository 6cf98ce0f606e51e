import Foundation
import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

extension PostgreSQLTests {
  /// A base with something in every table; the connection is closed.
  private func filled(_ name: String, people: Int = 4) throws -> String {
    var random = SplitMix64(seed: 21)
    let address = try cluster.database(name)
    let base = try KnowledgeBase.create(path: address, purpose: .research)
    _ = try base.add(
      try (0..<people).map { try Generated.contribution("P\($0)", key: base.key, using: &random, alleles: 12) })
    _ = try base.classify(Self.events())
    try WithdrawalTests.withdraw(["P0"], from: base)
    try base.close()
    return address
  }

  private func isClean(_ address: String) -> Bool {
    guard let base = try? KnowledgeBase(path: address), let found = try? base.verify() else { return false }
    return found.problems.isEmpty
  }

  @Test("Verifying finds every row and every value that is taken away or changed")
  func planted() throws {
    let address = try filled("planted")
    #expect(isClean(address))
    let tables = try cluster.sql(
      """
      SELECT relname FROM pg_class WHERE relnamespace = 'apus'::regnamespace AND relkind = 'r'
        AND relname !~ '^release' AND relname !~ '^person_row_([1-9]|other)'
      """, in: "planted")
    #expect(tables.contains("contribution") && tables.contains("person_row_none_0") && tables.contains("meta"))
    var planted = 0
    for table in tables {
      let full = "apus.\(table)"
      let columns = try cluster.sql(
        """
        SELECT attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute
        WHERE attrelid = '\(full)'::regclass AND attnum > 0
        """, in: "planted")
      var changes = ["DELETE FROM \(full)"]
      for column in columns {
        let parts = column.split(separator: " ").map(String.init)
        // A row's contig chooses its box alone, which refuses another.
        if parts[0] == "contig", table.hasPrefix("person_row") { continue }
        let value =
          switch parts[1] {
          case "bigint": "coalesce(\(parts[0]), 0) + 100"
          case "bytea": "set_byte(data, length(data) - 1, get_byte(data, length(data) - 1) # 4)"
          default: "coalesce(\(parts[0]), '') || 'x'"
          }
        changes.append("UPDATE \(full) SET \(parts[0]) = \(value)")
      }
      let count = Int(try cluster.sql("SELECT count(*) FROM \(full)", in: "planted")[0]) ?? 0
      for row in 0..<min(count, 4) {
        for change in changes {
          try cluster.sql("CREATE TABLE public.saved AS SELECT * FROM \(full)", in: "planted")
          let place = "(SELECT ctid FROM \(full) r ORDER BY r::text LIMIT 1 OFFSET \(row))"
          // What the table itself refuses is not planted.
          if (try? cluster.sql("\(change) WHERE ctid = \(place)", in: "planted")) != nil {
            planted += 1
            #expect(!isClean(address), "\(change), row \(row)")
          }
          try cluster.sql(
            "DELETE FROM \(full); INSERT INTO \(full) SELECT * FROM public.saved; DROP TABLE public.saved",
            in: "planted")
        }
      }
    }
    #expect(planted > 60)
    #expect(isClean(address))
  }

  @Test("Verifying finds tables, columns and indexes that are not those of the format")
  func tables() throws {
    let address = try filled("altered")
    let changes = [
      "DROP TABLE apus.withdrawal", "ALTER TABLE apus.contribution ALTER COLUMN seal DROP NOT NULL",
      "ALTER TABLE apus.contribution ADD COLUMN name text", "CREATE TABLE apus.more (id bigint)",
      "ALTER TABLE apus.person_row_0 DETACH PARTITION apus.person_row_0_0", "DROP TABLE apus.person_row_none_0",
      "ALTER TABLE apus.classification ALTER COLUMN digest TYPE text COLLATE \"default\"",
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'apus.classification_site'::regclass",
    ]
    for change in changes {
      let copy = try cluster.database("altered_copy", template: "altered")
      #expect(isClean(copy))
      try cluster.sql(change, in: "altered_copy")
      #expect(!isClean(copy), "\(change)")
    }
    #expect(isClean(address))
  }

  @Test("Bytes of the server's files: flipped, each is found or nothing that is read differs")
  func bytes() throws {
    var random = SplitMix64()
    let address = try filled("flipped")
    let before = try KnowledgeBase(path: address).digest()
    let paths = try cluster.sql(
      """
      SELECT pg_relation_filepath(oid) FROM pg_class WHERE relnamespace = 'apus'::regnamespace
        AND (relkind = 'r' AND relname !~ '^release' OR relkind = 'i' AND relname ~ '^person_row')
        AND pg_relation_size(oid) > 0
      """, in: "flipped")
    #expect(paths.count > 5)
    var found = 0
    for _ in 0..<6 {
      let path = "\(cluster.folder)/data/\(random.pick(paths))"
      try cluster.stop()
      let whole = try readFile(path)
      var bytes = whole
      var place = random.int(0...(bytes.count - 1))
      while bytes[place] == 0 { place = random.int(0...(bytes.count - 1)) }
      bytes[place] ^= UInt8(1 << random.int(0...7))
      try Self.overwrite(path, bytes)
      try cluster.start()
      if isClean(address) {
        #expect(try KnowledgeBase(path: address).digest() == before)
      } else {
        found += 1
      }
      try cluster.stop()
      try Self.overwrite(path, whole)
      try cluster.start()
    }
    // The cluster has checksums of pages.
    #expect(found == 6)
    #expect(isClean(address))
  }

  /// Writes a file in its place: it stays the server's.
  private static func overwrite(_ path: String, _ bytes: [UInt8]) throws {
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try file.write(contentsOf: Data(bytes))
    try file.close()
  }
}
