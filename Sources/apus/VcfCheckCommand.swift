import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import Reports
import Variants
import Workflow

/// `apus vcf check`.
struct VcfCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Hold VCF and BCF files to the version of VCF that they declare.",
    discussion: """
      A line a problem on standard output, FILE:LINE: error|warning CODE FIELD: what is wrong (section), in the order of
      lines; of a BCF's records FILE:record N. Nothing is printed of a file without problems. Ends with 65 if a file has an error. VCF 4.1 to 4.5; the
      kinds of problem, and which of them --strict makes errors, are in Docs/vcf-check.md.

      Example:
        apus vcf check S1.vcf.gz S2.vcf.gz -f GRCh38.fa.gz --json check.json
      """)

  @Argument(help: "VCF, plain or compressed, or BCF; - is standard input.")
  var files: [String]

  @Option(
    name: [.customShort("f"), .long], help: "Reference FASTA: REF and contigs with records are compared with it.")
  var fasta: String?

  @Flag(help: "Warnings that Docs/vcf-check.md lists, such as keys that no header line declares, are errors.")
  var strict = false

  @Option(help: "How many problems of a kind are listed of a file; the rest is counted.")
  var limit = 20

  @Option(help: "Problems and their counts as JSON, up to 1,000 of a kind of a file.")
  var json: String?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard !files.isEmpty else { throw ValidationError("check needs a file") }
    guard Set(files).count == files.count else { throw ValidationError("a file is named twice") }
    guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit takes 1 to 1,000,000") }
  }

  func run() async throws {
    let resources = shared.resources
    let command = self
    try await interruptible(resources) { try await command.work(resources) }
  }

  /// How many problems of a kind JSON holds at least.
  private static let jsonLimit = 1000

  private func work(_ resources: RunResources) async throws {
    try Outputs.refuse([json].compactMap { $0 }, inputs: files + [fasta].compactMap { $0 }, force: shared.force)
    let registry = resources.outputs
    let fasta = fasta
    let reference = try await resources.blocking.run {
      try fasta.map { try FASTAReference(path: $0, registry: registry) }
    }
    var reports: [CheckReport] = []
    for file in files {
      let input = InputFile(path: file, progress: ProgressCounter())
      let job = CheckJob(input: input, isStrict: strict, limit: json == nil ? limit : max(limit, Self.jsonLimit))
      let report = try await withProgress(
        input.progress ?? ProgressCounter(), shows: Terminal.isStandardError
      ) {
        try await checkVariants(job, reference: reference, resources: resources)
      }
      let text = report.text(limit: limit)
      if !text.isEmpty { try await Outputs.write("-", Array(text.utf8), shared.force, resources) }
      reports.append(report)
    }
    if json != nil {
      try await Outputs.write(
        json, try JSONValue(encoding: CheckedFiles(files: reports)).bytes, shared.force, resources)
    }
    let faulty = reports.filter { $0.errors > 0 }
    guard let first = faulty.first else { return }
    let errors = faulty.reduce(0) { $0 + $1.errors }
    throw InputError(
      .malformed, at: InputLocation(file: first.path),
      "\(errors) \(errors == 1 ? "error" : "errors") in \(faulty.count) of \(reports.count) "
        + (reports.count == 1 ? "file" : "files"),
      remedy: "correct what standard output lists")
  }
}

/// The content of `--json`.
private struct CheckedFiles: Encodable {
  var schema = "apus-vcf-check/1"
  var files: [CheckReport]
}
