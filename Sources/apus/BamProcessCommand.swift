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
      Writes, in the layout of the tools that they equal, P.flagstat.txt, P.idxstats.txt, P.stats.txt and P.coverage.txt
      (samtools), P.mosdepth.summary.txt and P.mosdepth.global.dist.txt (mosdepth), with -f P.wgs_metrics.txt and
      P.gc_bias_metrics.txt and always P.insert_size_metrics.txt (Picard); P.sex.tsv; and P.qc.json with every metric
      and its definition. --targets adds regions and thresholds, --genes gaps of exons, --sites contamination and the
      fingerprint, --policy P.verdict.json.

      Examples:
        apus bam S1.bam --out-prefix S1
        apus bam S1.cram --out-prefix S1 -f GRCh38.fa --sites common.vcf.gz --targets panel.bed
      """)

  @Argument(help: "BAM, CRAM (with -f) or SAM; - is standard input.")
  var input: String

  @Option(help: "Prefix of the outputs' names.")
  var outPrefix: String

  @Option(name: [.customShort("f"), .long], help: "Reference FASTA; contigs with records are compared with it.")
  var fasta: String?

  @OptionGroup var coverage: BamCoverageOptions
  @OptionGroup var samples: BamSampleOptions
  @OptionGroup var judging: PolicyOptions

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

  func validate() throws { try coverage.validate(try collections) }

  func run() async throws {
    let resources = shared.resources
    let job = self
    try await interruptible(resources) { try await job.work(resources) }
  }

  private func work(_ resources: RunResources) async throws {
    let name = outPrefix.split(separator: "/").last.map(String.init)
    let progress = ProgressCounter()
    let path = input
    let checksum = try await resources.blocking.run { try ChecksumFile.beside(path) }
    var job = AlignmentJob(input: InputFile(path: input, hashesMD5: checksum != nil, progress: progress))
    job.checksum = checksum
    job.collect = try collections
    if let fasta {
      let registry = resources.outputs
      job.reference = try await resources.blocking.run { try FASTAReference(path: fasta, registry: registry) }
    }
    job.options = try await coverage.read(resources)
    job.options.samples = try await samples.read(name: name, resources)
    let judge = try await judging.read(reference: job.reference, resources)
    if let reference = job.reference {
      job.options.samples.sequences = try await resources.blocking.run {
        var samples = SampleCheckOptions()
        try samples.identifySequences(of: reference)
        return samples.sequences
      }
    }
    let outputs = MosdepthCollector.streamedSuffixes(job.options).map { suffix in
      AlignmentOutput(
        suffix: suffix,
        plan: OutputPlan(path: outPrefix + suffix, container: .bgzf(level: 2), force: shared.force))
    }
    let inputs =
      [input] + coverage.inputs + samples.inputs + judging.inputs + [fasta, checksum?.path].compactMap { $0 }
    // All that the run may write, before the pass.
    let suffixes =
      AlignmentCollectors.suffixes(job.collect, job.options) + [".qc.json", AlignmentPages.pageSuffix]
      + (judge == nil ? [] : [".verdict.json"])
    try Outputs.refuse(
      outputs.map(\.plan.path) + suffixes.map { outPrefix + $0 }, inputs: inputs, force: shared.force)
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
    let verdict = try judge?.verdict(on: metrics, sample: result.header.samples.first ?? name ?? outPrefix)
    shared.warn(metrics.warnings.merging(metrics.unknowns) { $0 + $1 })
    var texts = report.files.map { ("\(outPrefix)\($0.suffix)", $0.bytes) }
    texts.append(("\(outPrefix).qc.json", try JSONValue(encoding: metrics).bytes))
    let page = try AlignmentPages.page(
      metrics, plots: AlignmentPlots(result), sample: name ?? outPrefix, verdict: verdict)
    texts.append((outPrefix + AlignmentPages.pageSuffix, Array(page.utf8)))
    if let verdict { texts.append(("\(outPrefix).verdict.json", try JSONValue(encoding: verdict).bytes)) }
    for output in pending { _ = try await output.commit() }
    for (path, bytes) in texts { try await Outputs.write(path, bytes, shared.force, resources) }
    if let verdict, judging.failOn.counted.contains(verdict.verdict) {
      throw VerdictFailure(
        description:
          "the verdict is \(verdict.verdict.rawValue), which --fail-on \(judging.failOn.rawValue) counts; see \(outPrefix).verdict.json"
      )
    }
  }
}
