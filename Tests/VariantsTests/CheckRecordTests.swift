import Foundation
import Testing
import Variants

/// A record at a time, in a file that is valid but for it.
@Suite struct CheckRecordTests {
  @Test(arguments: CheckCase.table(cases) + CheckCase.table(infoCases) + CheckCase.table(sampleCases))
  func `a record is taken or named`(row: CheckCase) async throws {
    let columns = row.line.split(separator: " ", omittingEmptySubsequences: false)
      .map { $0.replacingOccurrences(of: "␠", with: " ") }
    // As many sample columns as the record has, but for the rows about their number.
    let samples = max(0, columns.count - 9)
    var header = ["##fileformat=VCFv\(row.version.name)"]
    header += Self.header(row.version).split(separator: "\n").map(String.init)
    header.append(
      "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
        + (samples == 0 ? "" : "\tFORMAT\t" + (1...samples).map { "s\($0)" }.joined(separator: "\t")))
    let line = header.count + 1
    let text = (header + [columns.joined(separator: "\t"), ""]).joined(separator: "\n")
    let report = try await checkText(text.utf8)
    #expect(report.records == 1)
    switch row.expected {
    case "ok":
      #expect(report.errorList == [] && report.warningList == [])
    case let expected where expected.hasPrefix("~"):
      #expect(report.errorList == [] && report.warningList.contains("\(line) " + expected.dropFirst()))
    case let expected:
      #expect(report.errorList == ["\(line) " + expected])
    }
  }

  static func header(_ version: VCFVersion) -> String {
    let isNew = version >= .v44
    let old = """
      ##contig=<ID=1,length=1000>
      ##contig=<ID=chrUn_2>
      ##FILTER=<ID=q10,Description="x">
      ##FILTER=<ID=s50,Description="x">
      ##ALT=<ID=DEL,Description="x">
      ##ALT=<ID=INS,Description="x">
      ##ALT=<ID=DUP:TANDEM,Description="x">
      ##ALT=<ID=INV,Description="x">
      ##ALT=<ID=CNV,Description="x">
      ##ALT=<ID=CNV:TR,Description="x">
      ##INFO=<ID=AC,Number=A,Type=Integer,Description="x">
      ##INFO=<ID=AF,Number=A,Type=Float,Description="x">
      ##INFO=<ID=DP,Number=1,Type=Integer,Description="x">
      ##INFO=<ID=DB,Number=0,Type=Flag,Description="x">
      ##INFO=<ID=END,Number=1,Type=Integer,Description="x">
      ##INFO=<ID=CIGAR,Number=A,Type=String,Description="x">
      ##INFO=<ID=SVTYPE,Number=1,Type=String,Description="x">
      ##INFO=<ID=IMPRECISE,Number=0,Type=Flag,Description="x">
      ##INFO=<ID=I1,Number=1,Type=Integer,Description="x">
      ##INFO=<ID=I2,Number=2,Type=Integer,Description="x">
      ##INFO=<ID=IG,Number=G,Type=Integer,Description="x">
      ##INFO=<ID=F1,Number=1,Type=Float,Description="x">
      ##INFO=<ID=C1,Number=1,Type=Character,Description="x">
      ##INFO=<ID=S1,Number=1,Type=String,Description="x">
      ##INFO=<ID=SV,Number=.,Type=String,Description="x">
      ##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
      ##FORMAT=<ID=DP,Number=1,Type=Integer,Description="x">
      ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="x">
      ##FORMAT=<ID=HQ,Number=2,Type=Integer,Description="x">
      ##FORMAT=<ID=PL,Number=G,Type=Integer,Description="x">
      ##FORMAT=<ID=GL,Number=G,Type=Float,Description="x">
      ##FORMAT=<ID=GP,Number=G,Type=Float,Description="x">
      ##FORMAT=<ID=EC,Number=A,Type=Integer,Description="x">
      ##FORMAT=<ID=PS,Number=1,Type=Integer,Description="x">
      ##FORMAT=<ID=FT,Number=1,Type=String,Description="x">
      ##FORMAT=<ID=CH,Number=1,Type=Character,Description="x">
      ##FORMAT=<ID=X_1,Number=1,Type=Integer,Description="x">

      """
    let svlen = "##INFO=<ID=SVLEN,Number=\(isNew ? "A" : "."),Type=Integer,Description=\"x\">\n"
    let cipos = "##INFO=<ID=CIPOS,Number=\(isNew ? "." : "2"),Type=Integer,Description=\"x\">\n"
    let alleles =
      version >= .v43
      ? "##INFO=<ID=AD,Number=R,Type=Integer,Description=\"x\">\n##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"x\">\n"
      : ""
    let claims =
      isNew
      ? """
      ##INFO=<ID=SVCLAIM,Number=A,Type=String,Description="x">
      ##INFO=<ID=RN,Number=A,Type=Integer,Description="x">
      ##INFO=<ID=RUS,Number=.,Type=String,Description="x">
      ##INFO=<ID=RUL,Number=.,Type=Integer,Description="x">
      ##INFO=<ID=RUC,Number=.,Type=Float,Description="x">
      ##INFO=<ID=RB,Number=.,Type=Integer,Description="x">
      ##INFO=<ID=RUB,Number=.,Type=Integer,Description="x">
      ##INFO=<ID=CIRUC,Number=.,Type=Float,Description="x">
      ##INFO=<ID=CIRB,Number=.,Type=Integer,Description="x">
      ##FORMAT=<ID=PSL,Number=P,Type=String,Description="x">

      """ : ""
    let local =
      version >= .v45
      ? """
      ##FORMAT=<ID=LAA,Number=.,Type=Integer,Description="x">
      ##FORMAT=<ID=LAD,Number=LR,Type=Integer,Description="x">
      ##FORMAT=<ID=LPL,Number=LG,Type=Integer,Description="x">
      ##FORMAT=<ID=M5mC,Number=M,Type=Float,Description="x">
      ##FORMAT=<ID=LEN,Number=1,Type=Integer,Description="x">

      """ : ""
    return old + svlen + cipos + alleles + claims + local
  }

  static let cases = """
    all | 1 100 . A C . . . | ok
    all | 1 100 rs1;rs2 A C 3.5 PASS . | ok
    all | chrUn_2 100 . acgtn N 1e3 q10;s50 . | ok
    all | 1 0 . N A . . . | ok
    all | 1 1001 . N A . . . | ok
    all | 1 1002 . N A . . . | pos-beyond-contig POS
    all | 1 1000 . AC A . . . | pos-beyond-contig REF
    all | 1 -1 . A C . . . | pos-syntax POS
    all | 1 . . A C . . . | pos-syntax POS
    all | 1 1e3 . A C . . . | pos-syntax POS
    all | chrUn_2 2147483648 . A C . . . | pos-syntax POS
    all | 2 100 . A C . . . | contig-undeclared CHROM
    all | <2> 100 . A C . . . | ok
    all | <1 100 . A C . . . | chrom-syntax CHROM
    all | 1 100 . A C . | column-count line
    all | 1 100 . A C . . . GT | column-count line
    all | 1 100 ;rs1 A C . . . | id-syntax ID
    all | 1 100 rs1; A C . . . | id-syntax ID
    all | 1 100 rs1;. A C . . . | id-syntax ID
    all | 1 100 a␠b A C . . . | id-syntax ID
    all | 1 100  A C . . . | id-syntax ID
    4.1-4.2 | 1 100 a;a A C . . . | ~id-twice ID
    4.3+ | 1 100 a;a A C . . . | id-twice ID
    all | 1 100 . . C . . . | ref-syntax REF
    all | 1 100 . R C . . . | ref-syntax REF
    all | 1 100 . A,C G . . . | ref-syntax REF
    all | 1 100 . * C . . . | ref-syntax REF
    all | 1 100 . A . . . . | ok
    all | 1 100 . A * . . . | ok
    all | 1 100 . A C,* . . . | ok
    4.1-4.3 | 1 100 . A <*> . . . | ok
    4.4 | 1 100 . A <*> . . . | ~info-end INFO/END
    4.4 | 1 100 . A <*> . . END=100 | ok
    4.5 | 1 100 . A <*> . . . | ok
    all | 1 100 . A C,<NON_REF> . . . | ok
    all | 1 100 . A R . . . | alt-syntax ALT
    all | 1 100 . A C,,G . . . | alt-syntax ALT
    all | 1 100 . A C,. . . . | alt-syntax ALT
    all | 1 100 . A <> . . . | alt-syntax ALT
    all | 1 100 . A <DEL . . . | alt-syntax ALT
    all | 1 100 . A <D>EL> . . . | alt-syntax ALT
    all | 1 100 . A C* . . . | alt-syntax ALT
    all | 1 100 . A C,C . . . | alt-twice ALT
    all | 1 100 . A A . . . | ~alt-is-ref ALT
    all | 1 100 . A <FOO> . . . | alt-type ALT
    4.1-4.2 | 1 100 . A <R> . . . | alt-type ALT
    4.3 | 1 100 . A <R> . . . | ~alt-undeclared ALT
    4.1-4.3 | 1 100 . A <DUP> . . . | ~alt-undeclared ALT
    4.1-4.3 | 1 100 . A <DUP:TANDEM> . . . | ok
    all | 1 100 . A A[1:200[ . . . | ok
    all | 1 100 . A ]1:200]A . . . | ok
    all | 1 100 . A ]<c1>:200]CA . . . | ok
    all | 1 100 . A [1:200[ . . . | alt-syntax ALT
    all | 1 100 . A A[1:200] . . . | alt-syntax ALT
    all | 1 100 . A A[1:200[A . . . | alt-syntax ALT
    all | 1 100 . A A[1[ . . . | alt-syntax ALT
    all | 1 100 . A A[:5[ . . . | alt-syntax ALT
    all | 1 100 . A A. . . . | ok
    all | 1 100 . A .A . . . | ok
    all | 1 100 . A A.A . . . | alt-syntax ALT
    all | 1 100 . A A<c1> . . . | ok
    4.1-4.2 | 1 100 . A A[a:b:200[ . . . | alt-syntax ALT
    4.3+ | 1 100 . A A[a:b:200[ . . . | ok
    all | 1 100 . A C -1 . . | qual-negative QUAL
    all | 1 100 . A C x . . | qual-syntax QUAL
    all | 1 100 . A C 1,2 . . | qual-syntax QUAL
    all | 1 100 . A C Inf . . | ok
    all | 1 100 . A C nan . . | ok
    4.1-4.2 | 1 100 . A C 5. . . | ok
    4.3+ | 1 100 . A C 5. . . | qual-syntax QUAL
    all | 1 100 . A C . q99 . | ~filter-undeclared FILTER
    all | 1 100 . A C . 0 . | filter-reserved FILTER
    all | 1 100 . A C . q10;. . | filter-syntax FILTER
    all | 1 100 . A C . q10;PASS . | ~filter-pass FILTER
    all | 1 100 . A C . q10; . | filter-syntax FILTER
    4.1-4.2 | 1 100 . A C . q10;q10 . | ~filter-twice FILTER
    4.3+ | 1 100 . A C . q10;q10 . | filter-twice FILTER
    """
}
