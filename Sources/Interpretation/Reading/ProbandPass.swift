public import Annotation
public import GenomicFiles
import Genomics
public import Variants

/// Takes a family's candidates from a pass over the proband's file that is made for something else, so that the file is
/// not read once more for tiers.
///
/// The pass normalises, splits and annotates, and leaves nothing out.
public struct ProbandPass: Sendable {
  /// The proband's file: the one that the pass has to read.
  public let path: String
  private let tap: CandidateTap

  /// Reads the headers of the family's files.
  /// - Parameter annotator: the pass's own.
  /// - Returns: nil where the annotator's entries lack a field that candidates need.
  /// - Throws: `InputError` for files that do not belong together, as ``readFamily`` does.
  public init?(
    _ input: FamilyInput, annotator: ConsequenceAnnotator, criteria: CandidateCriteria, resources: RunResources
  ) async throws {
    let plan = try FamilyPlan(input, samples: try await sampleNames(of: input.files, resources))
    guard let tap = try CandidateTap(criteria, annotator: annotator, plan: plan) else { return nil }
    path = plan.files[plan.main].path
    self.tap = tap
  }

  /// What the pass shows its records to.
  public var records: any VariantTap { tap }

  /// What was taken, once the pass is over.
  /// - Returns: nil where it does not stand for ``readFamily``'s own pass: alleles beside `<NON_REF>` or `<*>` were not
  ///   normalised.
  public func reading(_ result: VariantResult) -> ProbandReading? {
    let taken = tap.all
    guard !taken.hasUnspecified else { return nil }
    return ProbandReading(path: path, tap: tap, taken, result)
  }
}

/// What the proband's file holds for tiers.
public struct ProbandReading: Sendable {
  let path: String
  let columns: [Int?]
  let carriers: [Int]
  let taken: CandidateTap.Taken
  /// What genotypes tell of runs of homozygosity and of disomy; nil where the proband has no column.
  let origins: (chromosomes: [ChromosomeOrigins], scattered: Set<String>)?
  let recordsIn: Int
  let warnings: [String: Int]

  init(path: String, tap: CandidateTap, _ taken: CandidateTap.Taken, _ result: VariantResult) {
    self.path = path
    columns = tap.columns
    carriers = tap.carriers
    self.taken = taken
    origins = tap.takeOrigins()
    recordsIn = result.counts.recordsIn
    warnings = result.input?.warnings ?? [:]
  }

  /// Whether it is of that family and file.
  func isOf(_ plan: FamilyPlan) -> Bool {
    let file = plan.files[plan.main]
    return path == file.path && columns == file.columns && carriers == plan.carriers
  }
}

extension CandidateTap {
  /// Of the proband's file.
  /// - Throws: `InputError` where the rules of runs and disomy are damaged.
  convenience init?(
    _ criteria: CandidateCriteria, annotator: ConsequenceAnnotator, plan: FamilyPlan
  ) throws(InputError) {
    self.init(
      criteria, annotator: annotator, places: ContigPlaces(annotator.source.contigs),
      columns: plan.files[plan.main].columns, carriers: plan.carriers, origins: plan.originColumns,
      rules: try ParentalOriginRules.standard())
  }
}

/// The sample columns of each file.
func sampleNames(of files: [String], _ resources: RunResources) async throws -> [[String]] {
  var samples: [[String]] = []
  for path in files {
    samples.append(try await withVariants(of: InputFile(path: path), resources: resources) { $0.header.samples })
  }
  return samples
}
