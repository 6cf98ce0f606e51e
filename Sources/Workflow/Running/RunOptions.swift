public import Alignments
import GenomicFiles
public import Interpretation
public import Logging
import Service

/// When a verdict makes the exit code 3.
public enum FailOn: String, Sendable, CaseIterable {
  /// Never.
  case never
  /// FAIL and UNKNOWN.
  case fail
  /// FAIL, UNKNOWN and WARN.
  case warn
}

/// What `apus run` was asked for.
public struct RunOptions: Sendable {
  /// The sample sheet's path.
  public var samplesheet: String
  /// The reference FASTA's path; nil where no VCF is given.
  public var reference: String?
  /// The annotation cache's path; nil where variants are not annotated.
  public var cache: String?
  /// What names the cache's content, once it was opened.
  var cacheDigest: String?
  /// The quality policy that alignments are judged by; nil for none.
  public var policy: Policy?
  /// VCF of common variants that contamination and fingerprints are told by; nil for none.
  public var sites: String?
  /// What gaps of exons are looked for with; nil for none.
  public var gaps: GapOptions.Files?
  /// The test directories (`apus-test-directory/1`) that referrals are checked against: rare disease, cancer and
  /// pharmacogenomics are published apart. A referral is held against the first that has its test.
  public var directories: [String] = []
  /// Panels of PanelApp that variants are tiered by; empty for no tiers.
  public var panels: [String] = []
  /// The profile that variants are tiered by.
  public var profile: TieringProfile?
  /// The moment for which referrals are checked and turnaround is told, ISO 8601 with its zone.
  public var asOf: String?
  /// Whether NHS numbers of the test range (999…) are taken as valid.
  public var allowsTestNumbers = false
  /// What pharmacogenomics and tumours are told with.
  public var branches = BranchOptions()
  /// What `branches` names, once it was read.
  var branchFiles = BranchFiles()
  /// What `directory` and `panels` hold, once they were read.
  var interpretation = InterpretationFiles()
  /// What `sites` and `gaps` hold, and their digests, once they were read.
  var alignments = AlignmentOptions()
  var alignmentFiles: [Manifest.File] = []
  /// The output folder.
  public var out: String
  /// Whether what an earlier run's manifests prove is kept.
  public var resume = false
  /// Whether only cases are run that failed when they were run last, or were not run to their end.
  public var onlyFailed = false
  /// The cases of the sheet that are run; empty for all. A run of named cases leaves the batch's report as it is, so that
  /// several may run side by side.
  public var cases: [String] = []
  /// The memory that cases side by side may need together, in bytes; nil for what the machine, control group or batch
  /// job gives. A case that needs more than a given memory fails.
  public var memory: Int?
  /// Whether existing outputs are replaced.
  public var force = false
  /// The deflate level of FASTQ outputs, 1 to 9.
  public var readLevel = 4
  /// The deflate level of VCF outputs, 1 to 9.
  public var variantLevel = 6
  /// Whether progress is drawn on standard error.
  public var showsProgress = false
  /// Where messages go.
  public var logger: Logger

  /// A run of a sheet into a folder.
  public init(samplesheet: String, reference: String?, out: String, logger: Logger) {
    self.samplesheet = samplesheet
    self.reference = reference
    self.out = out
    self.logger = logger
  }
}

/// How a case ended.
public enum CaseState: String, Sendable, Codable, CaseIterable {
  /// Its files belong together; nothing holds it.
  case ready = "READY"
  /// Results are provisional until somebody releases the case.
  case hold = "HOLD"
  /// It could not be run.
  case failed = "FAILED"
  /// It has not ended: not started, running, or interrupted.
  case pending = "PENDING"
}

/// How one case ended, and why.
public struct CaseOutcome: Sendable {
  /// The case's name.
  public var name: String
  /// How it ended.
  public var state: CaseState
  /// Its verdict; nil where it failed.
  public var verdict: VerdictOutcome?
  /// The error of a case that failed.
  public var error: (any Error)?
}
