import Batching
import GenomicFiles
import Reads
import Workflow

/// Where `--fastqc` writes: a folder for each file of reads, named as FastQC names it.
struct FastQCFolder: Sendable {
  private let root: String
  /// Names of the files that the reports are of, and the folders of the reports.
  private let reports: [(fileName: String, folder: String)]
  private let contaminants: FastQCContaminants

  /// - Throws: `InputError` for a list of contaminants that cannot be read; `RunError` for inputs of the same name.
  init(
    _ root: String, inputs: [String], isInterleaved: Bool, contaminants list: String?, _ resources: RunResources
  ) async throws {
    self.root = root
    let names = inputs.map { $0 == "-" ? "stdin" : String($0.split(separator: "/").last ?? "") }
    // FastQC knows no mates; those of one file get a report each.
    let files = isInterleaved ? names.flatMap { ["\(Self.stem($0))_1.fastq", "\(Self.stem($0))_2.fastq"] } : names
    reports = files.map { ($0, "\(root)/\(Self.stem($0))_fastqc") }
    guard Set(reports.map(\.folder)).count == reports.count else {
      throw RunError(.usage, "the inputs have the same name, and so would their FastQC reports; rename one")
    }
    guard let list else {
      contaminants = FastQCContaminants()
      return
    }
    let bytes = try await resources.blocking.run { try readWhole(list) }
    contaminants = try FastQCContaminants(text: String(decoding: bytes, as: UTF8.self), path: list)
  }

  /// A file's name without the endings that FastQC drops.
  private static func stem(_ name: String) -> String {
    var name = name
    for ending in [".gz", ".bz2", ".txt", ".fastq", ".fq", ".csfastq", ".sam", ".bam"] where name.hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    return name
  }

  /// The files that will be written.
  var paths: [String] { reports.flatMap { ["\($0.folder)/fastqc_data.txt", "\($0.folder)/summary.txt"] } }

  /// Writes the reports.
  func write(_ result: ReadResult, force: Bool, _ resources: RunResources) async throws {
    let statistics = [result.summary.before1, result.summary.before2]
    for (index, tables) in result.fastqc.enumerated() {
      let (fileName, folder) = reports[index]
      try await resources.blocking.run { try makeFolder(folder) }
      let report = tables.report(fileName: fileName, statistics[index], contaminants: contaminants)
      try await Outputs.write("\(folder)/fastqc_data.txt", report.text, force, resources)
      try await Outputs.write("\(folder)/summary.txt", report.summary, force, resources)
    }
  }
}
