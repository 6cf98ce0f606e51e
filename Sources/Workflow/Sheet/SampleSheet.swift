public import Genomics
public import Service

/// A sample sheet: cases, their samples, and the files of each (CLI.md, "The main job").
public struct SampleSheet: Sendable {
  /// One lane's reads.
  public struct Lane: Sendable, Hashable {
    /// The lane's name; empty where the sheet names none.
    public var name: String
    /// The first file, or the only one.
    public var fastq1: String
    /// The second file of a pair.
    public var fastq2: String?
  }

  /// One sample of a case.
  public struct Sample: Sendable, Hashable {
    /// The sample's name.
    public var name: String
    /// Sex as declared.
    public var sex: Sex
    /// `germline`, `tumour` or `normal`.
    public var status: String
    /// `proband`, `mother` …, as written.
    public var role: String
    /// Whether the person is affected; nil where the sheet does not say.
    public var isAffected: Bool?
    /// The father's sample, if named.
    public var father: String?
    /// The mother's sample, if named.
    public var mother: String?
    /// Reads by lane, in the sheet's order.
    public var lanes: [Lane]
    /// The alignments, if there are any.
    public var bam: String?
    /// The variants, if there are any; the same path on several samples is a joint VCF.
    public var vcf: String?
    /// The gVCF, if there is one: where the sample was callable, and the variants too where there is no VCF.
    public var gvcf: String?
    /// Copy numbers, if there are any.
    public var cnv: String?
    /// Calls of a caller of structural variants, which copy numbers are held against.
    public var sv: String?
    /// Short tandem repeats, if there are any.
    public var str: String?
    /// Calls of pharmacogenes by other programs (CYP2D6), if there are any.
    public var outsideCalls: String?
    /// The sheet's `x_…` columns, by name.
    public var extra: [String: String]
  }

  /// One case.
  public struct Case: Sendable, Hashable {
    /// The case's name.
    public var name: String
    /// Its samples, in the sheet's order.
    public var samples: [Sample]
    /// Its referral, if there is one.
    public var referral: String?
    /// How urgent the sheet says it is; nil where that is left to the referral.
    public var urgency: Referral.Urgency?
  }

  /// The cases, in the sheet's order.
  public var cases: [Case]

  /// The columns that a sheet may have, in CLI.md's order.
  public static let columns = [
    "case", "sample", "lane", "fastq_1", "fastq_2", "bam", "vcf", "gvcf", "sv_vcf", "cnv_vcf", "str_vcf", "sex",
    "status", "role", "affected", "father", "mother", "referral", "outside_calls",
    "urgency",
  ]

  /// The most columns that a sheet may have: every row is looked at in each.
  private static let columnLimit = 1000

  /// Parses a sheet.
  /// - Parameter path: the sheet's own path; relative paths in it are relative to its folder.
  /// - Throws: `InputError` of kind `malformed` with the line.
  public init(csv text: [UInt8], path: String) throws(InputError) {
    let rows = try CSV.parse(text, path: path)
    guard let header = rows.first else {
      throw InputError(
        .empty, at: InputLocation(file: path), "the sheet is empty", remedy: "give a sheet with a header and rows")
    }
    try Self.check(header: header.fields, line: header.line, path: path)
    var cases: [Case] = []
    var caseIndices: [String: Int] = [:]
    var sampleIndices: [[String: Int]] = []
    for row in rows.dropFirst() {
      let reader = SheetRow(header: header.fields, fields: row.fields, line: row.line, path: path)
      let (caseName, sample) = try reader.sample()
      let caseIndex = caseIndices[caseName] ?? cases.count
      if caseIndex == cases.count {
        caseIndices[caseName] = caseIndex
        cases.append(Case(name: caseName, samples: []))
        sampleIndices.append([:])
      }
      try reader.addReferral(to: &cases[caseIndex])
      try reader.addUrgency(to: &cases[caseIndex])
      if let index = sampleIndices[caseIndex][sample.name] {
        try reader.add(sample, to: &cases[caseIndex].samples[index])
      } else {
        sampleIndices[caseIndex][sample.name] = cases[caseIndex].samples.count
        cases[caseIndex].samples.append(sample)
      }
    }
    guard !cases.isEmpty else {
      throw InputError(
        .empty, at: InputLocation(file: path), "the sheet has no rows", remedy: "add a row for each sample")
    }
    try Self.checkFamilies(cases, path: path)
    self.cases = cases
  }

  private static func check(header: [String], line: Int, path: String) throws(InputError) {
    func refuse(_ reason: String) -> InputError {
      InputError(
        .malformed, at: InputLocation(file: path, record: line), reason,
        remedy: "use the columns \(columns.joined(separator: ",")); columns of your own begin with x_")
    }
    for name in header where !columns.contains(name) && !name.hasPrefix("x_") {
      throw refuse("the sheet has a column \"\(name)\" that is not known")
    }
    guard header.count <= columnLimit else { throw refuse("the sheet has more than \(columnLimit) columns") }
    var seen: Set<String> = []
    for name in header where !seen.insert(name).inserted { throw refuse("the column \"\(name)\" stands twice") }
    for name in ["case", "sample"] where !header.contains(name) { throw refuse("the column \"\(name)\" is missing") }
  }

  private static func checkFamilies(_ cases: [Case], path: String) throws(InputError) {
    for (number, one) in cases.enumerated() {
      let names = Set(one.samples.map(\.name))
      for sample in one.samples {
        for parent in [sample.father, sample.mother].compactMap({ $0 })
        where !names.contains(parent) || parent == sample.name {
          throw InputError(
            .malformed, at: InputLocation(file: path),
            "a father or mother in case \(number + 1) is not another sample of that case",
            remedy: "name parents by their sample, or leave the field empty")
        }
      }
    }
  }
}

extension SampleSheet.Sample {
  /// The status in words for people: `normal` is a sample's type, and never stands on a page as a finding would.
  var statusTold: String { status == "normal" ? "germline comparator" : status }
}
