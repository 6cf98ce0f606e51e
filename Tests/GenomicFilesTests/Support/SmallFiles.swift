import TestSupport
import Testing

@testable import GenomicFiles

/// One small whole file in one of the forms that Apus reads.
struct SmallFile: CustomTestStringConvertible, Sendable {
  enum Wrapping: String, Sendable { case plain, gzip, bgzf }

  var format: Format
  var wrapping: Wrapping

  static let compressed = [
    SmallFile(format: .fastq, wrapping: .gzip), SmallFile(format: .fastq, wrapping: .bgzf),
    SmallFile(format: .alignments, wrapping: .bgzf), SmallFile(format: .variants, wrapping: .gzip),
    SmallFile(format: .variants, wrapping: .bgzf),
  ]
  static let plain = Format.allCases.map { SmallFile(format: $0, wrapping: .plain) }

  var testDescription: String { "\(format) \(wrapping)" }

  /// The stored bytes.
  func bytes(_ random: inout SplitMix64) throws -> [UInt8] {
    let content: [UInt8]
    switch format {
    case .fastq: content = random.fastq(records: 120)
    case .variants:
      let lines = VCFText.lines(200, samples: 2, &random)
      content = Array((VCFText.header(samples: 2) + lines.joined(separator: "\n") + "\n").utf8)
    case .alignments where wrapping == .plain:
      let lines = (0..<150).map { line in
        "r\(line)\t0\t1\t\(line + 1)\t60\t10M\t*\t0\t0\tACGTACGTAC\tIIIIIIIIII\tNM:i:\(line % 3)\tZZ:Z:text"
      }
      content = Array(("@HD\tVN:1.6\n@SQ\tSN:1\tLN:1000\n" + lines.joined(separator: "\n") + "\n").utf8)
    case .alignments:
      let contigs = [("1", 1000), ("2", 2000)]
      content =
        BAMBytes.header("@SQ\tSN:1\tLN:1000\n@SQ\tSN:2\tLN:2000\n", contigs)
        + (0..<150).flatMap { BAMBytes.record(&random, ordinal: $0, contigs: contigs).bytes }
    }
    switch wrapping {
    case .plain: return content
    case .gzip: return gzipMember(content, header: GzipHeader(name: "content"))
    case .bgzf: return try bgzfBlocks(random.pieces(of: content, about: 4) + [[]])
    }
  }
}

/// Resources that many reads share, so that their threads are started once.
struct SharedSettings: Sendable {
  private let all = [
    RunResources(threads: 1, batchBytes: 4096), RunResources(threads: 2, batchBytes: 10_000),
    RunResources(threads: 7, batchBytes: 1 << 20),
  ]
  subscript(round: Int) -> RunResources { all[round % all.count] }
}
