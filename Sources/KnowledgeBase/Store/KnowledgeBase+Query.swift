public import Genomics

extension KnowledgeBase {
  /// One allele and what the base counts of it.
  public struct Answer: Sendable, Hashable {
    /// The contig's name in the base's reference.
    public var contig: String
    /// VCF's POS.
    public var position: OneBasedPosition
    /// The reference bases.
    public var reference: String
    /// The alternate bases.
    public var alternate: String
    /// The VRS 2.0 identifier; nil where the base never saw the allele.
    public var vrs: String?
    /// What is counted.
    public var counts: AlleleCounts
    /// The same in the strata of the dimension that was asked for, sorted; people of whom it is not told are in `.`.
    public var strata: [Stratum] = []
    /// How many carriers' cases gave the allele each tier.
    public var tiers: [String: Int] = [:]
    /// What was said of it; nil where nothing was.
    public var classifications: Classifications?
  }

  /// What is counted in one stratum.
  public struct Stratum: Sendable, Hashable {
    /// Its name within its dimension.
    public var name: String
    /// What is counted.
    public var counts: AlleleCounts
  }

  /// Looks alleles up.
  ///
  /// A variant that nobody carries is answered too, with AC 0 and the AN of its site: how many were looked at.
  /// - Parameters:
  ///   - dimension: one of `ContributionDetails.dimensions` to count by, too. Strata add up to the whole, but those of
  ///     `phenotype`: a person has many.
  ///   - indication: counts people of this test code or R-code alone (`R27` is of `R27.3`, too).
  /// - Throws: `KnowledgeBaseError` of kind `configuration` for a contig that the base's reference does not have.
  public func answers(to question: Question, by dimension: String? = nil, indication: String? = nil) throws -> [Answer]
  {
    try answers(to: [question], by: dimension, indication: indication)
  }

  /// Answers several questions, one after the other, of the base as it is at one moment.
  /// - Throws: `KnowledgeBaseError` of kind `configuration` for a contig that the base's reference does not have.
  public func answers(
    to questions: [Question], by dimension: String? = nil, indication: String? = nil
  ) throws -> [Answer] {
    try Self.translating(path) { try store.access { try $0.prepareForQuestions() } }
    return try read { db in
      var roster = try roster(db)
      if let indication {
        roster.people.removeAll { person in
          guard let code = person.strata["indication"] else { return true }
          return code != indication && !code.hasPrefix(indication + ".")
        }
      }
      let evidence = Evidence(self, db)
      return try questions.flatMap { try answers(to: $0, roster, dimension, evidence, db) }
    }
  }

  private func answers(
    to question: Question, _ roster: Roster, _ dimension: String?, _ evidence: Evidence, _ db: any StoreConnection
  ) throws -> [Answer] {
    guard let reference = roster.reference else { return [] }
    switch question {
    case .gene(let name): return try answers(ofGene: name, roster, dimension, evidence, db)
    case .allele(let vrs): return try answers(of: vrs, roster, dimension, evidence, db)
    case .region(let name, let range):
      return try answers(try contig(name, reference), range, roster, dimension, evidence, db)
    case .variant(let name, let start, let bases, let alternate):
      return [try answer(try contig(name, reference), start, bases, alternate, roster, dimension, evidence, db)]
    case .hgvs(let variant):
      let contig = try contig(of: variant, reference)
      if case .substitution(let start, let bases, let alternate) = variant.change {
        return [try answer(contig, start, bases, alternate, roster, dimension, evidence, db)]
      }
      return try answers(contig, variant.search, where: { variant.isMet(by: $2) }, roster, dimension, evidence, db)
    }
  }

  func contig(_ name: String, _ reference: ReferenceContigs) throws -> ReferenceContigs.Entry {
    if let entry = reference.contig(named: name) { return entry }
    throw KnowledgeBaseError(
      .configuration, path: path, "the base's reference has no contig of that name",
      remedy: "name a contig of the base's reference (apus kb info)")
  }

  private func answer(
    _ contig: ReferenceContigs.Entry, _ start: Int, _ bases: String, _ alternate: String, _ roster: Roster,
    _ dimension: String?, _ evidence: Evidence, _ db: any StoreConnection
  ) throws -> Answer {
    var fold = try fold(
      contig, bin: start >> PersonTable.binBits, starts: start..<(start + 1), roster, db)
    let covered = fold.coverage
    var site = StoredSite(contig: contig, start: start, alleles: [])
    fold.sites(genes: nil) { site = $0 }
    let count = SiteCount(site, roster, dimension) { covered.isCovered($0, start) }
    if let allele = site.alleles.first(where: { $0.reference == bases && $0.alternate == alternate }) {
      return try evidence.completing(count.answer(allele), allele, site, roster)
    }
    let nobodys = StoredAllele(reference: bases, alternate: alternate, vrs: "", genes: nil, carriers: [])
    var answer = try evidence.completing(count.answer(nobodys), nobodys, site, roster)
    answer.vrs = nil
    return answer
  }

  private func answers(
    _ contig: ReferenceContigs.Entry, _ range: Range<Int>, where keeps: BinFold.Choice? = nil, _ roster: Roster,
    _ dimension: String?, _ evidence: Evidence, _ db: any StoreConnection
  ) throws -> [Answer] {
    var answers: [Answer] = []
    let range = range.clamped(to: 0..<contig.length)
    guard !range.isEmpty else { return [] }
    for bin in (range.lowerBound >> PersonTable.binBits)...((range.upperBound - 1) >> PersonTable.binBits) {
      var fold = try fold(contig, bin: bin, starts: range, roster, db)
      let covered = fold.coverage
      try fold.sites(where: keeps, genes: nil) { site in
        let count = SiteCount(site, roster, dimension) { covered.isCovered($0, site.start) }
        for allele in site.alleles where allele.isWanted {
          answers.append(try evidence.completing(count.answer(allele), allele, site, roster))
        }
      }
    }
    return answers
  }

  private func answers(
    of vrs: String, _ roster: Roster, _ dimension: String?, _ evidence: Evidence, _ db: any StoreConnection
  )
    throws -> [Answer]
  {
    let key = VRSKey(vrs)
    var places: Set<Place> = []
    try reading {
      try db.forEachRow(PersonTable.key(.vrs, key.bucket), of: roster.ids) { _, bytes in
        var reader = ByteReader(bytes)
        while !reader.isAtEnd {
          let rest = Int(try reader.byte()) << 16 | Int(try reader.byte()) << 8 | Int(try reader.byte())
          let (rank, start) = (try reader.number(), try reader.number())
          if rest == key.rest { places.insert(Place(rank: rank, start: start)) }
          if rest > key.rest { return }
        }
      }
    }
    var answers: [Answer] = []
    for place in try inOrder(places, roster) {
      let contig = roster.ranks.entries[place.rank]
      var fold = try fold(
        contig, bin: place.start >> PersonTable.binBits, starts: place.start..<(place.start + 1), roster, db)
      let covered = fold.coverage
      try fold.sites(genes: nil) { site in
        let count = SiteCount(site, roster, dimension) { covered.isCovered($0, site.start) }
        for allele in site.alleles where allele.vrs == vrs {
          answers.append(try evidence.completing(count.answer(allele), allele, site, roster))
        }
      }
    }
    return answers
  }

  /// A place of the base's blocks.
  struct Place: Hashable {
    var rank: Int
    var start: Int
  }

  /// Places in the reference's order.
  func inOrder(_ places: Set<Place>, _ roster: Roster) throws -> [Place] {
    let order = Dictionary(
      (roster.reference?.contigs ?? []).enumerated().map { ($1.digest, $0) }, uniquingKeysWith: { first, _ in first })
    let known = try places.map { place -> (Int, Place) in
      guard roster.ranks.entries.indices.contains(place.rank),
        let index = order[roster.ranks.entries[place.rank].digest]
      else { throw damaged() }
      return (index, place)
    }
    return known.sorted { ($0.0, $0.1.start) < ($1.0, $1.1.start) }.map(\.1)
  }
}
