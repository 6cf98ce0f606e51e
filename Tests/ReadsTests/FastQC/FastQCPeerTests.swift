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

  private func expectEqual(_ set: FastQCTestSet) throws {
    let theirs = try FastQCPeer.run(set)
    let ours = set.report("reads.fastq", try FastQCPeer.contaminants())
    let modules = FastQCPeer.modules(String(decoding: ours.text, as: UTF8.self))
    #expect(modules.map(\.name) == theirs.modules.map(\.name))
    for (ours, theirs) in zip(modules, theirs.modules) {
      let different = zip(ours.lines, theirs.lines).first { $0 != $1 }
      #expect(different == nil, "\(ours.name): ours, then FastQC's")
      #expect(ours.lines.count == theirs.lines.count, "\(ours.name)")
    }
    #expect(String(decoding: ours.text, as: UTF8.self) == theirs.data)
    #expect(String(decoding: ours.summary, as: UTF8.self) == theirs.summary)
  }
}
