import Genomics
import TestSupport

@testable import KnowledgeBase

/// People with genotypes at a few sites, and a ledger: releases without a base's tables.
struct ReleaseWorld {
  struct Person {
    var id: Int64
    var sex: Sex
    /// At each site: 0 heterozygous, 1 homozygous, 2 reference, 3 not known.
    var kinds: [Int]
  }

  let store: SQLiteStore
  let reference: ReferenceContigs
  /// The sites: the contig's name and the place.
  let sites: [(contig: String, start: Int)]
  var people: [Person] = []
  var nextID: Int64 = 1

  init(sites: [(contig: String, start: Int)] = [("1", 100)]) throws {
    self.sites = sites
    store = try SQLiteStore(path: nil)
    reference = try Generated.reference()
    try store.access { try $0.run(ReleaseSchema.tables) }
  }

  mutating func add(_ count: Int, using random: inout SplitMix64, weights: [Int] = [3, 1, 5, 1], sexes: Bool = true) {
    for _ in 0..<count {
      let kinds = sites.map { _ in
        var draw = random.int(0...(weights.reduce(0, +) - 1))
        return weights.firstIndex { weight in
          draw -= weight
          return draw < 0
        } ?? 2
      }
      people.append(
        Person(id: nextID, sex: sexes ? random.pick([.female, .male]) : .female, kinds: kinds))
      nextID += 1
    }
  }

  mutating func withdraw(_ ids: some Sequence<Int64>) throws {
    for id in ids {
      people.removeAll { $0.id == id }
      try store.access { try ReleaseLedger.forget(contribution: id, $0) }
    }
  }

  var stored: [StoredPerson] {
    people.map {
      StoredPerson(
        id: $0.id, digest: sha512t24u("\($0.id)".utf8), sex: $0.sex, strata: ["region": $0.id % 2 == 0 ? "E" : "W"])
    }
  }

  /// The sites as a base gives them.
  func forEachSite(
    _ inside: [StoredPerson], _ body: (StoredSite, (Int) -> Bool) throws -> Void
  ) throws {
    let numbers = Set(inside.map(\.id))
    let people = people.filter { numbers.contains($0.id) }
    for (index, place) in sites.enumerated() {
      guard let contig = reference.contig(named: place.contig) else { continue }
      let kind = SiteKind(contig: contig, position: place.start)
      let carriers = people.enumerated().compactMap { person, one -> (person: Int, genotype: AlleleGenotype)? in
        let ploidy = kind.ploidy(one.sex) ?? 2
        switch (one.kinds[index], ploidy) {
        case (0, 2): return (person, AlleleGenotype([.reference, .this]))
        case (1, 2): return (person, AlleleGenotype([.this, .this]))
        case (0, 1), (1, 1): return (person, AlleleGenotype([.this]))
        default: return nil
        }
      }
      guard !carriers.isEmpty else { continue }
      let allele = StoredAllele(
        reference: "A", alternate: "G", vrs: "ga4gh:VA.\(index)", genes: nil, carriers: carriers)
      try body(StoredSite(contig: contig, start: place.start, alleles: [allele])) { people[$0].kinds[index] != 3 }
    }
  }

  /// Makes a release and enters it.
  @discardableResult
  func release(_ options: ReleaseOptions) throws -> (made: MadeRelease, rows: [ReleaseRow]) {
    try store.access { db in
      var rows: [ReleaseRow] = []
      let made = try MadeRelease(options, people: stored, caches: [:], db, sites: forEachSite) { rows.append($0) }
      try made.enter(release: "r\(made.plan.issue)", created: "2026-11-22", db)
      return (made, rows)
    }
  }
}

extension ReleasePolicy {
  /// A policy small enough that all worlds can be gone through.
  static func small(_ minimum: Int, _ rounding: Int, exact: Bool = false) throws -> ReleasePolicy {
    try ReleasePolicy(
      json: Array(
        """
        {"schema": "apus-release-policy/1", "id": "small", "title": "t", "version": "1", "minimum": \(minimum),
         "rounding": \(rounding), "exact": \(exact), "zeros": "with-suppressed", "dimensions": ["sex", "region"]}
        """.utf8), path: "small")
  }
}
