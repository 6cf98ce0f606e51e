import Alignments
import ArgumentParser
import Batching
import GenomicFiles

/// What depth is told for: targets, bins, exons.
struct BamCoverageOptions: ParsableArguments {
  @Option(help: "BED of regions that coverage is told for, as mosdepth --by.")
  var targets: String?

  @OptionGroup var gaps: GapFileOptions

  @Option(help: "Depths at which the targets' coverage is told, separated by commas.")
  var thresholds: String = "1,10,15,20,30"

  @Flag(help: "Also write P.per-base.bed.gz: runs of bases of one depth.")
  var perBase = false

  @Option(help: "Also write P.quantized.bed.gz: runs of bases of one bin of depth; bins as 0:1:4:100:.")
  var quantize: String?

  @Option(help: "Least mapping quality of alignments that count in mosdepth's files; nothing else depends on it.")
  var mapq = 0

  /// The files that are read.
  var inputs: [String] { [targets].compactMap { $0 } + gaps.inputs }

  /// What the options say, but for what stands in files.
  private var plain: AlignmentOptions {
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

  /// Refuses what cannot be together.
  /// - Parameter collections: what `--collect` names; nil for all.
  func validate(_ collections: Set<String>?) throws {
    _ = try plain
    if collections?.contains(MosdepthCollector.name) == false, perBase || quantize != nil || targets != nil {
      throw ValidationError(
        "--targets, --per-base and --quantize need \(MosdepthCollector.name) among what --collect names")
    }
    if collections?.contains(GapsCollector.name) == false, gaps.genes != nil {
      throw ValidationError("--genes needs \(GapsCollector.name) among what --collect names")
    }
  }

  /// What the options and their files say.
  func read(_ resources: RunResources) async throws -> AlignmentOptions {
    var options = try plain
    if let targets {
      let features = try await readBED(
        InputFile(path: targets), columns: .regionAndName, resources: resources)
      options.targets = TargetRegions(features, path: targets)
    }
    if let files = gaps.files { options.gaps = try await readGapOptions(files, resources: resources) }
    return options
  }
}
