import Batching
import GenomicFiles
import Genomics

/// Reads what a case's folder holds of one sample.
struct SampleIntake {
  let one: CaseFolder
  let sample: CaseFolder.Sample
  let fasta: String?
  /// Whether phase is left out: it may come from relatives who are not permitted.
  let dropsPhase: Bool
  /// Strata and versions.
  let details: ContributionDetails
  /// The tiers that the case gave the person's alleles; none where they may come from relatives who are not permitted.
  let tiers: CaseTiers
  let resources: RunResources

  /// The sample's contribution.
  /// - Returns: nil where the case has no variants of the sample.
  func contribution(_ key: PseudonymKey) async throws -> (Contribution, IntakeCounts)? {
    let candidates = one.variants(of: sample).map { [$0] } ?? one.jointVariants
    guard !candidates.isEmpty else { return nil }
    for file in candidates {
      guard let intake = try await read(file, file.isGVCF ? .allelesAndBlocks : .alleles) else { continue }
      let blocks = try await blocks()
      let isToldByCaller = file.isGVCF || blocks != nil
      let depth = isToldByCaller ? nil : try await callable()
      return await resources.blocking.run {
        let contribution = intake.value.finish(
          key.pseudonym(of: sample.name), sex: sample.sex, depth: depth, blocks: blocks, details: details)
        return (contribution, intake.value.counts)
      }
    }
    return nil
  }

  /// What a gVCF beside the variants tells of callability; nil where there is none.
  private func blocks() async throws -> CallerCallability? {
    guard let file = one.referenceBlocks(of: sample) else { return nil }
    guard let intake = try await read(file, .blocks) else {
      throw InputError(
        .mismatch, at: InputLocation(file: file.path), "the gVCF has no column of the sample",
        remedy: "correct the sample sheet and run the case again")
    }
    return intake.value.callability
  }

  /// - Returns: nil where the file has no column of the sample.
  private func read(_ file: CaseFolder.File, _ part: ContributionIntake.Part) async throws -> IntakeBox? {
    guard let reference = one.reference, let fasta else {
      throw InputError(
        .mismatch, at: InputLocation(file: one.path), "the case was run without a reference",
        remedy: "run it again with -f FASTA")
    }
    let input = InputFile(path: file.path, hashes: true)
    let registry = resources.outputs
    let made = try await withVariants(of: input, resources: resources) { reader -> IntakeBox? in
      let header = reader.header
      guard let column = header.samples.firstIndex(of: sample.name) else { return nil }
      let intake = try await resources.blocking.run {
        let sequence = try verified(fasta, reference, registry)
        return IntakeBox(
          ContributionIntake(
            part, header: header, reference: reference, fasta: sequence, dropsPhase: dropsPhase, annotation: file.cache,
            tiers: tiers))
      }
      while let batch = try await reader.next() {
        try await resources.blocking.run { try intake.value.add(batch, column: column) }
      }
      return intake
    }
    if made != nil { try requireDigest(input, file) }
    return made
  }

  /// Where the sample's depth suffices; nil where the run did not tell.
  private func callable() async throws -> [BEDFeature]? {
    guard let file = one.callable(of: sample) else { return nil }
    let input = InputFile(path: file.path, hashes: true)
    // A file without stretches is a BGZF of no bytes: nothing is callable, which is not unknown.
    let features = try await readBED(input, resources: resources)
    try requireDigest(input, file)
    return features
  }
}

/// Not a data race: one task adds batch after batch.
private final class IntakeBox: @unchecked Sendable {
  var value: ContributionIntake
  init(_ value: ContributionIntake) { self.value = value }
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
  guard try referenceIdentity(of: fasta, registry: registry).assemblyDigest == reference.assemblyDigest else {
    throw InputError(
      .mismatch, at: InputLocation(file: path), "the FASTA is not the one that the case was run with",
      remedy: "give that FASTA with -f")
  }
  return fasta
}
