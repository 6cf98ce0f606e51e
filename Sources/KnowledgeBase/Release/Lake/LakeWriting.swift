import GenomicFiles
import Genomics

/// Writes a base's rows as Parquet: a folder a table, observations and callable stretches partitioned by contig
/// (`contig=20/data.parquet`) and sorted by place.
struct LakeWriting {
  let base: KnowledgeBase
  let document: LakeDocument
  let program: DuckDB
  /// The generation's folder while it is made.
  let folder: String
  /// Where lines wait for DuckDB.
  let scratch: String

  func write(_ db: any StoreConnection) throws {
    let people = try base.people(db).sorted { ($0.digest, $0.id) < ($1.digest, $1.id) }
    let rows = try LineFile.writing("\(scratch)/people.json")
    for (number, person) in people.enumerated() {
      try rows.write(
        LakeRow.Person(
          person: number, digest: person.digest, sex: person.sex, callability: person.callability,
          annotation: person.annotation, details: person.details))
    }
    try rows.close()
    let events = try LineFile.writing("\(scratch)/classifications.json")
    for event in try db.texts("SELECT event FROM classification ORDER BY digest") {
      try events.write(LakeRow.Classification(event: event))
    }
    try events.close()
    try write([document.baseRow], to: "base")
    try write(document.contigRows, to: "contigs")
    try write(document.placeRows, to: "places")
    let contigs = try lines(of: people, db)
    try copy(
      "base",
      "schema: 'VARCHAR', purpose: 'VARCHAR', assembly: 'VARCHAR', reference: 'VARCHAR', filters: 'VARCHAR'",
      from: "base", order: "schema")
    try copy(
      "contigs", "number: 'BIGINT', name: 'VARCHAR', length: 'BIGINT', refget: 'VARCHAR'", from: "contigs",
      order: "number")
    try copy(
      "places",
      "refget: 'VARCHAR', start: 'BIGINT', \"end\": 'BIGINT', kind: 'VARCHAR', female: 'BIGINT', male: 'BIGINT', unknown: 'BIGINT'",
      from: "places", order: "refget, start")
    try copy(
      "people",
      "person: 'BIGINT', digest: 'VARCHAR', sex: 'VARCHAR', callability: 'VARCHAR', annotation: 'VARCHAR', details: 'VARCHAR'",
      from: "people", order: "person")
    try copy("classifications", "event: 'VARCHAR'", from: "classifications", order: "event")
    for (index, contig) in contigs.enumerated() {
      let name = "contig=\(Self.escaped(contig))"
      try copy(
        "observations/\(name)",
        "person: 'BIGINT', refget: 'VARCHAR', start: 'BIGINT', reference: 'VARCHAR', alternate: 'VARCHAR', vrs: 'VARCHAR', form: 'VARCHAR', genotype: 'VARCHAR', genes: 'VARCHAR', tier: 'VARCHAR'",
        from: "observations-\(index)", order: "start, reference, alternate, person")
      try copy(
        "callable/\(name)", "person: 'BIGINT', refget: 'VARCHAR', start: 'BIGINT', \"end\": 'BIGINT'",
        from: "callable-\(index)", order: "start, \"end\", person")
    }
  }

  private func write(_ rows: [some Encodable], to name: String) throws {
    let lines = try LineFile.writing("\(scratch)/\(name).json")
    for row in rows { try lines.write(row) }
    try lines.close()
  }

  /// Writes alleles and stretches as lines, a file a contig.
  /// - Returns: the contigs' names.
  private func lines(of people: [PersonRecord], _ db: any StoreConnection) throws -> [String] {
    guard let reference = try base.reference(db) else { return try noContig() }
    var names: [String] = []
    var files: [RefgetDigest: (alleles: LineFile, stretches: LineFile)] = [:]
    func file(_ contig: RefgetDigest) throws -> (alleles: LineFile, stretches: LineFile) {
      if let file = files[contig] { return file }
      let made = (
        alleles: try LineFile.writing("\(scratch)/observations-\(names.count).json"),
        stretches: try LineFile.writing("\(scratch)/callable-\(names.count).json")
      )
      names.append(reference.contig(contig)?.name ?? contig.sha512t24u)
      files[contig] = made
      return made
    }
    var failure: (any Error)?
    for (number, person) in people.enumerated() {
      try base.reading {
        try base.readContent(
          of: person, reference, db,
          stretch: { range, contig in
            do {
              try file(contig).stretches.write(
                LakeRow.Callable(
                  person: number, refget: contig.sha512t24u, start: range.lowerBound, end: range.upperBound))
            } catch { failure = failure ?? error }
          },
          allele: { one in
            do {
              try file(one.contig).alleles.write(LakeRow.Observation(one, person: number))
            } catch { failure = failure ?? error }
          })
      }
      if let failure { throw failure }
    }
    for (alleles, stretches) in files.values {
      try alleles.close()
      try stretches.close()
    }
    return names.isEmpty ? try noContig() : names
  }

  /// Tables of no row, so that they can be read.
  private func noContig() throws -> [String] {
    try LineFile.writing("\(scratch)/observations-0.json").close()
    try LineFile.writing("\(scratch)/callable-0.json").close()
    return ["none"]
  }

  private func copy(_ table: String, _ columns: String, from lines: String, order: String) throws {
    try makeFolder("\(folder)/\(table)")
    try program.run(
      """
      SET temp_directory = \(DuckDB.quoted(scratch)); SET preserve_insertion_order = true;
      COPY (SELECT * FROM read_json(\(DuckDB.quoted("\(scratch)/\(lines).json")), format = 'newline_delimited',
        columns = {\(columns)}) ORDER BY \(order))
      TO \(DuckDB.quoted("\(folder)/\(table)/data.parquet")) (FORMAT parquet, COMPRESSION zstd)
      """)
    ReleaseFolder.unlink("\(scratch)/\(lines).json")
  }

  /// A contig's name as a folder's: bytes that a path or a partition reads otherwise as `%XX`.
  private static func escaped(_ name: String) -> String {
    var text = ""
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "%" + hexadecimal([byte]).uppercased()
      }
    }
    return text
  }
}
