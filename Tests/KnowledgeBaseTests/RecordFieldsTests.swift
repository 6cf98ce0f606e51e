import GenomicFiles
import Genomics
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("Fields of records that are taken in")
struct RecordFieldsTests {
  @Test("A sample's genotype, length, depth and quality are those that a plain reading of the columns finds")
  func samples() {
    var random = SplitMix64()
    let keys = ["GT", "LEN", "GQ", "RGQ", "MIN_DP", "DP", "AD", "PL", "G", "GTX", ""]
    let values = [
      "0/1", "1|0", "./.", ".", "1", "12", "9", "10", "19", "20", "", "x", "0/1/2", "1/1/1/1/1/1", "1,2", "\0",
      "\u{0}0/1",
    ]
    var sufficed = 0
    // One reader for all records, as an intake has it: nothing of one record is left for the next.
    var fields = SampleFields()
    for _ in 0..<5_000 {
      let format = (0..<Int.random(in: 1...6, using: &random)).map { _ in keys.randomElement(using: &random) ?? "" }
      let samples = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        (0..<Int.random(in: 1...7, using: &random)).map { _ in values.randomElement(using: &random) ?? "" }
      }
      let columns = ["1", "1", ".", "A", "C", ".", ".", ".", format.joined(separator: ":")]
      let line = (columns + samples.map { $0.joined(separator: ":") }).joined(separator: "\t")
      let column = Int.random(in: 0...2, using: &random)
      withRecord(line) { fields.read($0, 0, column: column) }
      let sample = samples.indices.contains(column) ? samples[column] : []
      func value(_ key: String) -> String? {
        format.firstIndex(of: key).flatMap { sample.indices.contains($0) ? sample[$0] : nil }
      }
      #expect(fields.genotype == value("GT").flatMap { Genotype(text: $0.utf8) }, "\(line)")
      #expect(fields.blockLength == value("LEN").flatMap { Int($0) }, "\(line)")
      let suffice = ReferenceCallRule.suffices(
        (value("MIN_DP") ?? value("DP")).flatMap { Int($0) }, (value("GQ") ?? value("RGQ")).flatMap { Int($0) })
      #expect(fields.suffice == suffice, "\(line)")
      if suffice { sufficed += 1 }
    }
    #expect(sufficed > 50)
  }

  @Test(
    "The first END and CSQ, the last APUS_ORIG, and no other key",
    arguments: [
      (".", nil, nil, nil), ("END=5", "5", nil, nil), ("XEND=5;END=6;END=7", "6", nil, nil),
      ("END;CSQ=a;CSQ=b", nil, nil, "a"), ("CSQX=1;APUS_ORIGX=2;END2=3", nil, nil, nil),
      ("APUS_ORIG=c|1|A|1;DP=3;APUS_ORIG=c|2|A|1", nil, "c|2|A|1", nil), ("CSQ=;END=", "", nil, ""),
    ])
  func info(text: String, end: String?, original: String?, consequences: String?) {
    withRecord("1\t1\t.\tA\tC\t.\t.\t\(text)") { view in
      let info = IntakeInfo(view, 0)
      func string(_ range: Range<Int>?) -> String? { range.map { String(decoding: view[$0], as: UTF8.self) } }
      #expect(string(info.end) == end)
      #expect(string(info.original) == original)
      #expect(string(info.consequences) == consequences)
    }
  }

  @Test(
    "The original record's name is its word without the allele's number; its stretch is that of its bases",
    arguments: [
      ("chr1|11|AC|G,T|1", "chr1|11|AC|G,T", 10..<12), ("chr1|99|AC|G|1", "chr1|99|AC|G", nil),
      ("chr1|x|A|G|1", "chr1|x|A|G", nil), ("chr1|0|A|G|1", "chr1|0|A|G", nil), ("chr1|1||G|1", "chr1|1||G", nil),
      ("a|1", "a", nil), ("a", nil, nil), ("", nil, nil),
    ])
  func original(text: String, name: String?, span: Range<Int>?) throws {
    let digest = try #require(RefgetDigest(sha512t24u: String(repeating: "A", count: 32)))
    let contig = ReferenceContigs.Entry(name: "chr1", length: 99, digest: digest)
    let original = Array(text.utf8).withUnsafeBytes { OriginalRecord($0) }
    #expect(original?.name == name)
    #expect(original?.span(in: contig) == span)
  }
}
