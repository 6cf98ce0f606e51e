import Annotation
import GenomicFiles
import Genomics
import Interpretation

/// What a case is interpreted by, which is known before its files are read.
struct CaseBasis: Sendable {
  /// nil for a case without one.
  var referral: CaseReferral?
  /// nil where no tiers were asked for.
  var panels: CasePanels?
}

/// What tiers need of the pass that writes the proband's variants, so that the file is not read once more.
struct ProbandPlan: Sendable {
  /// The proband's file.
  let source: VariantSource
  let family: FamilyInput
  let panels: PanelSet
  let profile: TieringProfile

  /// Joins a pass.
  /// - Parameter annotator: the pass's own.
  /// - Returns: nil where another file than the pass's is the proband's.
  /// - Throws: `InputError` for files that do not belong together.
  func pass(_ annotator: ConsequenceAnnotator, resources: RunResources) async throws -> ProbandPass? {
    let assembly = annotator.source.build.assembly.flatMap { Assembly(rawValue: $0) }
    let criteria = CandidateCriteria(profile: profile, panels: PanelIndex(panels, assembly: assembly))
    guard
      let pass = try await ProbandPass(family, annotator: annotator, criteria: criteria, resources: resources),
      pass.path == source.path
    else { return nil }
    return pass
  }
}

/// Where the tiers' candidates come from.
enum ProbandCalls: Sendable {
  /// The pass that wrote the proband's variants took them.
  case taken(ProbandReading)
  /// The proband's file is read once more.
  case readAgain(Reason)

  /// Why a file is read a second time.
  enum Reason: String, Sendable {
    /// Variants were kept from an earlier run, which read the file.
    case kept = "its variants were kept from an earlier run"
    /// Alleles beside `<NON_REF>` are normalised only where that is left behind, which the variants written are not.
    case referenceBlocks = "it has alleles beside <NON_REF> or <*>, which are normalised for tiers alone"
    /// What is wrong with the family is told once everything else of the case is done.
    case family = "the files of the family do not belong together"
    /// It is not the file that the variants were written from.
    case otherFile = "its variants were written from another file"
  }

  var reading: ProbandReading? { if case .taken(let reading) = self { reading } else { nil } }
}
