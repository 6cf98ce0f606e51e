import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Testing

@testable import Variants

/// What has no meaning, or none that is built, is refused with its place.
@Suite struct FilterErrorTests {
  static let header: VCFHeader? = try? VCFHeader(
    lines: FilterFile.header.split(separator: "\n").map(String.init) + [
      "##INFO=<ID=GQ2,Number=1,Type=Float,Description=\"x\">", "##INFO=<ID=TY,Number=1,Type=Float,Description=\"x\">",
      "##INFO=<ID=B,Number=1,Type=Integer,Description=\"x\">",
      "##FORMAT=<ID=B,Number=1,Type=Integer,Description=\"x\">",
      "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts0\ts1",
    ], path: "in.vcf")

  static let refused: [(expression: String, place: String)] = [
    ("", ""), ("   ", "   "), ("QUAL", "QUAL"), ("DP && QUAL>1", "DP"), ("1", "1"), ("QUAL>", ""), (">1", ">"),
    ("QUAL>1)", ")"), ("(QUAL>1", "("), ("QUAL>1 DP>1", "DP"), ("QUAL>1 &&", ""), ("!(QUAL>1)", "!"),
    ("QUAL=<1", "=<"), ("QUAL=>1", "=>"), ("REF=~\"A\"", "=~"), ("S=\"a", "\"a"), ("DP[0>1", "DP[0>1"),
    ("NOPE>1", "NOPE"), ("INFO/NOPE>1", "INFO/NOPE"), ("FMT/NOPE>1", "FMT/NOPE"), ("dp>1", "dp"), ("B>1", "B"),
    ("TY>1", "TY"), ("Q>1", "Q"), ("INFO/GT=\"het\"", "INFO/GT"), ("FMT/XA>1", "FMT/XA"), ("INFO/AD>1", "INFO/AD"),
    ("S>1", ">"), ("S<\"b\"", "<"), ("DP=\"a\"", "="), ("POS=\"a\"", "="),
    ("DP~\"1\"", "DP"), ("S~S1", "S1"), ("\"a\"~S", "S"), ("S~\"[\"", "\"[\""), ("S~\"\\(\"", "\"\\(\""),
    ("FILTER>\"q10\"", ">"), ("FILTER=S", "S"), ("FILTER=\"nope\"", "\"nope\""),
    ("FILTER=\".;q10\"", "\".;q10\""),
    ("FILTER=\"\"", "\"\""), ("TYPE=\"sv\"", "\"sv\""), ("TYPE>1", ">"), ("TYPE=1", "1"), ("TYPE+1>2", "TYPE"),
    ("ID=1", "1"), ("ID=\"\"", "\"\""), ("ID<\"a\"", "<"), ("STRLEN(ID)>1", "ID"), ("DP=@ids", "@ids"),
    ("GT=1", "1"), ("GT>\"het\"", ">"), ("GT[0]=GT[1]", "GT[1]"), ("MAX(GT)>1", "GT"), ("FT=FS", "="),
    ("AD[0]>1", "AD[0]"), ("AD[GT]>1", "AD[GT]"), ("AD[:GT]>1", "AD[:GT]"), ("AD[5:0]>1", "AD[5:0]"),
    ("AD[0:x]>1", "AD[0:x]"), ("AD[3-1:0]>1", "AD[3-1:0]"), ("GQ[2]>1", "GQ[2]"), ("XA[0:1]>1", "XA[0:1]"),
    ("XA[@f]>1", "XA[@f]"), ("XA[a]>1", "XA[a]"), ("DP[1]>1", "DP[1]"), ("ALT[0-1]=\"A\"", "ALT[0-1]"),
    ("REF[0]=\"A\"", "REF[0]"), ("AC[0-1]>1", "AC[0-1]"), ("MAX(S)>1", "S"), ("MAX()>1", ")"),
    ("MAX(DP,QUAL)>1", "MAX(DP,QUAL)"),
    ("sSUM(XA)>1", "XA"), ("sMEDIAN(DP)>1", "DP"), ("COUNT(DP>1)>0", "DP>1"), ("COUNT(GQ+1)>0", "GQ+1"),
    ("COUNT(FS)>0", "FS"), ("STRLEN(FT)>1", "FT"), ("STRLEN(DP)>1", "DP"), ("N_PASS(DP>1)>0", "DP>1"),
    ("N_PASS(GQ)>0", "GQ"), ("ABS(S)>1", "S"), ("phred(S)>1", "S"), ("binom(AD,DP4,XA)>1", "binom(AD,DP4,XA)"),
    ("binom(AD[:0],DP)>1", "binom(AD[:0],DP)"), ("perl.f(DP)>1", "perl.f"), ("nope(DP)>1", "nope"),
    ("(QUAL>1)=1", "="), ("QUAL>1>0", ">"), ("S+1>1", "S"), ("-S>1", "S"), ("(QUAL>1)+1>1", "QUAL>1"),
    ("%QUAL>1", "%"), ("DP,QUAL>1", ","), ("DP>1;QUAL>1", ";QUAL"), ("#>1", "#"), ("INFO/>1", "INFO/"), ("a b", "b"),
  ]

  @Test func `each is refused, and the place is told`() throws {
    let header = try #require(Self.header)
    for (expression, place) in Self.refused {
      do {
        _ = try VariantFilter(expression, header: header)
        Issue.record("\(expression) is taken")
      } catch let error as FilterError {
        let bytes = Array(expression.utf8)
        let found = String(decoding: bytes[error.place], as: UTF8.self)
        if found != place { Issue.record("\(expression): at `\(found)`, not `\(place)`: \(error)") }
      }
    }
  }

  @Test func `deep nesting is refused, not a crash`() throws {
    let header = try #require(Self.header)
    for text in [String(repeating: "(", count: 100_000) + "1>0", String(repeating: "-", count: 100_000) + "1>0"] {
      #expect(throws: FilterError.self) { try VariantFilter(text, header: header) }
    }
  }

  @Test func `a file that is not there is an unreadable input`() throws {
    let header = try #require(Self.header)
    #expect(throws: InputError.self) { try VariantFilter("ID=@/nowhere/ids", header: header) }
  }

  @Test func `a row of minus says that it is grouped from the right`() throws {
    let header = try #require(Self.header)
    #expect(try VariantFilter("10-5-2=7", header: header).notes.count == 1)
    #expect(try VariantFilter("10-(5-2)=7", header: header).notes.isEmpty)
    #expect(try VariantFilter("1+2+3=6", header: header).notes.isEmpty)
  }

  @Test(arguments: seeds(3))
  func `any text is taken or refused, never a crash`(seed: UInt64) throws {
    let header = try #require(Self.header)
    var random = SeededGenerator(seed: seed)
    let parts = [
      "QUAL", "DP", "GT", "AD", "FMT/", "INFO/", "[", "]", "(", ")", "\"", "'", "het", "=", "!", "<", ">", "~", "&",
      "|",
      "+", "-", "*", "/", "%", ",", "@", ":", "0", "1", ".", "e", "MAX(", "sSUM(", "COUNT(", "N_PASS(", "binom(", " ",
      "S", "é", "\"a\"", "\"snp\"", "TYPE", "FILTER", "ID", "ALT", "{", "\\",
    ]
    for _ in 0..<4000 {
      let text = (0..<random.int(1...12)).map { _ in random.pick(parts) }.joined()
      do { _ = try VariantFilter(text, header: header) } catch is FilterError {} catch is InputError {}
    }
  }
}
