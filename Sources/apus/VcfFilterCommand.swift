public import ArgumentParser
import GenomicFiles
import Variants

/// `apus vcf filter`.
struct FilterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "filter", abstract: "Keep records by FILTER.",
    discussion: """
      This version knows --pass alone; expressions are not built yet.

      Example:
        apus vcf filter S1.vcf.gz --pass -o S1.pass.vcf.gz
      """)

  @Argument(help: "VCF, plain or compressed; - is standard input.")
  var input: String

  @Flag(help: "Keep records whose FILTER is PASS.")
  var pass = false

  @OptionGroup var out: VariantOutputOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if !pass { throw ValidationError("give --pass: expressions are not built yet in this version") }
  }

  func run() async throws {
    try await out.run(input, shared: shared) { job, _ in job.passOnly = true }
  }
}
