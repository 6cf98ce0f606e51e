import ArgumentParser
import Batching
import GenomicFiles
import KnowledgeBase
import Workflow

extension KbCommand {
  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a base as a lake of Parquet files, or its classifications as a VCF.",
      discussion: """
        --lake needs the duckdb command line. Observations and callable regions are partitioned by contig
        (contig=20/data.parquet) and sorted by place; people are numbers of the lake's own. The rows are read back, and must
        come to the base's digest. After a withdrawal export again: the next generation replaces the one before, and an older
        copy is refused (77). --verify proves that a lake is the base's.

        --classifications writes a record an allele that was ever classified: LATEST_GERMLINE, LATEST_ONCOGENICITY,
        LATEST_DATE, TOTAL_GERMLINE, TOTAL_ONCOGENICITY as the East hub's tools read them, CONTESTED and HISTORY. It names no
        person, but single events with day and laboratory: it is for the laboratory that may read the base, and no release.

        Example:
          apus kb export lab.kb --lake lake
          apus kb export lab.kb --lake lake --verify
          apus kb export lab.kb --classifications classes.vcf.gz
        """)

    @Argument(help: "The base.")
    var kb: String

    @Option(help: "The lake's folder.")
    var lake: String?

    @Flag(help: "Write nothing; prove that the lake holds what the base holds.")
    var verify = false

    @Option(help: "The VCF of classifications, a name that ends with .vcf.gz; its index is written beside it.")
    var classifications: String?

    @OptionGroup var shared: SharedOptions

    func validate() throws {
      guard (lake == nil) != (classifications == nil) else {
        throw ValidationError("give --lake or --classifications, one of them")
      }
      guard !verify || lake != nil else { throw ValidationError("--verify needs --lake") }
      if let classifications, !classifications.hasSuffix(".vcf.gz") {
        throw ValidationError("--classifications takes a name that ends with .vcf.gz")
      }
    }

    func run() async throws {
      let resources = shared.resources
      let command = self
      let (path, isVerifying) = (try baseName(kb), verify)
      if let classifications {
        try Outputs.refuse(
          [classifications, classifications + ".tbi", classifications + ".csi"], inputs: [kb], force: shared.force)
      }
      try await interruptible(resources) {
        if let file = command.classifications {
          let base = try await resources.blocking.run { try KnowledgeBase(path: path) }
          let summary = try await base.exportClassifications(
            to: file, force: command.shared.force, resources: resources)
          print("alleles\t\(summary.alleles)")
          print("events\t\(summary.events)")
        }
        if let lake = command.lake {
          let summary = try await resources.blocking.run {
            let base = try KnowledgeBase(path: path)
            return isVerifying ? try base.verifyLake(lake) : try base.exportLake(to: lake)
          }
          print("generation\t\(summary.generation)")
          print("digest\t\(summary.digest)")
        }
      }
    }
  }
}
