import Crypto
import GenomicFiles
import Genomics

extension LakeDocument {
  /// The digest of what a lake's Parquet files hold: every contribution is made again from its rows.
  /// - Parameter scratch: a folder for what is read.
  /// - Throws: `InputError` of kind `checksum` where the rows are none.
  func digestOfRows(_ lake: String, _ program: DuckDB, scratch: String) throws -> String {
    let damaged = InputError(
      .checksum, at: InputLocation(file: lake), "the lake's rows are not as they were written",
      remedy: "export the base again")
    guard let reference else { throw damaged }
    let folder = lake + "/" + Self.folder(generation)
    func read(_ name: String, _ order: String) throws -> LineFile {
      let lines = "\(scratch)/\(name).json"
      try program.run(
        """
        SET temp_directory = \(DuckDB.quoted(scratch)); SET preserve_insertion_order = true;
        COPY (SELECT * FROM read_parquet(\(DuckDB.quoted("\(folder)/\(name)/**/*.parquet")), hive_partitioning = false)
          ORDER BY \(order)) TO \(DuckDB.quoted(lines)) (FORMAT json)
        """)
      return try LineFile.reading(lines)
    }
    func rows<R: Decodable>(_ type: R.Type, _ name: String, _ order: String) throws -> [R] {
      var rows: [R] = []
      try read(name, order).forEach(type) { rows.append($0) }
      return rows
    }
    // What other programs fold by.
    guard try rows(LakeRow.Base.self, "base", "schema") == [baseRow],
      try rows(LakeRow.Contig.self, "contigs", "number") == contigRows,
      try Set(rows(LakeRow.Place.self, "places", "refget, start")) == Set(placeRows)
    else { throw damaged }
    var people: [LakeRow.Person] = []
    try read("people", "person").forEach(LakeRow.Person.self) { people.append($0) }
    var callable: [Int: [RefgetDigest: [Range<Int>]]] = [:]
    try read("callable", "person, refget, start").forEach(LakeRow.Callable.self) { row in
      guard let contig = RefgetDigest(sha512t24u: row.refget), row.start < row.end else { throw damaged }
      callable[row.person, default: [:]][contig, default: []].append(row.start..<row.end)
    }
    var digests: [String] = []
    var next = 0
    var list = ObservationList()
    var pending: [Contribution.Observation] = []
    func endContig() {
      if let last = pending.last?.contig { list.add(pending, of: last) }
      pending.removeAll(keepingCapacity: true)
    }
    func endPerson() throws {
      endContig()
      let row = people[next]
      guard let sex = Sex(rawValue: row.sex), let details = ContributionDetails(text: row.details) else {
        throw damaged
      }
      let contribution = Contribution(
        pseudonym: Pseudonym(text: ""), sex: sex, reference: reference, filters: FilterConfiguration(text: filters),
        callabilityBasis: row.callability,
        callable: (callable.removeValue(forKey: row.person) ?? [:]).mapValues { IntervalSet($0) },
        annotation: row.annotation, details: details, list: list)
      guard contribution.digest == row.digest else { throw damaged }
      digests.append(row.digest)
      list = ObservationList()
      next += 1
    }
    try read("observations", "person, refget, start, reference, alternate").forEach(LakeRow.Observation.self) { row in
      while next < people.count, people[next].person != row.person { try endPerson() }
      guard next < people.count, let one = row.observation else { throw damaged }
      if let last = pending.last?.contig, last != one.contig { endContig() }
      pending.append(one)
    }
    while next < people.count { try endPerson() }
    guard callable.isEmpty else { throw damaged }
    var events: [String] = []
    try read("classifications", "event").forEach(LakeRow.Classification.self) {
      events.append(hexadecimal(SHA256.hash(data: Array($0.event.utf8))))
    }
    return Self.digest(purpose: purpose, assemblyDigest: people.isEmpty ? nil : assemblyDigest, digests, events)
  }

  /// A base's digest; see `KnowledgeBase.digest()`.
  private static func digest(
    purpose: String, assemblyDigest: String?, _ contributions: [String], _ events: [String]
  ) -> String {
    var hasher = SHA256()
    let head = "apus-knowledge-base/2\npurpose\t\(purpose)\nreference\t\(assemblyDigest ?? ".")\n"
    hasher.update(data: Array(head.utf8))
    for digest in contributions.sorted() { hasher.update(data: Array("contribution\t\(digest)\n".utf8)) }
    for digest in events.sorted() { hasher.update(data: Array("classification\t\(digest)\n".utf8)) }
    return hexadecimal(hasher.finalize())
  }
}
