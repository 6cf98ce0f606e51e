import Genomics

extension KnowledgeBase {
  /// People in order of their numbers.
  func storedPeople(_ db: any StoreConnection) throws -> [StoredPerson] { try roster(db).people }

  /// Every site at which anybody carries anything, contigs in the reference's order, places ascending. Memory holds the
  /// blocks of one bin.
  /// - Parameters:
  ///   - people: who counts.
  ///   - body: takes a site, and who of `people` is covered there by callable stretches.
  func forEachSite(
    _ db: any StoreConnection, people: [StoredPerson], _ body: (StoredSite, _ covered: (Int) -> Bool) throws -> Void
  ) throws {
    guard let reference = try reference(db) else { return }
    let ranks = ContigRanks(reference)
    let labels = try LabelTexts(people, self, db)
    var seen: Set<RefgetDigest> = []
    for contig in reference.contigs where seen.insert(contig.digest).inserted {
      guard let rank = ranks[contig.digest] else { continue }
      var open: (key: Int64, fold: BinFold)?
      func end() throws {
        guard var fold = open?.fold else { return }
        open = nil
        let covered = fold.coverage
        try fold.sites(genes: { labels.genes(person: $0, label: $1) }) { site in
          try body(site) { covered.isCovered($0, site.start) }
        }
      }
      try db.forEachBlock(rank: rank, of: people.map(\.id)) { key, person, bytes in
        if open?.key != key {
          try end()
          open = (key, BinFold(contig, bin: PersonTable.place(of: key).bin, people: people.count))
        }
        try reading { try open?.fold.add(bytes, person: person, starts: 0..<Int.max) }
      }
      try end()
    }
  }

  /// Runs reading of packed bytes; what cannot be read is damage.
  func reading<R>(_ body: () throws -> R) throws -> R {
    do { return try body() } catch is ByteReader.Damaged { throw damaged() }
  }

  /// Folds one bin over people.
  func fold(
    _ contig: ReferenceContigs.Entry, bin: Int, starts: Range<Int>, _ roster: Roster, _ db: any StoreConnection
  ) throws -> BinFold {
    guard let rank = roster.ranks[contig.digest] else { throw damaged() }
    let key = PersonTable.key(rank: rank, bin: bin)
    var fold = BinFold(contig, bin: bin, people: roster.people.count)
    try reading {
      try db.forEachRow(key, of: roster.ids) { try fold.add($1, person: $0, starts: starts) }
    }
    return fold
  }
}

/// The genes of people's labels, each different text kept once.
final class LabelTexts {
  private var sets: [GeneSet?] = []
  private var numbers: [String: Int32] = [:]
  private var people: [[Int32]] = []

  init(_ people: [StoredPerson], _ base: KnowledgeBase, _ db: any StoreConnection) throws {
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
  func labels(of person: Int64, _ db: any StoreConnection) throws -> [AlleleLabel] {
    var labels: [AlleleLabel] = []
    try db.forEachRow(PersonTable.key(.labels), of: [person]) { _, bytes in
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
