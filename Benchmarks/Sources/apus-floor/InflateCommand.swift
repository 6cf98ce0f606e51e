import ArgumentParser
import GenomicFiles

struct InflateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inflate", abstract: "Decompress and check, nothing else; prints the decompressed bytes of each file.",
    discussion: "Example: apus-floor inflate r1.fastq.gz r2.fastq.gz --threads 2")

  @OptionGroup var options: FloorOptions

  @Argument(help: "Plain, gzip or BGZF files; all at once.")
  var files: [String]

  func run() async throws {
    let resources = options.resources
    let counts = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
      for (index, file) in files.enumerated() {
        group.addTask { (index, try await Self.inflate(file, resources)) }
      }
      var counts = [Int](repeating: 0, count: files.count)
      for try await (index, count) in group { counts[index] = count }
      return counts
    }
    for (file, count) in zip(files, counts) { print("\(count)\t\(file)") }
  }

  private static func inflate(_ file: String, _ resources: RunResources) async throws -> Int {
    try await withChunks(of: InputFile(path: file), endOfFile: .expected, resources: resources) { source in
      var count = 0
      while let chunk = try await source.next() { count += chunk.count }
      return count
    }
  }
}
