import ArgumentParser
import Foundation
import GenomicFiles
import Variants

/// Which records and samples go on: what `apus vcf filter` and `apus vcf process` share.
struct VariantSelectionOptions: ParsableArguments {
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
  }

  /// Whether anything is left out or changed.
  var asks: Bool { pass || asksSelection }

  private var asksSelection: Bool {
    [include, exclude, regions, targets, samples, samplesFile].contains { $0 != nil }
  }

  /// What the options ask for; nil where they ask for nothing beside `pass`.
  func selection(input: String, _ resources: RunResources) async throws -> VariantSelection? {
    guard asksSelection else { return nil }
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
