public import ArgumentParser
public import Workloads

extension Container: ExpressibleByArgument {}
extension QualityLevels: ExpressibleByArgument {}
extension Sex: ExpressibleByArgument {}

/// The seed and how output is compressed.
struct OutputOptions: ParsableArguments {
  @Option(help: "The seed.")
  var seed: UInt64 = 1

  @Option(help: "bgzf, gzip (one member) or plain; by the file's name when not given.")
  var container: Container?

  @Option(help: "Compression level, 1 to 9.")
  var compressionLevel: Int?

  @Option(help: "Compression threads per file, beside the generating one.")
  var threads = 1

  func compression(defaultLevel: Int = 1) throws -> Compression {
    let level = compressionLevel ?? defaultLevel
    guard (1...9).contains(level), (0...64).contains(threads) else {
      throw ValidationError("--compression-level is 1 to 9, --threads 0 to 64")
    }
    return Compression(level: level, threads: threads, container: container)
  }
}

/// Where sequences come from.
struct GenomeOptions: ParsableArguments {
  @Option(help: "Contigs as NAME:LENGTH,… (k and M allowed).")
  var contigs: String?

  @Option(help: "Bases of a genome with contigs 20, X, Y and MT.")
  var genomeSize = "2M"

  func specifications() throws -> [ContigSpecification] {
    if let contigs { return try ContigSpecification.parse(list: contigs) }
    guard let size = ContigSpecification.parseSize(genomeSize), size >= 30_000 else {
      throw ValidationError("--genome-size is a number of bases, at least 30k")
    }
    return ContigSpecification.standard(total: size)
  }
}

/// How reads are made.
struct SequencingArguments: ParsableArguments {
  @Option(help: "An existing FASTA to sequence instead of a synthetic genome.")
  var fasta: String?

  @Option(help: "four (2, 12, 23, 37) or full (2 to 41).")
  var qualities: QualityLevels = .four

  @Option(help: "Bases of each mate.")
  var readLength = 150

  @Option(help: "Mean fragment length.")
  var insertMean = 420.0

  @Option(help: "Standard deviation of the fragment length.")
  var insertDeviation = 90.0

  @Option(help: "Fraction of duplicate pairs.")
  var duplicates = 0.08

  @Option(help: "The sample's name.")
  var sample = "SYN-001-P"

  func options() throws -> SequencingOptions {
    guard (0...0.8).contains(duplicates) else { throw ValidationError("--duplicates is 0 to 0.8") }
    var options = SequencingOptions()
    options.levels = qualities
    options.readLength = readLength
    options.insertMean = insertMean
    options.insertDeviation = insertDeviation
    options.duplicates = duplicates
    return options
  }

  /// A sequencer of one male person with variants.
  func sequencer(_ genome: GenomeOptions, seed: UInt64) throws -> Sequencer {
    let sequence =
      if let fasta {
        try Genome.readFASTA(fasta)
      } else {
        Genome.synthesise(seed: seed, contigs: try genome.specifications())
      }
    let family = try Family.synthesise(name: "SYN-001", genome: sequence, genes: [], childSex: .male, seed: seed)
    return try Sequencer(
      genome: sequence, family: family, member: .child, sample: sample, options: options(), seed: seed)
  }
}
