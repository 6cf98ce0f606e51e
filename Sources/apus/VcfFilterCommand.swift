import ArgumentParser
import Foundation
import GenomicFiles
import Variants

/// `apus vcf filter`.
struct FilterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "filter", abstract: "Keep records by an expression, by FILTER, by regions; keep samples.",
    discussion: """
      EXPR is bcftools' filter language (1.16); Docs/vcf-filter.md has it whole. A comparison with a missing value is
      false, but != is true: -i 'AF<0.01' drops a record without AF, and -e 'AF>=0.01' keeps it.

      Example:
        apus vcf filter S1.vcf.gz -i 'QUAL>30 && INFO/DP>10' -o S1.kept.vcf.gz
        apus vcf filter family.vcf.gz -e 'FMT/GQ<20 | FMT/DP<10' -s LOW -m + --samples child,mother -o out.vcf.gz
      """)

  @Argument(help: "VCF, plain or compressed; - is standard input.")
  var input: String

  @Option(name: [.customShort("i"), .long], help: "Keep records for which the expression holds.")
  var include: String?

  @Option(name: [.customShort("e"), .long], help: "Drop records for which the expression holds.")
  var exclude: String?

  @Option(
    name: [.customShort("s"), .customLong("soft-filter")],
    help: "Keep failing records and name this in their FILTER; + makes up a name.")
  var softFilter: String?

  @Option(
    name: [.customShort("m"), .long],
    help: "With -s: + adds to FILTER in place of replacing it, x resets FILTER of passing records to PASS, +x both.")
  var mode: String?

  @Flag(help: "Keep records whose FILTER is PASS.")
  var pass = false

  @Option(
    name: [.customShort("R"), .customLong("regions-file")],
    help: "BED: keep records that share a base with it, from POS to INFO/END or over REF.")
  var regions: String?

  @Option(name: [.customShort("T"), .customLong("targets")], help: "BED: keep records whose POS is in it.")
  var targets: String?

  @Option(help: "Samples to keep, in this order, or with ^ before them to leave out; AC and AN are counted again.")
  var samples: String?

  @Option(help: "File with a sample a line to keep, or with ^ before its name to leave out.")
  var samplesFile: String?

  @Flag(inversion: .prefixedNo, help: "Count AC and AN again where samples are left out.")
  var update = true

  @OptionGroup var out: VariantOutputOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if include != nil, exclude != nil { throw ValidationError("give one of -i and -e") }
    if let softFilter {
      guard include != nil || exclude != nil else { throw ValidationError("-s needs -i or -e") }
      let isName = !softFilter.isEmpty && !softFilter.contains { ";,<>=\"".contains($0) || $0.isWhitespace }
      guard isName, !["PASS", ".", "0"].contains(softFilter) else {
        throw ValidationError("-s takes a name for a filter, without blanks, commas and semicolons")
      }
    }
    if let mode {
      guard softFilter != nil else { throw ValidationError("-m needs -s") }
      guard ["+", "x", "+x", "x+"].contains(mode) else { throw ValidationError("-m takes +, x or +x") }
    }
    if samples != nil, samplesFile != nil { throw ValidationError("give one of --samples and --samples-file") }
    let asks = [include, exclude, regions, targets, samples, samplesFile].contains { $0 != nil }
    if !asks, !pass { throw ValidationError("give -i, -e, --pass, -R, -T or --samples") }
  }

  func run() async throws {
    let command = self
    try await out.run(input, shared: shared) { job, resources in
      job.passOnly = command.pass
      job.selection = try await command.selection(resources)
    }
  }

  private func selection(_ resources: RunResources) async throws -> VariantSelection {
    var selection = VariantSelection()
    selection.expression = include ?? exclude
    selection.excludes = exclude != nil
    selection.softFilter = softFilter.map {
      VariantSelection.SoftFilter(
        name: $0, adds: mode?.contains("+") ?? false, resets: mode?.contains("x") ?? false)
    }
    selection.updatesCounts = update
    selection.samples = try samplesChosen
    selection.regions = try await Self.regions(regions, resources)
    selection.usesIndex =
      regions != nil
      && [".tbi", ".csi"].contains { FileManager.default.fileExists(atPath: input + $0) }
    selection.targets = try await Self.regions(targets, resources)
    return selection
  }

  private var samplesChosen: VariantSelection.Samples? {
    get throws {
      guard let text = samples ?? samplesFile else { return nil }
      let isWithout = text.hasPrefix("^")
      let list = isWithout ? String(text.dropFirst()) : text
      let names =
        samples != nil ? list.split(separator: ",").map(String.init) : try VariantFilter.lines(list)
      return isWithout ? .without(names) : .only(names)
    }
  }

  private static func regions(_ path: String?, _ resources: RunResources) async throws -> RegionSet? {
    guard let path else { return nil }
    let features = try await readBED(InputFile(path: path), columns: .regionAndName, resources: resources)
    return RegionSet(features.map(\.region))
  }
}
