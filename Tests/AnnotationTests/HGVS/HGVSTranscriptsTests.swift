import TestSupport
import Testing

@testable import Annotation

/// Transcripts that are not like the others.
@Suite struct HGVSTranscriptsTests {
  private func gff3(_ lines: [String]) -> String { "##gff-version 3\n" + lines.map { $0 + "\n" }.joined() }

  @Test func nonCodingTranscriptsAreNumberedFromTheirStart() async throws {
    let gene = HGVSGene("N", "AACCGTACGTTAGCATCCGTAA", exons: [2..<8, 14..<20], isReverse: true, coding: nil)
    let cache = try await HGVSCache([gene])
    #expect(cache.names("N", 20, "T", "C")?.coding == "TN.3:n.1A>G")
    #expect(cache.names("N", 14, "C", "G")?.coding == "TN.3:n.6+1G>C")
    #expect(cache.names("N", 9, "G", "T")?.coding == "TN.3:n.7-1C>A")
    #expect(cache.names("N", 20, "T", "C")?.protein == "")
  }

  @Test func aRefSeqIdentifierHasItsVersionOnce() async throws {
    let cache = try await HGVSCache(
      fasta: ">1\nAACCATGAAATAACC\n",
      gff3: gff3([
        "1\tt\tmRNA\t3\t15\t.\t+\t.\tID=rna-NM_1.4;transcript_id=NM_1.4;version=9",
        "1\tt\texon\t3\t15\t.\t+\t.\tParent=rna-NM_1.4",
        "1\tt\tCDS\t5\t13\t.\t+\t0\tParent=rna-NM_1.4;protein_id=NP_1.2",
      ]))
    let names = cache.names("1", 8, "A", "G")
    #expect(names?.coding == "NM_1.4:c.4A>G")
    #expect(names?.protein == "NP_1.2:p.(Lys2Glu)")
  }

  @Test func aTranscriptUnlikeTheReferenceHasNoName() async throws {
    let lines = [
      "1\tt\texon\t3\t15\t.\t+\t.\tParent=rna-NM_1.4", "1\tt\tCDS\t5\t13\t.\t+\t0\tParent=rna-NM_1.4;protein_id=NP_1.2",
    ]
    for (attribute, extra) in [
      (";exception=annotated by transcript or proteomic data", []),
      ("", ["1\tt\tcDNA_match\t3\t15\t.\t+\t.\tID=a;Target=NM_1.4 1 14 +;Gap=M6 I1 M7"]),
    ] {
      let cache = try await HGVSCache(
        fasta: ">1\nAACCATGAAATAACC\n",
        gff3: gff3(
          ["1\tt\tmRNA\t3\t15\t.\t+\t.\tID=rna-NM_1.4;transcript_id=NM_1.4\(attribute)"] + lines + extra))
      let names = cache.names("1", 8, "A", "G")
      #expect(names?.genomic == "1:g.8A>G")
      #expect(names?.coding == "" && names?.protein == "")
      #expect(cache.cache.build.flagged["transcript-unlike-reference"] == 1)
    }
  }

  @Test(arguments: [
    ";transl_except=(pos:11..13%2Caa:Sec)", "",
  ])
  func selenocysteineIsNoStop(attribute: String) async throws {
    // M K Sec P L Ter.
    var lines = [
      "1\tt\tmRNA\t3\t24\t.\t+\t.\tID=T1;version=1", "1\tt\texon\t3\t24\t.\t+\t.\tParent=T1",
      "1\tt\tCDS\t5\t22\t.\t+\t0\tParent=T1;protein_id=P1;version=1\(attribute)",
    ]
    if attribute.isEmpty {
      lines.append("1\tt\tstop_codon_redefined_as_selenocysteine\t11\t13\t.\t+\t.\tParent=T1")
    }
    let cache = try await HGVSCache(fasta: ">1\nAACCATGAAATGACCCCTTTAACC\n", gff3: gff3(lines))
    #expect(cache.cache.build.translates == 1)
    #expect(cache.names("1", 12, "G", "A")?.protein == "P1.1:p.(Sec3Ter)")
    #expect(cache.names("1", 13, "A", "T")?.protein == "P1.1:p.(Sec3Cys)")
    #expect(cache.names("1", 8, "A", "G")?.protein == "P1.1:p.(Lys2Glu)")
    #expect(cache.names("1", 7, "GAAA", "G")?.protein == "P1.1:p.(Lys2del)")
    #expect(cache.names("1", 10, "ATGA", "A")?.protein == "P1.1:p.(Sec3del)")
    // In another frame there is no selenocysteine.
    #expect(cache.names("1", 7, "G", "GCC")?.protein == "P1.1:p.(Lys2ProfsTer?)")
  }

  @Test func mitochondrialCode() async throws {
    // M W M P, and a stop that the tail completes.
    let cache = try await HGVSCache(
      fasta: ">MT\nCCATATGAATACCATAGG\n",
      gff3: gff3([
        "MT\tt\tmRNA\t3\t16\t.\t+\t.\tID=T1;version=1", "MT\tt\texon\t3\t16\t.\t+\t.\tParent=T1",
        "MT\tt\tCDS\t3\t16\t.\t+\t0\tParent=T1;protein_id=P1;version=1",
      ]))
    #expect(cache.names("MT", 8, "A", "G")?.protein == "P1.1:p.(Trp2%3D)")
    #expect(cache.names("MT", 11, "A", "T")?.protein == "P1.1:p.(Met3Ile)")
    #expect(cache.names("MT", 4, "T", "C")?.protein == "P1.1:p.Met1?")
    #expect(cache.names("MT", 8, "A", "G")?.genomic == "MT:g.8A>G")
  }

  @Test func incompleteEndsTellNothing() async throws {
    // Begins with the second base of a codon, and ends with the first of another.
    let cache = try await HGVSCache(
      fasta: ">1\nAACCATGAAACCCTGTGGAA\n",
      gff3: gff3([
        "1\tt\tmRNA\t3\t17\t.\t+\t.\tID=T1;version=1;tag=cds_start_NF,cds_end_NF",
        "1\tt\texon\t3\t17\t.\t+\t.\tParent=T1",
        "1\tt\tCDS\t3\t17\t.\t+\t2\tParent=T1;protein_id=P1;version=1",
      ]))
    #expect(
      cache.names("1", 3, "C", "G") == HGVSNames(genomic: "1:g.3C>G", coding: "T1.1:c.1C>G", protein: "", offset: 0))
    // ATG is the second residue, not the start.
    #expect(cache.names("1", 5, "A", "G")?.protein == "P1.1:p.(Met2Val)")
    #expect(cache.names("1", 8, "A", "C")?.protein == "P1.1:p.(Lys3Gln)")
    #expect(cache.names("1", 17, "T", "C").map { _ in true } == nil)
    #expect(cache.names("1", 17, "G", "C")?.protein == "")
    #expect(cache.names("1", 7, "G", "GC")?.protein == "P1.1:p.(Lys3GlnfsTer?)")
  }

  /// The transcript has two bases more than the reference, lacks one, and has one otherwise.
  @Test func differencesOfATranscriptAreMappedThrough() throws {
    let contig = Array("CCCCC" + "ATGGCTAAAGGGTTTCATTGGTAACC" + "GGGGG").map { $0.asciiValue ?? 0 }
    var model = TranscriptModel(
      id: "NM_1", version: "1", biotype: "protein_coding", protein: "NP_1.1",
      gene: GeneModel(id: "G", symbol: "G", biotype: ""), contig: "1", isReverse: false, exons: [5..<31],
      coding: [5..<29], phase: 0, flags: [], line: 1)
    model.bases = Array(contig[5..<31])
    // ATG GCT CAA AAG GGT TCC ATT GGT AAC C: as the transcript has it.
    model.edits = [
      TranscriptModel.Edit(place: 6, skipped: 0, letters: "CA"),
      TranscriptModel.Edit(place: 12, skipped: 1, letters: ""),
      TranscriptModel.Edit(place: 14, skipped: 1, letters: "C"),
    ]
    let cache = try HGVSCache(contigs: [("1", contig, nil)], models: [model])
    #expect(cache.names("1", 10, "C", "A")?.coding == "NM_1.1:c.5C>A")
    #expect(cache.names("1", 10, "C", "A")?.protein == "NP_1.1:p.(Ala2Asp)")
    // Behind two bases more.
    #expect(cache.names("1", 15, "G", "C")?.coding == "NM_1.1:c.12G>C")
    #expect(cache.names("1", 15, "G", "C")?.protein == "NP_1.1:p.(Lys4Asn)")
    // The base that the transcript lacks, and one beside it.
    #expect(cache.names("1", 18, "T", "C")?.coding == "")
    #expect(cache.names("1", 19, "T", "C")?.coding == "NM_1.1:c.15T>C")
    // The transcript has C where the reference has T.
    #expect(cache.names("1", 20, "T", "C")?.coding == "NM_1.1:c.16%3D")
    #expect(cache.names("1", 20, "T", "A")?.coding == "NM_1.1:c.16C>A")
    #expect(cache.names("1", 20, "TC", "T")?.coding == "NM_1.1:c.17del")
    // A deletion over a difference.
    #expect(cache.names("1", 17, "GTTT", "G")?.coding == "")
  }
}
