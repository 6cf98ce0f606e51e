import EngineTestSupport
import Foundation
import Testing
import Variants

/// The specification's own examples, and real files of others.
@Suite(.enabled(if: SharedData.isThere))
struct CheckSpecificationTests {
  private static func examples(_ kind: String) throws -> [(name: String, path: String)] {
    try ["4.1", "4.2"].flatMap { version in
      try SharedData.files("spec/vcf/\(version)/\(kind)").filter { $0.hasSuffix(".vcf") }
        .map { ("\(version)/" + URL(fileURLWithPath: $0).lastPathComponent, $0) }
    }
  }

  @Test func `every valid example is accepted`() async throws {
    var refused: [String: [String]] = [:]
    let examples = try Self.examples("passed")
    for (name, path) in examples {
      let report = try await checkFile(path)
      if report.errors > 0 { refused[name] = report.errorList }
    }
    #expect(examples.count == 50 && refused == [:])
  }

  /// Where the fault of an example is, by the group in its name.
  private static func isPlanted(_ problem: CheckProblem, _ name: String) -> Bool {
    let group = name.split(separator: "/")[1].dropFirst("failed_".count).prefix { !$0.isNumber }.dropLast()
    let field = problem.field
    switch group {
    case "body_alt": return field == "ALT"
    case "body_chrom": return field == "CHROM"
    case "body_contiguous": return problem.code == .contigScattered
    case "body_duplicated": return problem.code == .recordTwice
    case "body_filter": return field == "FILTER"
    // body_format_004 is of the genotype.
    case "body_format": return field.hasPrefix("FORMAT")
    case "body_id": return field == "ID"
    case "body_info": return field.hasPrefix("INFO")
    case "body_pos": return field == "POS"
    case "body_qual": return field == "QUAL"
    case "body_ref": return field == "REF"
    case "body_sample": return field.hasPrefix("FORMAT") || problem.code == .sampleNameTwice
    case "body_samples_ploidy": return problem.code == .sampleCount && field == "FORMAT/PL"
    case "body_unsorted": return problem.code == .posOrder
    case "fileformat": return field == "fileformat"
    case "header": return field == "#CHROM"
    case "meta": return field.hasPrefix("##")
    case "meta_alt": return field == "##ALT"
    case "meta_assembly": return field == "##assembly"
    case "meta_contig": return field == "##contig"
    case "meta_format": return field == "##FORMAT"
    case "meta_info": return field == "##INFO"
    case "meta_pedigree": return field == "##PEDIGREE"
    case "meta_pedigreedb": return field == "##pedigreeDB"
    case "meta_sample": return field == "##SAMPLE"
    default: return false
    }
  }

  /// The codes that a stated cause may have. The causes are the files' own `##CauseOfFailure` lines.
  private static let codes: [(cause: String, codes: Set<CheckCode>)] = [
    (
      "whitespace",
      [
        .altSyntax, .chromSyntax, .filterSyntax, .formatKey, .idSyntax, .infoWhitespace, .fileformat, .metaId,
        .metaName,
      ]
    ),
    ("white-space", [.formatKey]), ("whitespaces", [.filterSyntax]),
    ("negative number", [.infoRange, .qualNegative]), ("floating point", [.infoType]),
    ("not a number", [.infoType, .qualSyntax]),
    ("not a flag", [.infoFlag]), ("illegal characters", [.infoType]), ("is a number", [.infoType]),
    ("Number is not", [.reservedNumber, .metaNumber]), ("Type is not", [.reservedType, .metaType]),
    ("Number value", [.metaNumber]), ("Type value", [.metaType]), ("Incorrect order", [.metaFieldOrder]),
    ("double quotes", [.metaQuoting]), ("non-escaped quotes", [.metaQuoting]), ("quotation mark", [.metaQuoting]),
    ("containing quotes", [.metaQuoting]), ("Non-closed", [.metaSyntax]),
    (
      "missing",
      [
        .metaFieldMissing, .refSyntax, .filterSyntax, .gtSyntax,
      ]
    ),
    ("duplicate", [.recordTwice]), ("triplicate", [.recordTwice]), ("non-contiguous", [.contigScattered]),
    ("non-sorted", [.posOrder]), ("cardinality", [.sampleCount]), ("allele is out of range", [.gtAllele]),
    ("more fields", [.sampleFields]), ("not unique", [.sampleNameTwice]), ("valid genotype", [.gtSyntax]),
    ("genotype contains", [.gtSyntax]), ("not match Type", [.infoType, .sampleType]),
    ("not match Number", [.infoCount, .infoFlag, .sampleCount]), ("first field is not GT", [.formatGtFirst]),
    ("Position is not", [.posSyntax]), ("multiple alleles", [.refSyntax]),
    ("non-valid base", [.refSyntax, .altSyntax]),
    ("reserved value 0", [.filterReserved]), ("Non-valid URL", [.metaUrl]),
  ]

  @Test func `every invalid example is refused, and what is named is the fault that its name and its cause tell`()
    async throws
  {
    var accepted: [String] = []
    var elsewhere: [String: [String]] = [:]
    var stated = 0
    let examples = try Self.examples("failed")
    for (name, path) in examples {
      let report = try await checkFile(path)
      let errors = report.problems.filter { $0.severity == .error }
      if errors.isEmpty { accepted.append(name) }
      let planted = errors.filter { Self.isPlanted($0, name) }
      if planted.isEmpty { elsewhere[name] = report.errorList }
      let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
      guard let cause = text.split(separator: "\n").first(where: { $0.hasPrefix("##CauseOfFailure=") }) else {
        continue
      }
      let wanted = Self.codes.filter { cause.contains($0.cause) }
      guard !wanted.isEmpty else { continue }
      stated += 1
      if !planted.contains(where: { problem in wanted.contains { $0.codes.contains(problem.code) } }) {
        elsewhere["\(name): \(cause)"] = report.errorList
      }
    }
    print("specification: \(examples.count) invalid examples, the cause of \(stated) compared by code")
    #expect(examples.count == 383 && accepted == [] && elsewhere == [:])
  }

  /// Real files and the kinds of error that they truly have; see Docs/vcf-check.md.
  @Test(
    .serialized,
    arguments: [
      ("vcf/1000g-phase1.chr22.vcf.gz", ["reserved-number ##INFO"]),
      ("vcf/platinum.hg19.chr21.vcf.gz", ["record-twice line"]),
      ("trio/CEUTrio-merged-indels-snps.vcf", []), ("na12878/NA12878.called.vcf.gz", []),
      ("na12878/giab.vcf.gz", []),
      ("na12878/giab.chr20-names.vcf.gz", ["info-type INFO/datasetsmissingcall"]), ("pgx/example.vcf", []),
      ("pgx/positions.vcf", []), ("clinvar/clinvar.b37.chr1-start.vcf.gz", []), ("pgx/multisample.vcf", []),
    ])
  func `a real file has no error but those known`(name: String, expected: [String]) async throws {
    let report = try await checkFile(SharedData.path(name))
    let kinds = Set(report.errorList.map { $0.split(separator: " ").dropFirst().joined(separator: " ") })
    #expect(kinds.sorted() == expected)
  }
}
