import GRDB
import Genomics
import Service

extension KnowledgeBase {
  /// What came of one contribution.
  public enum Addition: String, Sendable, Hashable {
    /// It is new.
    case added
    /// The base held it already; nothing changed.
    case present
  }

  /// Refuses early where another process writes.
  /// - Throws: `KnowledgeBaseError` of kind `busy`.
  public func requireWritable() throws {
    try Self.translating(path) { try queue.inTransaction(.immediate) { _ in .rollback } }
  }

  /// Takes contributions in, all or none.
  ///
  /// This is the only way in. A contribution that the base holds already changes nothing.
  /// - Throws: `KnowledgeBaseError`: `busy`; `configuration` for another reference or filter configuration than the
  ///   base's first contribution had; `conflict` where the base holds other data of the same person.
  public func add(_ contributions: [ConsentedContribution]) throws -> [Addition] {
    try add(contributions, beforeCommit: {})
  }

  /// - Parameter beforeCommit: called when everything is written and nothing is committed.
  func add(_ contributions: [ConsentedContribution], beforeCommit: () throws -> Void) throws -> [Addition] {
    try Self.translating(path) {
      var additions: [Addition] = []
      try queue.inTransaction(.immediate) { db in
        for consented in contributions { additions.append(try insert(consented, db)) }
        try beforeCommit()
        return .commit
      }
      return additions
    }
  }

  func insert(_ consented: ConsentedContribution, _ db: Database) throws -> Addition {
    let contribution = consented.contribution
    try requireSameReference(contribution, db)
    let digest = contribution.digest
    if let held = try String.fetchOne(
      db, sql: "SELECT digest FROM contribution WHERE pseudonym = ?", arguments: [contribution.pseudonym.text])
    {
      if held == digest { return .present }
      throw KnowledgeBaseError(
        .conflict, path: path, "the base holds other data of a person whose data are to be added",
        remedy: "withdraw the person first, then add the new data")
    }
    try db.execute(
      sql: """
        INSERT INTO contribution (pseudonym, digest, sex, callability, annotation, consent) VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        contribution.pseudonym.text, digest, contribution.sex.rawValue, contribution.callabilityBasis,
        contribution.annotation, consented.basis,
      ])
    let id = db.lastInsertedRowID
    let insertCallable = try db.makeStatement(sql: "INSERT INTO callable VALUES (?, ?, ?, ?)")
    for (contig, intervals) in contribution.callable {
      for range in intervals.ranges {
        try insertCallable.execute(arguments: [id, contig.sha512t24u, range.lowerBound, range.upperBound])
      }
    }
    try insertObservations(contribution, id, db)
    return .added
  }

  private func insertObservations(_ contribution: Contribution, _ id: Int64, _ db: Database) throws {
    let insertAllele = try db.makeStatement(
      sql: "INSERT OR IGNORE INTO allele (contig, start, reference, alternate, vrs) VALUES (?, ?, ?, ?, ?)")
    let insertObservation = try db.makeStatement(
      sql: """
        INSERT INTO observation SELECT id, ?, ?, ? FROM allele
        WHERE contig = ? AND start = ? AND reference = ? AND alternate = ?
        """)
    var sets: [GeneSet: Int64] = [:]
    for one in contribution.observations {
      let genes = try one.genes.map { try identifier(of: $0, known: &sets, db) }
      let contig = one.contig.sha512t24u
      try insertAllele.execute(arguments: [contig, one.start, one.reference, one.alternate, one.vrs])
      try insertObservation.execute(
        arguments: [id, one.genotype.text, genes, contig, one.start, one.reference, one.alternate])
    }
  }

  /// The row of a set of genes; made where it is new.
  private func identifier(of set: GeneSet, known: inout [GeneSet: Int64], _ db: Database) throws -> Int64 {
    if let id = known[set] { return id }
    let found = try db.cachedStatement(sql: "SELECT id FROM gene_set WHERE genes = ?")
    if let id = try Int64.fetchOne(found, arguments: [set.text]) {
      known[set] = id
      return id
    }
    try db.execute(sql: "INSERT INTO gene_set (genes) VALUES (?)", arguments: [set.text])
    let id = db.lastInsertedRowID
    for gene in set.genes {
      try db.execute(sql: "INSERT OR IGNORE INTO gene VALUES (?, ?, ?)", arguments: [id, gene.id, gene.symbol])
    }
    known[set] = id
    return id
  }

  /// The first contribution settles the base's reference and filter configuration.
  private func requireSameReference(_ contribution: Contribution, _ db: Database) throws {
    let reference = contribution.reference
    if let held = try Self.meta("reference", db) {
      guard held == reference.assemblyDigest else {
        throw KnowledgeBaseError(
          .configuration, path: path,
          "a case is on another reference than the base: its assembly digest is \(reference.assemblyDigest), the base's \(held)",
          remedy: "keep a base a reference, or run the case with the base's reference")
      }
      guard try Self.meta("filters", db) == contribution.filters.text else {
        throw KnowledgeBaseError(
          .configuration, path: path, "a case was filtered in another way than the base's contributions",
          remedy: "keep a base a filter configuration")
      }
      return
    }
    let values = [
      ("reference", reference.assemblyDigest), ("assembly", reference.assembly?.rawValue ?? "."),
      ("filters", contribution.filters.text),
    ]
    for (name, value) in values {
      try db.execute(sql: "INSERT INTO meta VALUES (?, ?)", arguments: [name, value])
    }
    for (index, contig) in reference.contigs.enumerated() {
      try db.execute(
        sql: "INSERT INTO contig VALUES (?, ?, ?, ?)",
        arguments: [index, contig.name, contig.length, contig.digest.sha512t24u])
    }
  }
}
