import Alignments
import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import Reports
import Variants
import Workflow

/// `apus bam process`, which `apus bam` is short for.
struct BamProcessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "process", abstract: "Decode alignments once and count everything asked for.",
    discussion: """
      Takes BAM and SAM (CRAM is not built yet). Writes P.flagstat.txt and P.idxstats.txt, equal to samtools 1.16,
      P.sex.tsv, and P.qc.json with depth by contig; with --sites also P.sample.tsv, P.fingerprint and, where the
      contamination is known, P.selfSM.

      Examples:
        apus bam S1.bam --out-prefix S1
        apus bam S1.bam --out-prefix S1 -f GRCh38.fa --sites common.vcf.gz --genotypes S1.array.vcf.gz
      """)

  @Argument(help: "BAM or SAM; - is standard input.")
  var input: String

  @Option(help: "Prefix of the outputs' names.")
  var outPrefix: String

  @Option(name: [.customShort("f"), .long], help: "Reference FASTA; contigs with records are compared with it.")
  var fasta: String?

  @Option(
    help: """
      VCF of common single-base variants with population frequencies in INFO AF: contamination and fingerprint.
      """)
  var sites: String?

  @Option(help: "VCF of one sample's genotypes, which are compared with the reads at the sites of --sites.")
  var genotypes: String?

  @Option(
    help: """
      What to collect, separated by commas: \(AlignmentCollectors.names.joined(separator: ", ")). All by default.
      """)
  var collect: String?

  @OptionGroup var shared: SharedOptions

  private var collections: Set<String>? {
    get throws {
      guard let collect else { return nil }
      let names = AlignmentCollectors.names
      return Set(
        try collect.split(separator: ",").map { name in
          guard names.contains(String(name)) else {
            throw ValidationError("--collect knows \(names.joined(separator: ", ")), not \(name)")
          }
          return String(name)
        })
    }
  }

  func validate() throws {
    _ = try collections
    guard genotypes == nil || sites != nil else { throw ValidationError("--genotypes needs --sites") }
  }

  func run() async throws {
    let resources = shared.resources
    let job = self
    try await interruptible(resources) { try await job.work(resources) }
  }

  private func work(_ resources: RunResources) async throws {
    let progress = ProgressCounter()
    var job = AlignmentJob(input: InputFile(path: input, progress: progress))
    job.collect = try collections
    let inputs = [input] + [sites, genotypes].compactMap { $0 }
    try Outputs.refuse(["\(outPrefix).qc.json"], inputs: inputs, force: shared.force)
    if let fasta {
      let registry = resources.outputs
      job.reference = try await resources.blocking.run { try FASTAReference(path: fasta, registry: registry) }
    }
    if let sites {
      let panel = try await readSitePanel(InputFile(path: sites), resources: resources)
      job.options.samples.sites = panel
      if let genotypes {
        job.options.samples.genotypes = try await readPanelGenotypes(
          InputFile(path: genotypes), panel: panel, resources: resources)
      }
    }
    job.options.samples.name = outPrefix.split(separator: "/").last.map(String.init)
    let result = try await withProgress(progress, shows: Terminal.isStandardError) { [job] in
      try await processAlignments(job, resources: resources)
    }
    let report = result.report
    let metrics = AlignmentMetrics(result, report)
    shared.warn(metrics.warnings)
    let texts = report.files.map { ("\(outPrefix)\($0.suffix)", $0.bytes) }
    try Outputs.refuse(texts.map(\.0), inputs: inputs, force: shared.force)
    for (path, bytes) in texts { try await Outputs.write(path, bytes, shared.force, resources) }
    try await Outputs.write("\(outPrefix).qc.json", try JSONValue(encoding: metrics).bytes, shared.force, resources)
  }
}
