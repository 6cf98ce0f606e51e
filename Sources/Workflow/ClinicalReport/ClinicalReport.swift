/// What a case says to the people who write its report: `report.json`. A draft until somebody authorises it.
///
/// It holds every value that the page shows, so that a page is made of this file alone. Two identifiers of the patient
/// stand in it where the referral gives them; nothing of it belongs in a log, a file name or an argument.
public struct ClinicalReport: Sendable, Hashable, Codable {
  /// `apus-report/1`.
  public static let schema = "apus-report/1"

  /// Where a report is.
  public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nobody has authorised it.
    case draft
    /// Authorised.
    case final
    /// A draft that is to take the place of an authorised report.
    case amendedDraft = "amended-draft"
    /// Authorised, in place of an earlier report.
    case amended

    /// Whether somebody has authorised it.
    public var isAuthorised: Bool { self == .final || self == .amended }
  }

  /// A label and its value, as the page shows them.
  public struct Field: Sendable, Hashable, Codable {
    /// The label.
    public var label: String
    /// The value.
    public var value: String

    /// A field.
    public init(_ label: String, _ value: String) {
      self.label = label
      self.value = value
    }
  }

  /// Who authorised a report, and when.
  public struct Authoriser: Sendable, Hashable, Codable {
    /// The name.
    public var name: String
    /// The day, `YYYY-MM-DD`.
    public var date: String
  }

  /// A standard of turnaround and where the clock stands.
  public struct Turnaround: Sendable, Hashable, Codable {
    /// The table of standards.
    public var table: String
    /// The category; nil where it is not established for this test.
    public var category: String?
    /// The standard, in calendar days.
    public var standard: Int?
    /// `running`, `overdue`, `met`, `missed`, `cancelled` or `unknown`.
    public var state: String
    /// The state in words.
    public var detail: String
  }

  /// What came of a sample's rules.
  public struct SampleVerdict: Sendable, Hashable, Codable {
    /// The sample.
    public var sample: String
    /// The verdict.
    public var verdict: VerdictOutcome
    /// Rules that were not met, could not be asked, or ask for attention.
    public var reasons: [String]
  }

  /// A class of variants.
  public struct VariantClass: Sendable, Hashable, Codable {
    /// What became of the class.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
      case assessed
      case notSupplied = "not supplied"
      case failed
      case notAssessed = "not assessed"
    }

    /// The class, in words.
    public var name: String
    /// What became of it.
    public var state: State
    /// How, or why not.
    public var detail: String
  }

  /// A variant that has a tier, or came close.
  public struct Finding: Sendable, Hashable, Codable {
    /// The highest tier; for a near miss the tier that it would have, if that is known.
    public var tier: String?
    /// The gene.
    public var gene: String
    /// The variant: `contig:POS REF>ALT`, a region, or a repeat with its sizes.
    public var variant: String
    /// The transcript and the names of coding sequence and protein, where there are any.
    public var names: [String]
    /// The consequence, where one counted.
    public var consequence: String?
    /// Genotypes by member.
    public var genotypes: [Field]
    /// The mode, the filter and the panel; for a near miss its reason.
    public var basis: [String]
    /// What else to know: provisional rules, pairs whose phase is not known, warnings.
    public var notes: [String]
    /// The rules asked: `rule: outcome; value; limit; source`.
    public var evidence: [String]
    /// Where it stands, for a small variant.
    public var allele: Allele?
  }

  /// A small variant, as other programs read it.
  public struct Allele: Sendable, Hashable, Codable {
    /// The contig.
    public var contig: String
    /// POS, counted from 1.
    public var position: Int
    /// REF.
    public var reference: String
    /// ALT.
    public var alternate: String
    /// The gene's HGNC identifier.
    public var hgnc: String?
    /// The transcript.
    public var transcript: String?
    /// The name on the coding sequence.
    public var hgvsc: String?
    /// The name on the protein.
    public var hgvsp: String?
    /// Copies of ALT and of all, in the proband; nil where not known.
    public var copies: [Int]?
    /// Reads in the proband.
    public var depth: Int?
  }

  /// Bases of a panel's gene that were not assessed.
  public struct Gap: Sendable, Hashable, Codable {
    /// The sample.
    public var sample: String
    /// The gene.
    public var gene: String
    /// Bases of its exons.
    public var bases: Int
    /// Bases in gaps.
    public var gapBases: Int
    /// A risk of mis-mapped reads, where one is known.
    public var risk: String?
  }

  /// `apus-report/1`.
  public var schema = ClinicalReport.schema
  /// The report's identifier: that of the case.
  public var id: String
  /// The version, from 1.
  public var version = 1
  /// Where it is.
  public var status = Status.draft
  /// The version that this one is to take the place of; nil for the first.
  public var supersedes: Int?
  /// Why there is a new version.
  public var reason: String?
  /// Who authorised it; nil for a draft.
  public var authoriser: Authoriser?
  /// The moment for which turnaround is told, as given.
  public var asOf: String?
  /// Whether the case is on hold, or an input makes the results provisional, and why.
  public var holds: [String] = []
  /// What identifies the patient; empty where no referral was given.
  public var patient: [Field] = []
  /// The specimens.
  public var specimens: [Field] = []
  /// What was asked for, by whom.
  public var referral: [Field] = []
  /// Turnaround.
  public var turnaround: [Turnaround] = []
  /// What was done, a sentence a step.
  public var method: [String] = []
  /// The verdict on each sample.
  public var verdicts: [SampleVerdict] = []
  /// What a person must read first.
  public var banners: [String] = []
  /// The result in a sentence or two.
  public var summary: [String] = []
  /// Sections of a branch beside tiers: pharmacogenomics, a tumour; nil where variants are tiered.
  public var parts: [Part]?
  /// Variants in tiers 1, 2, A and the repeats; then those in tier 3 are counted in `summary` alone.
  public var findings: [Finding] = []
  /// Variants that came close.
  public var nearMisses: [Finding] = []
  /// How many near misses there are; the report holds the first of them.
  public var nearMissCount = 0
  /// What was assessed, not supplied, or failed.
  public var classes: [VariantClass] = []
  /// Gaps in genes of the panels.
  public var gaps: [Gap] = []
  /// Panels with their versions.
  public var panels: [Field] = []
  /// What the result does not tell.
  public var limitations: [String] = []
  /// Reference, cache, profile, versions of programs.
  public var provenance: [Field] = []
  /// What FHIR asks for beside the rest.
  public var exchange = Exchange()

  /// Identifiers with their systems, for exchange.
  public struct Exchange: Sendable, Hashable, Codable {
    /// The patient's, `system|value`.
    public var subject: [Field] = []
    /// The specimens'.
    public var specimens: [Field] = []
    /// The order.
    public var order: String?
    /// The reporting laboratory's ODS code.
    public var laboratory: String?
    /// GRCh37 or GRCh38.
    public var assembly: String?
    /// The test code with its name.
    public var study: String?
    /// Why no DiagnosticReport was written; nil where one was, or where no moment of issue was given.
    public var notWritten: String?
  }

  /// An empty draft.
  public init(id: String) { self.id = id }

  /// What stands on every report.
  public static let caveat = "Decision support, not an authorised report."
}
