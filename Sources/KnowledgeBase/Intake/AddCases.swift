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

/// Contributes cases' permitted samples to a base: all of them in one transaction, or none.
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
  let (base, cases) = try await resources.blocking.run {
    let base = try KnowledgeBase(path: path)
    let cases = try folders.map { try CaseFolder(path: $0) }
    try base.requireWritable()
    return (base, cases)
  }
  var rows: [CaseAddition] = []
  var waiting: [(row: Int, ConsentedContribution)] = []
  for one in cases {
    let decisions = one.samples.map { consents.decision(participant: $0.name, today: today) }
    let everyonePermitted = decisions.allSatisfy { if case .permit = $0 { true } else { false } }
    for (sample, decision) in zip(one.samples, decisions) {
      var row = CaseAddition(caseName: one.name, sample: sample.name, outcome: .nothing("no-variants"), counts: nil)
      switch decision {
      case .deny(let reasons): row.outcome = .denied(reasons)
      case .permit(let permission):
        if sample.status == "tumour" {
          row.outcome = .nothing("tumour-sample")
        } else if let (contribution, counts) = try await contribution(
          of: sample, in: one, key: base.key, fasta: fasta ?? one.fasta, dropsPhase: !everyonePermitted, resources)
        {
          row.counts = counts
          waiting.append((rows.count, try ConsentedContribution(contribution, permission, key: base.key)))
        }
      }
      rows.append(row)
    }
  }
  let ready = waiting
  let additions = try await resources.blocking.run { try base.add(ready.map { $0.1 }) }
  for ((row, _), addition) in zip(waiting, additions) { rows[row].outcome = .permitted(addition) }
  return rows
}

/// - Returns: nil where the case has no variants of the sample.
private func contribution(
  of sample: CaseFolder.Sample, in one: CaseFolder, key: PseudonymKey, fasta: String?, dropsPhase: Bool,
  _ resources: RunResources
) async throws -> (Contribution, IntakeCounts)? {
  let candidates = one.variants(of: sample).map { [$0] } ?? one.jointVariants
  guard !candidates.isEmpty else { return nil }
  guard let reference = one.reference, let fasta else {
    throw InputError(
      .mismatch, at: InputLocation(file: one.path), "the case was run without a reference",
      remedy: "run it again with -f FASTA")
  }
  let depth = try await callable(one.callable(of: sample), resources)
  for file in candidates {
    let input = InputFile(path: file.path, hashes: true)
    let registry = resources.outputs
    let made = try await withChunks(of: input, endOfFile: .required, resources: resources) {
      source -> (Contribution, IntakeCounts)? in
      let reader = try await VCFReader(source, resources: resources)
      guard let column = reader.header.samples.firstIndex(of: sample.name) else { return nil }
      let intake = try await resources.blocking.run {
        let sequence = try verified(fasta, reference, registry)
        return IntakeBox(
          ContributionIntake(sample: sample.name, reference: reference, fasta: sequence, dropsPhase: dropsPhase))
      }
      while let batch = try await reader.next() {
        try await resources.blocking.run { try intake.value.add(batch, column: column) }
      }
      let contribution = intake.value.finish(key.pseudonym(of: sample.name), sex: sample.sex, depth: depth)
      return (contribution, intake.value.counts)
    }
    guard let made else { continue }
    try requireDigest(input, file)
    return made
  }
  return nil
}

/// Not a data race: one task adds batch after batch.
private final class IntakeBox: @unchecked Sendable {
  var value: ContributionIntake
  init(_ value: ContributionIntake) { self.value = value }
}

private func callable(_ file: CaseFolder.File?, _ resources: RunResources) async throws -> [BEDFeature]? {
  guard let file else { return nil }
  let input = InputFile(path: file.path, hashes: true)
  // A file without stretches is a BGZF of no bytes: nothing is callable, which is not unknown.
  let features = try await readBED(input, resources: resources)
  try requireDigest(input, file)
  return features
}

private func requireDigest(_ input: InputFile, _ file: CaseFolder.File) throws {
  guard input.summary?.sha256 == file.sha256 else {
    throw InputError(
      .checksum, at: InputLocation(file: file.path), "the file is not the one that the manifest names",
      remedy: "run the case again (--resume)")
  }
}

/// The FASTA, if it is the case's reference by digest.
private func verified(_ path: String, _ reference: ReferenceContigs, _ registry: OutputRegistry) throws
  -> FASTAReference
{
  let fasta = try FASTAReference(path: path, registry: registry)
  let found = try referenceIdentity(of: fasta, registry: registry).contigs
  guard found.map(\.digest) == reference.contigs.map(\.digest), found.map(\.name) == reference.contigs.map(\.name)
  else {
    throw InputError(
      .mismatch, at: InputLocation(file: path), "the FASTA is not the one that the case was run with",
      remedy: "give that FASTA with -f")
  }
  return fasta
}
