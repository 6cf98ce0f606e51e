import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import Reports
import Variants
import Workflow

/// `apus vcf stats`.
struct VcfStatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Count variants and genotypes: bcftools stats' text, and JSON.",
    discussion: """
      The text is equal to bcftools stats 1.16 with -s -, but for comments; with --sites-only to bcftools stats without
      -s. The JSON has the GA4GH's variant metrics of PASS records on autosomes for each sample, counts by contig and
      region, and with --ped Mendelian checks and heterozygous calls on males' X.

      Example:
        apus vcf stats S1.vcf.gz -f GRCh38.fa.gz -o S1.stats.txt --json S1.stats.json
      """)

  @Argument(help: "VCF, plain or compressed; - is standard input.")
  var input: String

  @Option(name: [.customShort("f"), .long], help: "Reference FASTA: sections ICS and ICL (bcftools stats -F).")
  var fasta: String?

  @Option(name: [.customShort("o"), .long], help: "Text; - is standard output.")
  var output: String = "-"

  @Option(help: "GA4GH metrics, contigs, regions, trios as JSON.")
  var json: String?

  @Option(name: [.customShort("s"), .long], help: "Samples that are counted, separated by commas; - is all.")
  var samples: String = "-"

  @Flag(help: "Count sites alone, no genotypes.")
  var sitesOnly = false

  @Option(help: "Count records with one of these in FILTER, separated by commas, such as PASS,.")
  var applyFilters: String?

  @Option(name: [.customShort("r"), .long], help: "Count records that overlap contig:first-last,…")
  var regions: String?

  @Option(name: [.customShort("R"), .long], help: "Count records that overlap a region of this BED.")
  var regionsFile: String?

  @Option(name: [.customShort("t"), .long], help: "Count records whose POS is in contig:first-last,…")
  var targets: String?

  @Option(name: [.customShort("T"), .long], help: "Count records whose POS is in a region of this BED.")
  var targetsFile: String?

  @Option(help: "Borders of bins of allele frequency, such as 0.1,0.5,1.")
  var afBins: String?

  @Option(help: "INFO key of allele frequencies; by default AC and AN, or the genotypes.")
  var afTag: String?

  @Option(name: [.customShort("d"), .long], help: "Depth distribution: least, greatest, bin size.")
  var depth: String = "0,500,1"

  @Flag(
    name: [.customShort("1"), .customLong("1st-allele-only")], help: "Leave out alternates after a record's first.")
  var firstAlleleOnly = false

  @Flag(name: [.customShort("I"), .customLong("split-by-ID")], help: "Count records with and without an ID apart.")
  var splitsByID = false

  @Option(help: "Pedigree: trios for Mendelian checks, males for X.")
  var ped: String?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if (regions != nil && regionsFile != nil) || (targets != nil && targetsFile != nil) {
      throw ValidationError("give regions, and targets, as a list or as a file, not both")
    }
    _ = try options()
  }

  /// The options that need no file.
  private func options() throws -> VariantStatsOptions {
    func parts(_ text: String) -> [String] {
      text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    var options = VariantStatsOptions()
    if sitesOnly { options.samples = .none } else if samples != "-" { options.samples = .named(parts(samples)) }
    options.filters = applyFilters.map(parts) ?? []
    let numbers = parts(depth).compactMap { Int($0) }
    guard numbers.count == 3, let bins = DepthBins(lowest: numbers[0], highest: numbers[1], width: numbers[2]) else {
      throw ValidationError("--depth takes least,greatest,bin size, such as 0,500,1")
    }
    options.depthBins = bins
    if let afBins {
      let borders = parts(afBins).compactMap { Float($0) }
      guard borders.count == parts(afBins).count, let bins = VariantStatsOptions.frequencyBins(borders) else {
        throw ValidationError("--af-bins takes two or more numbers from 0 to 1, ascending, such as 0.1,0.5,1")
      }
      options.frequencyBins = bins
    }
    options.frequencyTag = afTag
    options.firstAlleleOnly = firstAlleleOnly
    options.splitsByID = splitsByID
    options.regions = try regions.map { try parts($0).map(Self.region) }
    options.targets = try targets.map { try parts($0).map(Self.region) }
    return options
  }

  /// Reads `contig`, `contig:position`, `contig:first-` or `contig:first-last`, counted from 1.
  static func region(_ text: String) throws -> Region {
    func whole(_ contig: String, _ first: Int, _ last: Int) throws -> Region {
      guard !contig.isEmpty, first >= 1, last >= first else {
        throw ValidationError("\(text) is not a region: contig:first-last, counted from 1")
      }
      return Region(contig: contig, start: ZeroBasedPosition(first - 1), end: ZeroBasedPosition(last))
    }
    let last = Int(Int32.max)
    guard let colon = text.lastIndex(of: ":") else { return try whole(text, 1, last) }
    let ends = text[text.index(after: colon)...].split(separator: "-", omittingEmptySubsequences: false)
    // A colon can be part of a contig's name.
    guard ends.count <= 2, let start = ends.first.flatMap({ Int($0) }) else { return try whole(text, 1, last) }
    let contig = String(text[..<colon])
    if ends.count == 1 { return try whole(contig, start, start) }
    if ends[1].isEmpty { return try whole(contig, start, last) }
    guard let end = Int(ends[1]) else { return try whole(text, 1, last) }
    return try whole(contig, start, end)
  }

  func run() async throws {
    let resources = shared.resources
    let command = self
    try await interruptible(resources) { try await command.work(resources) }
  }

  private func work(_ resources: RunResources) async throws {
    try Outputs.refuse(
      [output] + [json].compactMap { $0 }, inputs: [input] + [fasta, regionsFile, targetsFile, ped].compactMap { $0 },
      force: shared.force)
    var options = try options()
    if let regionsFile { options.regions = try await Self.bed(regionsFile, resources) }
    if let targetsFile { options.targets = try await Self.bed(targetsFile, resources) }
    if let ped { options.pedigree = try await readPED(InputFile(path: ped), resources: resources) }
    let registry = resources.outputs
    let (fasta, settings) = (fasta, options)
    let reference = try await resources.blocking.run {
      try fasta.map { try FASTAReference(path: $0, registry: registry) }
    }
    let file = InputFile(path: input, progress: ProgressCounter())
    let stats = try await withProgress(
      file.progress ?? ProgressCounter(), shows: Terminal.isStandardError && output != "-"
    ) {
      try await collectVariantStats(file, settings, reference: reference, resources: resources)
    }
    try await Outputs.write(output, Array(stats.text(file: input).utf8), shared.force, resources)
    if json != nil {
      try await Outputs.write(json, try JSONValue(encoding: stats.report()).bytes, shared.force, resources)
    }
  }

  private static func bed(_ path: String, _ resources: RunResources) async throws -> [Region] {
    try await readBED(InputFile(path: path), columns: .regionAndName, resources: resources).map(\.region)
  }
}
