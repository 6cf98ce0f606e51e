import Genomics
import Service
import Testing

@testable import Workflow

@Suite("Sample sheets")
struct SampleSheetTests {
  private func parse(_ text: String) throws(InputError) -> SampleSheet {
    try SampleSheet(csv: Array(text.utf8), path: "folder/sheet.csv")
  }

  @Test("Columns in any order; paths relative to the sheet; rows of one sample are its lanes")
  func order() throws {
    let sheet = try parse("vcf,sample,case,fastq_2,fastq_1,lane\nv.vcf,S,C,b.fq,a.fq,L1\n,S,C,,/abs/c.fq,L2\n")
    let sample = sheet.cases[0].samples[0]
    #expect(sample.vcf == "folder/v.vcf")
    #expect(sample.lanes.map(\.fastq1) == ["folder/a.fq", "/abs/c.fq"])
    #expect(sample.lanes.map(\.name) == ["L1", "L2"])
    #expect(sample.sex == .unknown)
    #expect(sample.status == "germline")
  }

  @Test("Urgency is a case's, on any of its rows")
  func urgency() throws {
    let sheet = try parse("case,sample,bam,urgency\nC,S,a,\nC,T,b,asap\nD,S,c,\n")
    #expect(sheet.cases[0].urgency == .asap)
    #expect(sheet.cases[1].urgency == nil && sheet.cases[1].resolvedUrgency() == .routine)
  }

  @Test("Quoted fields, CR LF, a byte order mark and blank lines are read")
  func csv() throws {
    let sheet = try parse("\u{FEFF}case,sample,bam,x_note\r\nC,S,b.bam,\"a \"\"b\"\", c\"\r\n\r\n")
    #expect(sheet.cases[0].samples[0].extra == ["x_note": "a \"b\", c"])
  }

  @Test(
    "Refused, with the line and without repeating the name",
    arguments: [
      ("case,sample\nC,S\n", 2, "no data file"), ("case,sample,foo\nC,S,b\n", 1, "\"foo\""),
      ("case,bam\nC,b\n", 1, "\"sample\" is missing"), ("case,sample,bam,bam\nC,S,b,b\n", 1, "stands twice"),
      ("case,sample,bam\nC,../S,b\n", 2, "sample"), ("case,sample,bam\nC,.S,b\n", 2, "sample"),
      ("case,sample,bam\nC,a b,b\n", 2, "sample"), ("case,sample,bam\nC,,b\n", 2, "is empty"),
      ("case,sample,bam\n9434765919,S,b\n", 2, "NHS number"), ("case,sample,bam\nC,X943-476-5919,b\n", 2, "NHS number"),
      ("case,sample,bam,sex\nC,S,b,x\n", 2, "sex"), ("case,sample,bam,affected\nC,S,b,maybe\n", 2, "affected"),
      ("case,sample,bam,status\nC,S,b,sick\n", 2, "status"), ("case,sample,fastq_2\nC,S,b\n", 2, "fastq_1"),
      ("case,sample,bam\nC,S,a\nC,S,b\n", 3, "bam differs"), ("case,sample,bam\nC,S\n", 2, "fields"),
      ("case,sample,bam\nC,S,\"b\n", 2, "does not end"),
      ("case,sample,lane,fastq_1\nC,S,L,a\nC,S,L,b\n", 3, "twice"), ("case,sample,vcf,gvcf\nC,S,b,b\n", 2, "one file"),
      ("case,sample,vcf,gvcf\nC,S,b,\nC,S,,b\n", 3, "one file"),
      ("case,sample,gvcf\nC,S,a\nC,S,b\n", 3, "gvcf differs"),
      ("case,sample,bam,urgency\nC,S,a,soon\n", 2, "urgency"),
      ("case,sample,bam,urgency\nC,S,a,stat\nC,T,b,urgent\n", 3, "urgency differs"),
    ])
  func refused(text: String, line: Int, reason: String) {
    do {
      _ = try parse(text)
      Issue.record("accepted: \(text)")
    } catch {
      #expect(error.reason.contains(reason), "\(error)")
      #expect(error.location.record == line, "\(error)")
      #expect(!error.description.contains("9434765919"))
    }
  }

  @Test("The variants' source is the VCF, else the gVCF, which else tells of callability alone")
  func variantSource() throws {
    let sheet = try parse("case,sample,vcf,gvcf\nC,A,a.vcf,\nC,B,,b.g.vcf\nC,C,c.vcf,c.g.vcf\n")
    let samples = sheet.cases[0].samples
    #expect(
      samples.map(\.variantSource) == [
        VariantSource(path: "folder/a.vcf", isGVCF: false), VariantSource(path: "folder/b.g.vcf", isGVCF: true),
        VariantSource(path: "folder/c.vcf", isGVCF: false),
      ])
    #expect(samples.map(\.referenceBlocks) == [nil, nil, "folder/c.g.vcf"])
  }

  @Test("A case has one referral; structural calls stand beside copy numbers")
  func interpretation() throws {
    let sheet = try parse("case,sample,bam,cnv_vcf,sv_vcf,str_vcf,referral\nC,S,b,c,s,t,r\nC,T,b2,,,,\nC,U,b3,,,,r\n")
    #expect(sheet.cases[0].referral == "folder/r")
    #expect(sheet.cases[0].samples[0].cnv == "folder/c" && sheet.cases[0].samples[0].str == "folder/t")
    #expect(throws: InputError.self) { try parse("case,sample,bam,referral\nC,S,b,r\nC,T,b2,other\n") }
    #expect(throws: InputError.self) { try parse("case,sample,bam,sv_vcf\nC,S,b,s\n") }
  }

  @Test("Parents must be other samples of the case")
  func parents() throws {
    #expect(throws: Never.self) { try parse("case,sample,bam,father\nC,P,b,F\nC,F,b,\n") }
    #expect(throws: InputError.self) { try parse("case,sample,bam,father\nC,P,b,X\n") }
    #expect(throws: InputError.self) { try parse("case,sample,bam,father\nC,P,b,P\n") }
  }

  @Test("Ten digits are an NHS number only with its check digit")
  func nhsNumber() {
    #expect(NHSNumber.mayStand(in: "9434765919"))
    #expect(NHSNumber.mayStand(in: "a_943-476-5919"))
    #expect(!NHSNumber.mayStand(in: "9434765918"))
    #expect(!NHSNumber.mayStand(in: "94347659190"))
    #expect(!NHSNumber.mayStand(in: "SYN-001-P"))
  }
}
