import Annotation
import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import Interpretation
import Variants
import Workflow

/// `apus tier`.
struct TierCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tier", abstract: "Give a family's variants tiers by panels and a profile, with the reasons.",
    discussion: """
      Give one joint VCF, or one VCF or gVCF per person. The proband is the affected person of the pedigree; where that does
      not tell, --proband does. In files of a person's own an absent record is unknown, unless a reference block of a gVCF, or
      with --depth the depth there, tells of the reference: without these no variant counts as de novo.

      Results are evidence with its reasons. Results under incomplete penetrance alone are shown with --show-incomplete.

      Example:
        apus tier FAMILY.vcf.gz -c GRCh38.cache --ped FAMILY.ped --panel R27.json --x-copies CHILD=1 -o FAMILY.tiers.json
        apus tier CHILD.g.vcf.gz MOTHER.g.vcf.gz FATHER.g.vcf.gz -c GRCh38.cache --ped FAMILY.ped --panel R27.json \
          --tsv FAMILY.tiers.tsv -o FAMILY.tiers.json
      """)

  @Argument(help: "One joint VCF or BCF, or one VCF or gVCF per person.")
  var inputs: [String]

  @Option(
    name: [.customShort("c"), .long], help: "Annotation cache, made by apus cache build: it proves the assembly.")
  var cache: String

  @Option(name: [.customShort("f"), .long], help: "Reference FASTA to normalise with; the cache's bases without.")
  var fasta: String?

  @Option(help: "Pedigree of the family, six columns.")
  var ped: String

  @Option(parsing: .upToNextOption, help: "Panels, and lists of signed-off panels, as PanelApp's API gives them.")
  var panel: [String]

  @Option(help: "\(TieringProfile.names.joined(separator: ", ")), or a file.")
  var profile: String = TieringProfile.names[0]

  @Option(help: "The proband, where the pedigree has several affected people with data.")
  var proband: String?

  @Option(
    name: .customLong("x-copies"), parsing: .upToNextOption,
    help: ArgumentHelp("Copies of X as measured from coverage: 1 or 2.", valueName: "name=copies"))
  var xCopies: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Alignment metrics (qc.json of apus bam) that tell copies of X.", valueName: "name=file"))
  var qc: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Depth by base (per-base.bed.gz of apus bam or mosdepth) of a person whose own VCF has no reference blocks.",
      valueName: "name=file"))
  var depth: [String] = []

  @Option(help: "The proband's copy numbers, as VCF.")
  var cnv: String?

  @Option(help: "The proband's calls of another kind of caller (SV), beside --cnv.")
  var sv: String?

  @Option(parsing: .upToNextOption, help: "Short tandem repeats of members, as ExpansionHunter's VCF.")
  var str: [String] = []

  @Flag(help: "Show tiers under incomplete penetrance, too.")
  var showIncomplete = false

  @Flag(help: "List candidates without a tier or near miss, with their reasons.")
  var all = false

  @Option(name: [.customShort("o"), .long], help: "Tiers as JSON.")
  var output: String

  @Option(help: "Tiers as a table.")
  var tsv: String?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if sv != nil, cnv == nil { throw ValidationError("--sv stands beside --cnv") }
    if inputs.contains("-") || inputs.isEmpty { throw ValidationError("give VCFs by path: each is read twice") }
    if panel.isEmpty { throw ValidationError("give one --panel at least") }
    for text in xCopies where !["1", "2"].contains(try Self.pair(text).value) {
      throw ValidationError("--x-copies takes NAME=1 or NAME=2, not \(text)")
    }
  }

  func run() async throws {
    let resources = shared.resources
    let command = self
    try await interruptible(resources) { try await command.work(resources) }
  }

  /// `NAME=VALUE`; a name may hold `=` itself.
  private static func pair(_ text: String) throws -> (name: String, value: String) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex, text.index(after: equals) < text.endIndex
    else { throw ValidationError("\(text) is not NAME=VALUE") }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  private static func pairs(_ texts: [String], _ option: String) throws -> [String: String] {
    var pairs: [String: String] = [:]
    for text in texts {
      let (name, value) = try pair(text)
      if pairs.updateValue(value, forKey: name) != nil { throw ValidationError("\(option) tells of \(name) twice") }
    }
    return pairs
  }

  /// Opens a cache for tiering and holds it against a FASTA, where one is given.
  static func annotator(
    cache: String, fasta: String?, input: String, _ resources: RunResources
  ) async throws -> (annotator: ConsequenceAnnotator, reference: FASTAReference?) {
    guard let fasta else {
      let annotator = try await resources.blocking.run {
        try ConsequenceAnnotator(try AnnotationCache(path: cache), input: input, options: tieringOptions)
      }
      return (annotator, nil)
    }
    let annotator = try await consequenceAnnotator(
      cache: cache, reference: fasta, input: input, options: tieringOptions, resources: resources)
    let registry = resources.outputs
    return (annotator, try await resources.blocking.run { try FASTAReference(path: fasta, registry: registry) })
  }

  private func copies() throws -> [String: Int] {
    var copies = try Self.pairs(xCopies, "--x-copies").compactMapValues { Int($0) }
    for (name, path) in try Self.pairs(qc, "--qc").sorted(by: { $0.key < $1.key }) {
      guard copies[name] == nil else { throw ValidationError("--x-copies and --qc both tell of \(name)") }
      copies[name] = try MeasuredXCopies.read(path, sample: name)
    }
    return copies
  }

  private func work(_ resources: RunResources) async throws {
    let files = inputs + [cache, ped] + panel + [fasta, cnv, sv].compactMap { $0 } + str
    try Outputs.refuse([output] + [tsv].compactMap { $0 }, inputs: files, force: shared.force)
    let (panelPaths, profileName) = (panel, profile)
    let (rules, panels, copies) = try await resources.blocking.run {
      let rules =
        TieringProfile.names.contains(profileName)
        ? try TieringProfile.named(profileName) : try TieringProfile(file: profileName)
      return (rules, try PanelSet.read(panelPaths), try self.copies())
    }
    let pedigree = try await readPED(InputFile(path: ped), resources: resources)
    let (annotator, reference) = try await Self.annotator(
      cache: cache, fasta: fasta, input: inputs[0], resources)
    let source = annotator.source
    let assembly = source.build.assembly.flatMap { Assembly(rawValue: $0) }
    let input = FamilyInput(
      pedigree: pedigree, pedigreePath: ped, files: inputs, proband: proband, xCopies: copies,
      depths: try Self.pairs(depth, "--depth"))
    let reading = try await readFamily(
      input, annotator: annotator, reference: reference,
      criteria: CandidateCriteria(profile: rules, panels: PanelIndex(panels, assembly: assembly)), resources: resources)
    shared.warn(reading.warnings)
    let person = reading.family.members[reading.family.proband]
    var structural: StructuralReading?
    if let cnv {
      var other: StructuralReading?
      if let sv {
        other = try await readCopyNumbers(
          sv, sample: person.name, xCopies: person.xCopies, cache: source, resources: resources)
      }
      structural = try await readCopyNumbers(
        cnv, sample: person.name, xCopies: person.xCopies, cache: source, other: other?.candidates,
        resources: resources)
    }
    let repeats =
      str.isEmpty
      ? nil : try await readRepeats(str, family: reading.family, cache: source, resources: resources)
    let tierer = Tierer(
      profile: rules, panels: panels, family: reading.family, assembly: assembly, loaded: reading.loaded)
    let result = try await tierer.tier(
      reading.candidates, structural: structural?.candidates, repeats: repeats, resources: resources)
    let report = TierReport(
      reading, result, cache: source, droppedStructural: structural?.dropped, showsIncomplete: showIncomplete,
      all: all ? tierer : nil)
    try await Outputs.write(output, try report.json(), shared.force, resources)
    if let tsv { try await Outputs.write(tsv, Array(report.table.utf8), shared.force, resources) }
  }
}
