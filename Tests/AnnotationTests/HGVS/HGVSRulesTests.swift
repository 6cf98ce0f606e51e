import TestSupport
import Testing

@testable import Annotation

/// A row for each rule, on one small gene and on its mirror image.
@Suite struct HGVSRulesTests {
  struct Row: Sendable, CustomStringConvertible {
    var rule: String
    var position: Int
    var reference: String
    var alternate: String
    var genomic: String
    var coding: String
    var protein: String
    var description: String { rule }

    init(
      _ rule: String, _ position: Int, _ reference: String, _ alternate: String, _ genomic: String, _ coding: String,
      _ protein: String = ""
    ) {
      (self.rule, self.position, self.reference, self.alternate) = (rule, position, reference, alternate)
      (self.genomic, self.coding, self.protein) = (genomic, coding, protein)
    }
  }

  // M A K K F Q | D D G C W R | L L L Ter, with 5 bases before and 12 behind.
  private static let genome =
    "CATGCTAGCA" + "GCACCATGGCTAAAAAATTTCAG" + "GTAAGTCCTTTTGACATTTCAG" + "GATGATGGCTGTTGGCGT" + "GTATGTTTACTCTTGCAG"
    + "CTCCTCCTCTGATAAGCATTAGCC" + "GGTACCTGAC"
  private static let exons = [10..<33, 55..<73, 91..<115]

  private static func gene(isReverse: Bool) -> HGVSGene {
    guard isReverse else {
      return HGVSGene("F", genome, exons: exons, isReverse: false, coding: 5..<53)
    }
    let mirrored = String(decoding: genome.utf8.reversed().map(SyntheticGene.opposite), as: UTF8.self)
    let count = genome.utf8.count
    let exons = exons.reversed().map { (count - $0.upperBound)..<(count - $0.lowerBound) }
    return HGVSGene("F", mirrored, exons: exons, isReverse: true, coding: 5..<53)
  }

  static let rows = [
    Row("substitution, missense", 19, "G", "A", "19G>A", "4G>A", "(Ala2Thr)"),
    Row("nonsense is a substitution", 22, "A", "T", "22A>T", "7A>T", "(Lys3Ter)"),
    Row("synonymous", 21, "T", "C", "21T>C", "6T>C", "(Ala2%3D)"),
    Row("deletion to the 3′ end of a run", 21, "TA", "T", "27del", "12del", "(Lys4AsnfsTer16)"),
    Row("deletion in frame", 21, "TAAA", "T", "25_27del", "10_12del", "(Lys4del)"),
    Row("a copy is a duplication", 21, "T", "TA", "27dup", "12dup", "(Phe5IlefsTer4)"),
    Row("duplication in frame", 21, "T", "TAAA", "25_27dup", "10_12dup", "(Lys4dup)"),
    Row("a deletion stays in its exon", 32, "AG", "A", "34del", "18del", "(Asp7MetfsTer13)"),
    Row("a duplication stays in its exon", 33, "G", "GG", "34dup", "18dup", "(Asp7GlyfsTer2)"),
    Row("two bases stay in their exon", 71, "CGT", "C", "74_75del", "35_36del", "(Arg12ProfsTer?)"),
    Row("donor, first base", 34, "G", "A", "34G>A", "18+1G>A", "?"),
    Row("donor, second base", 35, "T", "C", "35T>C", "18+2T>C", "?"),
    Row("donor, third base", 36, "A", "G", "36A>G", "18+3A>G"),
    Row("acceptor, last base", 55, "G", "A", "55G>A", "19-1G>A", "?"),
    Row("first half of an intron", 44, "T", "C", "44T>C", "18+11T>C"),
    Row("second half of an intron", 45, "T", "G", "45T>G", "19-11T>G"),
    Row("before the CDS", 15, "C", "T", "15C>T", "-1C>T"),
    Row("the first base", 11, "G", "A", "11G>A", "-5G>A"),
    Row("behind the CDS", 104, "T", "C", "104T>C", "*1T>C"),
    Row("the last base", 115, "C", "T", "115C>T", "*12C>T"),
    Row("before the transcript", 5, "C", "T", "5C>T", ""),
    Row("behind the transcript", 116, "G", "T", "116G>T", ""),
    Row("start codon", 16, "A", "G", "16A>G", "1A>G", "Met1?"),
    Row("a start codon that stays", 13, "ACCA", "A", "14_16del", "-2_1del", "(Met1%3D)"),
    Row("start codon lost with bases before it", 14, "CCAT", "C", "15_17del", "-1_2del", "Met1?"),
    Row("stop lost", 101, "T", "C", "101T>C", "46T>C", "(Ter16ArgextTer1)"),
    Row("stop kept", 102, "G", "A", "102G>A", "47G>A", "(Ter16%3D)"),
    Row("over the stop", 98, "CTCTGAT", "C", "99_104del", "44_*1del", "(Leu15GlnfsTer?)"),
    Row("two bases of a codon are one change", 56, "GAT", "CAA", "56_58delinsCAA", "19_21delinsCAA", "(Asp7Gln)"),
    Row("inversion", 67, "TTG", "CAA", "67_69inv", "30_32inv", "(Trp11Lys)"),
    Row("over an exon's end", 31, "CAGGT", "C", "33_36del", "18_18+3del", "?"),
    Row("put in at an exon's end", 33, "G", "GC", "33_34insC", "18_18+1insC", "?"),
    Row("the 3′ rule on the protein", 91, "GCTC", "G", "98_100del", "43_45del", "(Leu15del)"),
    Row("insertion between codons", 61, "T", "TAAC", "61_62insAAC", "24_25insAAC", "(Asp8_Gly9insAsn)"),
    Row("replacement", 62, "GGCTGT", "CCA", "62_67delinsCCA", "25_30delinsCCA", "(Gly9_Cys10delinsPro)"),
    Row("an insertion that begins with a stop", 61, "T", "TTAG", "61_62insTAG", "24_25insTAG", "(Gly9Ter)"),
    Row("an insertion with a stop", 61, "T", "TAACTAG", "61_62insAACTAG", "24_25insAACTAG", "(Asp8_Gly9insAsnTer)"),
    Row("what is left is a substitution", 61, "TGGC", "TGAC", "63G>A", "26G>A", "(Gly9Asp)"),
  ]

  @Test(arguments: rows)
  func eachRule(row: Row) async throws {
    let forward = try await HGVSCache([Self.gene(isReverse: false)])
    var names = forward.names("F", row.position, row.reference, row.alternate)
    #expect(names?.genomic == "F:g.\(row.genomic)")
    #expect(names?.coding == (row.coding.isEmpty ? "" : "TF.3:c.\(row.coding)"))
    #expect(names?.protein == (row.protein.isEmpty ? "" : "PF.2:p.\(row.protein)"))
    let reverse = try await HGVSCache([Self.gene(isReverse: true)])
    func turned(_ text: String) -> String {
      String(decoding: text.utf8.reversed().map(SyntheticGene.opposite), as: UTF8.self)
    }
    let position = Self.genome.utf8.count - (row.position - 1 + row.reference.utf8.count) + 1
    names = reverse.names("F", position, turned(row.reference), turned(row.alternate))
    #expect(names?.coding == (row.coding.isEmpty ? "" : "TF.3:c.\(row.coding)"))
    #expect(names?.protein == (row.protein.isEmpty ? "" : "PF.2:p.\(row.protein)"))
  }

  @Test func theOffsetIsHowFarTheNameIs() async throws {
    let forward = try await HGVSCache([Self.gene(isReverse: false)])
    #expect(forward.names("F", 21, "TA", "T")?.offset == 5)
    #expect(forward.names("F", 27, "A", "AA")?.offset == 1)
    #expect(forward.names("F", 19, "G", "A")?.offset == 0)
    #expect(forward.names("F", 5, "C", "T")?.offset == nil)
  }
}
