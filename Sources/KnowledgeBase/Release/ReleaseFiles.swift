import Batching
import GRDB
import GenomicFiles
import Genomics
import Service

/// Writes the files of a release, in the base's open transaction.
struct ReleaseFiles: Sendable {
  let base: KnowledgeBase
  let folder: ReleaseFolder
  let resources: RunResources
  let moment: @Sendable (KnowledgeBase.ReleaseMoment) throws -> Void

  /// What the rows came to, and the ledger has.
  private struct Stored: Sendable {
    var manifest: ReleaseManifest
    var release: String
    var isRepeated: Bool
    var hasWaiting: Bool
    var scratch: DatabaseQueue
  }

  func make(
    _ options: ReleaseOptions, created: CalendarDate, today: CalendarDate, program: DuckDB?
  ) async throws -> ReleaseSummary {
    let stored = try await resources.blocking.run {
      try KnowledgeBase.translating(base.path) { try store(options, created: created, today: today) }
    }
    try moment(.stored)
    var files = try await write(stored)
    if let program {
      try await resources.blocking.run {
        try program.parquet(from: folder("frequencies.json.gz"), to: folder("frequencies.parquet"))
      }
    }
    try moment(.written)
    files += try await resources.blocking.run {
      try stored.scratch.close()
      ReleaseFolder.unlink(folder("scratch.sqlite"))
      var made: [ReleaseManifest.File] = []
      for name in ["release.sqlite"] + (program == nil ? [] : ["frequencies.parquet"]) {
        folder.sync(name)
        let digest = try fileDigest(folder(name))
        made.append(ReleaseManifest.File(path: name, bytes: digest.bytes, sha256: digest.sha256))
      }
      return made
    }
    let list = files
    try await resources.blocking.run {
      let document = stored.manifest.document(release: stored.release, files: list)
      _ = try writeAtomically(
        Array(document.utf8), to: folder("release.json"), force: false, registry: resources.outputs)
    }
    return ReleaseSummary(
      path: folder.path, release: stored.release, variants: stored.manifest.variants, isRepeated: stored.isRepeated,
      hasWaiting: stored.hasWaiting)
  }

  /// Makes the rows, and enters the release into the ledger.
  private func store(_ options: ReleaseOptions, created: CalendarDate, today: CalendarDate) throws -> Stored {
    let store = try ReleaseStore(path: folder("release.sqlite"), scratch: folder("scratch.sqlite"))
    return try base.store.access { db in
      try base.requireFreshConsent(today: today, db)
      guard let reference = try base.reference(db) else {
        throw ReleaseError(
          .withheld, "the release is withheld: the base holds nobody", remedy: "contribute people first")
      }
      let people = try base.storedPeople(db)
      let ledger = try ReleaseLedger(db)
      let terms = try ReleaseTerms(options, ledger)
      let classes = try ReleaseClasses(base, rule: terms.rule, earlier: ledger.issues.map(\.rule), db)
      var (count, classified) = (0, 0)
      let made = try MadeRelease(
        options, people: people, caches: try caches(db), db, sites: { try base.forEachSite(db, people: $0, $1) },
        row: { row in
          count += 1
          try moment(.row(count))
          var row = row
          row.classes = try classes.classes(of: row)
          if row.classes != nil { classified += 1 }
          try store.add(row, indications: options.dimension == "indication")
        })
      let manifest = ReleaseManifest(
        terms: made.terms, created: made.repeated?.created ?? "\(created)", reference: reference, people: made.people,
        variants: made.variants, untold: made.untold,
        supersedes: made.ledger.issues.map(\.release).filter { $0 != made.repeated?.release },
        annotations: made.tellsGenes ? made.annotations.keys.sorted() : [], tellsGenes: made.tellsGenes,
        wasLeft: made.plan.wholes.contains { $0.step > 0 || $0.left > 0 }, classified: classified)
      let release = try store.end(manifest)
      try made.enter(release: release, created: manifest.created, db)
      if made.repeated == nil { try classes.enter(issue: made.plan.issue) }
      return Stored(
        manifest: manifest, release: release, isRepeated: made.repeated != nil, hasWaiting: made.plan.waiting > 0,
        scratch: store.scratch)
    }
  }

  /// The annotation cache of each annotated person.
  private func caches(_ db: any StoreConnection) throws -> [Int64: String] {
    var caches: [Int64: String] = [:]
    for row in try db.rows("SELECT id, annotation FROM contribution WHERE annotation IS NOT NULL") {
      caches[try row.integer("id")] = try row.text("annotation")
    }
    return caches
  }

  /// Writes the VCF with its index, and the lines of JSON.
  private func write(_ stored: Stored) async throws -> [ReleaseManifest.File] {
    let manifest = stored.manifest
    let header = ReleaseRow.header(
      manifest.reference, release: stored.release, policy: manifest.terms.policy.reference,
      minimum: manifest.terms.rule.minimum)
    var vcf = OutputPlan(
      path: folder("frequencies.vcf.gz"), container: .bgzf(level: 6), force: false,
      indexedLongestContig: manifest.reference.contigs.map(\.length).max() ?? 0)
    vcf.content = .fields
    let (_, records) = try await withOutput(vcf, resources: resources) { stream in
      try await stream.append(Array(header.utf8))
      try await stream.markHeaderEnd()
      try await forEachBatch(stored.scratch) { lines in
        var bytes: [UInt8] = []
        var entries = IndexEntries()
        for line in lines {
          bytes += Array(line.record.utf8)
          bytes.append(UInt8(ascii: "\n"))
          entries.begin(contig: line.contig)
          entries.append(start: line.start, end: line.end, endOfBytes: bytes.count)
        }
        try await stream.append(bytes, entries: entries)
      }
    }
    let json = OutputPlan(
      path: folder("frequencies.json.gz"), container: .gzip(level: 6), force: false)
    let (_, lines) = try await withOutput(json, resources: resources) { stream in
      try await forEachBatch(stored.scratch) { lines in
        try await stream.append(lines.flatMap { Array("\($0.json)\n".utf8) })
      }
    }
    let summaries = try await records.commit() + (try await lines.commit())
    return summaries.map {
      ReleaseManifest.File(
        path: String($0.path.dropFirst(folder.partial.count + 1)), bytes: $0.bytes, sha256: $0.sha256)
    }
  }

  private func forEachBatch(_ scratch: DatabaseQueue, _ body: ([ReleaseStore.Line]) async throws -> Void) async throws {
    var last: Int64 = 0
    while true {
      let behind = last
      let lines = try await resources.blocking.run {
        try ReleaseStore.lines(scratch, behind: behind, limit: 4096)
      }
      guard !lines.isEmpty else { return }
      last += Int64(lines.count)
      try await body(lines)
    }
  }
}
