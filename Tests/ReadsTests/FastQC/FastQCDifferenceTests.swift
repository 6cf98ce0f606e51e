import EngineTestSupport
import Reads
import Testing

/// Differences from FastQC that are meant (`Docs/fastqc-differences.md`): what is made here, and that FastQC still differs.
@Suite struct FastQCDifferenceTests {
  private func rows(_ text: String, of module: String) -> [[Substring]] {
    let lines = FastQCPeer.modules(text).first { $0.name.hasPrefix(">>" + module) }?.lines ?? []
    return lines.filter { !$0.hasPrefix(">>") && !$0.isEmpty }.map { $0.split(separator: "\t") }
  }

  private func ours(_ set: FastQCTestSet) -> String { String(decoding: set.report("reads.fastq").text, as: UTF8.self) }

  /// A read that is an adapter, before a longer one.
  private var adapterFirst: FastQCTestSet {
    var set = FastQCTestSet()
    for sequence in ["AGATCGGAAGAG", "ACGTACGTACGTACGT"] {
      set.append(Array("@r".utf8), Array(sequence.utf8), sequence.utf8.map { _ in 70 })
    }
    return set
  }

  @Test func `a read that is an adapter counts before longer reads too`() {
    let rows = rows(ours(adapterFirst), of: "Adapter Content")
    #expect(rows.dropFirst().map { $0[1] } == ["50.0", "50.0", "50.0", "50.0", "50.0"])
  }

  @Test(.enabled(if: FastQCPeer.isInstalled))
  func `FastQC does not count it`() throws {
    let rows = rows(try FastQCPeer.run(adapterFirst).data, of: "Adapter Content")
    #expect(rows.dropFirst().map { $0[1] } == ["0.0", "0.0", "0.0", "0.0", "0.0"])
  }

  @Test func `without a list of contaminants nothing has a source`() {
    let rows = rows(ours(adapterFirst), of: "Overrepresented sequences")
    #expect(rows.count == 3)
    #expect(rows.dropFirst().allSatisfy { $0.last == "No Hit" })
  }
}
