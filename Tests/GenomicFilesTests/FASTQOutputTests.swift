import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite(.timeLimit(.minutes(20))) struct FASTQOutputTests {
  /// What is written for a text, by plan.
  private func written(
    _ text: [UInt8], _ container: OutputContainer, as content: OutputContent, _ setting: Setting = Setting.all[0],
    in folder: TemporaryFolder, _ random: inout SplitMix64
  ) async throws -> [UInt8] {
    var plan = OutputPlan(path: folder("out.fq.gz"), container: container, force: true)
    plan.content = content
    let pieces = random.pieces(of: text, about: random.int(0...20))
    let (_, output) = try await withOutput(plan, resources: setting.resources) { stream in
      for piece in pieces { try await stream.append(piece) }
    }
    _ = try await output.commit()
    return try folder.read("out.fq.gz")
  }

  @Test(arguments: [OutputContainer.bgzf(level: 4), .gzip(level: 4)])
  func binnedQualitiesGetSmallerAndOtherProgramsReadThem(container: OutputContainer) async throws {
    var random = SplitMix64("binnedQualitiesGetSmaller(\(container))")
    let folder = try TemporaryFolder()
    let text = random.binnedFASTQ(bytes: 3_000_000)
    var expected: [UInt8]?
    for setting in Setting.all {
      let stored = try await written(text, container, as: .fastq, setting, in: folder, &random)
      if let expected { #expect(stored == expected, "\(setting.testDescription)") } else { expected = stored }
    }
    if Peer.has("bgzip", "gzip") {
      let asksBGZF = container == .bgzf(level: 4) ? "bgzip -t out.fq.gz && " : ""
      try Peer.run(asksBGZF + "gzip -t out.fq.gz && gzip -dc out.fq.gz > out.raw", in: folder)
      #expect(try folder.read("out.raw") == text)
    }
    let plain = try await written(text, container, as: .any, in: folder, &random)
    #expect(try #require(expected).count < plain.count)
  }

  /// Kinds of blocks follow one another in a file; each has to find the encoder that it needs.
  @Test(arguments: [OutputContainer.bgzf(level: 4), .gzip(level: 4)])
  func whateverIsCalledFASTQComesBack(container: OutputContainer) async throws {
    var random = SplitMix64("whateverIsCalledFASTQComesBack(\(container))")
    let folder = try TemporaryFolder()
    for _ in 0..<4 {
      let text = (0..<12).flatMap { _ in
        FASTQDeflaterTests.Content.allCases[random.int(0...(FASTQDeflaterTests.Content.allCases.count - 1))]
          .bytes(&random)
      }
      _ = try await written(text, container, as: .fastq, in: folder, &random)
      let found = try await withChunks(
        of: InputFile(path: folder("out.fq.gz")), endOfFile: .expected, resources: RunResources(threads: 2)
      ) { source in
        var data: [UInt8] = []
        while let chunk = try await source.next() { chunk.withBytes { data.append(contentsOf: $0) } }
        return data
      }
      #expect(found == text)
    }
  }

  @Test(arguments: [1, 2, 6, 9])
  func otherLevelsAreLibdeflates(level: Int) async throws {
    var random = SplitMix64("otherLevelsAreLibdeflates(\(level))")
    let folder = try TemporaryFolder()
    let text = random.binnedFASTQ(bytes: 200_000)
    for container in [OutputContainer.bgzf(level: level), .gzip(level: level)] {
      let stored = try await written(text, container, as: .fastq, in: folder, &random)
      #expect(try await written(text, container, as: .any, in: folder, &random) == stored)
    }
  }

  @Test func fullRangeQualitiesAreLibdeflates() async throws {
    var random = SplitMix64()
    let folder = try TemporaryFolder()
    let text = random.fastq(records: 2000)
    let stored = try await written(text, .bgzf(level: 4), as: .fastq, in: folder, &random)
    #expect(try bgzf(text, level: 4) == stored)
  }
}
