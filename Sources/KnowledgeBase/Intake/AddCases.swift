import Batching
public import GenomicFiles
import Genomics
public import Service

/// What came of one sample of a case.
public struct CaseAddition: Sendable {
  /// What came of it.
  public enum Outcome: Sendable, Hashable {
    /// It is in the base.
    case permitted(KnowledgeBase.Addition)
    /// Nothing of it is.
    case denied([DenialReason])
    /// It has nothing to contribute, for this reason (a stable code).
    case nothing(String)
  }

  /// The case.
  public var caseName: String
  /// The sample.
  public var sample: String
  /// What came of it.
  public var outcome: Outcome
  /// Its variant records, taken in and dropped; nil where none were read.
  public var counts: IntakeCounts?
}

/// Contributes cases' permitted samples to a base: all of them in one transaction, or none. Memory holds one sample.
///
/// - Parameters:
///   - folders: case folders as `apus run` wrote them.
///   - fasta: the reference; nil takes the path that the run was given. It must be the case's by digest.
///   - today: the day on which consent is asked for.
/// - Returns: a row a sample. Nobody permitted is no error here.
/// - Throws: `PermissionError` for a held case, before anything is read; `InputError`; `KnowledgeBaseError`.
public func addCases(
  _ folders: [String], to path: String, consents: ConsentRegister, fasta: String?, today: CalendarDate,
  resources: RunResources
) async throws -> [CaseAddition] {
  let (base, cases, addition) = try await resources.blocking.run {
    let base = try KnowledgeBase(path: path)
    let cases = try folders.map { try CaseFolder(path: $0) }
    return (base, cases, try OpenAddition(to: base))
  }
  do {
    var rows: [CaseAddition] = []
    for one in cases { rows += try await add(one, to: addition, base.key, consents, fasta, today, resources) }
    try await resources.blocking.run { try addition.commit() }
    return rows
  } catch {
    await resources.blocking.run { addition.rollBack() }
    throw error
  }
}

/// Takes a case's permitted samples in, one after the other.
private func add(
  _ one: CaseFolder, to addition: OpenAddition, _ key: PseudonymKey, _ consents: ConsentRegister, _ fasta: String?,
  _ today: CalendarDate, _ resources: RunResources
) async throws -> [CaseAddition] {
  let decisions = one.samples.map { consents.decision(participant: $0.name, today: today) }
  let everyonePermitted = decisions.allSatisfy { if case .permit = $0 { true } else { false } }
  var rows: [CaseAddition] = []
  for (sample, decision) in zip(one.samples, decisions) {
    var row = CaseAddition(caseName: one.name, sample: sample.name, outcome: .nothing("no-variants"), counts: nil)
    switch decision {
    case .deny(let reasons): row.outcome = .denied(reasons)
    case .permit(let permission):
      if sample.status == "tumour" {
        row.outcome = .nothing("tumour-sample")
      } else if try await resources.blocking.run({
        try addition.isWithdrawn(key.pseudonym(of: sample.name), consentedOn: permission.date)
      }) {
        // The base knows of a withdrawal that the record does not tell.
        row.outcome = .denied([.withdrawn])
      } else {
        let (details, tiers) = try await resources.blocking.run {
          var details = try one.details(of: sample)
          // Without the tiers, nothing says what they rest on: else their absence would be read as no finding.
          if !everyonePermitted { details.versions = details.versions.filter { !tierVersions.contains($0.key) } }
          return (details, everyonePermitted ? try one.tiers(of: sample) : CaseTiers())
        }
        let intake = SampleIntake(
          one: one, sample: sample, fasta: fasta ?? one.fasta, dropsPhase: !everyonePermitted, details: details,
          tiers: tiers, resources: resources)
        if let (contribution, counts) = try await intake.contribution(key) {
          let consented = try ConsentedContribution(contribution, permission, key: key, decidedOn: today)
          row.counts = counts
          row.outcome = .permitted(try await resources.blocking.run { try addition.add(consented) })
        }
      }
    }
    rows.append(row)
  }
  return rows
}

/// The versions that a contribution's tiers rest on.
private let tierVersions: Set<String> = ["profile", "tiers-cache"]
