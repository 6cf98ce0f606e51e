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
    try Self.translating(path) {
      try store.access { db in
        try db.begin(.writing)
        db.rollBack()
      }
    }
  }

  /// Takes contributions in, all or none.
  ///
  /// This is the only way in. A contribution that the base holds already changes nothing.
  /// - Throws: `KnowledgeBaseError`: `busy`; `configuration` for another reference or filter configuration than the
  ///   base's first contribution had; `conflict` where the base holds other data of the same person. `PermissionError`
  ///   where the person withdrew and did not choose anew since.
  public func add(_ contributions: [ConsentedContribution]) throws -> [Addition] {
    try add(contributions, beforeCommit: {})
  }

  /// - Parameter beforeCommit: called when everything is written and nothing is committed.
  func add(_ contributions: [ConsentedContribution], beforeCommit: () throws -> Void) throws -> [Addition] {
    try write { db in
      let additions = try contributions.map { try insert($0, db) }
      try Self.seal(db)
      try beforeCommit()
      return additions
    }
  }

  /// Writes one person's rows; the base is to be sealed when all are written.
  func insert(_ consented: ConsentedContribution, _ db: any StoreConnection) throws -> Addition {
    let contribution = consented.contribution
    try requireNotWithdrawn(contribution.pseudonym, consentedOn: consented.date, db)
    try requireSameReference(contribution, db)
    let digest = contribution.digest
    if let held = try db.text(
      "SELECT digest FROM contribution WHERE pseudonym = ?", [contribution.pseudonym.text])
    {
      if held == digest { return .present }
      throw KnowledgeBaseError(
        .conflict, path: path, "the base holds other data of a person whose data are to be added",
        remedy: "withdraw the person first, then add the new data")
    }
    let id = (try db.integer("SELECT max(id) FROM contribution") ?? 0) + 1
    var rows: PersonRows
    do {
      rows = try PersonRows(contribution)
      try db.writeRows(of: id) { try rows.write($0) }
    } catch is ByteReader.Damaged {
      throw KnowledgeBaseError(
        .configuration, path: path, "a case has variants or regions on a contig that its reference does not have",
        remedy: "run the case again with its reference")
    }
    let row = PersonRecord(
      id: id, pseudonym: contribution.pseudonym.text, digest: digest, sex: contribution.sex.rawValue,
      callability: contribution.callabilityBasis, annotation: contribution.annotation,
      details: contribution.details.text, observations: contribution.observations.count,
      unannotated: contribution.annotation == nil ? 0 : rows.unannotated, consent: consented.basis,
      consentDate: consented.date.description, consentUntil: consented.validUntil?.description,
      consentChecked: consented.decidedOn.description, consentState: PersonRecord.permitted)
    try row.insert(into: "contribution", db)
    return .added
  }

  /// The first contribution settles the base's reference and filter configuration.
  private func requireSameReference(_ contribution: Contribution, _ db: any StoreConnection) throws {
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
      try db.execute("INSERT INTO meta VALUES (?, ?)", [name, value])
    }
    for (index, contig) in reference.contigs.enumerated() {
      try db.execute(
        "INSERT INTO contig VALUES (?, ?, ?, ?)", [index, contig.name, contig.length, contig.digest.sha512t24u])
    }
    try db.settle(reference)
  }
}
