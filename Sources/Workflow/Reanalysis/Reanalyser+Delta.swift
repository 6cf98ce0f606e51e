import Annotation
import Batching
import GenomicFiles
import Genomics
import Interpretation
import Synchronization

/// What differs between the two caches for each profile, found once for all cases.
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
    if let delta = found.withLock({ $0[profile.digest] }) { return delta }
    let before = profile.relevance(in: old.build.sources)
    let now = profile.relevance(in: new.build.sources)
    let delta: Delta
    if let obstacle = SourceDelta.obstacle(from: old, to: new, before, now) {
      delta = .notTold(obstacle)
    } else {
      delta = .told(try SourceDelta(from: old, to: new, now))
    }
    found.withLock { $0[profile.digest] = delta }
    return delta
  }
}

extension Reanalyser {
  /// Whether a case's tiers are proven to be the same without all of its calls: panels and profile are, and no candidate
  /// is another. Then every rule has the same answer.
  /// - Returns: what proved it; nil where the calls have to be read.
  func provenSame(
    _ stored: StoredCase, _ panels: PanelSet, _ profile: TieringProfile, _ warnings: inout [String]
  ) async throws -> ReanalysisSummary.Path? {
    guard let old else { return nil }
    guard old.digest == stored.tiers.cache else {
      warnings.append("the case was not tiered by the old cache given: all of its calls are read")
      return nil
    }
    // Another version may have other rules.
    guard stored.madeBy == "apus \(apusVersion)" else { return nil }
    guard panels == stored.interpretation.panels, profile.digest == stored.interpretation.profileDigest,
      let name = stored.interpretation.index, let calls = probandCalls(stored)
    else { return nil }
    let (deltas, now) = (deltas, annotator)
    switch try await resources.blocking.run({ try deltas.delta(profile, from: old.source, to: now.source) }) {
    case .notTold(let why):
      warnings.append("\(why): all of the case's calls are read")
      return nil
    case .told(let delta):
      let starts = try await resources.blocking.run {
        guard let starts = AlleleStarts(try readWhole(stored.path(name), limit: 1 << 30)) else {
          throw InputError(
            .malformed, at: InputLocation(file: stored.path(name)), "the file is damaged",
            remedy: "run the case again")
        }
        return starts
      }
      let met = starts.meeting(delta.starts)
      if met.isEmpty { return .index }
      let assembly = now.source.build.assembly.flatMap { Assembly(rawValue: $0) }
      let isSame = try await areSameCandidates(
        calls, at: met, old: old, now: now,
        criteria: CandidateCriteria(profile: profile, panels: PanelIndex(panels, assembly: assembly)),
        resources: resources)
      return isSame ? .records : nil
    }
  }

  /// The proband's calls, where they are normalised and split.
  private func probandCalls(_ stored: StoredCase) -> String? {
    let calls = stored.interpretation.calls
    guard
      let own = calls.first(where: { $0.isSplit && $0.path.hasPrefix("\(stored.interpretation.proband)/") })
        ?? (calls.count == 1 && calls[0].isSplit ? calls[0] : nil)
    else { return nil }
    return stored.path(own.path)
  }
}
