import EngineTestSupport
import GenomicFiles
import Genomics
import Testing

@testable import Interpretation

@Suite struct CancerLayoutTests {
  static func header(_ meta: [String], formats: [String], samples: [String] = ["T", "N"]) throws -> VCFHeader {
    let lines =
      ["##fileformat=VCFv4.2"] + meta
      + formats.map { "##FORMAT=<ID=\($0),Number=.,Type=String,Description=\"x\">" }
      + ["#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" + samples.joined(separator: "\t")]
    return try VCFHeader(lines: lines, path: "v.vcf")
  }

  struct Case: CustomTestStringConvertible {
    var name: String
    var meta: [String] = []
    var formats: [String]
    var layout: SomaticLayout?
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "Mutect2 by its source", meta: ["##source=Mutect2"], formats: ["GT", "AD", "AF"], layout: .mutect2),
    Case(name: "Mutect2 by its version", meta: ["##MutectVersion=2.2"], formats: ["GT", "AD"], layout: .mutect2),
    Case(
      name: "Mutect2 by its command", meta: ["##GATKCommandLine=<ID=Mutect2,CommandLine=\"x\">"],
      formats: ["GT", "AD", "AF"], layout: .mutect2),
    Case(name: "Mutect2 by its fields", formats: ["GT", "AD", "AF", "DP", "F1R2", "F2R1", "SB"], layout: .mutect2),
    Case(
      name: "Strelka2 by its source", meta: ["##source=strelka"], formats: ["DP", "AU", "CU", "GU", "TU"],
      layout: .strelka2),
    Case(name: "Strelka2 by its fields", formats: ["DP", "TAR", "TIR", "TOR"], layout: .strelka2),
    Case(
      name: "VarScan by its source", meta: ["##source=VarScan2"], formats: ["GT", "DP", "RD", "AD", "FREQ"],
      layout: .varscan),
    Case(name: "VarScan by its fields", formats: ["GT", "RD", "AD", "FREQ", "DP4"], layout: .varscan),
    Case(
      name: "DRAGEN by its command", meta: ["##DRAGENCommandLine=<ID=dragen,Version=\"x\">"],
      formats: ["GT", "SQ", "AD", "AF", "F1R2", "F2R1", "DP"], layout: .dragen),
    Case(name: "DRAGEN by its fields", formats: ["GT", "SQ", "AD", "AF", "DP"], layout: .dragen),
    Case(name: "genotypes alone", formats: ["GT"], layout: nil),
    Case(name: "a germline caller's fields", formats: ["GT", "AD", "DP", "GQ", "PL"], layout: nil),
    Case(name: "an unknown caller", meta: ["##source=Other"], formats: ["GT", "AD", "AF"], layout: nil),
    Case(
      name: "the header names what the fields are not", meta: ["##source=strelka"], formats: ["GT", "AD", "AF"],
      layout: nil),
    Case(
      name: "the header names another than the fields", meta: ["##source=Mutect2"],
      formats: ["AD", "AU", "CU", "GU", "TU"], layout: nil),
    Case(
      name: "two callers", meta: ["##source=Mutect2", "##source=strelka"],
      formats: ["AD", "AF", "AU", "CU", "GU", "TU"], layout: nil),
    Case(name: "fields of two callers", formats: ["AD", "AF", "SQ", "AU", "CU", "GU", "TU"], layout: nil),
  ]

  @Test("A layout is told by header and fields, and refused where these do not tell one", arguments: cases)
  func recognised(_ one: Case) throws {
    let header = try Self.header(one.meta, formats: one.formats)
    guard let layout = one.layout else {
      let error = #expect(throws: InputError.self) { try SomaticLayout.recognise(header, path: "v.vcf") }
      #expect(error?.kind == .unsupported && error?.remedy.contains("--layout") == true)
      return
    }
    #expect(try SomaticLayout.recognise(header, path: "v.vcf") == layout)
    try layout.require(header, path: "v.vcf")
  }

  @Test("A layout by the user's word is refused where its fields are not declared")
  func word() throws {
    let header = try Self.header([], formats: ["GT"])
    #expect(throws: InputError.self) { try SomaticLayout.strelka2.require(header, path: "v.vcf") }
    try SomaticLayout.none.require(header, path: "v.vcf")
  }

  /// Layout, FORMAT, the tumour's column, number of the alternate, bases of a substitution; reads, depth, fraction.
  typealias Row = (
    layout: SomaticLayout, format: String, value: String, allele: Int, snv: (UInt8, UInt8)?, reads: Int?, depth: Int?,
    fraction: Double?
  )

  static let rows: [Row] = [
    (.mutect2, "GT:AD:AF", "0/1:30,10:0.9", 1, (0, 1), 10, 40, 0.25),
    (.mutect2, "GT:AD:AF", "0/1/2:20,10,10:0.3,0.2", 2, nil, 10, 40, 0.25),
    (.mutect2, "GT:AF:DP", "0/1:0.125:80", 1, (0, 1), nil, 80, 0.125),
    (.mutect2, "GT:AD:AF", "0/1:.:.", 1, (0, 1), nil, nil, nil),
    (.mutect2, "GT:AD", "0/1:0,0", 1, (0, 1), 0, 0, nil),
    (.mutect2, "GT:AD", "0/1:30,.", 1, (0, 1), nil, nil, nil),
    (.mutect2, "GT", "0/1", 1, (0, 1), nil, nil, nil),
    // Tier 1 is the first of each pair; A 0, C 1, G 2, T 3.
    (.strelka2, "DP:AU:CU:GU:TU", "50:30,33:10,12:0,1:0,0", 1, (0, 1), 10, 40, 0.25),
    (.strelka2, "DP:AU:CU:GU:TU", "50:0,0:0,0:5,9:15,20", 1, (3, 2), 5, 20, 0.25),
    (.strelka2, "DP:TAR:TIR:TOR", "50:30,33:10,12:1,1", 1, nil, 10, 40, 0.25),
    (.strelka2, "DP:TAR:TIR:TOR", "50:0,0:0,0:1,1", 1, nil, 0, 0, nil),
    (.strelka2, "DP:AU:CU:GU:TU", ".:.:.:.:.", 1, (0, 1), nil, nil, nil),
    (.varscan, "GT:GQ:DP:RD:AD:FREQ", "0/1:.:41:30:10:25%", 1, (0, 1), 10, 40, 0.25),
    (.varscan, "GT:DP:FREQ", "0/1:41:12.5%", 1, (0, 1), nil, 41, 0.125),
    (.varscan, "GT:DP:FREQ", "0/1:41:0.125", 1, (0, 1), nil, 41, nil),
    (.varscan, "GT:DP:FREQ", "0/1:41:125%", 1, (0, 1), nil, 41, nil),
    (.dragen, "GT:SQ:AD:AF:DP", "0/1:20:30,10:0.2500:41", 1, (0, 1), 10, 40, 0.25),
    (.dragen, "GT:SQ:AD:DP", "0/1:20:30,10:41", 1, (0, 1), 10, 40, 0.25),
    (.dragen, "GT:SQ:AF", "0/1:20:1.25", 1, (0, 1), nil, nil, nil),
    (.none, "GT:AD", "0/1:30,10", 1, (0, 1), nil, nil, nil),
  ]

  @Test(
    "Reads, depth and fraction are those of the layout's definition; what cannot be told is unknown",
    arguments: rows.indices)
  func support(_ number: Int) async throws {
    let row = Self.rows[number]
    let text = Array("1\t5\t.\tA\tC\t.\tPASS\t.\t\(row.format)\t\(row.value)\n".utf8)
    // The record's FORMAT and sample stand where the reader's own columns would say.
    let found = try await withRecord(text) { view in
      let places = FormatPlaces(view, view.column(.format, of: 0))
      return row.layout.support(
        SomaticLayout.Allele(number: row.allele, substitution: row.snv.map { ($0.0, $0.1) }),
        SampleValues(view[view.samples(of: 0)]), places)
    }
    #expect(found.alternate == row.reads && found.depth == row.depth && found.fraction == row.fraction)
  }

  @Test("Fractions stand in the bin that begins at a border, from counts and from decimals")
  func bins() {
    #expect(AlleleSupport.counted(6, of: 100).bin(of: 200) == 12)
    #expect(AlleleSupport.counted(5, of: 100).bin(of: 200) == 10)
    #expect(AlleleSupport.counted(100, of: 100).bin(of: 200) == 199)
    #expect(AlleleSupport.counted(0, of: 0).bin(of: 200) == nil)
    for step in 0..<200 {
      let given = AlleleSupport(fraction: Double("\(Double(step * 5) / 1000)"), isGiven: true)
      #expect(given.bin(of: 200) == step)
    }
  }

  private func withRecord<R: Sendable>(
    _ line: [UInt8], _ body: @Sendable @escaping (VariantRecords) -> R
  ) async throws -> R {
    let folder = try TemporaryRecord(line)
    return try await folder.read(body)
  }
}
