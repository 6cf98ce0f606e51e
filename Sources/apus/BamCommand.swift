import Alignments
import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import Reports
import Variants
import Workflow

/// `apus bam`.
struct BamCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bam", abstract: "Decode alignments once and count everything asked for.",
    discussion: """
      Takes BAM and SAM (CRAM is not built yet). Writes P.flagstat.txt and P.idxstats.txt, equal to samtools 1.16,
      P.mosdepth.summary.txt and P.mosdepth.global.dist.txt, equal to mosdepth 0.3.3, and P.qc.json with depth by contig.
      With --targets also P.mosdepth.region.dist.txt, P.regions.bed.gz and P.thresholds.bed.gz; with --genes P.gaps.tsv
      and P.exons.tsv.

      Example:
        apus bam S1.bam --out-prefix S1 --targets panel.bed
      """)

  @Argument(help: "BAM or SAM; - is standard input.")
  var input: String

  @Option(help: "Prefix of the outputs' names.")
  var outPrefix: String

  @Option(name: [.customShort("f"), .long], help: "Reference FASTA; contigs with records are compared with it.")
  var fasta: String?

  @Option(help: "BED of regions that coverage is told for, as mosdepth --by.")
  var targets: String?

  @Option(help: "GFF3 of gene models; their exons' depth and gaps are told in P.gaps.tsv and P.exons.tsv.")
  var genes: String?

  @Option(help: "PanelApp panel as JSON: of --genes only its green genes.")
  var panel: String?

  @Option(help: "ClinVar VCF: gaps tell which pathogenic records lie in them.")
  var clinvar: String?

  @Option(help: "Depths at which the targets' coverage is told, separated by commas.")
  var thresholds: String = "1,10,15,20,30"

  @Flag(help: "Also write P.per-base.bed.gz: runs of bases of one depth.")
  var perBase = false

  @Option(help: "Also write P.quantized.bed.gz: runs of bases of one bin of depth; bins as 0:1:4:100:.")
  var quantize: String?

  @Option(help: "Least mapping quality of alignments that count in mosdepth's files; nothing else depends on it.")
  var mapq = 0

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

  /// What the options say, but for the targets, which are a file.
  private var options: AlignmentOptions {
    get throws {
      var options = AlignmentOptions()
      options.thresholds = try thresholds.split(separator: ",", omittingEmptySubsequences: false).map { text in
        guard let depth = Int(text), depth >= 0 else {
          throw ValidationError("--thresholds takes depths separated by commas, such as 1,10,20, not \(thresholds)")
        }
        return depth
      }
      options.perBase = perBase
      options.quantize = try quantize.map { text in
        guard let bins = DepthBins(text) else {
          throw ValidationError("--quantize takes depths separated by colons, such as 0:1:4:100:, not \(text)")
        }
        return bins
      }
      guard (0...255).contains(mapq) else { throw ValidationError("--mapq takes a number from 0 to 255") }
      options.minimumMappingQuality = mapq
      return options
    }
  }

  func validate() throws {
    let collections = try collections
    _ = try options
    if collections?.contains(MosdepthCollector.name) == false, perBase || quantize != nil || targets != nil {
      throw ValidationError(
        "--targets, --per-base and --quantize need \(MosdepthCollector.name) among what --collect names")
    }
    if genes == nil, panel != nil || clinvar != nil {
      throw ValidationError("--panel and --clinvar need the gene models: give --genes GFF3")
    }
    if collections?.contains(GapsCollector.name) == false, genes != nil {
      throw ValidationError("--genes needs \(GapsCollector.name) among what --collect names")
    }
  }

  /// The exons whose gaps are told; nil without gene models.
  private func gapOptions(_ resources: RunResources) async throws -> GapOptions? {
    guard let genes else { return nil }
    var chosen: PanelGenes?
    if let panel { chosen = try await readPanelGenes(panel, resources: resources) }
    var options = GapOptions(
      models: try await readExonModels(InputFile(path: genes), panel: chosen, resources: resources), panel: chosen)
    if let clinvar {
      options.sites = try await readClinVarSites(
        InputFile(path: clinvar), in: options.models, resources: resources)
    }
    return options
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
    job.options = try options
    if let targets {
      let features = try await readBED(
        InputFile(path: targets), columns: .regionAndName, resources: resources)
      job.options.targets = TargetRegions(features, path: targets)
    }
    job.options.gaps = try await gapOptions(resources)
    let inputs = [input] + [targets, genes, panel, clinvar, fasta].compactMap { $0 }
    let outputs = MosdepthCollector.streamedSuffixes(job.options).map { suffix in
      AlignmentOutput(
        suffix: suffix,
        plan: OutputPlan(path: outPrefix + suffix, container: .bgzf(level: 6), force: shared.force))
    }
    try Outputs.refuse(outputs.map(\.plan.path) + ["\(outPrefix).qc.json"], inputs: inputs, force: shared.force)
    if let fasta {
      let registry = resources.outputs
      job.reference = try await resources.blocking.run { try FASTAReference(path: fasta, registry: registry) }
    }
    let (result, pending) = try await withProgress(progress, shows: Terminal.isStandardError) { [job] in
      try await processAlignments(job, outputs: outputs, resources: resources)
    }
    if result.isSorted == false, !outputs.isEmpty {
      throw InputError(
        .malformed, at: InputLocation(file: input),
        "the records are not in coordinate order, and depth by base, bin or target needs it",
        remedy: "sort the file, for example with samtools sort")
    }
    let report = result.report
    let metrics = AlignmentMetrics(result, report)
    shared.warn(metrics.warnings)
    let texts = report.files.map { ("\(outPrefix)\($0.suffix)", $0.bytes) }
    try Outputs.refuse(texts.map(\.0), inputs: inputs, force: shared.force)
    for output in pending { _ = try await output.commit() }
    for (path, bytes) in texts { try await Outputs.write(path, bytes, shared.force, resources) }
    try await Outputs.write("\(outPrefix).qc.json", try JSONValue(encoding: metrics).bytes, shared.force, resources)
  }
}
