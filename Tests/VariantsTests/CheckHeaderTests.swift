import Foundation
import Testing
import Variants

/// A line of the header at a time, in a file that is valid but for it.
@Suite struct CheckHeaderTests {
  @Test(arguments: CheckCase.table(cases))
  func `a header line is taken or named`(row: CheckCase) async throws {
    let lines = [
      "##fileformat=VCFv\(row.version.name)", row.line, "##contig=<ID=1,length=1000>",
      "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO", "1\t10\t.\tA\tC\t.\t.\t.", "",
    ]
    let report = try await checkText(lines.joined(separator: "\n").utf8)
    #expect(report.records == 1 && report.version == row.version)
    switch row.expected {
    case "ok":
      #expect(report.errorList == [] && report.warningList == [])
    case let text where text.hasPrefix("~"):
      #expect(report.errorList == [] && report.warningList == ["2 " + text.dropFirst()])
    case let text:
      #expect(report.errorList == ["2 " + text])
    }
  }

  static let cases = """
    all | ##INFO=<ID=X,Number=1,Type=Integer,Description="x"> | ok
    all | ##INFO=<ID=X,Number=.,Type=String,Description="a \\"b\\" c, d=e"> | ok
    all | ##INFO=<ID=X,Number=1,Type=Integer,Description="x",Source="s",Version="1"> | ok
    all | ##INFO=<ID=X,Number=1,Type=Integer,Description="x"y"> | meta-quoting ##INFO
    all | ##INFO=<ID=X,Number=1,Type=Integer,Description="x> | meta-quoting ##INFO
    all | ##INFO=<ID=X,Number=1,Type=Integer,Description=x> | meta-quoting ##INFO
    all | ##INFO=<ID="X",Number=1,Type=Integer,Description="x"> | meta-quoting ##INFO
    all | ##INFO=<ID=X,Number=1,Type=Integer,Description="x" | meta-syntax ##INFO
    all | ##INFO=<ID=X,Number=1,Type=Integer,Description="x",y> | meta-syntax ##INFO
    all | ##INFO=X | meta-syntax ##INFO
    all | ##INFO=<Number=1,Type=Integer,Description="x"> | meta-field-missing ##INFO
    all | ##INFO=<ID=X,Number=1,Type=Integer> | meta-field-missing ##INFO
    all | ##INFO=<ID=X,Type=Integer,Description="x"> | meta-field-missing ##INFO
    all | ##INFO=<ID=X,Number=1,Description="x"> | meta-field-missing ##INFO
    all | ##INFO=<ID=X,ID=Y,Number=1,Type=Integer,Description="x"> | meta-field-twice ##INFO
    4.1-4.3 | ##INFO=<ID=X,Type=Integer,Number=1,Description="x"> | meta-field-order ##INFO
    4.4+ | ##INFO=<ID=X,Type=Integer,Number=1,Description="x"> | ~meta-field-order ##INFO
    4.1 | ##INFO=<ID=X,Number=R,Type=Integer,Description="x"> | meta-number ##INFO
    4.2+ | ##INFO=<ID=X,Number=R,Type=Integer,Description="x"> | ok
    all | ##INFO=<ID=X,Number=P,Type=Integer,Description="x"> | meta-number ##INFO
    all | ##INFO=<ID=X,Number=LA,Type=Integer,Description="x"> | meta-number ##INFO
    all | ##INFO=<ID=X,Number=-1,Type=Integer,Description="x"> | meta-number ##INFO
    all | ##INFO=<ID=X,Number=1,Type=Int,Description="x"> | meta-type ##INFO
    all | ##INFO=<ID=X,Number=0,Type=Flag,Description="x"> | ok
    all | ##INFO=<ID=X,Number=1,Type=Flag,Description="x"> | ~meta-number ##INFO
    all | ##INFO=<ID=1000G,Number=0,Type=Flag,Description="x"> | ok
    4.1-4.2 | ##INFO=<ID=1X,Number=1,Type=String,Description="x"> | ok
    4.3+ | ##INFO=<ID=1X,Number=1,Type=String,Description="x"> | meta-id ##INFO
    all | ##INFO=<ID=a b,Number=1,Type=String,Description="x"> | meta-id ##INFO
    4.1-4.2 | ##INFO=<ID=X,Number=1,Type=String,Description="x",Version=3> | ok
    4.3+ | ##INFO=<ID=X,Number=1,Type=String,Description="x",Version=3> | meta-quoting ##INFO
    4.3+ | ##INFO=<ID=X,Number=1,Type=String,Description="x",Source=a> | meta-quoting ##INFO
    4.3+ | ##INFO=<ID=X,Number=1,Type=String,Description="x",Own=a> | ~meta-optional-unquoted ##INFO
    4.3+ | ##FORMAT=<ID=X,Number=1,Type=String,Description="x",Version=3> | ~meta-optional-unquoted ##FORMAT
    all | ##INFO=<ID=AF,Number=1,Type=Float,Description="x"> | reserved-number ##INFO
    all | ##INFO=<ID=DP,Number=1,Type=Float,Description="x"> | reserved-type ##INFO
    4.1-4.2 | ##INFO=<ID=MQ,Number=1,Type=Integer,Description="x"> | ok
    4.3+ | ##INFO=<ID=MQ,Number=1,Type=Integer,Description="x"> | reserved-type ##INFO
    4.1-4.2 | ##INFO=<ID=SB,Number=1,Type=Float,Description="x"> | ok
    4.3+ | ##INFO=<ID=SB,Number=4,Type=Integer,Description="x"> | ok
    4.3+ | ##INFO=<ID=SB,Number=1,Type=Integer,Description="x"> | reserved-number ##INFO
    4.1-4.3 | ##INFO=<ID=SVLEN,Number=.,Type=Integer,Description="x"> | ok
    4.1-4.3 | ##INFO=<ID=SVLEN,Number=1,Type=Integer,Description="x"> | ok
    4.4+ | ##INFO=<ID=SVLEN,Number=A,Type=Integer,Description="x"> | ok
    4.4+ | ##INFO=<ID=SVLEN,Number=.,Type=Integer,Description="x"> | reserved-number ##INFO
    4.1-4.3 | ##INFO=<ID=CIPOS,Number=2,Type=Integer,Description="x"> | ok
    4.1-4.3 | ##INFO=<ID=DBVARID,Number=.,Type=String,Description="x"> | ~reserved-number ##INFO
    4.1-4.3 | ##INFO=<ID=DBVARID,Number=2,Type=String,Description="x"> | reserved-number ##INFO
    4.4+ | ##INFO=<ID=SVCLAIM,Number=1,Type=String,Description="x"> | reserved-number ##INFO
    4.1-4.3 | ##INFO=<ID=CN,Number=1,Type=Integer,Description="x"> | ok
    4.4+ | ##INFO=<ID=CN,Number=A,Type=Float,Description="x"> | ok
    all | ##FORMAT=<ID=X,Number=1,Type=Flag,Description="x"> | meta-type ##FORMAT
    all | ##FORMAT=<ID=GT,Number=1,Type=Integer,Description="x"> | reserved-type ##FORMAT
    all | ##FORMAT=<ID=PL,Number=.,Type=Integer,Description="x"> | reserved-number ##FORMAT
    4.1-4.2 | ##FORMAT=<ID=AD,Number=.,Type=Integer,Description="x"> | ok
    4.3+ | ##FORMAT=<ID=AD,Number=.,Type=Integer,Description="x"> | reserved-number ##FORMAT
    4.1-4.3 | ##FORMAT=<ID=PSL,Number=P,Type=String,Description="x"> | meta-number ##FORMAT
    4.4+ | ##FORMAT=<ID=PSL,Number=P,Type=String,Description="x"> | ok
    4.1-4.4 | ##FORMAT=<ID=LAD,Number=LR,Type=Integer,Description="x"> | meta-number ##FORMAT
    4.5 | ##FORMAT=<ID=LAD,Number=LR,Type=Integer,Description="x"> | ok
    4.5 | ##FORMAT=<ID=LAD,Number=R,Type=Integer,Description="x"> | reserved-number ##FORMAT
    4.5 | ##FORMAT=<ID=M27551C,Number=1,Type=Float,Description="x"> | reserved-number ##FORMAT
    4.5 | ##FORMAT=<ID=M5mC,Number=M,Type=Float,Description="x"> | ok
    4.1-4.3 | ##FORMAT=<ID=CN,Number=1,Type=Float,Description="x"> | reserved-type ##FORMAT
    4.4+ | ##FORMAT=<ID=CN,Number=1,Type=Float,Description="x"> | ok
    all | ##FILTER=<ID=q10,Description="x"> | ok
    all | ##FILTER=<ID=q10> | meta-field-missing ##FILTER
    all | ##FILTER=<ID=0,Description="x"> | meta-id ##FILTER
    all | ##FILTER=<ID=a;b,Description="x"> | meta-id ##FILTER
    all | ##ALT=<ID=DEL,Description="x"> | ok
    all | ##ALT=<ID=DEL:ME:ALU,Description="x"> | ok
    all | ##ALT=<ID=DEL:,Description="x"> | meta-id ##ALT
    all | ##ALT=<ID=CN0,Description="x"> | meta-id ##ALT
    all | ##ALT=<ID=*,Description="x"> | ok
    all | ##ALT=<ID=NON_REF,Description="x"> | ok
    4.1-4.2 | ##ALT=<ID=BND,Description="x"> | ~meta-id ##ALT
    4.3 | ##ALT=<ID=BND,Description="x"> | ok
    4.4+ | ##ALT=<ID=BND,Description="x"> | meta-id ##ALT
    4.1-4.2 | ##ALT=<ID=R,Description="x"> | meta-id ##ALT
    4.3+ | ##ALT=<ID=R,Description="x"> | ok
    all | ##ALT=<ID=DEL,Description=x> | meta-quoting ##ALT
    all | ##contig=<ID=2> | ok
    all | ##contig=<ID=2,length=12,assembly=b37,md5=d41d8cd98f00b204e9800998ecf8427e> | ok
    all | ##contig=<ID=2,length=0> | meta-length ##contig
    all | ##contig=<ID=2,length=a> | meta-length ##contig
    all | ##contig=<ID=a b> | meta-id ##contig
    all | ##contig=<ID=a,b> | meta-syntax ##contig
    all | ##contig=<length=5> | meta-field-missing ##contig
    4.1-4.2 | ##contig=<ID=HLA*01:01> | ~meta-id ##contig
    4.3+ | ##contig=<ID=HLA*01:01> | ok
    4.3+ | ##contig=<ID=*2> | meta-id ##contig
    4.3+ | ##contig=<ID=a{b}> | meta-id ##contig
    4.3+ | ##contig=<ID=DEL> | meta-name ##contig
    4.1-4.2 | ##SAMPLE=<ID=S,Genomes=a;b,Mixture=.1;.9,Description="x"> | ok
    4.1-4.2 | ##SAMPLE=<ID=S,Description="x"> | meta-field-missing ##SAMPLE
    4.3+ | ##SAMPLE=<ID=S,Assay=Exome,DOI=url> | ok
    4.3+ | ##SAMPLE=<Assay=Exome> | meta-field-missing ##SAMPLE
    4.3+ | ##META=<ID=Assay,Type=String,Number=.,Values=[WholeGenome, Exome]> | ok
    4.3+ | ##META=<ID=Assay,Type=Text,Number=.,Values=[a]> | meta-type ##META
    4.3+ | ##META=<ID=Assay,Type=String,Number=X,Values=[a]> | meta-number ##META
    4.3+ | ##META=<ID=Assay,Type=String,Number=.,Values=a> | meta-syntax ##META
    4.3+ | ##META=<Type=String,Number=.,Values=[a]> | meta-field-missing ##META
    4.1-4.2 | ##PEDIGREE=<Name_0=a,Name_1=b-c.d_e> | ok
    4.3+ | ##PEDIGREE=<Name_0=a,Name_1=b> | meta-field-missing ##PEDIGREE
    4.3+ | ##PEDIGREE=<ID=c,Father=f,Mother=m> | ok
    all | ##PEDIGREE=<ID=c,Father=f g> | meta-name ##PEDIGREE
    all | ##pedigreeDB=http://example.org/p | ok
    4.1-4.2 | ##pedigreeDB=<http://example.org/p> | ok
    all | ##pedigreeDB=http://80:80/p | meta-url ##pedigreeDB
    all | ##assembly=ftp://user@example.org:21/a.fa | ok
    all | ##assembly=file:///a/b.fa | ok
    all | ##assembly=a.fa | meta-url ##assembly
    all | ##assembly=http://300.1.1.1/a | meta-url ##assembly
    all | ##reference= | meta-value-empty ##reference
    all | ##source=a b <c> | ok
    all | ##text | meta-syntax ##
    all | text | meta-syntax ##
    all | ##fileformat=VCFv4.2 | fileformat fileformat
    4.1-4.2 | ##MINE=<"a",b> | ok
    4.3+ | ##MINE=<ID=a,b="c, d"> | ok
    4.3+ | ##MINE=<a=b> | meta-field-missing ##MINE
    """

  @Test(arguments: [
    ("VCFv4.6", 1), ("VCF v4.1", 1), ("", 1), ("VCFv4.0", 1), ("VCFv3.3", 1), ("4.2", 1), ("VCFv4.2 ", 1),
  ])
  func `a version that is none of the known ones is named`(text: String, line: Int) async throws {
    let report = try await checkText(
      "##fileformat=\(text)\n##contig=<ID=1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n".utf8)
    #expect(report.errorList == ["\(line) fileformat fileformat"])
  }

  @Test(arguments: [
    ("#CHROM\tPOSITION\tID\tREF\tALT\tQUAL\tFILTER\tINFO", "3 header-columns #CHROM"),
    ("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER", "3 header-columns #CHROM"),
    ("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT", "3 header-columns #CHROM"),
    ("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\t", "3 header-columns #CHROM"),
    ("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tGT\ta", "3 header-columns #CHROM"),
    ("#CHROM POS ID REF ALT QUAL FILTER INFO", "3 header-columns #CHROM"),
    ("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ta\ta", "3 sample-name-twice #CHROM"),
    ("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ta\t", "3 sample-name-empty #CHROM"),
    ("1\t1\t.\tA\tC\t.\t.\t.", "3 header-missing #CHROM"),
    ("##a=b", "4 header-missing #CHROM"),
  ])
  func `the column line is held to the specification`(line: String, expected: String) async throws {
    let report = try await checkText("##fileformat=VCFv4.3\n##contig=<ID=1>\n\(line)\n".utf8)
    #expect(report.errorList == [expected])
  }

  @Test func `definitions that contradict each other are an error in every version`() async throws {
    for version in VCFVersion.allCases {
      func errors(_ lines: String) async throws -> [String] {
        try await checkText(
          "##fileformat=VCFv\(version.name)\n\(lines)\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n".utf8
        ).errorList
      }
      let twice = "##contig=<ID=1>\n##contig=<ID=1,length=5>"
      #expect(try await errors(twice) == (version <= .v42 ? [] : ["3 meta-id-twice ##contig"]))
      let otherwise = "##contig=<ID=1,length=4>\n##contig=<ID=1,length=5>"
      #expect(try await errors(otherwise) == ["3 meta-id-twice ##contig"])
    }
  }

  @Test func `letters and line ends`() async throws {
    func report(_ version: String, _ change: (String) -> String) async throws -> CheckReport {
      let text = [
        "##fileformat=VCFv\(version)", "##contig=<ID=1>", "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO",
        "1\t1\t.\tA\tC\t.\t.\t.", "",
      ].joined(separator: "\n")
      return try await checkText(change(text).utf8)
    }
    for version in ["4.2", "4.3"] {
      let isOld = version == "4.2"
      let returns = try await report(version) { $0.replacingOccurrences(of: "\n", with: "\r\n") }
      #expect(returns.errorList == [] && returns.warningList == (isOld ? ["1 carriage-return line"] : []))
      let cut = try await report(version) { String($0.dropLast()) }
      #expect((isOld ? cut.warningList : cut.errorList) == ["4 final-line-feed line"] && cut.records == 1)
      let mark = try await report(version) { "\u{FEFF}" + $0 }
      #expect(mark.errorList == ["1 byte-order-mark line"])
      let empty = try await report(version) { $0 + "\n" }
      #expect(empty.errorList == ["5 empty-line line"])
      let control = try await report(version) { $0.replacingOccurrences(of: "1\t1\t.", with: "1\t1\ta\u{1}b") }
      #expect((isOld ? control.warningList : control.errorList).contains("4 control-character line"))
      let letters = try await report(version) { $0.replacingOccurrences(of: "1\t1\t.", with: "1\t1\té") }
      #expect(letters.errorList == [] && letters.warningList == (isOld ? ["4 not-ascii line"] : []))
      let late = try await report(version) { $0 + "##a=b\n" }
      #expect(late.errorList == ["5 meta-after-header line"])
    }
    #expect(try await checkText([]).errorList == ["1 fileformat fileformat", "1 header-missing #CHROM"])
  }
}
