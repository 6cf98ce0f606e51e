import Annotation
import ArgumentParser
import Batching
import GenomicFiles
import Interpretation
import Reports
import Workflow

/// `apus pgx`.
struct PgxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pgx", abstract: "Call pharmacogenes of one sample against published named alleles.",
    discussion: """
      Definitions and phenotype tables are the user's, in PharmCAT's layout (alleles/GENE_translation.json,
      phenotypes/GENE.json, exemptions.json); every result names their versions. The reference, a cache or a FASTA, proves
      the assembly: anything but GRCh38 ends with 78.

      A position that the file does not have is no call and never the reference: give a gVCF, or per-base depth (--depth,
      as apus bam --per-base writes it). Records that failed a filter are not used. Phase is taken as it is and never
      guessed; where the data do not tell, the result is "indeterminate" and says why. What was not tested is listed.

      --outside takes calls of other programs (CYP2D6): gene, diplotype, phenotype and activity score, with tabs.
      --dosing takes a table that names its signatory, with its SHA-256 beside it (TABLE.sha256); without one no dose is
      stated.

      Example:
        apus pgx S1.g.vcf.gz -c GRCh38.cache --definitions pharmcat --outside S1.cyp2d6.tsv -o S1.pgx.json --html S1.pgx.html
      """)

  @Argument(help: "VCF or BCF, plain or compressed; gVCF too; - is standard input.")
  var input: String

  @Option(name: [.customShort("c"), .long], help: "Annotation cache, which proves the assembly.")
  var cache: String?

  @Option(
    name: [.customShort("f"), .long], help: "Reference FASTA, which proves the assembly where no cache is given.")
  var fasta: String?

  @Option(help: "Folder of named allele definitions, as PharmCAT lays it out.")
  var definitions: String

  @Option(help: "The sample; needed where the file has several.")
  var sample: String?

  @Option(help: "Calls of other programs.")
  var outside: String?

  @Option(help: "Signed dosing table.")
  var dosing: String?

  @Option(help: "Per-base depth of the sample's alignments, for positions without a record.")
  var depth: String?

  @Option(help: "Least depth of a reference call without a record of its own, in reads.")
  var minDepth = ReferenceThresholds().depth

  @Option(help: "Least GQ of a reference block.")
  var minQuality = ReferenceThresholds().quality

  @Option(name: [.customShort("o"), .long], help: "Result in JSON (apus-pgx/1); - is standard output.")
  var output: String

  @Option(help: "A row a gene, tab-separated.")
  var tsv: String?

  @Option(help: "Everything as a page.")
  var html: String?

  @Option(help: "A row a gene for MultiQC; name it …_mqc.tsv.")
  var multiqc: String?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard (cache == nil) != (fasta == nil) else {
      throw ValidationError("give -c CACHE or -f FASTA, one of them: it proves the assembly")
    }
    guard minDepth >= 1, minQuality >= 0 else {
      throw ValidationError("--min-depth takes 1 or more, --min-quality 0 or more")
    }
    guard [output, tsv, html, multiqc].count(where: { $0 == "-" }) < 2 else {
      throw ValidationError("one output alone can be standard output")
    }
  }

  func run() async throws {
    let resources = shared.resources
    let command = self
    try await interruptible(resources) {
      do {
        try await command.work(resources)
      } catch let error as PharmacogenomicsError {
        throw RunError(.configuration, error.description)
      }
    }
  }

  private func work(_ resources: RunResources) async throws {
    try Outputs.refuse(
      [output, tsv, html, multiqc].compactMap { $0 }.filter { $0 != "-" },
      inputs: [input, cache, fasta, outside, dosing, depth].compactMap { $0 }, force: shared.force)
    let command = self
    let (reference, request) = try await resources.blocking.run {
      (try command.reference(resources), try command.request())
    }
    let result = try await callPharmacogenes(request, reference: reference, resources: resources)
    try await write(output, try JSONValue(encoding: result).bytes, resources)
    if let tsv { try await write(tsv, Array(result.geneTable.tsv.utf8), resources) }
    if let html { try await write(html, Array(try PharmacogenomicsPage.html(result).utf8), resources) }
    if let multiqc { try await write(multiqc, Array(PharmacogenomicsTables.multiQC(result).utf8), resources) }
  }

  /// Blocks.
  private func reference(_ resources: RunResources) throws -> PharmacogenomicReference {
    if let cache { return PharmacogenomicReference(try AnnotationCache(path: cache)) }
    let reference = try FASTAReference(path: fasta ?? "", registry: resources.outputs)
    return PharmacogenomicReference(
      reference, identity: try referenceIdentity(of: reference, registry: resources.outputs))
  }

  /// Blocks.
  private func request() throws -> PharmacogenomicsRequest {
    PharmacogenomicsRequest(
      variants: InputFile(path: input), sample: sample, definitions: try DefinitionSet(folder: definitions),
      depth: depth.map { InputFile(path: $0) },
      thresholds: ReferenceThresholds(depth: minDepth, quality: minQuality),
      outsideCalls: try outside.map { try OutsideCall.parse(try readWhole($0), path: $0) } ?? [],
      dosing: try dosing.map { try DosingTable(path: $0) })
  }

  private func write(_ path: String, _ bytes: [UInt8], _ resources: RunResources) async throws {
    if path == "-" { return print(String(decoding: bytes, as: UTF8.self), terminator: "") }
    try await Outputs.write(path, bytes, shared.force, resources)
  }
}
