extension KnowledgeBase {
  /// What a question about a gene could be answered from. A gene that no annotation of the base names is unknown to the
  /// base: nothing then follows about its alleles.
  public struct GeneScope: Sendable, Hashable {
    /// The gene as it was asked for.
    public var asked: String
    /// The genes of that symbol or identifier that annotations of the base name.
    public var genes: [GeneName]
    /// The digests of the caches that annotated contributions, sorted.
    public var annotations: [String]
    /// People whose alleles were not annotated: they are not found by gene.
    public var withoutAnnotation: Int
    /// Alleles of annotated people that their annotation says nothing of, such as those with an unknown base.
    public var observationsWithoutAnnotation: Int
  }

  /// Tells what a question about a gene can be answered from.
  /// - Parameter gene: a symbol in either case, or an identifier, whole.
  public func scope(ofGene gene: String) throws -> GeneScope {
    try read { db in
      let roster = try roster(db)
      var names: Set<GeneName> = []
      try forEachEntry(ofGene: gene, roster, db) { names.insert($1.name) }
      return GeneScope(
        asked: gene, genes: names.sorted(), annotations: try Self.annotations(db),
        withoutAnnotation: try db.count("SELECT count(*) FROM contribution WHERE annotation IS NULL"),
        observationsWithoutAnnotation: try db.count(
          "SELECT CAST(coalesce(sum(unannotated), 0) AS BIGINT) FROM contribution WHERE annotation IS NOT NULL"))
    }
  }

  /// Where a gene stands in a person's table.
  struct GeneEntry {
    var name: GeneName
    /// The numbers of the labels that name it.
    var labels: [Int]
    /// The bins where they do.
    var bins: [(rank: Int, bin: Int)]
  }

  /// Where a gene stands in people's tables.
  /// - Parameter body: takes the person's place in the list.
  private func forEachEntry(
    ofGene name: String, _ roster: Roster, _ db: any StoreConnection, _ body: (_ person: Int, GeneEntry) -> Void
  ) throws {
    try reading {
      let key = PersonTable.key(.gene, PersonTable.bucket(ofGene: name))
      try db.forEachRow(key, of: roster.ids) { person, bytes in
        var reader = ByteReader(bytes)
        while !reader.isAtEnd {
          // Most names of a bucket are others, and are passed over.
          guard let gene = try reader.gene(named: name) else {
            for _ in 0..<(try reader.number()) { _ = try reader.number() }
            for _ in 0..<(2 * (try reader.number())) { _ = try reader.number() }
            continue
          }
          var entry = GeneEntry(name: gene, labels: [], bins: [])
          for _ in 0..<(try reader.number()) { entry.labels.append(try reader.number()) }
          for _ in 0..<(try reader.number()) { entry.bins.append((try reader.number(), try reader.number())) }
          body(person, entry)
        }
      }
    }
  }

  /// Alleles that somebody's annotation places in a gene.
  func answers(
    ofGene name: String, _ roster: Roster, _ dimension: String?, _ evidence: Evidence, _ db: any StoreConnection
  ) throws
    -> [Answer]
  {
    var labels = [Set<Int>](repeating: [], count: roster.people.count)
    var bins: Set<Place> = []
    try forEachEntry(ofGene: name, roster, db) { person, entry in
      labels[person].formUnion(entry.labels)
      for place in entry.bins { bins.insert(Place(rank: place.rank, start: place.bin << PersonTable.binBits)) }
    }
    var answers: [Answer] = []
    for place in try inOrder(bins, roster) {
      let contig = roster.ranks.entries[place.rank]
      var fold = try fold(contig, bin: place.start >> PersonTable.binBits, starts: 0..<Int.max, roster, db)
      let covered = fold.coverage
      try fold.sites(where: { person, label, _ in labels[person].contains(label) }, genes: nil) { site in
        let count = SiteCount(site, roster, dimension) { covered.isCovered($0, site.start) }
        for allele in site.alleles where allele.isWanted {
          answers.append(try evidence.completing(count.answer(allele), allele, site, roster))
        }
      }
    }
    return answers
  }
}

extension ByteReader {
  /// Passes a gene's text, `identifier|symbol`.
  /// - Returns: the gene, where its identifier is the name, or its symbol in either case of ASCII letters.
  fileprivate mutating func gene(named name: String) throws -> GeneName? {
    let count = try number()
    let start = offset
    try skip(count)
    guard isNamed(name, start..<offset) else { return nil }
    guard let gene = GeneSet(text: try string(start..<offset))?.genes.first else { throw Damaged() }
    return gene.isNamed(name) ? gene : nil
  }
}
