import ArgumentParser
import GenomicFiles

struct RecompressCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recompress", abstract: "Decompress files and compress them again as BGZF, nothing else.",
    discussion: "Example: apus-floor recompress r1.fastq.gz r2.fastq.gz --out-prefix o --threads 2")

  @OptionGroup var options: FloorOptions

  @Argument(help: "Plain, gzip or BGZF files; all at once.")
  var files: [String]

  @Option(help: "The outputs are PREFIX.0.gz, PREFIX.1.gz and so on.")
  var outPrefix: String

  @Option(help: "Deflate level.")
  var compressionLevel = 4

  func run() async throws {
    let resources = options.resources
    let (prefix, level) = (outPrefix, compressionLevel)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, file) in files.enumerated() {
        group.addTask { try await Self.recompress(file, to: "\(prefix).\(index).gz", level, resources) }
      }
      try await group.waitForAll()
    }
  }

  private static func recompress(_ file: String, to path: String, _ level: Int, _ resources: RunResources) async throws
  {
    let plan = OutputPlan(path: path, container: .bgzf(level: level), force: true, hashes: false)
    let (_, pending) = try await withChunks(of: InputFile(path: file), endOfFile: .expected, resources: resources) {
      source in
      try await withOutput(plan, resources: resources) { stream in
        while let chunk = try await source.next() { try await stream.append(chunk, 0..<chunk.count) }
      }
    }
    _ = try await pending.commit()
  }
}
