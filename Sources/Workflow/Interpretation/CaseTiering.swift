import Batching
import Service
import Annotation
import GenomicFiles
import Genomics
import Logging
import Interpretation
import Variants

/// What came of a case's variants under its panels.
struct CaseTiering: Sendable {
  let reading: FamilyReading
  let result: TieringResult
  var report: TierReport
  /// What the file of copy numbers held that is none; nil without one.
  let copyNumbers: StructuralReading?
  let hasRepeats: Bool
  let profile: TieringProfile
  /// Names the content of the cache.
  let cacheDigest: String
}

/// The files that a case is tiered from.
struct TieringInput: Sendable {
  var family: FamilyInput
  /// The proband's copy numbers, and the calls of another kind of caller beside them.
  var copyNumbers: String?
  var structural: String?
  /// Short tandem repeats of members.
  var repeats: [String] = []
}

/// Which panels a case is tiered by, and why a part of them is missing.
struct CasePanels: Sendable {
  var panels: PanelSet
  /// Numbers of the test's panels that were not given.
  var missing: [String]
  /// Parts of the test's target that are neither genes nor panels.
  var unread: [String]

  /// The panels of the referral's test; all panels of the run for a case without referral.
  init(_ given: PanelSet, _ referral: CaseReferral?) throws(InputError) {
    guard let referral else {
      self.init(panels: given, missing: [], unread: [])
      return
    }
    guard let test = referral.test else {
      self.init(panels: .none, missing: [], unread: [])
      return
    }
    let wanted = test.panels
    let known = Set(given.panels.map { String($0.identity.id) })
    var panels = try given.selecting(wanted.filter(known.contains))
    if !test.genes.isEmpty {
      panels = panels.adding(
        .genes(test.genes, of: test.code.description, directoryVersion: referral.directoryVersion ?? "not told"))
    }
    self.init(
      panels: panels, missing: wanted.filter { !known.contains($0) }, unread: test.otherTargets)
  }

  init(panels: PanelSet, missing: [String], unread: [String]) {
    self.panels = panels
    self.missing = missing
    self.unread = unread
  }

  /// The rule that a referral's panels are at hand.
  var rule: RuleResult {
    RuleResult(
      id: "interpretation.panels", rule: "The panels of the referral's test were given",
      outcome: missing.isEmpty && !panels.panels.isEmpty ? .pass : .unknown, isRequired: true,
      evidence: missing.isEmpty
        ? panels.panels.isEmpty
          ? "the test has no panel or gene" : panels.panels.map(\.identity.told).joined(separator: "; ")
        : "not given: panel \(missing.joined(separator: ", "))")
  }
}

extension Panel.Identity {
  /// Name, number and version.
  var told: String { id == 0 ? "\(name) (version \(version))" : "\(name) (\(id)), version \(version)" }
}

/// Tiers a case's variants from the files that its sheet names.
struct CaseTierer: Sendable {
  let options: RunOptions
  let resources: RunResources
  let layout: CaseLayout

  /// - Parameters:
  ///   - proband: what the pass over the proband's variants took, or why their file is read once more.
  ///   - provisional: why the results are provisional; nil where they are not.
  func run(
    _ one: SampleSheet.Case, _ panels: PanelSet, proband: ProbandCalls, provisional: String?
  ) async throws -> CaseTiering? {
    guard let cache = options.cache, let reference = options.reference, let profile = options.profile else {
      return nil
    }
    guard let input = try await input(one) else { return nil }
    let main = input.family.files.first ?? options.samplesheet
    let annotator = try await consequenceAnnotator(
      cache: cache, reference: reference, input: main, options: tieringOptions, resources: resources)
    let registry = resources.outputs
    let fasta = try await resources.blocking.run { try FASTAReference(path: reference, registry: registry) }
    if case .readAgain(let reason) = proband {
      options.logger.info(
        "the proband's file is read once more for tiers",
        metadata: ["case": "\(one.name)", "why": "\(reason.rawValue)"])
    }
    return try await CaseTiering(
      input, panels, profile: profile, annotator: annotator, reference: fasta, proband: proband.reading,
      provisional: provisional, resources: resources)
  }

  /// What tiers need of the pass over the proband's variants; nil where there is no such pass.
  func probandPlan(_ one: SampleSheet.Case, _ panels: PanelSet, _ profile: TieringProfile) -> ProbandPlan? {
    let samples = Self.samples(one)
    // Files that do not belong together are told by `input`, which reads the same again.
    guard options.cache != nil, let proband = Self.proband(samples), let source = proband.variantSource,
      let family = try? files(one, samples, proband)
    else { return nil }
    return ProbandPlan(source: source, family: family, panels: panels, profile: profile)
  }

  private static func samples(_ one: SampleSheet.Case) -> [SampleSheet.Sample] {
    one.samples.filter { $0.status == "germline" && ($0.vcf ?? $0.gvcf) != nil }
  }

  /// What the sheet names for tiers; nil where no germline sample with variants is the proband.
  func input(_ one: SampleSheet.Case) async throws -> TieringInput? {
    let samples = Self.samples(one)
    guard let proband = Self.proband(samples) else { return nil }
    var input = TieringInput(family: try await family(one, samples, proband))
    input.copyNumbers = proband.cnv
    input.structural = proband.cnv == nil ? nil : proband.sv
    for path in samples.compactMap(\.str) where !input.repeats.contains(path) { input.repeats.append(path) }
    return input
  }

  /// The sample with that role, else the one affected sample.
  static func proband(_ samples: [SampleSheet.Sample]) -> SampleSheet.Sample? {
    if let named = samples.first(where: { $0.role == "proband" }) { return named }
    let affected = samples.filter { $0.isAffected == true }
    return affected.count == 1 ? affected[0] : samples.count == 1 ? samples[0] : nil
  }

  /// The family with its files of calls, before anything is measured of it.
  private func files(
    _ one: SampleSheet.Case, _ samples: [SampleSheet.Sample], _ proband: SampleSheet.Sample
  ) throws -> FamilyInput {
    let pedigree = try Self.pedigree(one, proband, sheet: options.samplesheet)
    // Variants of the proband are what is asked; of relatives a gVCF tells more.
    var files: [String] = []
    for sample in samples {
      let path = sample == proband ? sample.vcf ?? sample.gvcf : sample.gvcf ?? sample.vcf
      if let path, !files.contains(path) { files.append(path) }
    }
    return FamilyInput(
      pedigree: pedigree, pedigreePath: options.samplesheet, files: files, proband: proband.name)
  }

  private func family(
    _ one: SampleSheet.Case, _ samples: [SampleSheet.Sample], _ proband: SampleSheet.Sample
  ) async throws -> FamilyInput {
    var input = try files(one, samples, proband)
    let layout = layout
    input.xCopies = try await resources.blocking.run {
      var copies: [String: Int] = [:]
      for sample in samples where sample.bam != nil {
        let path = layout.path("\(sample.name)/\(CaseLayout.alignments).qc.json")
        copies[sample.name] = try MeasuredXCopies.read(path, sample: sample.name)
      }
      return copies
    }
    let joint = proband.vcf ?? proband.gvcf
    for sample in samples where sample.bam != nil && sample != proband && sample.gvcf == nil && sample.vcf != joint {
      let path = layout.path("\(sample.name)/\(CaseLayout.alignments).callable.bed.gz")
      if case .file = content(at: path) { input.callable[sample.name] = path }
    }
    return input
  }

  private static func pedigree(
    _ one: SampleSheet.Case, _ proband: SampleSheet.Sample, sheet: String
  ) throws -> Pedigree {
    let people = one.samples.filter { $0.status == "germline" }
    do {
      return try Pedigree(
        people.map { sample in
          Pedigree.Individual(
            family: one.name, name: sample.name, father: sample.father, mother: sample.mother, sex: sample.sex,
            affection: sample.isAffected.map { $0 ? .affected : .unaffected }
              ?? (sample == proband ? .affected : .unknown))
        })
    } catch {
      throw InputError(
        .malformed, at: InputLocation(file: sheet),
        "the family of case \(one.name) contradicts itself: \(error.fault)", remedy: "correct father, mother and sex")
    }
  }
}
