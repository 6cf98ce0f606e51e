import EngineTestSupport
import Foundation
import Reads
import Testing

/// Equality with `fastqc_data.txt` and `summary.txt` of FastQC 0.11.9, byte for byte.
@Suite(.enabled(if: FastQCPeer.isInstalled), .serialized)
struct FastQCPeerTests {
  @Test(
    .enabled(if: SharedData.isThere),
    arguments: [
      "fastq/ERR127302/ERR127302_1_subset.fastq.gz", "fastq/ERR127302/ERR127302_2_subset.fastq.gz",
      "na12878/NA12878_R1.fastq.gz", "na12878/NA12878_R2.fastq.gz",
    ])
  func `real reads give FastQC's report`(name: String) throws {
    let text = try Peer.output("gzip", "-dc", SharedData.path(name)).text
    try expectEqual(FastQCTestSet(fastq: text.utf8))
  }

  @Test(arguments: FastQCCase.allCases, seeds(1))
  func `generated reads give FastQC's report`(case: FastQCCase, seed: UInt64) throws {
    try expectEqual(`case`.reads(seed: seed), hasMixedFractions: `case`.hasMixedFractions)
  }

  @Test(arguments: seeds(5))
  func `any reads give FastQC's report`(seed: UInt64) throws {
    try expectEqual(FastQCCase.anything.reads(seed: seed), hasMixedFractions: true)
  }

  @Test func `a file without reads gives FastQC's report`() throws {
    try expectEqual(FastQCTestSet())
  }

  private func expectEqual(_ set: FastQCTestSet, hasMixedFractions: Bool = false) throws {
    let theirs = try FastQCPeer.run(set)
    let ours = set.report("reads.fastq", try FastQCPeer.contaminants())
    let modules = FastQCPeer.modules(String(decoding: ours.text, as: UTF8.self))
    #expect(modules.map(\.name) == theirs.modules.map(\.name))
    for (ours, theirs) in zip(modules, theirs.modules) {
      #expect(ours.lines.count == theirs.lines.count, "\(ours.name)")
      let isRounded = hasMixedFractions && ours.name.hasPrefix(">>Per sequence GC content")
      let different = zip(ours.lines, theirs.lines).first { isRounded ? !isNear($0, $1) : $0 != $1 }
      #expect(different == nil, "\(ours.name): ours, then FastQC's")
    }
    #expect(String(decoding: ours.summary, as: UTF8.self) == theirs.summary)
  }

  /// Whether two lines are equal but for the last digits of their numbers.
  private func isNear(_ ours: Substring, _ theirs: Substring) -> Bool {
    let pairs = zip(ours.split(separator: "\t"), theirs.split(separator: "\t"))
    return pairs.allSatisfy { ours, theirs in
      guard let a = Double(ours), let b = Double(theirs) else { return ours == theirs }
      return abs(a - b) <= 1e-11 * max(abs(a), 1)
    }
  }
}
