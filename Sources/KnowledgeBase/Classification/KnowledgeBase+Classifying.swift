import Crypto
public import Genomics
public import Service

extension KnowledgeBase {
  /// What came of a file of events.
  public struct Classifying: Sendable, Hashable {
    /// Events that are new.
    public var added = 0
    /// Events that the base held already; nothing changed.
    public var present = 0
    /// Events that name a person whom the base does not hold: they stand without one.
    public var withoutPerson = 0
  }

  /// Adds events, all or none. They are never changed and never removed; a person's withdrawal detaches them.
  /// - Throws: `KnowledgeBaseError` of kind `configuration` for a base without a reference or a contig that it does not
  ///   have.
  public func classify(_ entries: [ClassificationEvent.Entry]) throws -> Classifying {
    try write { db in
      var result = Classifying()
      guard let reference = try reference(db) else {
        throw KnowledgeBaseError(
          .configuration, path: path, "the base is empty, so it has no reference that a variant could be on",
          remedy: "add a case first")
      }
      for entry in entries { try record(entry, reference, &result, db) }
      try Self.seal(db)
      return result
    }
  }

  private func record(
    _ entry: ClassificationEvent.Entry, _ reference: ReferenceContigs, _ result: inout Classifying,
    _ db: any StoreConnection
  ) throws {
    let event = entry.event
    let contig = try contig(event.contig, reference)
    guard event.start + event.reference.utf8.count <= contig.length else {
      throw KnowledgeBaseError(
        .configuration, path: path, "an event's variant lies behind the end of its contig", remedy: "correct the event")
    }
    var person: Int64?
    if let participant = entry.participant {
      person = try db.integer(
        "SELECT id FROM contribution WHERE pseudonym = ?", [key.pseudonym(of: participant).text])
      if person == nil { result.withoutPerson += 1 }
    }
    let text = event.canonical(contig.digest)
    let digest = hexadecimal(SHA256.hash(data: Array(text.utf8)))
    if try db.exists("SELECT 1 FROM classification WHERE digest = ?", [digest]) {
      result.present += 1
      return
    }
    let id = (try db.integer("SELECT max(id) FROM classification") ?? 0) + 1
    try db.execute(
      "INSERT INTO classification VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      [
        id, contig.digest.sha512t24u, event.start, event.reference, event.alternate, text, digest, person,
        StoredClassification.seal(id, digest, person),
      ])
    result.added += 1
  }

  /// The events of a variant, the latest first.
  public func classifications(of question: Question) throws -> Classifications? {
    guard case .variant(let name, let start, let bases, let alternate) = question else { return nil }
    return try read { db in
      guard let reference = try reference(db) else { return Classifications([]) }
      return try classifications(try contig(name, reference), start, bases, alternate, db)
    }
  }

  /// The events of an allele.
  func classifications(
    _ contig: ReferenceContigs.Entry, _ start: Int, _ bases: String, _ alternate: String, _ db: any StoreConnection
  ) throws -> Classifications {
    let rows = try db.rows(
      """
      SELECT \(StoredClassification.columns) FROM classification
      WHERE contig = ? AND start = ? AND reference = ? AND alternate = ?
      """, [contig.digest.sha512t24u, start, bases, alternate])
    return Classifications(
      try rows.map { row in
        do { return try StoredClassification(row, contig: contig.name).event } catch is ByteReader.Damaged {
          throw damaged("an event of classification is not the one that was added")
        }
      })
  }

  /// The events on a contig, in the order of their places and alleles.
  /// - Parameter last: the number of the last event that counts.
  func classifications(
    on contig: ReferenceContigs.Entry, upTo last: Int64 = .max, _ db: any StoreConnection
  ) throws -> [ClassificationEvent] {
    let rows = try db.rows(
      "SELECT \(StoredClassification.columns) FROM classification WHERE contig = ? AND id <= ?",
      [contig.digest.sha512t24u, last])
    return try rows.map { row in
      do { return try StoredClassification(row, contig: contig.name).event } catch is ByteReader.Damaged {
        throw damaged("an event of classification is not the one that was added")
      }
    }
    // Not by the store, which may sort text by the rules of a language.
    .sorted { ($0.start, $0.reference, $0.alternate) < ($1.start, $1.reference, $1.alternate) }
  }

  /// The events of a person's case name the person no longer.
  func detachClassifications(of person: Int64, _ db: any StoreConnection) throws -> Int {
    let rows = try db.rows("SELECT id, digest FROM classification WHERE contribution = ?", [person])
    for row in rows {
      guard let id = try? row.integer("id"), let digest = try? row.text("digest") else {
        throw damaged("an event of classification is not the one that was added")
      }
      try db.execute(
        "UPDATE classification SET contribution = NULL, seal = ? WHERE id = ?",
        [StoredClassification.seal(id, digest, nil), id])
    }
    return rows.count
  }
}

/// What is known of a variant's class.
public struct Classifications: Sendable, Hashable {
  /// All events, the latest first; see `ClassificationEvent` for the order on one day.
  public let history: [ClassificationEvent]

  init(_ events: [ClassificationEvent]) {
    history = events.sorted { ClassificationEvent.isEarlier($1, $0) }
  }

  /// The latest of a kind.
  public func latest(_ kind: ClassificationEvent.Kind) -> ClassificationEvent? { history.first { $0.kind == kind } }

  /// Whether another class was given on the latest day, by an event that is no later and no earlier.
  public func isContested(_ kind: ClassificationEvent.Kind) -> Bool {
    guard let latest = latest(kind) else { return false }
    return history.contains {
      $0.kind == kind && $0.date == latest.date && $0.revision == latest.revision
        && $0.classification != latest.classification
    }
  }

  /// How many events gave each class, from the gravest; classes that none gave are left out.
  public func totals(_ kind: ClassificationEvent.Kind) -> [(classification: String, count: Int)] {
    ClassificationEvent.classes(of: kind).compactMap { name in
      let count = history.count { $0.kind == kind && $0.classification == name }
      return count > 0 ? (name, count) : nil
    }
  }
}
