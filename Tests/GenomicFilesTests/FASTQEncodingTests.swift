import Foundation
import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite struct FASTQEncodingTests {
  /// Solexa scores −5 to 12 and the nearest Phred scores (the error probability is 1 ÷ (1 + 10^(Q/10))); from 10 on the
  /// two are equal.
  private static let solexa: [(score: Int, phred: Int)] = [
    (-5, 1), (-4, 1), (-3, 2), (-2, 2), (-1, 3), (0, 3), (1, 4), (2, 4), (3, 5), (4, 5), (5, 6), (6, 7), (7, 8), (8, 9),
    (9, 10), (10, 10), (11, 11), (12, 12),
  ]

  @Test func solexaScoresBecomeTheNearestPhredScores() {
    for (score, phred) in Self.solexa + (13...62).map({ ($0, $0) }) {
      #expect(QualityEncoding.solexa.decoding[64 + score] == UInt8(33 + phred))
      let probability = 1 / (1 + pow(10, Double(score) / 10))
      #expect(abs(-10 * log10(probability) - Double(phred)) <= 0.5)
    }
  }

  @Test func phredScoresBecomeTheNearestSolexaScores() {
    var bytes = (33...UInt8(126)).map { $0 }
    let clamped = bytes.withUnsafeMutableBytes { QualityEncoder(.solexa).encode($0) }
    #expect(clamped == 93 - 62)
    for phred in 0...93 {
      let probability = min(pow(10, -Double(phred) / 10), 0.99)
      let exact = -10 * log10(probability / (1 - probability))
      let nearest = min(max(exact, -5), 62)
      #expect(abs(Double(bytes[phred]) - 64 - nearest) <= 0.5, "Phred \(phred)")
    }
  }

  @Test func phred64HoldsScoresTo62() {
    var bytes = (33...UInt8(126)).map { $0 }
    #expect(bytes.withUnsafeMutableBytes { QualityEncoder(.phred64).encode($0) } == 31)
    #expect(bytes == (64...126) + [UInt8](repeating: 126, count: 31))
    bytes = (33...126).map { $0 }
    #expect(bytes.withUnsafeMutableBytes { QualityEncoder(.phred33).encode($0) } == 0)
    #expect(bytes == (33...126).map { $0 })
  }

  @Test func everyByteComesBackInItsOwnEncoding() async throws {
    let folder = try TemporaryFolder()
    for encoding in QualityEncoding.allCases {
      let quality = Array(encoding.bytes)
      let text =
        Array("@r\n".utf8) + [UInt8](repeating: 65, count: quality.count) + Array("\n+\n".utf8) + quality + [10]
      let path = try folder.write(text, to: "reads.fq")
      let options = FASTQOptions(encoding: encoding, keepsOriginalQualities: true)
      #expect(try await readFASTQ(path, options, to: encoding).text == text, "\(encoding)")
    }
  }

  @Test func aScoreThatWasChangedIsEncodedAnew() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("@r\nAC\n+\n;<\n", to: "reads.fq")
    let options = FASTQOptions(encoding: .solexa, keepsOriginalQualities: true)
    try await withChunks(of: InputFile(path: path), endOfFile: .expected, resources: RunResources(threads: 1)) {
      source in
      let batch = try #require(try await FASTQReader(source, options: options).next())
      batch.withRecords { view in
        let range = view.line(3, of: 0)
        var quality = Array(view.bytes[range])
        #expect(quality == Array("\"\"".utf8))
        quality[1] = 33 + 30
        quality.withUnsafeMutableBytes { _ = QualityEncoder(.solexa).encode($0, from: view, range) }
        #expect(quality == [UInt8(ascii: ";"), 64 + 30])
      }
    }
  }

  @Test func aQualityThatTheEncodingDoesNotHaveIsRefused() async throws {
    let folder = try TemporaryFolder()
    let good = "@a\nC\n+\nh\n@b\nCC\n+\nhh\n"
    for (encoding, byte) in [
      (QualityEncoding.phred64, 63), (.phred64, 127), (.solexa, 58), (.solexa, 33), (.phred64, 255),
    ] {
      let text = Array(good.utf8) + Array("@c\nCC\n+\nh".utf8) + [UInt8(byte)] + Array("\n".utf8)
      for bytes in [text, gzipMember(text), try bgzf(text)] {
        let path = try folder.write(bytes, to: "reads.fq")
        let error = await failure { try await readFASTQ(path, FASTQOptions(encoding: encoding)) } as? InputError
        #expect(error?.kind == .malformed)
        #expect(error?.location == InputLocation(file: path, record: 3, offset: good.utf8.count))
        #expect(error?.reason.contains(encoding.title) == true)
      }
    }
  }

  /// Qualities of reads and what they are read as Phred+33.
  struct Sample: CustomTestStringConvertible, Sendable {
    var name: String
    /// Characters, each as often as it stands here.
    var qualities: String
    /// A quality that some bases have, one in a hundred.
    var rare = ""
    var testDescription: String { name }

    func text(reads: Int, _ random: inout SplitMix64) -> [UInt8] {
      (0..<reads).flatMap { read -> [UInt8] in
        var quality = random.letters(50, of: qualities)
        if !rare.isEmpty, read % 2 == 0 { quality[random.int(0...49)] = random.letters(1, of: rare)[0] }
        return Array("@r\(read)\n".utf8) + random.letters(50, of: "ACGT") + Array("\n+\n".utf8) + quality + [10]
      }
    }
  }

  static let modern = [
    Sample(name: "NovaSeq bins", qualities: "FFFFFFFFFFFFFFFF:,#"),
    Sample(name: "NovaSeq bins, best reads first", qualities: "F"),
    Sample(name: "NovaSeq X bins", qualities: "IIIIIIII9*"),
    Sample(name: "only ?", qualities: "?"), Sample(name: "only I", qualities: "I"),
    Sample(name: "only J", qualities: "J"),
    Sample(name: "only ~", qualities: "~"), Sample(name: "only h", qualities: "h"),
    Sample(name: "I and J", qualities: "IIIJJJJ"), Sample(name: "trimmed HiSeq", qualities: "?@ABCDEFGHIJIJIJIJJJJ"),
    Sample(name: "Element and Ultima", qualities: "KLMNOPQRSSSS", rare: "BCDE"),
    Sample(name: "HiFi", qualities: "~~~~~~~~~~~~~~zxwtqnhdZTPKHEB", rare: "#$%+5"),
    Sample(name: "HiFi without its low scores", qualities: "~~~~~~~~~~~~~~zxwtqnhdZTPKHEB"),
    Sample(name: "duplex consensus", qualities: "VWXYZ[]^_`abcdefghijklmnoz", rare: "!"),
    Sample(name: "Sanger traces", qualities: "56789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
  ]

  static let old: [(Sample, QualityEncoding)] = [
    (Sample(name: "Illumina 1.3", qualities: "hhhhhhhhhhhgfedcba`_^]\\ZXVTRPLIFD@"), .phred64),
    (Sample(name: "Illumina 1.5", qualities: "hhhhhhhhhhhggggfffedcb_]YTOBBBB"), .phred64),
    (Sample(name: "Illumina 1.5, good", qualities: "hhhhhhhhhhhgggfed", rare: "B"), .phred64),
    (Sample(name: "Solexa", qualities: "hhhhhhhhhhhhhhh_ZXTPKFC@>=<;"), .solexa),
  ]

  @Test(arguments: modern)
  func presentDayReadsAreNeverTakenForOldOnes(sample: Sample) async throws {
    var random = SplitMix64("modern(\(sample.name))")
    let folder = try TemporaryFolder()
    let path = try folder.write(sample.text(reads: 3000, &random), to: "reads.fq")
    #expect(try await readFASTQ(path).records == 3000)
  }

  @Test(arguments: old)
  func oldReadsAreRefusedAsPhred33AndTakenAsWhatTheyAre(sample: Sample, encoding: QualityEncoding) async throws {
    var random = SplitMix64("old(\(sample.name))")
    let folder = try TemporaryFolder()
    let text = sample.text(reads: 1000, &random)
    for bytes in [text, gzipMember(text), try bgzf(text)] {
      let path = try folder.write(bytes, to: "reads.fq")
      for setting in Setting.all {
        let error =
          await failure { try await readFASTQ(path, FASTQOptions(), to: .phred33, setting.resources) } as? InputError
        #expect(error?.kind == .unsupported)
        #expect(error?.location.file == path)
        #expect(error?.reason.contains(encoding.title) == true)
        #expect(error?.remedy.contains("--phred \(encoding.rawValue)") == true)
      }
      #expect(try await readFASTQ(path, FASTQOptions(encoding: encoding)).records == 1000)
      #expect(try await readFASTQ(path, FASTQOptions(checksEncoding: false)).records == 1000)
    }
    // Too few reads to tell.
    let few = try folder.write(sample.text(reads: 999, &random), to: "few.fq")
    #expect(try await readFASTQ(few).records == 999)
  }
}
