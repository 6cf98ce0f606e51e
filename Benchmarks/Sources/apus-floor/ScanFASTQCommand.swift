import ArgumentParser
import GenomicFiles

struct ScanFASTQCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan-fastq", abstract: "Find every record's lines, files of a pair in step; prints the records.",
    discussion: "Example: apus-floor scan-fastq r1.fastq.gz r2.fastq.gz --threads 2")

  @OptionGroup var options: FloorOptions

  @Argument(help: "First mates, or single-end reads.")
  var first: String

  @Argument(help: "Second mates.")
  var second: String?

  func run() async throws {
    let resources = options.resources
    let records = try await withChunks(
      of: InputFile(path: first), endOfFile: .expected, resources: resources
    ) { source1 in
      guard let second else { return try await Self.count(source1, nil) }
      return try await withChunks(
        of: InputFile(path: second), endOfFile: .expected, resources: resources
      ) { source2 in
        try await Self.count(source1, source2)
      }
    }
    print("records\t\(records)")
  }

  private static func count(_ source1: ChunkSource, _ source2: ChunkSource?) async throws -> Int {
    let reader = FASTQUnitReader(FASTQReader(source1), source2.map { FASTQReader($0) })
    var records = 0
    while let unit = try await reader.next() { records += unit.count * (unit.read2 == nil ? 1 : 2) }
    return records
  }
}
