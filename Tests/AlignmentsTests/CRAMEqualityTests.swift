import Alignments
import EngineTestSupport
import GenomicFiles
import Genomics
import Testing

/// A CRAM gives what the BAM that it was made from gives.
@Suite struct CRAMEqualityTests {
  private func process(_ path: String, _ reference: String, threads: Int) async throws -> AlignmentResult {
    let resources = RunResources(threads: threads)
    var job = AlignmentJob(input: InputFile(path: path, hashes: true))
    job.reference = try FASTAReference(path: reference, registry: resources.outputs)
    return try await processAlignments(job, resources: resources)
  }

  @Test(.enabled(if: SharedData.isThere && Peer.areInstalled("samtools")), arguments: [1, 2, 7])
  func `a real CRAM gives the results of its BAM`(threads: Int) async throws {
    let folder = try ScratchFolder()
    let reference = SharedData.path("na12878/b37.chr20.fa.gz")
    // The FASTA has contig 20 alone, so contig 21 cannot be kept: samtools would embed a reference then.
    let (bam, cram) = (folder.path("in.bam"), folder.path("in.cram"))
    let filter = "(rname == \"20\" || rname == \"*\") && mrname != \"21\""
    try Peer.output(
      "sh", "-c",
      "samtools view --no-PG -h -e '\(filter)' '\(SharedData.path("na12878/NA12878.bam"))' | grep -v SN:21"
        + " | samtools view --no-PG -b -o '\(bam)'")
    try Peer.output("samtools", "view", "--no-PG", "-C", "-T", reference, "-o", cram, bam)
    let refusal = await #expect(throws: InputError.self) {
      try await processAlignments(AlignmentJob(input: InputFile(path: cram)), resources: RunResources(threads: threads))
    }
    #expect(refusal?.kind == .referenceMissing)
    let expected = try await process(bam, reference, threads: threads)
    let result = try await process(cram, reference, threads: threads)
    #expect(result.records == expected.records)
    #expect(result.records > 5000)
    #expect(result.flagstat == expected.flagstat)
    #expect(result.idxstats == expected.idxstats)
    #expect(result.depth != nil)
    #expect(result.depth == expected.depth)
    #expect(result.header.samples == expected.header.samples)
    #expect(result.header.contigs.contigs == expected.header.contigs.contigs)
    #expect(result.isSorted == true)
    #expect(result.input?.sha256 == (try fileDigest(cram).sha256))
    #expect(result.report.files.map(\.bytes) == expected.report.files.map(\.bytes))
  }
}
