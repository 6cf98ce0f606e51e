import ArgumentParser
import Foundation
import Workloads

struct TrioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trio",
    abstract:
      "A trio's joint VCF of any size, with all that tiers are made from, and two releases of clinical variants.",
    discussion: """
      Writes genome.fa.gz, genes.gff3, trio.vcf.gz, trio.ped, panel.json, samplesheet.csv, frequency.vcf.gz,
      clinical.vcf.gz and clinical.next.vcf.gz.
      Example: apus-workload trio --records 5000000 --genome-size 500M --out trio/
      """)

  @OptionGroup var output: OutputOptions

  @Option(name: .shortAndLong, help: "The folder to fill; created when it is not there.")
  var out: String

  @Option(help: "Records of the joint VCF, about.")
  var records = 100_000

  @Option(help: "Bases of the genome; at least 50 a record.")
  var genomeSize = "10M"

  @Option(help: "Bases from one gene's slot to the next.")
  var geneSpacing = 80_000

  @Option(help: "Alleles of the clinical register beside the family's, about.")
  var clinical = 600_000

  @Option(help: "The share of them that the next release adds, withdraws or classifies otherwise.")
  var changed = 0.01

  func run() throws {
    guard let size = ContigSpecification.parseSize(genomeSize), records > 0, size >= 50 * records else {
      throw ValidationError("--genome-size is a number of bases, at least 50 for each of --records")
    }
    guard clinical >= 0, (0...1).contains(changed) else { throw ValidationError("--changed is 0 to 1") }
    var workload = TrioWorkload(seed: output.seed, records: records, genomeSize: size)
    workload.geneSpacing = geneSpacing
    workload.clinical = clinical
    workload.changed = changed
    workload.compression = try output.compression()
    workload.compression.container = nil
    try workload.write(to: out) { line in
      FileHandle.standardError.write(Data((line + "\n").utf8))
    }
  }
}
