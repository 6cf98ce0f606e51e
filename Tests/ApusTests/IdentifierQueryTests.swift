import Foundation
import TestSupport
import Testing

extension TranscriptQueryTests {
  /// Alleles of the proband, of substitutions alone, with their records' first columns.
  private func substitutions() throws -> [[String]] {
    let text = try Peer.run("gzip -dc out/SYN-001/SYN-001-P/variants.vcf.gz", in: folder).text
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: "\t").prefix(5).map(String.init) }
      .filter { $0[3].count == 1 && $0[4].count == 1 && "ACGT".contains($0[4]) }
  }

  @Test("An rsID is every allele that the cache's sources name by it, as asked one by one; unknown ones are refused")
  func identifiers() throws {
    let records = try substitutions()
    try #require(records.count >= 3)
    let (first, last) = (records[0], records[records.count - 1])
    // An alternate that nobody carries shares the first one's identifier, and so does an allele elsewhere.
    let other = try #require(["A", "C", "G", "T"].first { !first[3...4].contains($0) })
    let lines = [
      [first[0], first[1], "rs41", first[3], "\(first[4]),\(other)"],
      [records[1][0], records[1][1], "rs42", records[1][3], records[1][4]],
      [last[0], last[1], "rs41;rs43", last[3], last[4]],
    ].map { ($0 + [".", "PASS", "."]).joined(separator: "\t") + "\n" }
    try folder.write(
      "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n" + lines.joined(), to: "known.vcf")
    let build = try Command.run(
      [
        "cache", "build", "-f", "\(trio)/genome.fa.gz", "-g", "\(trio)/genes.gff3", "--source", "known=known.vcf:ID",
        "-o", "known.cache",
      ], in: folder)
    #expect(build.code == 0, "\(build.errors)")
    let variants = [
      [first[0], first[1], first[3], first[4]], [first[0], first[1], first[3], other],
      [last[0], last[1], last[3], last[4]],
    ].map { $0.joined(separator: "-") }
    // Rows of a table, without what it rests on.
    func rows(_ text: String) -> [String] { text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init) }
    let several = try query(["-c", "known.cache", "rs41"])
    #expect(several.code == 0, "\(several.errors)")
    let one = try variants.map { rows(try query([$0]).output) }
    #expect(Set(rows(several.output)) == Set(one.flatMap { $0 }) && rows(several.output).count == 3)
    #expect(several.output.contains("# rs41 names 3 alleles, which are all answered"))
    for variant in variants { #expect(several.output.contains("# \(variant) is rs41 by known\n")) }
    let json = try query(["-c", "known.cache", "RS43", "--json", "--by", "sex"])
    #expect(json.output.contains("rs43 names one allele") && json.output.contains(variants[2]))
    let unknown = try query(["-c", "known.cache", "rs44"])
    #expect(unknown.code == 65 && unknown.errors.contains("rs44 is in none of the sources"), "\(unknown.errors)")
    #expect(unknown.output.isEmpty)
  }
}
