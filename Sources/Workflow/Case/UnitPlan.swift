import Alignments
import GenomicFiles

/// A piece of a case's work.
struct UnitPlan: Sendable {
  enum Work: Sendable {
    case reads(SampleSheet.Sample)
    /// `checksum` is what the file was delivered with.
    case alignments(SampleSheet.Sample, bam: String, checksum: ChecksumFile?)
    /// A VCF or gVCF; `folder` is the sample's, or empty for a joint one of the case.
    case variants(VariantSource, folder: String)
    /// A gVCF beside the sample's VCF: where the caller could tell the reference.
    case referenceBlocks(SampleSheet.Sample, gvcf: String)
  }

  let name: String
  let work: Work
  let options: [String: String]
  let inputs: [String]

  /// The work of a case, in the order of the sheet. A VCF on several rows is read once.
  ///
  /// Blocks, for it looks for checksums beside alignments.
  /// - Throws: `InputError` for a checksum file that holds none.
  static func plan(_ one: SampleSheet.Case, _ options: RunOptions) throws -> [UnitPlan] {
    var units: [UnitPlan] = []
    for sample in one.samples {
      if !sample.lanes.isEmpty {
        units.append(
          UnitPlan(
            name: "\(sample.name)/reads", work: .reads(sample), options: ["level": String(options.readLevel)],
            inputs: sample.lanes.flatMap { [$0.fastq1, $0.fastq2].compactMap { $0 } }))
      }
      if let bam = sample.bam {
        let checksum = try ChecksumFile.beside(bam)
        units.append(
          UnitPlan(
            name: "\(sample.name)/alignments", work: .alignments(sample, bam: bam, checksum: checksum),
            options: [
              "collect": AlignmentCollectors.names.joined(separator: ","),
              "callable-depth": String(DepthCollector.callableDepth),
              "sites": options.sites, "genes": options.gaps?.genes, "panel": options.gaps?.panel,
              "clinvar": options.gaps?.clinvar, "difficult-genes": options.gaps?.difficult,
            ].compactMapValues { $0 },
            inputs: [bam] + [checksum?.path].compactMap { $0 } + options.alignmentFiles.map(\.path)))
      }
      if let source = sample.variantSource, !units.contains(where: { $0.source == source }) {
        let joint = jointFolder(source, one)
        units.append(
          UnitPlan(
            name: (joint ?? sample.name + "/") + "variants",
            work: .variants(source, folder: joint ?? sample.name + "/"), options: variantOptions(source, options),
            inputs: [source.path]))
      }
      if let gvcf = sample.referenceBlocks {
        units.append(
          UnitPlan(
            name: "\(sample.name)/reference-blocks", work: .referenceBlocks(sample, gvcf: gvcf),
            options: ["source": "gvcf", "check-ref": "error", "level": String(options.variantLevel)], inputs: [gvcf]))
      }
    }
    return units
  }

  private static func variantOptions(_ source: VariantSource, _ options: RunOptions) -> [String: String] {
    var told = ["normalise": "left-align,trim,split", "check-ref": "error", "level": String(options.variantLevel)]
    told["cache"] = options.cacheDigest
    if source.isGVCF { told["source"] = "gvcf" }
    return told
  }

  /// What the names of the outputs of a sample's variants begin with.
  static func variantsFolder(_ source: VariantSource, _ sample: SampleSheet.Sample, _ one: SampleSheet.Case) -> String {
    jointFolder(source, one) ?? sample.name + "/"
  }

  private var source: VariantSource? { if case .variants(let source, _) = work { source } else { nil } }

  /// What a joint file's outputs begin with, nil for a sample's own. A case has one joint file as a rule; further ones
  /// are numbered.
  private static func jointFolder(_ source: VariantSource, _ one: SampleSheet.Case) -> String? {
    var seen: [VariantSource] = []
    let sources = one.samples.compactMap(\.variantSource)
    for source in sources where sources.filter({ $0 == source }).count > 1 && !seen.contains(source) {
      seen.append(source)
    }
    return seen.firstIndex(of: source).map { $0 == 0 ? "" : "joint\($0 + 1)." }
  }
}
