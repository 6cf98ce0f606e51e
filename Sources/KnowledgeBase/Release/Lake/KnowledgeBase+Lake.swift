import GenomicFiles
import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What came of an export.
public struct LakeSummary: Sendable, Hashable {
  /// The generation that the lake holds now.
  public var generation: Int
  /// The digest of its rows, which is the base's.
  public var digest: String
  /// Whether it held that already.
  public var isUnchanged: Bool
}

extension KnowledgeBase {
  /// Writes the base as a lake of Parquet files, by the `duckdb` command line. Blocks.
  ///
  /// A lake holds one generation. Where the base has changed, a withdrawal above all, the next one is made beside it, read
  /// back, proved by digest, and then the older one is removed. The base knows which generation is the newest: an older
  /// copy of a lake is refused by `verifyLake`.
  /// - Throws: `ReleaseError` of kind `unavailable` without `duckdb`, `withheld` for a lake that is newer than the base.
  public func exportLake(to given: String) throws -> LakeSummary {
    let program = try DuckDB.find()
    let lake = given.count > 1 && given.hasSuffix("/") ? String(given.dropLast()) : given
    let earlier = try LakeDocument.read(lake)
    if earlier == nil, content(at: lake) != .absent, content(at: lake) != .emptyFolder {
      throw OutputError(
        .exists, path: lake, reason: "exists already, and is no lake", remedy: "name another folder")
    }
    return try Self.translating(path) {
      try store.access { try $0.begin(.writing) }
      do {
        return try store.access { try export(to: lake, earlier, program, $0) }
      } catch {
        rollBack()
        throw error
      }
    }
  }

  private func export(to lake: String, _ earlier: LakeDocument?, _ program: DuckDB, _ db: any StoreConnection) throws
    -> LakeSummary
  {
    let last = try db.count("SELECT generation FROM release_lake")
    let digest = try storedDigest(db)
    if let earlier {
      guard earlier.generation <= last else {
        throw ReleaseError(
          .withheld, "\(lake): the lake is newer than the base, which may be a copy from before a withdrawal",
          remedy: "name another folder, or take the newest copy of the base")
      }
      if earlier.generation == last, earlier.digest == digest {
        db.rollBack()
        return LakeSummary(generation: last, digest: digest, isUnchanged: true)
      }
    }
    let reference = try reference(db)
    let document = LakeDocument(
      schema: LakeDocument.schema, generation: last + 1, digest: digest, purpose: purpose.rawValue,
      assembly: reference?.assembly?.rawValue, assemblyDigest: try Self.meta("reference", db),
      filters: try Self.meta("filters", db) ?? "",
      contigs: (reference?.contigs ?? []).map {
        .init(name: $0.name, length: $0.length, refget: $0.digest.sha512t24u)
      })
    let folder = "\(lake)/\(LakeDocument.folder(document.generation))"
    let scratch = "\(lake)/.scratch-\(document.generation)"
    // What a run that died left.
    for path in [folder, scratch] where content(at: path) != .absent {
      try FileManager.default.removeItem(atPath: path)
    }
    try makeFolder(scratch)
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    try makeFolder(folder)
    do {
      try LakeWriting(base: self, document: document, program: program, folder: folder, scratch: scratch).write(db)
      guard try document.digestOfRows(lake, program, scratch: scratch) == digest else { throw damaged() }
    } catch {
      try? FileManager.default.removeItem(atPath: folder)
      throw error
    }
    // The base first: an older generation is refused from now on, also where this one never gets its name.
    try db.execute("DELETE FROM release_lake")
    try db.execute("INSERT INTO release_lake VALUES (?)", [document.generation])
    try ReleaseLedger.reseal(db)
    try db.commit()
    _ = try writeAtomically(try document.bytes, to: lake + "/lake.json", force: true, registry: OutputRegistry())
    for name in try FileManager.default.contentsOfDirectory(atPath: lake)
    where name.hasPrefix("generation-") && name != LakeDocument.folder(document.generation) {
      try FileManager.default.removeItem(atPath: "\(lake)/\(name)")
    }
    return LakeSummary(generation: document.generation, digest: digest, isUnchanged: false)
  }

  /// Proves that a lake holds what the base holds, by making every contribution again from its Parquet files. Blocks.
  /// - Throws: `ReleaseError` of kind `withheld` for an older generation than the base's newest, or one from before the
  ///   base changed; `InputError` for rows that are not as they were written.
  public func verifyLake(_ lake: String) throws -> LakeSummary {
    let program = try DuckDB.find()
    guard let document = try LakeDocument.read(lake) else {
      throw InputError(
        .unreadable, at: InputLocation(file: lake), "there is no lake", remedy: "make one with apus kb export")
    }
    let (newest, digest) = try read {
      (try $0.count("SELECT generation FROM release_lake"), try storedDigest($0))
    }
    guard document.generation == newest, document.digest == digest else {
      throw ReleaseError(
        .withheld,
        "\(lake): generation \(document.generation) is not of the base as it is now, and may hold people who withdrew",
        remedy: "export the base again, and remove this copy")
    }
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("apus-lake-\(UUID().uuidString)").path
    try makeFolder(scratch)
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    guard try document.digestOfRows(lake, program, scratch: scratch) == digest else {
      throw InputError(
        .checksum, at: InputLocation(file: lake), "the lake's rows are not the base's", remedy: "export the base again")
    }
    return LakeSummary(generation: newest, digest: digest, isUnchanged: true)
  }
}
