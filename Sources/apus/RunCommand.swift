import ArgumentParser
import Batching
import GenomicFiles
import Interpretation
import KnowledgeBase
import Service
import Workflow

/// `apus run`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "The main job: every case of a sample sheet, from its files to its reports.",
    discussion: """
      The sheet is CSV with a header; columns: case,sample,lane,fastq_1,fastq_2,bam,vcf,gvcf,sv_vcf,cnv_vcf,str_vcf,sex,
      status,role,affected,father,mother,referral,outside_calls,urgency, and x_… of your own. Relative paths are relative to the sheet. A case whose files do not belong together is
      put on HOLD: its results are provisional.

      A referral's test decides, by the directory, what a case is interpreted as: inherited disease by panels
      (--tier-panel), pharmacogenes (--definitions), or a tumour with or without its germline (-c, --signatures).

      Example:
        apus run --samplesheet samples.csv -f GRCh38.fa.gz --out results
        apus run --samplesheet samples.csv -f GRCh38.fa.gz --out results --resume
        apus run --samplesheet samples.csv -f GRCh38.fa.gz -c GRCh38.cache --directory directory.json --panel R27.json \
          --out results

      Beyond one machine, one case a job (Docs/schedulers.md):
        apus run --samplesheet samples.csv -f GRCh38.fa.gz --out results --estimate
        apus run --samplesheet samples.csv -f GRCh38.fa.gz --out results --resume --case CASE1
        apus run --samplesheet samples.csv --out results --report-only
      """)

  @Option(help: "The sample sheet.")
  var samplesheet: String

  @Option(name: [.customShort("f"), .long], help: "Reference FASTA, plain or bgzipped; needed for VCFs.")
  var fasta: String?

  @Option(name: [.customShort("c"), .long], help: "Annotation cache, made by apus cache build of the same FASTA.")
  var cache: String?

  @Option(name: [.customShort("o"), .long], help: "The folder of the results.")
  var out: String

  @Option(
    help: """
      The quality policy: \(Policy.builtInNames.joined(separator: ", ")), or a file of one (.yaml). FAIL or UNKNOWN of a
      required rule holds the case.
      """)
  var policy: String?

  @Option(help: "VCF of common single-base variants with frequencies in INFO AF: contamination and fingerprints.")
  var sites: String?

  @OptionGroup var gaps: GapFileOptions

  @Option(
    help: """
      A test directory, made by apus directory import; referrals are checked against it. Give it several times where rare
      disease, cancer and pharmacogenomics stand in files of their own.
      """)
  var directory: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: """
      Panels as PanelApp's API gives them: variants are tiered by those of the referral's test, or without a referral by
      all of them.
      """)
  var tierPanel: [String] = []

  @Option(help: "The tiering profile: \(TieringProfile.names.joined(separator: ", ")), or a file.")
  var profile: String = TieringProfile.names[0]

  @OptionGroup var branches: BranchFileOptions

  @Option(help: "The moment for which referrals are checked and turnaround is told; now without it.")
  var asOf: String?

  @Flag(help: "Take NHS numbers of the test range (999…) as valid.")
  var testNumbers = false

  @Flag(help: "Go on from an earlier run: what its manifests do not prove by digest is redone.")
  var resume = false

  @Flag(help: "Run only the cases that failed when they were run last, or did not come to their end.")
  var onlyFailed = false

  @OptionGroup var batch: BatchOptions

  @Option(help: "A knowledge base that the cases' permitted people are contributed to; see apus kb.")
  var kb: String?

  @Option(help: "Consent records (apus-consent/1) for --kb; may be given several times.")
  var consent: [String] = []

  @Option(help: "Exit with 3 for a verdict: never, fail (FAIL or UNKNOWN), warn (WARN too).")
  var failOn: FailOn = .never

  @Option(help: "Deflate level of FASTQ outputs, 1 to 9.")
  var compressionLevel = 4

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try apus.validate(level: compressionLevel)
    if kb == nil, !consent.isEmpty { throw ValidationError("--consent is for --kb") }
    if batch.reportOnly || batch.estimate, kb != nil || resume || onlyFailed {
      throw ValidationError("--estimate and --report-only run nothing: they take no --kb, --resume or --only-failed")
    }
  }

  func run() async throws {
    let resources = shared.resources
    let command = self
    try await interruptible(resources) {
      if command.batch.reportOnly { return try await command.report(resources) }
      if let kb = command.kb {
        // Before hours of work, not after.
        let path = try baseName(kb)
        _ = try await resources.blocking.run { try KnowledgeBase(path: path) }
      }
      let options = try await command.options(resources)
      if command.batch.estimate { return try await command.estimate(options, resources) }
      let outcomes = try await runSamplesheet(options, resources: resources)
      for outcome in outcomes { print("\(outcome.state.rawValue)\t\(command.page(of: outcome))") }
      if command.batch.cases.isEmpty { print("batch\t\(command.out)/batch.html") }
      try await command.contribute(outcomes, resources)
      try command.judge(outcomes)
    }
  }

  private func page(of outcome: CaseOutcome) -> String {
    outcome.state == .failed ? "\(out)/\(outcome.name)" : "\(out)/\(outcome.name)/case.html"
  }

  /// Contributes what is READY; a case on HOLD is refused after that (77), and goes in by `apus kb add` once released.
  private func contribute(_ outcomes: [CaseOutcome], _ resources: RunResources) async throws {
    guard let kb else { return }
    let contributing = Contributing(kb: kb, consent: consent, fasta: fasta, logger: shared.logger)
    let ready = outcomes.filter { $0.state == .ready }
    if !ready.isEmpty { try await contributing.add(ready.map { "\(out)/\($0.name)" }, resources) }
    if let held = outcomes.first(where: { $0.state == .hold }) {
      throw PermissionError(
        .held,
        "case \(held.name) is on HOLD and did not enter; see its case.html, then apus case release and apus kb add")
    }
  }

  /// The first failed case's error is the run's; then the verdicts, if they are asked for.
  private func judge(_ outcomes: [CaseOutcome]) throws {
    if let failed = outcomes.first(where: { $0.state == .failed }), let error = failed.error { throw error }
    let counted = failOn.counted
    let bad = outcomes.filter { $0.verdict.map { counted.contains($0) } ?? false }
    if !bad.isEmpty {
      throw VerdictFailure(
        description:
          "\(bad.count) of \(outcomes.count) cases have a verdict that --fail-on \(failOn.rawValue) counts; see \(out)/batch.html"
      )
    }
  }
}
