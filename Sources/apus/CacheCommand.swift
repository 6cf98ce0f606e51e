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
    commandName: "build", abstract: "Make a cache of a GFF3 and its reference.",
    discussion: """
      Takes GFF3 as Ensembl, GENCODE and RefSeq write it. A CDS that does not translate is kept, flagged and counted.
      The same inputs give the same bytes.

      Example:
        apus cache build -f GRCh38.fa.gz -g ensembl.gff3.gz -o GRCh38.cache
      """)

  @Option(name: [.customShort("f"), .long], help: "Reference FASTA, plain or bgzipped.")
  var fasta: String

  @Option(name: [.customShort("g"), .long], help: "Annotation in GFF3, plain or compressed.")
  var gff3: String

  @Option(name: [.customShort("o"), .long], help: "The cache.")
  var output: String

  @OptionGroup var shared: SharedOptions

  func run() async throws {
    let resources = shared.resources
    let command = self
    try await interruptible(resources) {
      try Outputs.refuse([command.output], inputs: [command.fasta, command.gff3], force: command.shared.force)
      let build = try await buildCache(
        fasta: command.fasta, gff3: command.gff3, output: command.output, force: command.shared.force,
        resources: resources)
      command.shared.warn(build.flagged.merging(build.skipped, uniquingKeysWith: +))
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
