import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite(.timeLimit(.minutes(20))) struct FASTQRoundTripTests {
  /// Wraps text in one of the containers that files come in.
  enum Wrapping: String, CaseIterable, Sendable {
    case plain, gzip, members, bgzf, joinedBGZF, unevenBGZF

    func wrap(_ text: [UInt8], _ random: inout SplitMix64) throws -> [UInt8] {
      switch self {
      case .plain: return text
      case .gzip: return gzipMember(text, header: .random(&random))
      case .members:
        let count = random.int(1...8)
        return random.pieces(of: text, about: count).flatMap { gzipMember($0, header: .random(&random)) }
      case .bgzf: return try GenomicFilesTests.bgzf(text, level: random.int(1...9))
      // Whole files one after the other: end-of-file blocks in the middle.
      case .joinedBGZF: return try random.pieces(of: text, about: 3).flatMap { try GenomicFilesTests.bgzf($0) }
      // Blocks of any size, empty ones among them.
      case .unevenBGZF: return try bgzfBlocks(random.pieces(of: text, about: 40) + [[]])
      }
    }
  }

  @Test(arguments: Wrapping.allCases)
  func randomRecordsComeBackEqual(wrapping: Wrapping) async throws {
    var random = SplitMix64("randomRecordsComeBackEqual(\(wrapping))")
    let folder = try TemporaryFolder()
    for round in 0..<25 {
      let longest = random.pick([1, 50, 300, 300, 9000, 200_000])
      let records = random.int(1...(longest > 5000 ? 20 : 600))
      let text = random.fastq(records: records, longest: longest)
      let path = try folder.write(try wrapping.wrap(text, &random), to: "reads.fq")
      let setting = Setting.random(&random)
      let readout = try await Format.fastq.read(path, setting.resources)
      try #require(readout.text == text, "round \(round), \(setting.testDescription)")
      #expect(readout.records == records)
      #expect(readout.warnings == [:])
    }
  }

  @Test(arguments: Wrapping.allCases)
  func carriageReturnsAndAMissingFinalLineFeedChangeNothing(wrapping: Wrapping) async throws {
    var random = SplitMix64("carriageReturns(\(wrapping))")
    let folder = try TemporaryFolder()
    for round in 0..<12 {
      let seed = random.next()
      var one = SplitMix64(seed: seed)
      var other = SplitMix64(seed: seed)
      let expected = one.fastq(records: 300)
      var text = other.fastq(records: 300, lineEnd: round % 2 == 0 ? "\r\n" : "\n")
      if round % 3 != 0 { text.removeLast(round % 3 == 1 ? 1 : text.suffix(2) == [13, 10] ? 2 : 1) }
      let path = try folder.write(try wrapping.wrap(text, &random), to: "reads.fq")
      let setting = Setting.random(&random)
      let readout = try await Format.fastq.read(path, setting.resources)
      try #require(readout.text == expected, "round \(round), \(setting.testDescription)")
    }
  }

  @Test(arguments: Setting.all)
  func aRecordMayBeLongerThanManyBatches(setting: Setting) async throws {
    let sequence = [UInt8](repeating: UInt8(ascii: "A"), count: 300_000)
    let quality = [UInt8](repeating: UInt8(ascii: "I"), count: 300_000)
    let one = Array("@long\n".utf8) + sequence + Array("\n+\n".utf8) + quality + [10]
    let text = Array("@a\nC\n+\nI\n".utf8) + one + one + Array("@b\nC\n+\nI\n".utf8)
    let folder = try TemporaryFolder()
    for bytes in [text, gzipMember(text), try bgzf(text)] {
      let readout = try await Format.fastq.read(try folder.write(bytes, to: "long.fq"), setting.resources)
      #expect(readout.text == text)
      #expect(readout.records == 4)
    }
  }

  @Test(.enabled(if: Peer.has("bgzip", "gzip"))) func filesOfBgzipAndGzipComeBackEqual() async throws {
    var random = SplitMix64()
    let folder = try TemporaryFolder()
    let text = random.fastq(records: 20_000)
    try folder.write(text, to: "reads.fq")
    try Peer.run("bgzip -c reads.fq > b.gz; gzip -c reads.fq > g.gz; cat g.gz b.gz g.gz > joined.gz", in: folder)
    for setting in Setting.all {
      #expect(try await Format.fastq.read(folder("b.gz"), setting.resources).text == text)
      #expect(try await Format.fastq.read(folder("g.gz"), setting.resources).text == text)
      #expect(try await Format.fastq.read(folder("joined.gz"), setting.resources).text == text + text + text)
    }
  }

  @Test func aMissingEndOfFileBlockIsAWarningForFASTQAndAnErrorForVCFAndBAM() async throws {
    let folder = try TemporaryFolder()
    let resources = RunResources(threads: 2)
    let reads = try folder.write(try bgzfBlocks([Array("@a\nC\n+\nI\n".utf8)]), to: "reads.fq.gz")
    let readout = try await Format.fastq.read(reads, resources)
    #expect(readout.records == 1)
    #expect(readout.warnings == ["bgzf-end-of-file-block-missing": 1])
    let variants = try folder.write(try bgzfBlocks([Array(VCFText.header(samples: 0).utf8)]), to: "v.vcf.gz")
    let alignments = try folder.write(try bgzfBlocks([BAMBytes.header("", [])]), to: "a.bam")
    for (format, path) in [(Format.variants, variants), (.alignments, alignments)] {
      let error = await failure { try await format.read(path, resources) } as? InputError
      #expect(error?.kind == .truncated)
      #expect(error?.location.file == path)
    }
  }

  @Test func theSummaryHoldsSizeDigestAndContainer() async throws {
    let folder = try TemporaryFolder()
    let text = Array("@a\nC\n+\nI\n".utf8)
    let cases: [(String, [UInt8], Container)] = [
      ("a.fq", text, .plain), ("b.fq", gzipMember(text), .gzip), ("c.fq", try bgzf(text), .bgzf),
    ]
    for (name, bytes, container) in cases {
      let progress = ProgressCounter()
      let input = InputFile(path: try folder.write(bytes, to: name), hashes: true, progress: progress)
      try await withChunks(of: input, endOfFile: .expected, resources: RunResources(threads: 1)) { source in
        while try await source.next() != nil { #expect(input.summary == nil || container != .bgzf) }
      }
      let summary = try #require(input.summary)
      #expect(summary.bytes == bytes.count)
      #expect(summary.container == container)
      #expect(progress.bytesRead == bytes.count)
      #expect(progress.bytesExpected == bytes.count)
      #expect(summary.sha256 == (try fileDigest(input.path)).sha256)
      if Peer.has("sha256sum") {
        #expect(try Peer.run("sha256sum \(name)", in: folder).text.hasPrefix(summary.sha256 ?? "none"))
      }
    }
  }
}
