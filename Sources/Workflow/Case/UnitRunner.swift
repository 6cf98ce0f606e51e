import Alignments
import Annotation
import Batching
import GenomicFiles
import Genomics
import Interpretation
import Reads
import Reports
import Variants

/// What a unit found and wrote.
struct UnitResult: Sendable {
  enum Metrics: Sendable {
    case reads(sample: String, ReadMetrics)
    case alignments(sample: String, AlignmentMetrics)
    case variants(VariantSource, VariantMetrics)
    case referenceBlocks(sample: String, VariantMetrics)
  }

  var metrics: Metrics
  var record: Manifest.Unit
  /// What the pass took for tiers; nil where the unit does not read the proband's variants, or was not run.
  var proband: ProbandCalls?
}

/// Does a unit's work and gives its outputs their final names together.
struct UnitRunner: Sendable {
  let options: RunOptions
  let resources: RunResources
  let layout: CaseLayout
  let progress: ProgressCounter
  /// What tiers need of the pass over the proband's variants; nil where no tiers are asked for.
  var proband: ProbandPlan?

  func run(_ unit: UnitPlan) async throws -> UnitResult {
    switch unit.work {
    case .reads(let sample): try await runReads(unit, sample)
    case .alignments(let sample, let bam, let checksum):
      try await runAlignments(unit, sample, bam, checksum)
    case .variants(let source, let folder):
      try await runVariants(
        unit, source.path, folder, name: "variants.vcf.gz", counts: "variants.json", isForCalls: true,
        proband: proband?.source == source ? proband : nil
      ) { .variants(source, $0) }
    case .referenceBlocks(let sample, let gvcf):
      try await runVariants(
        unit, gvcf, sample.name + "/", name: "variants.g.vcf.gz", counts: "reference-blocks.json", isForCalls: false
      ) { .referenceBlocks(sample: sample.name, $0) }
    }
  }

  private func input(_ path: String) -> InputFile { InputFile(path: path, hashes: true, progress: progress) }

  private func plan(_ name: String, level: Int, index: Bool = false) -> OutputPlan {
    OutputPlan(
      path: layout.path(name), container: .bgzf(level: level), force: true, indexedLongestContig: index ? 0 : nil)
  }

  private func runReads(_ unit: UnitPlan, _ sample: SampleSheet.Sample) async throws -> UnitResult {
    try await makeFolder(sample.name)
    var summary: ReadSummary?
    var inputs: [InputSummary] = []
    var pending: [PendingOutput] = []
    for lane in sample.lanes {
      let mates = lane.fastq2 == nil ? [1] : [1, 2]
      let job = ReadJob(
        input1: input(lane.fastq1), input2: lane.fastq2.map { input($0) }, options: .passThrough,
        outputs: mates.map { plan(CaseLayout.reads(sample, lane, mate: $0), level: options.readLevel) })
      let result = try await processReads(job, resources: resources)
      if summary?.merge(result.summary) == nil { summary = result.summary }
      inputs += result.inputs
      pending += result.pending
    }
    guard let summary else { throw RunError(.usage, "sample \(sample.name) has no lanes") }
    let metrics = ReadMetrics(summary, command: "apus run (reads)", sample: sample.name)
    let outputs = try await commit(
      pending, texts: [("\(sample.name)/reads.json", try JSONValue(encoding: metrics).bytes)])
    return UnitResult(
      metrics: .reads(sample: sample.name, metrics), record: record(unit, inputs: inputs, outputs: outputs))
  }

  private func runAlignments(
    _ unit: UnitPlan, _ sample: SampleSheet.Sample, _ bam: String, _ checksum: ChecksumFile?
  ) async throws -> UnitResult {
    try await makeFolder(sample.name)
    var job = AlignmentJob(
      input: InputFile(path: bam, hashes: true, hashesMD5: checksum != nil, progress: progress))
    job.checksum = checksum
    job.options = options.alignments
    job.options.samples.name = sample.name
    if let reference = options.reference { job.reference = try await openReference(reference) }
    let result = try await processAlignments(job, resources: resources)
    let report = result.report
    let metrics = AlignmentMetrics(result, report)
    let prefix = "\(sample.name)/\(CaseLayout.alignments)"
    let page = try AlignmentPages.page(metrics, plots: AlignmentPlots(result), sample: sample.name)
    let outputs = try await commit(
      try await callable(result, "\(prefix).callable.bed.gz"),
      texts: report.files.map { ("\(prefix)\($0.suffix)", $0.bytes) }
        + [
          ("\(prefix).qc.json", try JSONValue(encoding: metrics).bytes),
          (prefix + AlignmentPages.pageSuffix, Array(page.utf8)),
        ])
    var done = record(unit, inputs: [result.input].compactMap { $0 }, outputs: outputs)
    if let path = checksum?.path {
      let (bytes, sha256) = try await resources.blocking.run { try fileDigest(path) }
      done.inputs.append(Manifest.File(path: path, bytes: bytes, sha256: sha256))
    }
    done.inputs += options.alignmentFiles
    return UnitResult(metrics: .alignments(sample: sample.name, metrics), record: done)
  }

  /// Writes where depth suffices for a genotype; nothing where depth is unknown.
  private func callable(_ result: AlignmentResult, _ name: String) async throws -> [PendingOutput] {
    guard let depth = result.depth else { return [] }
    let (_, pending) = try await withOutput(plan(name, level: options.variantLevel), resources: resources) { stream in
      for contig in depth {
        let name = result.header.contigs.contigs[contig.index].name
        for first in stride(from: 0, to: contig.callable.count, by: 4096) {
          var text: [UInt8] = []
          for range in contig.callable[first..<min(first + 4096, contig.callable.count)] {
            text += Array("\(name)\t\(range.lowerBound)\t\(range.upperBound)\n".utf8)
          }
          try await stream.append(text)
        }
      }
    }
    return [pending]
  }

  /// - Parameter isForCalls: whether the alleles are what is looked for, so that they are split and annotated; else the
  ///   file tells of callability alone, and is only compared with the reference.
  private func runVariants(
    _ unit: UnitPlan, _ vcf: String, _ folder: String, name: String, counts: String, isForCalls: Bool,
    proband: ProbandPlan? = nil, result found: (VariantMetrics) -> UnitResult.Metrics
  ) async throws -> UnitResult {
    guard let reference = options.reference else {
      throw RunError(.usage, "the sheet names a VCF, and normalising it needs the reference: give -f FASTA")
    }
    try await makeFolder(folder.hasSuffix("/") ? String(folder.dropLast()) : "")
    let fasta = try await openReference(reference)
    var job = VariantJob(
      input: input(vcf), output: plan(folder + name, level: options.variantLevel, index: true))
    job.normalises = true
    job.splits = isForCalls
    var tiers: Tapped?
    if isForCalls, let cache = options.cache {
      let annotator = try await consequenceAnnotator(
        cache: cache, reference: reference, input: vcf, resources: resources)
      job.annotator = annotator
      if let proband { tiers = try await tap(proband, annotator) }
      if case .pass(let pass)? = tiers { job.tap = pass.records }
    }
    let result = try await processVariants(job, reference: fasta, resources: resources)
    let metrics = VariantMetrics(result)
    let outputs = try await commit(
      [result.pending].compactMap { $0 }, texts: [(folder + counts, try JSONValue(encoding: metrics).bytes)])
    var done = UnitResult(
      metrics: found(metrics),
      record: record(unit, inputs: [result.input].compactMap { $0 }, outputs: outputs))
    switch tiers {
    case .pass(let pass): done.proband = pass.reading(result).map { .taken($0) } ?? .readAgain(.referenceBlocks)
    case .without(let reason): done.proband = .readAgain(reason)
    case nil: break
    }
    return done
  }

  /// Whether the pass over the proband's variants takes what tiers need, too.
  private enum Tapped {
    case pass(ProbandPass)
    case without(ProbandCalls.Reason)
  }

  private func tap(_ proband: ProbandPlan, _ annotator: ConsequenceAnnotator) async throws -> Tapped {
    if proband.source.isGVCF { return .without(.referenceBlocks) }
    do {
      return try await proband.pass(annotator, resources: resources).map { .pass($0) } ?? .without(.otherFile)
    } catch is InputError {
      // Reading the family for tiers refuses it again, when the case's other files have their results.
      return .without(.family)
    }
  }

  private func openReference(_ path: String) async throws -> FASTAReference {
    let registry = resources.outputs
    return try await resources.blocking.run { try FASTAReference(path: path, registry: registry) }
  }

  private func makeFolder(_ name: String) async throws {
    let path = name.isEmpty ? layout.folder : layout.path(name)
    try await resources.blocking.run { try GenomicFiles.makeFolder(path) }
  }

  /// Gives data their final names first, then the small files that tell of them.
  private func commit(_ pending: [PendingOutput], texts: [(name: String, bytes: [UInt8])]) async throws
    -> [OutputSummary]
  {
    var summaries: [OutputSummary] = []
    for output in pending { summaries += try await output.commit() }
    let registry = resources.outputs
    for (name, bytes) in texts {
      let path = layout.path(name)
      summaries.append(
        try await resources.blocking.run { try writeAtomically(bytes, to: path, force: true, registry: registry) })
    }
    return summaries
  }

  private func record(_ unit: UnitPlan, inputs: [InputSummary], outputs: [OutputSummary]) -> Manifest.Unit {
    Manifest.Unit(
      name: unit.name, options: unit.options,
      inputs: inputs.map { Manifest.File(path: $0.path, bytes: $0.bytes, sha256: $0.sha256 ?? "") },
      outputs: outputs.map {
        Manifest.File(path: String($0.path.dropFirst(layout.folder.count + 1)), bytes: $0.bytes, sha256: $0.sha256)
      })
  }
}
