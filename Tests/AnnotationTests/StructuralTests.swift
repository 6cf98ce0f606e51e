import TestSupport
import Testing
import Variants

@testable import Annotation

/// Structural alleles on a transcript of three exons.
@Suite struct StructuralTests {
  /// Exons at 101–200, 301–400 and 501–600 (counted from 1), CDS from 153 to 550: 198 bases.
  private func gene(isReverse: Bool) async throws -> (TemporaryFolder, String) {
    var random = SplitMix64(seed: 7)
    var gene = SyntheticGene(&random)
    gene.exons = [100..<200, 300..<400, 500..<600]
    gene.coding = 152..<550
    gene.isReverse = isReverse
    gene.genome = random.letters(20_000, of: "ACGT")
    let folder = try TemporaryFolder()
    // A CDS that translates: codons without stops between a start and a stop.
    let places = gene.exons.flatMap { Array($0.clamped(to: gene.coding)) }
    let bases = Array("ATG".utf8) + (0..<(places.count / 3 - 2)).flatMap { _ in Array("GCA".utf8) } + Array("TAA".utf8)
    for (place, base) in zip(isReverse ? places.reversed() : places, bases) {
      gene.genome[place] = isReverse ? SyntheticGene.opposite(base) : base
    }
    try folder.write(gene.fasta, to: "a.fa")
    try folder.write(gene.gff3, to: "a.gff3")
    return (folder, try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3")))
  }

  private static let cases:
    [(position: Int, alternate: String, info: String, forward: Set<String>, reverse: Set<String>)] = [
      (50, "<DEL>", "END=700", ["transcript_ablation"], ["transcript_ablation"]),
      (50, "<DUP>", "END=700", ["transcript_amplification"], ["transcript_amplification"]),
      (50, "<DUP:TANDEM>", "SVLEN=650", ["transcript_amplification"], ["transcript_amplification"]),
      (50, "<INV>", "END=700", ["coding_transcript_variant"], ["coding_transcript_variant"]),
      (50, "<CNV>", "END=700", ["coding_transcript_variant"], ["coding_transcript_variant"]),
      (50, "<CN0>", "END=700", ["transcript_ablation"], ["transcript_ablation"]),
      (50, "<CN3>", "END=700", ["transcript_amplification"], ["transcript_amplification"]),
      (
        250, "<DEL>", "END=450",
        [
          "splice_acceptor_variant", "splice_donor_variant", "coding_sequence_variant", "intron_variant",
          "feature_truncation",
        ],
        [
          "splice_acceptor_variant", "splice_donor_variant", "coding_sequence_variant", "intron_variant",
          "feature_truncation",
        ]
      ),
      (220, "<DEL>", "SVLEN=-50", ["intron_variant"], ["intron_variant"]),
      (
        310, "<DEL>", "END=319", ["inframe_deletion", "feature_truncation"], ["inframe_deletion", "feature_truncation"]
      ),
      (
        310, "<DEL>", "END=320", ["frameshift_variant", "feature_truncation"],
        ["frameshift_variant", "feature_truncation"]
      ),
      (
        310, "<DEL>", "IMPRECISE;END=320", ["coding_sequence_variant", "feature_truncation"],
        ["coding_sequence_variant", "feature_truncation"]
      ),
      (
        310, "<DEL>", "CIPOS=-5,5;END=320", ["coding_sequence_variant", "feature_truncation"],
        ["coding_sequence_variant", "feature_truncation"]
      ),
      (
        140, "<DEL>", "END=160",
        ["start_lost", "5_prime_UTR_variant", "coding_sequence_variant", "feature_truncation"],
        ["stop_lost", "3_prime_UTR_variant", "coding_sequence_variant", "feature_truncation"]
      ),
      (
        110, "<DEL>", "END=120", ["5_prime_UTR_variant", "feature_truncation"],
        ["3_prime_UTR_variant", "feature_truncation"]
      ),
      (
        310, "<DUP>", "END=330", ["coding_sequence_variant", "feature_elongation"],
        ["coding_sequence_variant", "feature_elongation"]
      ),
      (
        310, "<INS:ME:ALU>", "SVLEN=300", ["coding_sequence_variant", "feature_elongation"],
        ["coding_sequence_variant", "feature_elongation"]
      ),
      (250, "<INS>", "", ["intron_variant", "feature_elongation"], ["intron_variant", "feature_elongation"]),
      (
        310, "<INV>", "END=330", ["coding_sequence_variant", "feature_truncation"],
        ["coding_sequence_variant", "feature_truncation"]
      ),
      (
        310, "G]c:9000]", "", ["coding_sequence_variant", "feature_truncation"],
        ["coding_sequence_variant", "feature_truncation"]
      ),
      (250, "[c:9000[G", "", ["intron_variant", "feature_truncation"], ["intron_variant", "feature_truncation"]),
      (700, "<DEL>", "END=900", ["downstream_gene_variant"], ["upstream_gene_variant"]),
      (9_000, "<DEL>", "END=9100", ["intergenic_variant"], ["intergenic_variant"]),
    ]

  @Test(arguments: [false, true]) func termsAreThoseOfTheConditions(isReverse: Bool) async throws {
    let (folder, cache) = try await gene(isReverse: isReverse)
    for one in Self.cases {
      let info = one.info.isEmpty ? "." : one.info
      try folder.write(
        "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nc\t\(one.position)\t.\tN\t\(one.alternate)\t.\t.\t\(info)\n",
        to: "in.vcf")
      let (bytes, result) = try await annotate(folder("in.vcf"), cache: cache, in: folder)
      let found = entries(bytes).reduce(into: Set<String>()) { $0.formUnion($1.terms) }
      #expect(found == (isReverse ? one.reverse : one.forward), "\(one.position) \(one.alternate) \(one.info)")
      #expect(result.annotation?.allelesAnnotated == 1 && result.annotation?.allelesNotEligible == [:])
    }
  }

  @Test func whatHasNoEndIsCountedAndLeftAlone() async throws {
    let (folder, cache) = try await gene(isReverse: false)
    try folder.write(
      "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nc\t310\t.\tN\t<DEL>,<NON_REF>,<DUP>,<X>\t.\t.\tSVLEN=.,.,20,5\n",
      to: "in.vcf")
    let (bytes, result) = try await annotate(folder("in.vcf"), cache: cache, in: folder)
    #expect(result.annotation?.allelesNotEligible == ["symbolic": 2, "unspecified": 1])
    #expect(result.annotation?.allelesAnnotated == 1)
    let found = entries(bytes)
    #expect(found.map { $0["Allele"] } == ["duplication"] && found.first?["ALLELE_NUM"] == "3")
    #expect(
      found.first?["EXON"] == "2/3" && found.first?["cDNA_position"] == "111-130"
        && found.first?["CDS_position"] == "59-78")
  }
}
