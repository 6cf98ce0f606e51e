import Annotation
import ArgumentParser
import Batching
import GenomicFiles
import Reports

/// `apus cache`.
struct CacheCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache", abstract: "Make and look at annotation caches.",
    discussion: """
      Example:
        apus cache build -f GRCh38.fa.gz -g ensembl.gff3.gz -o GRCh38.cache
      """, subcommands: [CacheBuildCommand.self, CacheInfoCommand.self])
}

/// `apus cache build`.
struct CacheBuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Make a cache of a GFF3 or GTF and its reference.",
    discussion: """
      Takes GFF3 and GTF as Ensembl, GENCODE and RefSeq write them, told by the content. A CDS that does not translate is kept, flagged and counted.
      The same inputs give the same bytes.

      Sources are looked up by the allele itself, both sides left-aligned; an annotated record gets NAME_FIELD for each
      field named (ID where none is) and NAME_FILTER. Files of one name are one source.

      Example:
        apus cache build -f GRCh38.fa.gz -g ensembl.gff3.gz --source clinvar=clinvar.vcf.gz:CLNSIG,CLNREVSTAT \
          --source gnomad=gnomad.chr1.vcf.bgz:AF --source gnomad=gnomad.chr2.vcf.bgz:AF --score revel=revel.csv.gz \
          -o GRCh38.cache
      """)

  @Option(name: [.customShort("f"), .long], help: "Reference FASTA, plain or bgzipped.")
  var fasta: String

  @Option(name: [.customShort("g"), .long], help: "Annotation in GFF3 or GTF, plain or compressed.")
  var gff3: String

  @Option(help: "Regulatory features in GFF3: the Ensembl Regulatory Build's, and its motifs'.")
  var regulatory: [String] = []

  @Option(help: ArgumentHelp("Known variants of a VCF or BCF.", valueName: "name=vcf[:field,…]"))
  var source: [String] = []

  @Option(help: ArgumentHelp("Scores of a table with contig, position, REF and ALT.", valueName: "name=tsv[:column,…]"))
  var score: [String] = []

  @Option(name: [.customShort("o"), .long], help: "The cache.")
  var output: String

  @OptionGroup var shared: SharedOptions

  private var sources: [KnownSourceSpec] {
    get throws {
      try (source.map { ($0, .variants) } + score.map { ($0, .scores) })
        .map { (text: String, layout: KnownSourceSpec.Layout) in
          guard let spec = KnownSourceSpec(text, layout: layout) else {
            throw ValidationError(
              "\(text) is not NAME=FILE[:FIELD,…], with a name of letters, digits and _ that begins with a letter")
          }
          return spec
        }
    }
  }

  func validate() throws {
    let specs = try sources
    for spec in specs where specs.contains(where: { $0.name == spec.name && $0.layout != spec.layout }) {
      throw ValidationError("\(spec.name) names both a source and a score")
    }
  }

  func run() async throws {
    let resources = shared.resources
    let command = self
    let sources = try sources
    try await interruptible(resources) {
      try Outputs.refuse(
        [command.output], inputs: [command.fasta, command.gff3] + command.regulatory + sources.map(\.path),
        force: command.shared.force)
      let build = try await buildCache(
        fasta: command.fasta, annotation: command.gff3, regulatory: command.regulatory, sources: sources,
        output: command.output,
        force: command.shared.force, resources: resources)
      var warnings = build.flagged.merging(build.skipped, uniquingKeysWith: +)
      for source in build.sources {
        for (why, count) in source.skipped { warnings["\(source.name)-\(why)", default: 0] += count }
      }
      command.shared.warn(warnings)
    }
  }
}

/// `apus cache info`.
struct CacheInfoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Tell what a cache holds.",
    discussion: """
      Example:
        apus cache info GRCh38.cache --json
      """)

  @Argument(help: "The cache.")
  var cache: String

  @Flag(help: "As JSON.")
  var json = false

  @OptionGroup var shared: SharedOptions

  func run() async throws {
    let resources = shared.resources
    let path = cache
    let info = try await resources.blocking.run { try CacheInfo(try AnnotationCache(path: path)) }
    if json {
      print(String(decoding: try JSONValue(encoding: info).bytes, as: UTF8.self), terminator: "")
    } else {
      print(info.text, terminator: "")
    }
  }
}
