import EngineTestSupport
import GenomicFiles
import Genomics
import Testing
import Variants

@Suite struct HeaderTests {
  @Test func `a contig declared twice is one contig, unless its lengths differ`() async throws {
    let folder = try ScratchFolder()
    func header(_ lengths: [String]) -> String {
      "##fileformat=VCFv4.2\n" + lengths.map { "##contig=<ID=1\($0)>\n" }.joined()
        + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n1\t1\t.\tA\tC\t.\t.\t.\n"
    }
    let twice = try await runVariants(
      try folder.write(header(["", ",length=9", ",length=9"]), "in.vcf"), fasta: nil, output: nil)
    #expect(twice.header.contigs.contigs == [Contig(name: "1", length: 9)])
    let error = await #expect(throws: InputError.self) {
      try await runVariants(
        try folder.write(header([",length=9", ",length=8"]), "in.vcf"), fasta: nil, output: nil)
    }
    #expect(error?.location.record == 3)
  }
}
