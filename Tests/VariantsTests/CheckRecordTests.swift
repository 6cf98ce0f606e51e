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
    all | 1 100 . A <*> . . . | ok
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
    all | 1 100 . A C . q10;PASS . | filter-syntax FILTER
    all | 1 100 . A C . q10; . | filter-syntax FILTER
    4.1-4.2 | 1 100 . A C . q10;q10 . | ~filter-twice FILTER
    4.3+ | 1 100 . A C . q10;q10 . | filter-twice FILTER
    """

  static let infoCases = """
    all | 1 100 . A C,G . . AC=1,2;AF=0,1;DP=0;DB;CIGAR=1X,10M2D | ok
    all | 1 100 . A C,G . . AC=.;AF=.,.;I1=. | ok
    all | 1 100 . A C . .  | info-syntax INFO
    all | 1 100 . A C . . DP=1; | info-syntax INFO
    all | 1 100 . A C . . ;DP=1 | info-syntax INFO
    all | 1 100 . A C . . =1 | info-key INFO
    4.1-4.2 | 1 100 . A C . . S1=a␠b | info-whitespace INFO
    4.3+ | 1 100 . A C . . S1=a␠b | ok
    all | 1 100 . A C . . ZZ=1 | ~info-undeclared INFO/ZZ
    all | 1 100 . A C . . NS=1 | ~info-undeclared INFO/NS
    4.1-4.2 | 1 100 . A C . . 1Z=1 | ~info-key INFO/1Z
    4.3+ | 1 100 . A C . . 1Z=1 | info-key INFO/1Z
    4.1-4.2 | 1 100 . A C . . DP=1;DP=1 | ~info-twice INFO/DP
    4.3+ | 1 100 . A C . . DP=1;DP=1 | info-twice INFO/DP
    all | 1 100 . A C,G . . AC=1 | info-count INFO/AC
    all | 1 100 . A C . . AC=1,2 | info-count INFO/AC
    all | 1 100 . A C . . I2=1 | info-count INFO/I2
    all | 1 100 . A C . . I1 | info-count INFO/I1
    all | 1 100 . A C . . IG=1 | ok
    all | 1 100 . A C . . S1=a,b | info-count INFO/S1
    all | 1 100 . A . . . AC=1 | ok
    4.3+ | 1 100 . A C . . AD=1 | info-count INFO/AD
    4.3+ | 1 100 . A C . . AD=1,2 | ok
    all | 1 100 . A C . . DP=1.5 | info-type INFO/DP
    all | 1 100 . A C . . DP=x | info-type INFO/DP
    all | 1 100 . A C . . F1=1e-3 | ok
    all | 1 100 . A C . . F1=+.5E+2 | ok
    all | 1 100 . A C . . F1=-inf | ok
    all | 1 100 . A C . . F1=1e | info-type INFO/F1
    all | 1 100 . A C . . F1=1.2.3 | info-type INFO/F1
    4.3+ | 1 100 . A C . . F1=1. | info-type INFO/F1
    all | 1 100 . A C . . C1=ab | info-type INFO/C1
    all | 1 100 . A C . . I1= | info-empty INFO/I1
    all | 1 100 . A C . . S1= | ~info-empty INFO/S1
    4.1-4.2 | 1 100 . A C . . I1=2147483648 | ~info-type INFO/I1
    4.3+ | 1 100 . A C . . I1=2147483648 | info-type INFO/I1
    4.3+ | 1 100 . A C . . I1=-2147483641 | info-type INFO/I1
    4.3+ | 1 100 . A C . . I1=-2147483640 | ok
    all | 1 100 . A C . . DB=2 | info-flag INFO/DB
    all | 1 100 . A C . . DB=1 | ~info-flag INFO/DB
    all | 1 100 . A C . . AF=1.01 | info-range INFO/AF
    all | 1 100 . A C . . AF=-0.1 | info-range INFO/AF
    all | 1 100 . A C . . AF=1e1 | info-range INFO/AF
    all | 1 100 . A C . . AC=-1 | info-range INFO/AC
    all | 1 100 . A C . . CIGAR=M1 | info-type INFO/CIGAR
    all | 1 100 . A C . . END=99 | info-end INFO/END
    all | 1 100 . A C . . END=-1 | info-range INFO/END
    all | 1 100 . A C . . END=100 | ok
    all | 1 100 . A C . . END=1001 | ~info-end INFO/END
    4.1-4.3 | 1 100 . A <DEL> . . SVTYPE=DEL;SVLEN=-10;END=110 | ok
    4.1-4.3 | 1 100 . A <DEL> . . SVTYPE=DEL;SVLEN=10;END=110 | ~info-svlen INFO/SVLEN
    4.1-4.3 | 1 100 . A <DEL> . . SVTYPE=DEL;SVLEN=-10;END=150 | ~info-end INFO/END
    4.1-4.3 | 1 100 . A <INS> . . SVLEN=-10 | ~info-svlen INFO/SVLEN
    4.1-4.3 | 1 100 . A <DEL> . . SVTYPE=INS | ~info-svtype INFO/SVTYPE
    4.1-4.3 | 1 100 . A <DEL> . . SVTYPE=FOO | ~info-svtype INFO/SVTYPE
    4.1-4.3 | 1 100 . A <DEL> . . CIPOS=5,9 | ~info-interval INFO/CIPOS
    4.1-4.3 | 1 100 . A <DEL> . . CIPOS=5 | info-count INFO/CIPOS
    4.4+ | 1 100 . A <DEL> . . SVLEN=10;SVCLAIM=DJ;END=110 | ok
    4.4+ | 1 100 . A <DEL> . . SVLEN=10;SVCLAIM=X | info-svclaim INFO/SVCLAIM
    4.4+ | 1 100 . A <DEL> . . SVLEN=10 | info-svclaim INFO/SVCLAIM
    4.4+ | 1 100 . A <DEL> . . SVCLAIM=D | info-svlen INFO/SVLEN
    4.4+ | 1 100 . A <DEL> . . SVCLAIM=D;END=110 | ~info-svlen INFO/SVLEN
    4.4+ | 1 100 . A <DEL> . . SVLEN=-10;SVCLAIM=D | ~info-svlen INFO/SVLEN
    4.4+ | 1 100 . A <INV> . . SVLEN=10 | ok
    4.4+ | 1 100 . A <INV> . . SVLEN=10;SVCLAIM=D | info-svclaim INFO/SVCLAIM
    4.4+ | 1 100 . A <CNV> . . SVLEN=10;SVCLAIM=J | info-svclaim INFO/SVCLAIM
    4.4+ | 1 100 . A <CNV>,C . . SVLEN=10,.;SVCLAIM=D,. | ok
    4.4+ | 1 100 . A A[1:9[ . . SVCLAIM=J | ok
    4.4+ | 1 100 . A A[1:9[ . . SVCLAIM=D | info-svclaim INFO/SVCLAIM
    4.4+ | 1 100 . A <DEL> . . SVLEN=10;SVCLAIM=D;CIPOS=-1,1 | ok
    4.4+ | 1 100 . A <DEL> . . SVLEN=10;SVCLAIM=D;CIPOS=-1 | info-interval INFO/CIPOS
    4.4+ | 1 100 . A <DEL> . . SVLEN=10;SVCLAIM=D;CIPOS=1,2 | info-interval INFO/CIPOS
    4.4+ | 1 100 . A <CNV:TR> . . SVLEN=10;RN=2;RUS=CAG,TG;RUL=3,2 | ok
    4.4+ | 1 100 . A <CNV:TR> . . SVLEN=10;RN=2;RUS=CAG | info-repeat INFO/RUS
    4.4+ | 1 100 . A <CNV:TR> . . SVLEN=10;RUS=CAG;RUL=4 | info-repeat INFO/RUL
    4.4+ | 1 100 . A <CNV:TR> . . SVLEN=10;RUS=CXG | info-repeat INFO/RUS
    4.1-4.2 | 1 100 . A C . . S1=5% | ok
    4.3+ | 1 100 . A C . . S1=5% | ~percent-encoding INFO
    4.3+ | 1 100 . A C . . S1=5%2c | ~percent-encoding INFO
    4.3+ | 1 100 . A C . . S1=a%3Bb%25 | ok
    """

  static let sampleCases = """
    all | 1 100 . A C . . . GT 0/1 ./. 0|1 . 1 1/1/1 | ok
    all | 1 100 . A C . . . GT:DP 0/1:5 0/1 .:. | ok
    all | 1 100 . A C . . . GT:DP 0/1:5:7 | sample-fields FORMAT
    all | 1 100 . A C . . . DP:GT 5:0/1 | format-gt-first FORMAT
    all | 1 100 . A C . . . GT:DP:DP 0/1:5:5 | format-twice FORMAT/DP
    all | 1 100 . A C . . . GT:ZZ 0/1:5 | ~format-undeclared FORMAT/ZZ
    4.1-4.2 | 1 100 . A C . . . GT:Z_Z 0/1:5 | format-key FORMAT/Z_Z
    4.1-4.2 | 1 100 . A C . . . GT:X_1 0/1:5 | ~format-key FORMAT/X_1
    4.3+ | 1 100 . A C . . . GT:X_1 0/1:5 | ok
    4.3+ | 1 100 . A C . . . GT:Z-Z 0/1:5 | format-key FORMAT/Z-Z
    all | 1 100 . A C . . . GT 0/2 | gt-allele FORMAT/GT
    all | 1 100 . A . . . . GT 0/1 | gt-allele FORMAT/GT
    all | 1 100 . A C . . . GT 0/10 | gt-allele FORMAT/GT
    all | 1 100 . A C . . . GT 0/ | gt-syntax FORMAT/GT
    all | 1 100 . A C . . . GT 0//1 | gt-syntax FORMAT/GT
    all | 1 100 . A C . . . GT a/b | gt-syntax FORMAT/GT
    all | 1 100 . A C . . . GT 0:1 | sample-fields FORMAT
    4.1-4.3 | 1 100 . A C . . . GT |0/1 | gt-syntax FORMAT/GT
    4.4+ | 1 100 . A C . . . GT |0/1 /0|1 | ok
    4.1-4.3 | 1 100 . A C . . . GT 0/1|1 | ~gt-phasing FORMAT/GT
    4.4+ | 1 100 . A C . . . GT 0/1|1 | ok
    all | 1 100 . A C . . . GT:PL 0/1:1,2,3 1:1,2 .:1,2 .:1,2,3 0/0/1:1,2,3,4 | ok
    all | 1 100 . A C . . . GT:PL 0/1:1,2 | sample-count FORMAT/PL
    all | 1 100 . A C . . . GT:PL 1:1,2,3 | sample-count FORMAT/PL
    all | 1 100 . A C . . . GT:PL 0/0/1:1,2,3 | sample-count FORMAT/PL
    all | 1 100 . A C,G . . . GT:PL 0/1:1,2,3,4,5,6 0/1:. 0/1:.,.,.,.,.,. | ok
    all | 1 100 . A C . . . PL 1,2,3 | ok
    all | 1 100 . A C . . . PL 1,2 | sample-count FORMAT/PL
    all | 1 100 . A . . . . GT:PL 0/0:0 0/0:0,1,2 | ok
    all | 1 100 . A C,G . . . GT:EC 0/1:1,0 | ok
    all | 1 100 . A C,G . . . GT:EC 0/1:1 | sample-count FORMAT/EC
    all | 1 100 . A C . . . GT:HQ 0/1:1 | sample-count FORMAT/HQ
    all | 1 100 . A C . . . GT:HQ 0/1:.,. | ok
    all | 1 100 . A C . . . GT:DP 0/1:x | sample-type FORMAT/DP
    all | 1 100 . A C . . . GT:DP 0/1:1.5 | sample-type FORMAT/DP
    all | 1 100 . A C . . . GT:DP 0/1: | sample-empty FORMAT/DP
    all | 1 100 . A C . . . GT:CH 0/1:ab | sample-type FORMAT/CH
    4.1-4.2 | 1 100 . A C . . . GT:GQ 0/1:-1 | ~sample-range FORMAT/GQ
    4.3+ | 1 100 . A C . . . GT:GQ 0/1:-1 | sample-range FORMAT/GQ
    all | 1 100 . A C . . . GT:GL 0/1:-1,0,-2.5e1 | ok
    all | 1 100 . A C . . . GT:GL 0/1:-1,0.5,-2 | ~sample-range FORMAT/GL
    4.1-4.2 | 1 100 . A C . . . GT:GP 0/1:0,20,30 | ok
    4.3+ | 1 100 . A C . . . GT:GP 0/1:0,20,30 | sample-range FORMAT/GP
    4.3+ | 1 100 . A C . . . GT:GP 0/1:0,.9,.1 | ok
    all | 1 100 . A C . . . GT:FT 0/1:q10 0/0:PASS 0/0:. | ok
    all | 1 100 . A C . . . GT:FT 0/1:0 | sample-type FORMAT/FT
    4.3+ | 1 100 . A C,G . . . GT:AD 0/1:1,2,3 | ok
    4.3+ | 1 100 . A C,G . . . GT:AD 0/1:1,2 | sample-count FORMAT/AD
    4.4+ | 1 100 . A C . . . GT:PSL 0|1:a,b ./.:. | ok
    4.4+ | 1 100 . A C . . . GT:PSL 0|1:a | sample-count FORMAT/PSL
    4.4+ | 1 100 . A C . . . GT:PS:PSL 0|1:5:a,b | phase-sets FORMAT/PSL
    4.5 | 1 100 . A C,G,T . . . GT:LAA:LAD:LPL 0/2:2:1,2:1,2,3 0/0::3:0 0/0:.:3:0 | ok
    4.5 | 1 100 . A C,G,T . . . GT:LAA:LAD:LPL 2/3:2,3:1,2,3:1,2,3,4,5,6 | ok
    4.5 | 1 100 . A C,G,T . . . GT:LAA:LAD 0/2:2:1,2,3 | sample-count FORMAT/LAD
    4.5 | 1 100 . A C,G,T . . . GT:LAA:LAD 0/2:4:1,2 | format-local-alleles FORMAT/LAA
    4.5 | 1 100 . A C,G,T . . . GT:LAA:LAD 0/2:0:1,2 | sample-range FORMAT/LAA
    4.5 | 1 100 . A C,G,T . . . GT:LAD 0/2:. | format-local-alleles FORMAT
    4.5 | 1 100 . A C,G,T . . . GT:LAD:LAA 0/2:.:2 | format-local-alleles FORMAT/LAA
    4.5 | 1 100 . C A . . . GT:M5mC 0/1:0.95 | ok
    4.5 | 1 100 . C A . . . GT:M5mC 0/1:1.5 | sample-range FORMAT/M5mC
    4.5 | 1 100 . A <*> . . END=150 GT:LEN 0/0:51 | ok
    """
}
