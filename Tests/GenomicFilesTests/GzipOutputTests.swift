import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite(.timeLimit(.minutes(20))) struct GzipOutputTests {
  private func write(_ bytes: [UInt8], to path: String, level: Int, _ setting: Setting, _ random: inout SplitMix64)
    async throws
  {
    let pieces = random.pieces(of: bytes, about: random.int(0...20))
    let (_, output) = try await withOutput(
      OutputPlan(path: path, container: .gzip(level: level), force: true), resources: setting.resources
    ) { stream in
      for piece in pieces { try await stream.append(piece) }
    }
    _ = try await output.commit()
  }

  @Test(arguments: BGZFOutputTests.Content.allCases)
  func whatIsWrittenIsGzipOfTheSameBytes(content: BGZFOutputTests.Content) async throws {
    var random = SplitMix64("gzip(\(content))")
    let folder = try TemporaryFolder()
    let bytes = content.bytes(&random)
    for level in [1, 4, 9] {
      var stored: [UInt8]?
      for setting in [Setting(threads: 1, batchBytes: 4096), Setting(threads: 7, batchBytes: 1 << 20)] {
        try await write(bytes, to: folder("out.gz"), level: level, setting, &random)
        let found = try folder.read("out.gz")
        if let stored { #expect(found == stored) } else { stored = found }
      }
      let input = InputFile(path: folder("out.gz"))
      let data = try await withChunks(of: input, endOfFile: .required, resources: RunResources(threads: 1)) { source in
        var data: [UInt8] = []
        while let chunk = try await source.next() { chunk.withBytes { data.append(contentsOf: $0) } }
        return data
      }
      #expect(data == bytes)
      #expect(input.summary?.container == .gzip)
      if Peer.has("gzip") {
        try Peer.run("gzip -t out.gz && gzip -dc out.gz > out.raw", in: folder)
        #expect(try folder.read("out.raw") == bytes)
      }
    }
  }

  @Test(arguments: ["a.gz", "a.bgz", "a.fq", "-"])
  func aNameSaysWhetherAnOutputIsCompressed(path: String) {
    let isCompressed = path.hasPrefix("a.") && path != "a.fq"
    #expect(OutputContainer(path: path, level: 4) == (isCompressed ? .bgzf(level: 4) : .plain))
    #expect(OutputContainer(path: path, level: 4, isBlocked: false) == (isCompressed ? .gzip(level: 4) : .plain))
  }
}
