import Annotation
public import ArgumentParser
import Batching
import GenomicFiles
import Genomics
public import Interpretation
import Workflow

/// `apus cancer`.
struct CancerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancer",
    abstract: "Tell what a tumour's variants hold: burden, substitutions, signatures, fractions.",
    discussion: """
      Takes the VCF of Mutect2, Strelka2, VarScan or DRAGEN; the layout is told from the header, and a file that has none
      of these is refused. Without --normal the germline is not subtracted: no burden and no purity are told.

      Signatures are the user's own file (COSMIC's table of 96 classes, for the same assembly). An exome or a panel has
      no burden unless --callable-size tells its size.

      Example:
        apus cancer TUMOUR.mutect2.vcf.gz -f GRCh38.fa.gz -c GRCh38.cache --tumour T1 --normal N1 \
          --signatures COSMIC_v3.4_SBS_GRCh38.txt -o T1.cancer.json --tsv T1.cancer.tsv --html T1.cancer.html
        apus cancer BLOOD.vcf.gz -f GRCh38.fa.gz -c GRCh38.cache --tumour T2 -o T2.cancer.json
      """)

  @Argument(help: "Somatic VCF or BCF, sorted.")
  var input: String

  @Option(
    name: [.customShort("f"), .long],
    help: "Reference FASTA that the file was made with; the cache is held against it.")
  var fasta: String

  @Option(name: [.customShort("c"), .long], help: "Annotation cache, made by apus cache build of the same FASTA.")
  var cache: String

  @Option(help: "The tumour's sample.")
  var tumour: String

  @Option(help: "The normal's sample; without it the germline counts as not subtracted.")
  var normal: String?

  @Option(help: "How reads are counted, where the header does not tell: mutect2, strelka2, varscan, dragen or none.")
  var layout: SomaticLayout?

  @Option(help: "Table of signatures of 96 classes, tab-separated, as COSMIC gives it.")
  var signatures: String?

  @Option(help: "The table's version, as results name it; the file's name without.")
  var signaturesVersion: String?

  @Flag(help: "Drop signatures that the catalogue does without.")
  var sparse = false

  @Option(help: "List of domains: columns domain, and gene or variant.")
  var domains: String?

  @Option(help: "What was sequenced: genome, exome or panel; the profile's without.")
  var assay: SomaticProfile.Assay?

  @Option(help: ArgumentHelp("Bases that could be called, by which the burden is divided.", valueName: "bp"))
  var callableSize: Int?

  @Option(help: "Contamination of the tumour sample, as a fraction.")
  var contamination: Double?

  @Option(help: "Share of tumour cells as a pathologist or another program tells it, as a fraction.")
  var tumourContent: Double?

  @Option(help: "Mean depth of the normal's alignments, in reads.")
  var normalMeanDepth: Double?

  @Option(
    name: .customLong("normal-at-15x"), help: "Share of the normal's bases with 15 reads or more, as a fraction.")
  var normalAt15: Double?

  @Option(help: "Somatic rules; \(SomaticProfile.defaultName) without.")
  var profile: String?

  @Option(name: [.customShort("o"), .long], help: "Everything as JSON.")
  var output: String

  @Option(help: "Variants that change a protein or a splice site, as a table.")
  var tsv: String?

  @Option(help: "Everything as a page, with plots.")
  var html: String?

  @Option(help: "A row of figures for MultiQC; name it …_mqc.tsv.")
  var multiqc: String?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if let callableSize, callableSize <= 0 { throw ValidationError("--callable-size takes bases, above 0") }
    for (option, value) in [
      ("--contamination", contamination), ("--tumour-content", tumourContent), ("--normal-at-15x", normalAt15),
    ] {
      if let value, !(0...1).contains(value) {
        throw ValidationError("\(option) takes a fraction from 0 to 1, not percent")
      }
    }
    if let normalMeanDepth, !(0...1e6).contains(normalMeanDepth) {
      throw ValidationError("--normal-mean-depth takes reads, not below 0")
    }
    if normal == nil, normalMeanDepth != nil || normalAt15 != nil {
      throw ValidationError("--normal-mean-depth and --normal-at-15x go with --normal")
    }
    if signatures == nil, sparse || signaturesVersion != nil {
      throw ValidationError("--sparse and --signatures-version go with --signatures")
    }
    if normal == tumour { throw ValidationError("--tumour and --normal name the same sample") }
    if let signaturesVersion, signaturesVersion.isEmpty { throw ValidationError("--signatures-version is empty") }
  }

  func run() async throws {
    let resources = shared.resources
    let command = self
    try await interruptible(resources) { try await command.work(resources) }
  }

  private func work(_ resources: RunResources) async throws {
    let files = [input, fasta, cache] + [signatures, domains, profile].compactMap { $0 }
    try Outputs.refuse([output] + [tsv, html, multiqc].compactMap { $0 }, inputs: files, force: shared.force)
    let given = self
    let settings = try await resources.blocking.run { try given.settings() }
    // The FASTA proves the cache; the bases are read from there.
    let annotator = try await consequenceAnnotator(
      cache: cache, reference: fasta, input: input, options: tieringOptions, resources: resources)
    let analysis = try await analyseTumour(settings, annotator: annotator, resources: resources)
    shared.warn(analysis.fileWarnings)
    shared.warn(analysis.banners)
    try await Outputs.write(output, try analysis.json(), shared.force, resources)
    if let tsv { try await Outputs.write(tsv, Array(analysis.table.utf8), shared.force, resources) }
    if let html { try await Outputs.write(html, Array(try CancerPage.html(analysis).utf8), shared.force, resources) }
    if let multiqc {
      try await Outputs.write(multiqc, Array(CancerTables.multiQC(analysis).utf8), shared.force, resources)
    }
  }

  private func settings() throws -> TumourInput {
    var rules = try profile.map { try SomaticProfile(file: $0) } ?? SomaticProfile.shipped()
    if let assay { rules.burden.assay = assay }
    if let callableSize { rules.burden.callableSize = callableSize }
    var settings = TumourInput(path: input, tumour: tumour, normal: normal, profile: rules)
    settings.layout = layout
    settings.signatures = try signatures.map { try SignatureTable(file: $0, version: signaturesVersion) }
    settings.isSparse = sparse
    settings.domains = try domains.map { try DomainLists(file: $0) }
    settings.contamination = contamination
    settings.tumourContent = tumourContent
    settings.normalMeanDepth = normalMeanDepth
    settings.normalShareAt15 = normalAt15
    return settings
  }
}

extension SomaticLayout: ExpressibleByArgument {}
extension SomaticProfile.Assay: ExpressibleByArgument {}
