import Annotation
import ApusVersion
import Batching
import GenomicFiles
import Genomics
import Interpretation
import Synchronization

/// What differs between an old cache and the new one for each profile, found once for all cases.
final class SourceDeltas: Sendable {
  enum Delta: Sendable {
    case told(SourceDelta)
    /// Why it is not told by places.
    case notTold(String)
  }

  private let found = Mutex<[String: Delta]>([:])

  /// Blocks when first asked for a profile.
  func delta(
    _ profile: TieringProfile, from old: AnnotationCache, to new: AnnotationCache
  ) throws -> Delta {
    let key = "\(profile.digest) \(old.digest)"
    if let delta = found.withLock({ $0[key] }) { return delta }
    let before = profile.relevance(in: old.build.sources)
    let now = profile.relevance(in: new.build.sources)
    let delta: Delta
    if let obstacle = SourceDelta.obstacle(from: old, to: new, before, now) {
      delta = .notTold(obstacle)
    } else {
      delta = .told(try SourceDelta(from: old, to: new, now))
    }
    found.withLock { $0[key] = delta }
    return delta
  }
}

/// How much of a case tells what its tiers are now.
enum CaseEvidence {
  /// They are the same: panels and profile are, and no candidate is another.
  case same(ReanalysisSummary.Path)
  /// The family as all of its calls would give it, from the candidates that were kept and the alleles that changed.
  case family(FamilyReading, TieringInput)
  /// All of its calls have to be read.
  case unknown
}

extension Reanalyser {
  /// Finds out with as little as tells it.
  func evidence(
    _ stored: StoredCase, _ panels: PanelSet, _ profile: TieringProfile, _ warnings: inout [String]
  ) async throws -> CaseEvidence {
    let one = stored.interpretation
    // Another version may have other rules.
    guard stored.madeBy == "apus \(apusVersion)", panels == one.panels, profile.digest == one.profileDigest,
      let name = one.index
    else { return .unknown }
    let (oldCaches, deltas, annotator) = (oldCaches, deltas, annotator)
    let old = await resources.blocking.run {
      oldCaches.annotator(digest: one.cache, path: one.cachePath, input: stored.folder)
    }
    guard let old else {
      warnings.append("the cache that the case was tiered by is not at hand (--old-cache): all of its calls are read")
      return .unknown
    }
    let delta: SourceDelta
    switch try await resources.blocking.run({ try deltas.delta(profile, from: old.source, to: annotator.source) }) {
    case .notTold(let why):
      warnings.append("\(why): all of the case's calls are read")
      return .unknown
    case .told(let told): delta = told
    }
    let starts = try await resources.blocking.run {
      guard let starts = AlleleStarts(try stored.read(name)) else {
        throw stored.damaged(name)
      }
      return starts
    }
    let met = starts.meeting(delta.starts)
    if met.isEmpty { return .same(.index) }
    let input = try stored.input(files: one.calls.map { stored.path($0.path) })
    let assembly = annotator.source.build.assembly.flatMap { Assembly(rawValue: $0) }
    let criteria = CandidateCriteria(profile: profile, panels: PanelIndex(panels, assembly: assembly))
    let changes = try await candidateChanges(
      input.family, at: met, old: old, now: annotator, criteria: criteria, resources: resources)
    if changes.isEmpty { return .same(.records) }
    guard let (kept, record) = try await kept(stored),
      let reading = try await readFamily(
        input.family, kept: kept, record, changes, now: annotator, criteria: criteria, resources: resources)
    else { return .unknown }
    return .family(reading, input)
  }

  /// The candidates that were kept with a case; nil for a case without.
  private func kept(_ stored: StoredCase) async throws -> (KeptCandidates, FamilyReading.Record)? {
    guard let name = stored.interpretation.candidates, let record = stored.interpretation.reading else { return nil }
    return try await resources.blocking.run {
      guard let kept = KeptCandidates(try stored.read(name)) else {
        throw stored.damaged(name)
      }
      return (kept, record)
    }
  }
}

extension StoredCase {
  /// A file that the manifest names and that cannot be read.
  func damaged(_ name: String) -> InputError {
    InputError(
      .malformed, at: InputLocation(file: path(name)), "the file is damaged", remedy: "run the case again")
  }
}
