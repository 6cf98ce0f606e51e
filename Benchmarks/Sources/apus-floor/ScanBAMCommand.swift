import ArgumentParser
import Batching
import GenomicFiles

struct ScanBAMCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan-bam", abstract: "Decode and check every record; prints the records.",
    discussion: "Example: apus-floor scan-bam sample.bam --threads 2")

  @OptionGroup var options: FloorOptions

  @Argument(help: "BAM or SAM.")
  var file: String

  func run() async throws {
    let resources = options.resources
    let input = InputFile(path: file)
    let records = try await withChunks(of: input, endOfFile: .required, resources: resources) { source in
      try await Self.count(try await AlignmentReader(source), resources)
    }
    print("records\t\(records)")
  }

  private static func count(_ reader: sending AlignmentReader, _ resources: RunResources) async throws -> Int {
    var records = 0
    try await orderedMap(
      inFlight: resources.window, budget: resources.budget,
      source: { try await reader.next() },
      transform: { (work: AlignmentWork) in try work.decode().count },
      sink: { (count: Int) in records += count })
    return records
  }
}
