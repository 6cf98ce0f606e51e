import GRDB
import Genomics

extension KnowledgeBase {
  /// People in order of their numbers.
  func storedPeople(_ db: Database) throws -> [StoredPerson] { try roster(db).people }

  /// Every site at which anybody carries anything, contigs in the reference's order, places ascending. Memory holds the
  /// blocks of one bin.
  /// - Parameters:
  ///   - people: who counts.
  ///   - body: takes a site, and who of `people` is covered there by callable stretches.
  func forEachSite(
    _ db: Database, people: [StoredPerson], _ body: (StoredSite, _ covered: (Int) -> Bool) throws -> Void
  ) throws {
    guard let reference = try reference(db) else { return }
    let ranks = ContigRanks(reference)
    let labels = try LabelTexts(people, self, db)
    var seen: Set<RefgetDigest> = []
    for contig in reference.contigs where seen.insert(contig.digest).inserted {
      guard let rank = ranks[contig.digest] else { continue }
      let cursors = try people.map { try BlockCursor($0.id, PersonTable.keys(rank: rank), db) }
      while let key = cursors.compactMap(\.key).min() {
        let bin = PersonTable.place(of: key).bin
        var fold = BinFold(contig, bin: bin, people: people.count)
        try reading {
          for (person, cursor) in cursors.enumerated() where cursor.key == key {
            try cursor.withBlock { try fold.add($0, person: person, starts: 0..<Int.max) }
            try cursor.advance()
          }
        }
        let covered = fold.coverage
        try fold.sites(genes: { labels.genes(person: $0, label: $1) }) { site in
          try body(site) { covered.isCovered($0, site.start) }
        }
      }
    }
  }

  /// Runs reading of packed bytes; what cannot be read is damage.
  func reading<R>(_ body: () throws -> R) throws -> R {
    do { return try body() } catch is ByteReader.Damaged { throw damaged() }
  }

  /// Folds one bin over people.
  func fold(
    _ contig: ReferenceContigs.Entry, bin: Int, starts: Range<Int>, _ roster: Roster, _ db: Database
  ) throws -> BinFold {
    guard let rank = roster.ranks[contig.digest] else { throw damaged() }
    let key = PersonTable.key(rank: rank, bin: bin)
    var fold = BinFold(contig, bin: bin, people: roster.people.count)
    try reading {
      for (index, person) in roster.people.enumerated() {
        try withRow(key, of: person.id, db) { try fold.add($0, person: index, starts: starts) }
      }
    }
    return fold
  }

  /// Reads one row of a person's table, if it is there.
  func withRow(_ key: Int64, of person: Int64, _ db: Database, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let statement = try cache.data(of: person, db)
    try statement.bind(key, at: 1)
    defer { statement.reset() }
    if try statement.next() { try statement.withBytes(0, body) }
  }
}

/// A person's blocks in order of their keys.
final class BlockCursor {
  private let statement: RawStatement
  /// The key of the block that is at hand; nil behind the last.
  private(set) var key: Int64?

  init(_ person: Int64, _ keys: Range<Int64>, _ db: Database) throws {
    statement = try RawStatement(
      "SELECT id, data FROM \(PersonTable.name(person)) WHERE id >= ? AND id < ? ORDER BY id", db)
    try statement.bind(keys.lowerBound, at: 1)
    try statement.bind(keys.upperBound, at: 2)
    try advance()
  }

  func advance() throws { key = try statement.next() ? statement.number(0) : nil }

  func withBlock<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R { try statement.withBytes(1, body) }
}

/// The genes of people's labels, each different text kept once.
final class LabelTexts {
  private var sets: [GeneSet?] = []
  private var numbers: [String: Int32] = [:]
  private var people: [[Int32]] = []

  init(_ people: [StoredPerson], _ base: KnowledgeBase, _ db: Database) throws {
    for person in people {
      var own: [Int32] = []
      try base.reading {
        for label in try base.labels(of: person.id, db) {
          let text = label.genes?.text ?? "."
          if let number = numbers[text] {
            own.append(number)
          } else {
            numbers[text] = Int32(sets.count)
            own.append(Int32(sets.count))
            sets.append(label.genes)
          }
        }
      }
      self.people.append(own)
    }
  }

  func genes(person: Int, label: Int) -> GeneSet? {
    guard label > 0, label <= people[person].count else { return nil }
    return sets[Int(people[person][label - 1])]
  }
}

extension KnowledgeBase {
  /// A person's labels; the first has number 1.
  func labels(of person: Int64, _ db: Database) throws -> [AlleleLabel] {
    var labels: [AlleleLabel] = []
    try withRow(PersonTable.key(.labels), of: person, db) { bytes in
      var reader = ByteReader(bytes)
      while !reader.isAtEnd {
        let (genes, tier) = (try reader.text(), try reader.text())
        guard let set = genes == "." ? .some(nil) : GeneSet(text: genes).map(Optional.some) else {
          throw ByteReader.Damaged()
        }
        labels.append(AlleleLabel(genes: set, tier: tier.isEmpty ? nil : tier))
      }
    }
    return labels
  }
}
