import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

/// Reads alignments and writes them as BAM and as SAM.
func convert(_ path: String, toBAM bam: String, sam: String, _ setting: Setting) async throws {
  let resources = setting.resources
  let input = InputFile(path: path)
  let outputs = try await withChunks(of: input, endOfFile: .required, resources: resources) { source in
    let reader = try await AlignmentReader(source)
    let bamPlan = OutputPlan(path: bam, container: .bgzf(level: 1), force: true)
    let samPlan = OutputPlan(path: sam, container: .plain, force: true)
    let (samOutput, bamOutput) = try await withOutput(bamPlan, resources: resources) { bamStream in
      let bamWriter = try await BAMWriter(reader.header, to: bamStream)
      return try await withOutput(samPlan, resources: resources) { samStream in
        let samWriter = try await SAMWriter(reader.header, to: samStream)
        while let batch = try await reader.next()?.decode() {
          try await bamWriter.write(batch)
          try await samWriter.write(batch.samText(reader.header.contigs))
        }
      }.1
    }
    return [bamOutput, samOutput]
  }
  for output in outputs { _ = try await output.commit() }
}

/// Says the first line that differs, rather than two files.
func expectSameLines(_ text: [UInt8], _ expected: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
  guard text != expected else { return }
  let ours = text.split(separator: 10, omittingEmptySubsequences: false)
  let theirs = expected.split(separator: 10, omittingEmptySubsequences: false)
  for (a, b) in zip(ours, theirs) where a != b {
    Issue.record(
      "ours \(String(decoding: a, as: UTF8.self)), theirs \(String(decoding: b, as: UTF8.self))",
      sourceLocation: sourceLocation)
    return
  }
  Issue.record("\(ours.count) lines instead of \(theirs.count)", sourceLocation: sourceLocation)
}

@Suite(.timeLimit(.minutes(20)), .enabled(if: Peer.has("samtools", "bgzip"))) struct BAMTests {
  private static let contigs = [("1", 1000), ("chrX", 2000), ("HLA-A*01:01", 3000)]
  private static let text =
    "@HD\tVN:1.6\tSO:unsorted\n" + contigs.map { "@SQ\tSN:\($0.0)\tLN:\($0.1)\n" }.joined()
    + "@RG\tID:a\tSM:NA1\n@RG\tID:b\tSM:NA1\n@CO\ta comment\n"

  @Test(arguments: Setting.all)
  func fieldsEqualSamtoolsAndRoundTripsLoseNothing(setting: Setting) async throws {
    var random = SplitMix64("fieldsEqualSamtools(\(setting.testDescription))")
    let folder = try TemporaryFolder()
    let bytes =
      BAMBytes.header(Self.text, Self.contigs)
      + (0..<400).flatMap { BAMBytes.record(&random, ordinal: $0, contigs: Self.contigs).bytes }
    try folder.write(try bgzf(bytes), to: "in.bam")
    try await convert(folder("in.bam"), toBAM: folder("out.bam"), sam: folder("out.sam"), setting)
    let expected = try Peer.run("samtools quickcheck out.bam && samtools view -h --no-PG in.bam", in: folder).output
    expectSameLines(try folder.read("out.sam"), expected)
    // BAM is passed on as its bytes stand.
    #expect(try Peer.run("bgzip -dc out.bam", in: folder).output == bytes)

    // SAM to BAM to SAM, as samtools reads the same text; doubles and infinite numbers are not of SAM.
    let lines = expected.split(separator: 10).filter { line in
      let text = String(decoding: line, as: UTF8.self)
      return !text.contains(":d:") && !text.contains("inf")
    }
    try folder.write(lines.flatMap { $0 + [10] }, to: "finite.sam")
    try await convert(folder("finite.sam"), toBAM: folder("again.bam"), sam: folder("again.sam"), setting)
    let parsed = try Peer.run("samtools view -h --no-PG finite.sam", in: folder).output
    expectSameLines(try folder.read("again.sam"), parsed)
    expectSameLines(try Peer.run("samtools view -h --no-PG again.bam", in: folder).output, parsed)
  }

  @Test func aHeaderOverManyChunksIsReadWhole() async throws {
    let folder = try TemporaryFolder()
    let contigs = (0..<6000).map { ("contig_\($0)", 1000 + $0) }
    let text = contigs.map { "@SQ\tSN:\($0.0)\tLN:\($0.1)\n" }.joined()
    var record = BAMBytes.Record()
    record.contig = 5999
    for count in [0, 1, 500] {
      let bytes = BAMBytes.header(text, contigs) + (0..<count).flatMap { _ in record.bytes }
      let path = try folder.write(try bgzf(bytes), to: "in.bam")
      for setting in Setting.all {
        let readout = try await Format.alignments.read(path, setting.resources)
        #expect(readout.records == count)
        #expect(readout.text.starts(with: text.utf8))
      }
    }
  }

  @Test func aBAMWithoutSequenceLinesTakesItsOwnList() async throws {
    let folder = try TemporaryFolder()
    let bytes = BAMBytes.header("@CO\tno sequences here\n", Self.contigs) + BAMBytes.Record(contig: 1).bytes
    try folder.write(try bgzf(bytes), to: "in.bam")
    try await convert(folder("in.bam"), toBAM: folder("out.bam"), sam: folder("out.sam"), Setting.all[0])
    let expected = try Peer.run("samtools view -h --no-PG in.bam", in: folder).output
    #expect(try folder.read("out.sam") == expected)
    #expect(try Peer.run("bgzip -dc out.bam", in: folder).output == bytes)
  }

  @Test func aBAMOfUnmappedReadsAndAnEmptyOneAreWhole() async throws {
    let folder = try TemporaryFolder()
    var random = SplitMix64()
    for (text, count) in [("@HD\tVN:1.6\n@RG\tID:a\tSM:s\n", 50), ("@HD\tVN:1.6\n", 0), ("", 3), ("", 0)] {
      let records = (0..<count).flatMap { BAMBytes.record(&random, ordinal: $0, contigs: []).bytes }
      let bytes = BAMBytes.header(text, []) + records
      try folder.write(try bgzf(bytes), to: "in.bam")
      try await convert(folder("in.bam"), toBAM: folder("out.bam"), sam: folder("out.sam"), Setting.all[0])
      #expect(try folder.read("out.sam") == (try Peer.run("samtools view -h --no-PG in.bam", in: folder).output))
      #expect(try Peer.run("bgzip -dc out.bam", in: folder).output == bytes)
    }
  }

  @Test func aCigarOfMoreOperationsThanBAMCountsIsKeptInItsTag() async throws {
    let folder = try TemporaryFolder()
    let pairs = 35_000
    let cigar = String(repeating: "1M1D", count: pairs)
    let line = [
      "long", "0", "1", "10", "60", cigar, "*", "0", "0", String(repeating: "A", count: pairs),
      String(repeating: "I", count: pairs), "NM:i:\(pairs)",
    ].joined(separator: "\t")
    let short = "short\t0\t1\t20\t60\t4M\t*\t0\t0\tACGT\tIIII\n"
    let text = "@HD\tVN:1.6\n@SQ\tSN:1\tLN:1000000\n\(line)\n\(short)"
    try folder.write(text, to: "in.sam")
    for setting in Setting.all {
      try await convert(folder("in.sam"), toBAM: folder("out.bam"), sam: folder("out.sam"), setting)
      #expect(try folder.read("out.sam") == Array(text.utf8))
      #expect(try Peer.run("samtools view -h --no-PG out.bam", in: folder).output == Array(text.utf8))
      try await convert(folder("out.bam"), toBAM: folder("again.bam"), sam: folder("again.sam"), setting)
      #expect(try folder.read("again.sam") == Array(text.utf8))
    }
    let stored = try Peer.run("samtools view -b --no-PG in.sam | bgzip -dc", in: folder).output
    #expect(try Peer.run("bgzip -dc out.bam", in: folder).output == stored)
  }

  @Test(.enabled(if: SharedData.has("na12878/NA12878.bam"))) func aRealBAMIsRenderedAsSamtoolsDoes() async throws {
    let folder = try TemporaryFolder()
    let path = SharedData.path("na12878/NA12878.bam")
    try await convert(path, toBAM: folder("out.bam"), sam: folder("out.sam"), Setting(threads: 2, batchBytes: 1 << 20))
    let expected = try Peer.run("samtools view -h --no-PG '\(path)'", in: folder).output
    expectSameLines(try folder.read("out.sam"), expected)
  }
}
