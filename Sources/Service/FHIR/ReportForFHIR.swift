/// A report of a genomic test as a plain value, to be written as a FHIR R4 DiagnosticReport by the profiles of HL7 Genomics
/// Reporting 3.0.0 and of NHS England (reference/service.md 7).
public struct ReportForFHIR: Sendable, Hashable {
  /// Where the report is (FHIR R4 `diagnostic-report-status`).
  public enum Status: String, Sendable, Hashable, CaseIterable {
    /// A draft that nobody has authorised.
    case preliminary
    /// Complete and authorised.
    case final
    /// Authorised, in place of an earlier one.
    case amended
  }

  /// An identifier with its system.
  public struct Identifier: Sendable, Hashable {
    /// The naming system, a URI.
    public var system: String
    /// The value.
    public var value: String
    /// An identifier.
    public init(system: String, value: String) {
      self.system = system
      self.value = value
    }
  }

  /// Reference sequence of the positions.
  public enum Assembly: String, Sendable, Hashable {
    case grch37 = "GRCh37"
    case grch38 = "GRCh38"
  }

  /// The copies of an allele.
  public enum Zygosity: String, Sendable, Hashable {
    case heterozygous
    case homozygous
    case hemizygous
    case homoplasmic
    case heteroplasmic
  }

  /// A variant that met the criteria of the report, on the forward strand of its assembly.
  public struct Variant: Sendable, Hashable {
    /// HGNC identifier, `HGNC:6188`; nil outside genes.
    public var geneID: String?
    /// HGNC symbol.
    public var geneSymbol: String?
    /// The transcript with its version.
    public var transcript: String?
    /// HGVS of the coding sequence.
    public var codingHGVS: String?
    /// HGVS of the protein.
    public var proteinHGVS: String?
    /// HGVS of the genome.
    public var genomicHGVS: String?
    /// The contig's name.
    public var contig: String
    /// The first reference base, counted from 1.
    public var position: Int
    /// The reference allele.
    public var reference: String
    /// The alternate allele.
    public var alternate: String
    /// The copies; nil where not known.
    public var zygosity: Zygosity?
    /// Reads at the position; nil where not known.
    public var depth: Int?
    /// Whether it is somatic.
    public var isSomatic: Bool
    /// What the report's profile says of it, such as `Tier 1 (gel-nembus-draft)`: evidence, no classification.
    public var evidence: [String]

    /// A variant.
    public init(contig: String, position: Int, reference: String, alternate: String, isSomatic: Bool = false) {
      self.contig = contig
      self.position = position
      self.reference = reference
      self.alternate = alternate
      self.isSomatic = isSomatic
      evidence = []
    }
  }

  /// The resource's logical id: letters, digits, `-` and `.`, at most 64.
  public var id: String
  /// The report's identifier.
  public var identifier: Identifier
  /// The report's version; stands in the identifier's place beside it.
  public var version: String?
  /// The laboratory that assigned the identifier, by ODS code.
  public var assignerODS: String?
  /// Where it is.
  public var status: Status
  /// When it was issued, ISO 8601 with its zone.
  public var issued: String
  /// The order, by its GMS order identifier.
  public var order: String?
  /// The patient's identifiers; at least one, and two for a report that people read.
  public var subject: [Identifier]
  /// The laboratory, by ODS code.
  public var performerODS: String
  /// Who authorised it; needed for `final` and `amended`.
  public var authoriser: String?
  /// The specimens' identifiers; at least one.
  public var specimens: [Identifier]
  /// The report that this one replaces; needed for `amended`.
  public var replaces: Identifier?
  /// Why it was amended; needed for `amended`.
  public var amendmentReason: String?
  /// The assembly of the positions.
  public var assembly: Assembly
  /// What was done and what was not: method, limitations. One note each.
  public var notes: [String]
  /// Variants that met the criteria, in the report's order.
  public var variants: [Variant]
  /// Actions that are recommended.
  public var recommendedActions: [String]
  /// The test that was done, for the study's description; nil writes no study.
  public var study: String?
  /// The conclusion in the report's words.
  public var conclusion: String

  /// What stands at the end of every conclusion.
  public static let caveat = "Decision support, not an authorised report."

  /// A report without variants, notes or actions.
  public init(
    id: String, identifier: Identifier, status: Status, issued: String, subject: [Identifier], performerODS: String,
    specimens: [Identifier], assembly: Assembly, conclusion: String
  ) {
    self.id = id
    self.identifier = identifier
    self.status = status
    self.issued = issued
    self.subject = subject
    self.performerODS = performerODS
    self.specimens = specimens
    self.assembly = assembly
    self.conclusion = conclusion
    (notes, variants, recommendedActions) = ([], [], [])
  }
}

/// A report that cannot be written.
public enum ReportForFHIRError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A field that the profile needs is missing or not of its form.
  case field(String, String)
  /// A text says "negative" or "normal" as a finding (DESIGN.md decision 14).
  case unsafeWord(String)

  /// What is wrong; what to do. Holds no value of the report.
  public var description: String {
    switch self {
    case .field(let name, let what): "the report's \(name) \(what); give it"
    case .unsafeWord(let name):
      "the report's \(name) says negative or normal; say what was assessed and that no variant met the criteria there"
    }
  }
}
