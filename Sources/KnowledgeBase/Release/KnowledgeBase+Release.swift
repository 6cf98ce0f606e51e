import Batching
public import GenomicFiles
import Genomics
public import Service

/// What came of a release.
public struct ReleaseSummary: Sendable, Hashable {
  /// The folder.
  public var path: String
  /// The release's name.
  public var release: String
  /// Alleles listed.
  public var variants: Int
  /// Whether it is an earlier release again: the same people, the same options.
  public var isRepeated: Bool
  /// Whether people who came since an earlier release wait for a later one, until there are twice the minimum.
  public var hasWaiting: Bool
}

/// A release that was made of a base.
public struct ReleaseEntry: Sendable, Hashable {
  /// Its name.
  public var release: String
  /// The day it was made.
  public var created: String
  /// The policy, with its version.
  public var policy: String
  /// The minimum that it was made by.
  public var minimum: Int
  /// The rounding that it was made by.
  public var rounding: Int
  /// The dimension that it is cut by; `all` for none.
  public var partition: String
  /// Alleles listed.
  public var variants: Int
  /// Whether a later one supersedes it.
  public var isSuperseded: Bool
  /// Whether people whom it holds have withdrawn since.
  public var holdsWithdrawn: Bool
}

extension KnowledgeBase {
  /// The releases of the base, the first first.
  public func releases() throws -> [ReleaseEntry] {
    try read { db in
      let ledger = try ReleaseLedger(db)
      return ledger.issues.map { issue in
        ReleaseEntry(
          release: issue.release, created: issue.created, policy: issue.policy, minimum: issue.rule.minimum,
          rounding: issue.rule.rounding, partition: issue.partition, variants: issue.variants,
          isSuperseded: issue.id != ledger.issues.last?.id, holdsWithdrawn: ledger.left(issue) > 0)
      }
    }
  }

  /// Makes a release of the base in a folder.
  ///
  /// The ledger has it before the folder has its name: what nobody may know of is never told, and a run that died between
  /// the two gives the same release again.
  /// - Parameters:
  ///   - created: the day that the release names; one that repeats an earlier one names that one's day.
  ///   - today: the day on which people's choices must hold.
  ///   - parquet: whether `duckdb` writes `frequencies.parquet` too.
  /// - Throws: `ReleaseError`; `KnowledgeBaseError`; `OutputError`; `PermissionError` where choices are stale.
  public static func release(
    _ base: String, to folder: String, options: ReleaseOptions, created: CalendarDate, today: CalendarDate,
    parquet: Bool = false, force: Bool = false, resources: RunResources
  ) async throws -> ReleaseSummary {
    try await release(
      base, to: folder, options: options, created: created, today: today, parquet: parquet, force: force,
      resources: resources, at: { _ in })
  }

  /// A moment of a release, for tests of what is there when it dies.
  enum ReleaseMoment: Sendable, Hashable {
    case row(Int)
    case stored, written, entered, committed
  }

  static func release(
    _ path: String, to folder: String, options: ReleaseOptions, created: CalendarDate, today: CalendarDate,
    parquet: Bool, force: Bool, resources: RunResources, at moment: @escaping @Sendable (ReleaseMoment) throws -> Void
  ) async throws -> ReleaseSummary {
    let program = parquet ? try DuckDB.find() : nil
    let (base, output) = try await resources.blocking.run {
      let base = try KnowledgeBase(path: path)
      guard base.purpose == .research else {
        throw ReleaseError(
          .withheld, "\(base.path): a clinical base is for the laboratory's own frequencies and is never released",
          remedy: "release a research base")
      }
      try translating(base.path) { try base.store.access { try $0.begin(.writing) } }
      do {
        return (base, try ReleaseFolder(folder, force: force))
      } catch {
        base.rollBack()
        throw error
      }
    }
    do {
      let files = ReleaseFiles(base: base, folder: output, resources: resources, moment: moment)
      let summary = try await files.make(options, created: created, today: today, program: program)
      try await resources.blocking.run {
        try moment(.entered)
        try translating(base.path) { try base.store.access { try $0.commit() } }
        try moment(.committed)
        try output.commit()
      }
      return summary
    } catch {
      await resources.blocking.run {
        base.rollBack()
        output.discard()
      }
      throw error
    }
  }
}
