import EngineTestSupport
import GenomicFiles
import Genomics
import Testing

@testable import Alignments

/// What differs from samtools on purpose: Docs/samtools-differences.md, each with what samtools does instead.
@Suite struct SamtoolsDifferenceTests {
  private func line(_ flag: Int, _ contig: String, _ position: Int, _ cigar: String, _ length: Int) -> SAMLine {
    var line = SAMLine(name: "r\(position)", flag: flag, contig: contig, position: position, cigar: cigar)
    line.sequence = length == 0 ? "*" : String(repeating: "A", count: length)
    line.qualities = length == 0 ? "*" : String(repeating: "I", count: length)
    return line
  }

  private func write(_ lines: [SAMLine], _ folder: ScratchFolder) throws -> String {
    try folder.write(SAMFile(contigs: [("c", 30_000), ("d", 60)], lines: lines).text, "in.sam")
  }

  private func lines(_ text: String, _ section: String) -> [String] {
    SamtoolsPeer.data(text).filter { $0.hasPrefix(section + "\t") }
  }

  private func ours(_ path: String, _ section: String, reference: String? = nil) async throws -> [String] {
    var job = AlignmentJob(input: InputFile(path: path))
    job.collect = ["stats"]
    if let reference { job.reference = try FASTAReference(path: reference, registry: OutputRegistry()) }
    let result = try await processAlignments(job, resources: RunResources(threads: 2))
    return lines(try SamtoolsPeer.data(result, ".stats.txt").joined(separator: "\n"), section)
  }

  @Test(.enabled(if: SamtoolsPeer.is116))
  func `a file whose contigs are in another order is not sorted`() async throws {
    let folder = try ScratchFolder()
    let path = try write([line(0, "d", 5, "10M", 10), line(0, "c", 5, "10M", 10)], folder)
    let theirs = try Peer.output("samtools", "stats", path).text
    #expect(lines(theirs, "SN").contains("SN\tis sorted:\t1") && !lines(theirs, "COV").isEmpty)
    #expect(try await ours(path, "SN").contains("SN\tis sorted:\t0"))
    #expect(try await ours(path, "COV").isEmpty)
  }

  @Test(.enabled(if: SamtoolsPeer.is116))
  func `an alignment over a long skip covers its own bases`() async throws {
    let folder = try ScratchFolder()
    // The second block stands 1500 bases behind the first, which is the ring's size.
    let path = try write([line(0, "c", 100, "50M1450N50M", 100), line(0, "c", 160, "100M", 100)], folder)
    #expect(
      lines(try Peer.output("samtools", "stats", path).text, "COV") == ["COV\t[1-1]\t1\t100", "COV\t[2-2]\t2\t50"])
    #expect(try await ours(path, "COV") == ["COV\t[1-1]\t1\t200"])
  }

  @Test(.enabled(if: SamtoolsPeer.is116))
  func `a read longer than those before it costs no depth`() async throws {
    let folder = try ScratchFolder()
    let short = (0..<3).map { _ in line(0, "c", 1401, "100M", 100) }
    let path = try write(short + [line(0, "c", 1411, "500M", 500)], folder)
    #expect(try await ours(path, "COV") == ["COV\t[1-1]\t1\t410", "COV\t[3-3]\t3\t10", "COV\t[4-4]\t4\t90"])
    #expect(
      lines(try Peer.output("samtools", "stats", path).text, "COV")
        == ["COV\t[1-1]\t1\t484", "COV\t[3-3]\t3\t10", "COV\t[4-4]\t4\t16"])
  }

  @Test(.enabled(if: SamtoolsPeer.is116))
  func `a contig that the reference does not have is left out`() async throws {
    let folder = try ScratchFolder()
    let path = try write([line(0, "c", 5, "10M", 10), line(0, "d", 5, "10M", 10)], folder)
    let fasta = try folder.write(">c\n" + String(repeating: "C", count: 30_000) + "\n", "r.fa")
    #expect(try Peer.run("samtools", ["stats", "-r", fasta, path]).status != 0)
    let mismatches = try await ours(path, "MPC", reference: fasta)
    // One read of quality 40, in column 41 after the N's.
    #expect(mismatches.count == 11)
    #expect(
      mismatches[0].split(separator: "\t").map(String.init) == ["MPC", "1"] + (0...41).map { $0 == 41 ? "1" : "0" })
    #expect(try await ours(path, "COV", reference: fasta) == ["COV\t[1-1]\t1\t20"])
  }

  @Test(.enabled(if: SamtoolsPeer.is116))
  func `a read past the end of its contig is compared up to there`() async throws {
    let folder = try ScratchFolder()
    let path = try write([line(0, "d", 56, "10M", 10)], folder)
    let fasta = try folder.write(
      ">c\n" + String(repeating: "C", count: 30_000) + "\n>d\n" + String(repeating: "C", count: 60) + "\n", "r.fa")
    #expect(try Peer.run("samtools", ["stats", "-r", fasta, path]).status != 0)
    let mismatches = try await ours(path, "MPC", reference: fasta)
    #expect(mismatches.map { $0.split(separator: "\t").last == "1" } == (0..<11).map { $0 < 5 })
  }

  @Test func `records without SEQ have no base quality`() async throws {
    let folder = try ScratchFolder()
    let path = try write([line(0, "c", 5, "10M", 10), line(0, "c", 8, "20M", 0)], folder)
    let result = try await process(path, ["coverage"])
    #expect(
      try SamtoolsPeer.data(result, ".coverage.txt")
        == ["c\t1\t30000\t2\t23\t0.0766667\t0.001\t40\t60", "d\t1\t60\t0\t0\t0\t0\t0\t0"])
  }

  @Test(.enabled(if: SamtoolsPeer.is116))
  func `operations of length 0 change nothing, and a deletion alone covers nothing`() async throws {
    let folder = try ScratchFolder()
    let cigars = ["0=25M0M25M0X", "25M0N0D0I0P25M", "0H0S50M0S0H"]
    let path = try write(cigars.map { line(0, "c", 51, $0, 50) } + [line(0, "d", 5, "20D", 0)], folder)
    let ours = try SamtoolsPeer.data(try await process(path, ["coverage"]), ".coverage.txt")
    #expect(ours == ["c\t1\t30000\t3\t50\t0.166667\t0.005\t40\t60", "d\t1\t60\t1\t0\t0\t0\t0\t60"])
    let theirs = SamtoolsPeer.data(try Peer.output("samtools", "coverage", path).text)
    #expect(theirs[0].hasPrefix("c\t") && theirs[0] != ours[0])
  }

  @Test func `barcodes that are too long or of too many forms are left out`() {
    var counts = BarcodeCounts()
    func add(_ text: String, _ record: Int) {
      Array(text.utf8).withUnsafeBytes { counts.add($0, nil, record: record) }
    }
    add(String(repeating: "A", count: 1025), 0)
    #expect(counts.summary == nil)
    for length in 1...1024 { add(String(repeating: "A", count: length), length) }
    add(".", 2000)
    #expect(counts.summary?.bases.count == 1)
    #expect(counts.summary?.separator == nil)
  }
}
