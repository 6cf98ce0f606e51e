import Foundation
import TestSupport
import Testing

/// `apus vcf annotate --haplotypes` from the command line.
@Suite struct HaplotypeCommandTests {
  /// Codon 9 of the only gene is GCA, from position 51 on.
  private func files() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let bases =
      String(repeating: "C", count: 26) + "ATGAAACAAGGTTGTCGATATCTTGCAGATTAA" + String(repeating: "C", count: 30)
    try folder.write(">c\n\(bases)\n", to: "a.fa")
    let features: [String] = [
      "##gff-version 3", "c\tt\tgene\t21\t80\t.\t+\t.\tID=gene:G;Name=GENE",
      "c\tt\tmRNA\t21\t80\t.\t+\t.\tID=transcript:T;Parent=gene:G",
      "c\tt\texon\t21\t80\t.\t+\t.\tParent=transcript:T",
      "c\tt\tCDS\t27\t59\t.\t+\t0\tID=CDS:P;Parent=transcript:T;protein_id=P",
    ]
    try folder.write(features.joined(separator: "\n") + "\n", to: "a.gff3")
    let meta: [String] = [
      "##fileformat=VCFv4.3", "##contig=<ID=c,length=\(bases.utf8.count)>",
      "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">",
      "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS",
    ]
    let head = meta.joined(separator: "\n") + "\n"
    let lines = ["c\t51\t.\tG\tT\t.\t.\t.\tGT\t0|1\n", "c\t52\t.\tC\tA\t.\t.\t.\tGT\t0|1\n"]
    try folder.write(head + lines[0] + lines[1], to: "in.vcf")
    try folder.write(head + lines[1] + lines[0], to: "unsorted.vcf")
    #expect(
      try Command.run(["cache", "build", "-f", "a.fa", "-g", "a.gff3", "-o", "c.cache"], in: folder).code == 0)
    return folder
  }

  @Test("A file, standard input and BCF get the same groups, and their counts")
  func sameFromEverywhere() throws {
    let folder = try files()
    func run(_ arguments: String...) throws -> Command.Result {
      try Command.run(["vcf", "annotate", "-c", "c.cache", "--haplotypes"] + arguments, in: folder)
    }
    let result = try run("in.vcf", "-o", "one.vcf", "--json", "one.json")
    #expect(result.code == 0, "\(result.errors)")
    let text = String(decoding: try folder.read("one.vcf"), as: UTF8.self)
    let entry = "HCSQ=stop_gained|HIGH|GENE|G|T|T:c.[25G>T%3B26C>A]|P:p.(Ala9Ter)|25-26|9|A/*|GCa/TAa|51:G>T&52:C>A|1|1"
    #expect(text.split(separator: "\n").filter { $0.contains(entry) }.count == 2, "\(text)")
    #expect(text.contains("##INFO=<ID=HCSQ,Number=.,"))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(try folder.read("one.json"))) as? [String: Any])
    let counts = try #require((json["annotation"] as? [String: Any])?["haplotypes"] as? [String: Any])
    #expect(counts["groups"] as? Int == 1 && counts["recordsGrouped"] as? Int == 2)

    try Peer.run("'\(Command.path)' vcf annotate - -c c.cache --haplotypes -o two.vcf < in.vcf", in: folder)
    #expect(try folder.read("two.vcf") == folder.read("one.vcf"))
    #expect(try run("in.vcf", "-o", "three.bcf").code == 0)
    #expect(try run("three.bcf", "-o", "four.vcf").code == 0)
    let again = String(decoding: try folder.read("four.vcf"), as: UTF8.self)
    #expect(again.split(separator: "\n").filter { $0.contains(entry) }.count == 2)

    #expect(try Command.run(["vcf", "annotate", "in.vcf", "-c", "c.cache", "-o", "plain.vcf"], in: folder).code == 0)
    #expect(!String(decoding: try folder.read("plain.vcf"), as: UTF8.self).contains("HCSQ"))
  }

  @Test("Records out of order are refused, with file and line")
  func order() throws {
    let folder = try files()
    let result = try Command.run(
      ["vcf", "annotate", "unsorted.vcf", "-c", "c.cache", "--haplotypes", "-o", "o.vcf"], in: folder)
    #expect(result.code == 65)
    #expect(result.firstError.hasPrefix("apus: error: unsorted.vcf:6 "), "\(result.firstError)")
    #expect(try !folder.names.contains("o.vcf"))
    // Without haplotypes the order does not matter.
    #expect(
      try Command.run(["vcf", "annotate", "unsorted.vcf", "-c", "c.cache", "-o", "o.vcf"], in: folder).code == 0)
  }
}
