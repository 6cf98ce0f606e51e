import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

/// Writes bytes through an output stream, in random pieces, and commits.
func write(
  _ bytes: [UInt8], to path: String, level: Int, _ setting: Setting, _ random: inout SplitMix64
) async throws {
  let pieces = random.pieces(of: bytes, about: random.int(0...20))
  let (_, output) = try await withOutput(
    OutputPlan(path: path, container: .bgzf(level: level), force: true), resources: setting.resources
  ) { stream in
    for piece in pieces { try await stream.append(piece) }
  }
  _ = try await output.commit()
}

@Suite(.timeLimit(.minutes(20))) struct BGZFOutputTests {
  enum Content: String, CaseIterable, Sendable {
    case empty, one, block, blockAndOne, group, groupAndOne, reads, incompressible, zeros

    func bytes(_ random: inout SplitMix64) -> [UInt8] {
      switch self {
      case .empty: []
      case .one: [65]
      case .block: random.letters(0xFF00, of: "ACGT")
      case .blockAndOne: random.letters(0xFF01, of: "ACGT")
      case .group: random.letters(16 * 0xFF00, of: "ACGT")
      case .groupAndOne: random.letters(16 * 0xFF00 + 1, of: "ACGT")
      case .reads: random.fastq(records: 8000)
      case .incompressible: (0..<1_500_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      case .zeros: [UInt8](repeating: 0, count: 3_000_000)
      }
    }
  }

  @Test(arguments: Content.allCases)
  func blocksAreWholeWithinTheirLimitAndEndWithTheEmptyOne(content: Content) async throws {
    var random = SplitMix64("blocks(\(content))")
    let folder = try TemporaryFolder()
    let bytes = content.bytes(&random)
    for level in content == .reads || content == .incompressible ? Array(1...9) : [1, 9] {
      let path = folder("out.gz")
      try await write(bytes, to: path, level: level, .random(&random), &random)
      let stored = try folder.read("out.gz")
      #expect(stored.suffix(28).elementsEqual(bgzfEndOfFileBlock))
      var offset = 0
      while offset < stored.count {
        guard case .block(let size, _) = stored[offset...].withUnsafeBytes({ BGZFBlockHeader($0) }) else {
          Issue.record("level \(level): no block at \(offset)")
          return
        }
        #expect(size <= 1 << 16)
        offset += size
      }
      #expect(offset == stored.count)
      if Peer.has("bgzip", "gzip"), level == 1 || level == 9 {
        try Peer.run("bgzip -t out.gz && gzip -t out.gz && bgzip -dc out.gz > out.raw", in: folder)
        #expect(try folder.read("out.raw") == bytes)
      }
    }
  }

  @Test func bytesDoNotDependOnThreadsBatchesOrPieces() async throws {
    var random = SplitMix64()
    let folder = try TemporaryFolder()
    let bytes = Content.reads.bytes(&random) + Content.incompressible.bytes(&random)
    var expected: [UInt8]?
    for setting in Setting.all {
      try await write(bytes, to: folder("out.gz"), level: 4, setting, &random)
      let stored = try folder.read("out.gz")
      if let expected { #expect(stored == expected, "\(setting.testDescription)") } else { expected = stored }
    }
  }

  @Test(arguments: Setting.all)
  func whatIsReadAndPassedOnIsTheSameAtEverySetting(setting: Setting) async throws {
    var random = SplitMix64(seed: 4711)
    let folder = try TemporaryFolder()
    let text = random.fastq(records: 9000)
    let source = try folder.write(gzipMember(text), to: "in.fq.gz")
    let plan = OutputPlan(path: folder("out.fq.gz"), container: .bgzf(level: 4), force: false)
    let resources = setting.resources
    let output = try await withChunks(of: InputFile(path: source), endOfFile: .expected, resources: resources) {
      chunks in
      let reader = FASTQReader(chunks)
      return try await withOutput(plan, resources: resources) { stream in
        while let batch = try await reader.next() { try await batch.write(0..<batch.count, to: stream) }
      }.1
    }
    let summaries = try await output.commit()
    let stored = try folder.read("out.fq.gz")
    #expect(stored == (try bgzf(text, level: 4)))
    #expect(summaries.map(\.bytes) == [stored.count])
    #expect(summaries[0].sha256 == (try fileDigest(plan.path)).sha256)
    #expect(try folder.names == ["in.fq.gz", "out.fq.gz"])
  }
}
