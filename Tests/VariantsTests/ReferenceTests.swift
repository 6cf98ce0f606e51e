import EngineTestSupport
import GenomicFiles
import Genomics
import Testing
import Variants

@Suite struct ReferenceTests {
  @Test func `an insertion and a deletion at the contig's ends`() async throws {
    let file = VCFCase(
      genome: [("c", "AAAACGTTTT")],
      lines: [
        // The anchor stays on the right: nothing stands before the first base.
        VCFLine("c", 1, "AA", ["A"]), VCFLine("c", 1, "A", ["TTA"]), VCFLine("c", 2, "AAA", ["AA"]),
        VCFLine("c", 9, "TT", ["T"]), VCFLine("c", 10, "T", ["TT"]), VCFLine("c", 10, "T", ["G"]),
      ])
    let (result, lines) = try await file.run()
    #expect(
      lines.map { "\($0.position) \($0.ref) \($0.alts[0])" } == [
        "1 AA A", "1 A TTA", "6 GT G", "6 G GT", "10 T G",
      ])
    #expect(result.counts.allelesByClass == ["deletion": 2, "insertion": 2, "snv": 1])
    #expect(result.counts.leftAligned == 3)
    // Shifting made one of the other.
    #expect(result.counts.dropped == ["duplicate": 1] && result.counts.balances)
  }

  @Test func `a shift of more than 10,000 bases is not followed further, and counted`() async throws {
    let file = VCFCase(
      genome: [("c", "G" + String(repeating: "A", count: 25_000))], lines: [VCFLine("c", 25_000, "AA", ["A"])])
    let (result, lines) = try await file.run()
    #expect(lines.map(\.position) == [25_000 - 10_000])
    #expect(lines[0].ref == "AA")
    #expect(result.counts.shiftLimited == 1)
  }

  @Test func `records that move far are put in order across batches`() async throws {
    let tail = 9000
    let genome = "GC" + String(repeating: "A", count: tail) + "CT"
    var lines = (1..<400).map { VCFLine("c", 20 * $0 + 2, "A", ["C"], info: "S=\(String(repeating: "x", count: 200))") }
    for place in [5, 8000, 8500, 8990] { lines.append(VCFLine("c", place, "A", ["AA"], info: "DP=\(place)")) }
    var file = VCFCase(genome: [("c", genome)], lines: lines)
    file.sort()
    let first = try await file.run(threads: 1, batchBytes: 4 << 20)
    #expect(first.lines.prefix(4).map(\.position) == [2, 2, 2, 2])
    // Equal positions keep the input's order.
    #expect(first.lines.prefix(4).map(\.info) == [["DP=5"], ["DP=8000"], ["DP=8500"], ["DP=8990"]])
    for batchBytes in [4096, 64 << 10] {
      #expect(try await file.run(threads: 3, batchBytes: batchBytes).lines == first.lines)
    }
  }

  @Test func `an ambiguity code of the FASTA stands for its bases, and its first one goes into alleles`() async throws {
    let file = VCFCase(
      // R at 5 (A or G), b (C, G or T) at 10.
      genome: [("c", "ACGTRAAAAbCTTNN")],
      lines: [
        VCFLine("c", 5, "A", ["C"]), VCFLine("c", 5, "g", ["C"]), VCFLine("c", 6, "AA", ["A"]),
        VCFLine("c", 11, "CT", ["C"]), VCFLine("c", 12, "TT", ["T"]), VCFLine("c", 12, "TTN", ["T"]),
      ])
    let (result, lines) = try await file.run()
    #expect(
      lines.map { "\($0.position) \($0.ref) \($0.alts[0])" } == [
        "4 TA T", "5 A C", "5 G C", "11 CT C", "12 TTN T",
      ])
    #expect(result.counts.referenceAmbiguous == 2)
    // What was written is right again.
    var again = file
    again.lines = lines
    #expect(try await again.run().lines == lines)
    for line in [VCFLine("c", 5, "C", ["A"]), VCFLine("c", 5, "N", ["A"]), VCFLine("c", 14, "A", ["C"])] {
      var wrong = file
      wrong.lines = [line]
      await #expect(throws: InputError.self) { try await wrong.run() }
    }
  }

  @Test func `a REF that is not the FASTA's is refused, warned of, or dropped`() async throws {
    let file = VCFCase(
      genome: [("c", "ACGTACGT")],
      lines: [
        VCFLine("c", 1, "A", ["C"]), VCFLine("c", 2, "T", ["G"]), VCFLine("c", 3, "GTT", ["G", "GT"]),
        VCFLine("c", 5, "A", ["AA"]), VCFLine("c", 7, "GTA", ["<DEL>"]),
      ])
    let error = await #expect(throws: InputError.self) { try await file.run() }
    #expect(error?.kind == .mismatch)
    #expect(error?.reason == "REF has T where c:2 of the FASTA has C")
    let (warned, all) = try await file.run(splits: true, check: .warn)
    #expect(all.map(\.position) == [1, 2, 3, 4, 7])
    #expect(Set(file.lines).subtracting(all) == [file.lines[3]], "the insertion alone is moved")
    #expect(warned.counts.referenceMismatches == 3 && warned.counts.balances)
    #expect(warned.counts.allelesByClass == ["snv": 2, "deletion": 2, "insertion": 1, "symbolic": 1])
    let (excluded, kept) = try await file.run(check: .exclude)
    #expect(kept.map(\.position) == [1, 4])
    #expect(excluded.counts.dropped == ["reference-mismatch": 3] && excluded.counts.recordsOut == 2)
  }

  @Test func `contigs that are not the reference's are refused, naming both`() async throws {
    let folder = try ScratchFolder()
    let fasta = try folder.write(">20\nACGTACGT\n>HLA\nACGT\n", "ref.fa")
    func refusal(_ contigs: String, _ record: String) async throws -> InputError? {
      let text =
        "##fileformat=VCFv4.2\n\(contigs)#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n\(record)\t1\t.\tA\tC\t.\t.\t.\n"
      return await #expect(throws: InputError.self) {
        try await runVariants(try folder.write(text, "in.vcf"), fasta: fasta, output: nil)
      }
    }
    let style = try await refusal("", "chr20")
    #expect(style?.kind == .mismatch && style?.reason == "contig chr20 is named 20 in the reference")
    let length = try await refusal("##contig=<ID=20,length=9>\n", "20")
    #expect(length?.kind == .mismatch && length?.reason.contains("9 bases long in the header and 8") == true)
    let missing = try await refusal("", "weird")
    #expect(missing?.kind == .mismatch && missing?.reason.contains("weird is not in the reference") == true)
    // Contigs without records do not matter; one without a header line is counted.
    let fine =
      "##fileformat=VCFv4.2\n##contig=<ID=chr20,length=5>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n20\t1\t.\tA\tC\t.\t.\t.\n"
    let result = try await runVariants(try folder.write(fine, "in.vcf"), fasta: fasta, output: nil)
    #expect(result.undeclaredContigs == ["20"])
  }

  @Test func `records out of order are refused where the order matters, with the line`() async throws {
    let swapped = [VCFLine("c", 3, "G", ["A"]), VCFLine("c", 2, "C", ["A"])]
    let torn = [VCFLine("c", 3, "G", ["A"]), VCFLine("d", 2, "C", ["A"]), VCFLine("c", 4, "T", ["A"])]
    for lines in [swapped, torn] {
      let file = VCFCase(genome: [("c", "ACGT"), ("d", "ACGT")], lines: lines)
      let error = await #expect(throws: InputError.self) { try await file.run() }
      #expect(error?.kind == .malformed && error?.reason.contains("out of order") == true)
      #expect(error?.location.record == file.text.split(separator: "\n").count)
      #expect(try await file.run(normalises: false).lines == lines)
    }
  }
}
