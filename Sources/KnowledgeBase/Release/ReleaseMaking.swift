import Genomics

/// What making a release came to, before anything of it is written.
struct MadeRelease {
  var terms: ReleaseTerms
  var plan: ReleasePlan
  var ledger: ReleaseLedger
  var variants = 0
  /// Labels written of each group.
  var written: [ReleaseLedger.GroupKey: Int] = [:]
  /// Figures of listed alleles that are not told.
  var untold = 0
  /// People by stratum of the partition.
  var people: [String: Int] = [:]
  /// The caches that annotated people in the release, with how many.
  var annotations: [String: Int] = [:]
  /// An earlier release that this one repeats.
  var repeated: ReleaseLedger.Issue?
}

extension MadeRelease {
  /// Goes through the sites of people, in order: a site, and who of the people is covered there.
  typealias Sites = ([StoredPerson], (StoredSite, _ covered: (Int) -> Bool) throws -> Void) throws -> Void

  /// Whether genes are told. Annotations may differ: where one is of fewer people than the minimum, a gene that it alone
  /// names would tell who of them carries the allele.
  var tellsGenes: Bool { annotations.values.allSatisfy { $0 >= terms.rule.minimum } }

  /// Makes a release's rows and the ledger's labels. The caller's transaction holds both: nothing is told that the ledger
  /// does not know.
  /// - Parameter caches: the annotation cache of each annotated person's contribution.
  init(
    _ options: ReleaseOptions, people: [StoredPerson], caches: [Int64: String], _ db: any StoreConnection, sites: Sites,
    row: @escaping (ReleaseRow) throws -> Void
  ) throws {
    ledger = try ReleaseLedger(db)
    terms = try ReleaseTerms(options, ledger)
    plan = try ReleasePlan(people, ledger, rule: terms.rule, partition: terms.partition)
    // Whoever is not in the release is not looked at any further.
    let inside = zip(people, plan.places).filter { $0.1 != nil }.map(\.0)
    plan.places = plan.places.filter { $0 != nil }
    for person in inside { if let cache = caches[person.id] { annotations[cache, default: 0] += 1 } }
    for group in plan.wholes { self.people[group.key.stratum, default: 0] += group.people }
    if let last = ledger.issues.last, !plan.isChanged, last.rule == terms.rule, last.policy == terms.policy.reference,
      last.showsStrata == terms.showsStrata
    {
      repeated = last
    }
    let tally = ReleaseTally(
      plan: plan, people: inside, strictest: terms.rule, shownDimension: terms.showsStrata ? terms.partition : nil)
    let cells = try ReleaseCells(plan, db)
    let least = plan.tranches.values.map(\.minimum).min() ?? terms.rule.minimum
    let tellsGenes = tellsGenes
    try sites(inside) { site, covered in
      try cells.begin(site.contig)
      let kind = SiteKind(contig: site.contig, position: site.start)
      let groups = tally.groups(kind)
      for (index, allele) in site.alleles.enumerated() where allele.carriers.count >= least {
        let counts = tally.counts(site, index, kind, covered)
        let labels = tally.labels(counts, kind) { cells.earlier(groups[$0].key, start: site.start, allele) }
        for told in labels { try cells.keep(told.label, of: groups[told.group], start: site.start, allele) }
        guard let strata = tally.strata(labels, kind) else { continue }
        variants += 1
        untold += strata.reduce(0) { $0 + $1.figures.untold.count }
        try row(
          ReleaseRow(
            contig: site.contig, start: site.start, reference: allele.reference, alternate: allele.alternate,
            vrs: allele.vrs, genes: tellsGenes ? allele.genes : nil, strata: strata, repeats: repeated?.id))
      }
    }
    try cells.end()
    written = cells.written
  }

  /// Enters a release into the ledger.
  func enter(release: String, created: String, _ db: any StoreConnection) throws {
    guard repeated == nil else { return }
    try db.execute(
      "INSERT INTO release_issue VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      [
        plan.issue, release, created, terms.policy.reference, terms.rule.minimum, terms.rule.rounding,
        terms.rule.isExact, terms.partition, terms.showsStrata, plan.people, variants,
      ])
    for (id, rule) in plan.tranches where ledger.tranches[id] == nil {
      try db.execute(
        "INSERT INTO release_tranche VALUES (?, ?, ?, ?)", [id, rule.minimum, rule.rounding, rule.isExact])
    }
    for (id, member) in plan.members where ledger.members[id] != member {
      try db.execute(
        """
        INSERT INTO release_member VALUES (?, ?, ?, ?, ?) ON CONFLICT (contribution) DO UPDATE
        SET tranche = excluded.tranche, since = excluded.since, held = excluded.held, seal = excluded.seal
        """, [id, member.tranche, member.since, member.held, ReleaseLedger.seal(id, member)])
    }
    var rows = (plan.wholes + plan.sexes).map { group in
      let cells = ReleaseCells.isWritten(group) ? written[group.key] : ledger.groups[group.key]?.cells
      return (group.key, group.people, ReleaseCells.step(group), cells ?? 0)
    }
    rows += plan.gone.map { ($0, 0, (ledger.groups[$0]?.step ?? 0) + 1, 0) }
    for (key, people, step, cells) in rows {
      try db.execute(
        """
        INSERT INTO release_group VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (tranche, stratum, sex) DO UPDATE
        SET people = excluded.people, step = excluded.step, cells = excluded.cells
        """, [key.tranche, key.stratum, key.sex?.rawValue ?? "", people, step, cells])
    }
    try ReleaseLedger.reseal(db)
  }
}
