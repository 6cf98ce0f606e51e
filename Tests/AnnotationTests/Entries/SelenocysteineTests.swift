import TestSupport
import Testing

/// Consequences at a codon that stands for selenocysteine.
@Suite struct SelenocysteineTests {
  /// M K U P L Ter on the plus strand, the codon of U at 11 to 13.
  private static let cases:
    [(position: Int, reference: String, alternate: String, terms: Set<String>, residues: String)] = [
      (12, "G", "A", ["stop_gained"], "U/*"), (13, "A", "T", ["missense_variant"], "U/C"),
      (8, "A", "G", ["missense_variant"], "K/E"),
      // What stands beside it, or on both sides of it, leaves it as it is.
      (10, "ATGACCC", "GTGACCG", ["synonymous_variant"], "KUP"),
      (10, "ATGAC", "GTGAT", ["missense_variant"], "KUP/KUS"),
      (10, "ATGA", "A", ["inframe_deletion"], "KU/K"),
      // In another frame TGA is a stop.
      (7, "G", "GCC", ["frameshift_variant"], "-/X"),
    ]

  @Test func aRecodedCodonIsNoStop() async throws {
    let folder = try TemporaryFolder()
    try folder.write(">1\nAACCATGAAATGACCCCTTTAACC\n", to: "a.fa")
    try folder.write(
      """
      ##gff-version 3
      1\tt\tmRNA\t3\t24\t.\t+\t.\tID=T1;version=1
      1\tt\texon\t3\t24\t.\t+\t.\tParent=T1
      1\tt\tCDS\t5\t22\t.\t+\t0\tParent=T1;protein_id=P1;version=1;transl_except=(pos:11..13%2Caa:Sec)

      """, to: "a.gff3")
    let cache = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3"))
    for one in Self.cases {
      try folder.write(
        "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n1\t\(one.position)\t.\t\(one.reference)\t\(one.alternate)\t.\t.\t.\n",
        to: "in.vcf")
      let entry = try #require(entries(try await annotate(folder("in.vcf"), cache: cache, in: folder).bytes).first)
      #expect(entry.terms == one.terms, "\(one)")
      #expect(entry["Amino_acids"] == one.residues, "\(one)")
    }
  }
}
