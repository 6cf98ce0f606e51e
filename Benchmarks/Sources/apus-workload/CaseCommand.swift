import ArgumentParser
import Foundation
import Workloads

struct CaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "case",
    abstract: "Everything for one case: genome, genes, reads, alignments, variants, sample sheet, pedigree, truth.",
    discussion: "Example: apus-workload case --trio --genome-size 2M --depth 30 --out case/")

  @OptionGroup var output: OutputOptions
  @OptionGroup var genome: GenomeOptions

  @Option(name: .shortAndLong, help: "The folder to fill; created when it is not there.")
  var out: String

  @Option(help: "testdata: the small trio of the repository; other sizes are then ignored.")
  var preset: String?

  @Option(help: "The case's name.")
  var name = "SYN-001"

  @Option(help: "Mean depth over autosomes.")
  var depth = 30.0

  @Option(help: "Mean depth of the parents; the child's when not given.")
  var parentDepth: Double?

  @Flag(help: "The child with both parents, instead of alone.")
  var trio = false

  @Flag(help: "One VCF for the family instead of one a person.")
  var joint = false

  @Flag(help: "Phased genotypes.")
  var phased = false

  @Option(help: "The child's sex: female or male.")
  var sex: Sex = .male

  @Option(help: "Lanes, 1 to 4, each with FASTQ files and a read group of its own.")
  var lanes = 1

  @Option(help: "four or full.")
  var qualities: QualityLevels = .four

  @Option(help: "Bases from one gene's slot to the next.")
  var geneSpacing = 40_000

  func run() throws {
    guard depth > 0, depth <= 10_000, (parentDepth ?? 1) > 0 else { throw ValidationError("depths are above 0") }
    var workload: CaseWorkload
    switch preset {
    case nil:
      workload = CaseWorkload(seed: output.seed, contigs: try genome.specifications())
      workload.depth = depth
      workload.parentDepth = parentDepth
      workload.trio = trio
      workload.jointVCF = joint
      workload.phased = phased
      workload.childSex = sex
      workload.sequencing.lanes = lanes
      workload.sequencing.levels = qualities
      workload.geneSpacing = geneSpacing
      workload.compression = try output.compression()
    case "testdata":
      workload = .testData(seed: output.seed)
      workload.compression = try output.compression(defaultLevel: 9)
    case let other?:
      throw ValidationError("--preset \(other) is unknown; there is testdata")
    }
    workload.compression.container = nil
    workload.name = name
    try workload.write(to: out) { line in
      FileHandle.standardError.write(Data((line + "\n").utf8))
    }
  }
}
