import Annotation
import Foundation
import TestSupport
import Testing

/// The folders of bcftools' own tests of csq: one transcript each, with the expected consequence in INFO/EXP.
///
/// bcftools takes the records of a file without samples for one haplotype, so each gets a haploid sample here that
/// carries all of them. What is told of a record on a transcript is then
///
/// | bcftools | Apus |
/// | --- | --- |
/// | `terms…` of one variant | `CSQ` |
/// | `terms…` with `A+B` | `HCSQ` with these Variants, on the record that bcftools tells of and on the others |
/// | `@POS` | `HCSQ` with the record at POS among its Variants |
@Suite struct BcftoolsCasesTests {
  /// What differs, and why; everything else has to agree.
  private static let differing: [String: String] = [
    "ENST00000230048 214 AT>A": "start_lost&frameshift as in VEP; bcftools tells start_lost alone",
    "ENST00000368801 11191 AT>A":
      "the start codon stays, so it is start_retained, which bcftools' own output in the folder says too",
    "ENST00000373886 315772 G><DEL>": "the untranslated region is told beside feature_truncation (VEP)",
    "ENST00000382647 1443 A>ACCCGGCCGCACGCTCTCA": "aligned otherwise within a repeat over the splice site",
    "ENST00000409523 18990 TAAAGGGATATCTACAA>T": "over an exon's end no codon is told (VEP)",
    "ENST00000423372 2723 G>GAAA": "an insertion behind the third base of an exon is not in the splice region (VEP)",
    "ENST00000423372 3630 T>TAAA": "stop_lost alone as in VEP",
    "ENST00000479739 25091 T>C": "NMD_transcript as in VEP; bcftools does not tell it with start_lost",
    "ENST00000518414 11397 ACTGCAAGGTGAGCT>A": "over the end of a transcript whose CDS lacks its end",
    "ENST00000624631 547 CCC>CC": "several alignments are told",
  ]

  /// What bcftools joins and Apus does not, and why.
  private static let notJoined: [String: String] = [
    "EDUMMY0001": "the shifted frame stops in codon 7, before the next record; bcftools joins up to the CDS's end"
  ]

  @Test(.enabled(if: SharedData.has("csq")))
  func recordsOnTheirOwnAgree() async throws {
    var agreeing = 0
    var joined = 0
    var seen: Set<String> = []
    for name in SharedData.names(in: "csq") {
      let folder = try TemporaryFolder()
      let source = SharedData.path("csq/\(name)")
      guard let gff3 = try Self.annotation(source, name) else { continue }
      try folder.write(try readFile("\(source)/\(name).fa"), to: "a.fa")
      try folder.write(gff3, to: "a.gff3")
      let cache = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3"))
      for file in SharedData.names(in: "csq/\(name)") where file.hasSuffix(".vcf") {
        // The headers give the whole chromosomes' lengths for slices of them.
        let text = String(decoding: try readFile("\(source)/\(file)"), as: UTF8.self)
          .split(separator: "\n").filter { !$0.hasPrefix("##contig") }.joined(separator: "\n")
        try folder.write(Self.onOneHaplotype(text) + "\n", to: "in.vcf")
        let (bytes, _) = try await annotate(folder("in.vcf"), cache: cache, in: folder, haplotypes: true)
        let ours = entries(bytes)
        let groups = haplotypeGroups(bytes)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        for (number, line) in lines.enumerated() {
          let columns = line.split(separator: "\t").map(String.init)
          guard let expected = columns[7].split(separator: ";").first(where: { $0.hasPrefix("EXP=") }) else { continue }
          let others = groups.filter { $0.record == number }
          if expected.hasPrefix("EXP=@") {
            let place = expected.dropFirst(5)
            let isFound = others.contains { $0.variants.contains { $0.hasPrefix("\(place):") } }
            #expect(isFound || Self.notJoined[name] != nil, "\(name) \(columns[1]): not joined with \(place)")
            if isFound { joined += 1 }
          }
          if let members = Self.members(String(expected)) {
            let isFound = others.contains { Set($0.variants) == members }
            #expect(isFound || Self.notJoined[name] != nil, "\(name) \(columns[1]): \(members)")
            if isFound { joined += 1 }
          }
          for (transcript, terms) in Self.expected(String(expected.dropFirst(4))) {
            let mine = ours.filter {
              $0.record == number && (transcript.isEmpty || $0.transcript == transcript)
            }
            let together = others.filter { transcript.isEmpty || $0.transcript == transcript }
            let told = together.isEmpty ? mine.map(\.terms) : together.map(\.terms)
            let found = bcftoolsTerms(told.reduce(into: []) { $0.formUnion($1) })
            let key = "\(transcript.isEmpty ? name : transcript) \(columns[1]) \(columns[3])>\(columns[4])"
            if found == terms {
              agreeing += 1
            } else {
              #expect(Self.differing[key] != nil, "\(key): expected \(terms), found \(found)")
              seen.insert(key)
            }
          }
        }
      }
    }
    print("bcftools csq cases: \(agreeing) agree, \(seen.count) differ as listed; \(joined) records joined as expected")
    #expect(Set(Self.differing.keys) == seen)
    #expect(agreeing == 65)
    #expect(joined == 8)
  }

  /// The GFF3; its genes may start before the slice. nil where a CDS has no phase, which is refused.
  static func annotation(_ folder: String, _ name: String) throws -> String? {
    let text = String(decoding: try readFile("\(folder)/\(name).gff"), as: UTF8.self)
    let lines = text.split(separator: "\n").map { line -> String in
      var columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      if columns.count == 9, columns[3].hasPrefix("-") { columns[3] = "1" }
      return columns.joined(separator: "\t")
    }
    return lines.contains { $0.contains("\tCDS\t") && $0.contains("\t.\tParent") }
      ? nil : lines.joined(separator: "\n") + "\n"
  }

  /// The text with a haploid sample that carries every record, where it has no samples.
  static func onOneHaplotype(_ text: String) -> String {
    text.split(separator: "\n").map { line in
      if line.hasPrefix("##") { return String(line) }
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      if columns.count > 8 { return String(line) }
      return line + (line.hasPrefix("#") ? "\tFORMAT\tS" : "\tGT\t1")
    }.joined(separator: "\n")
  }

  /// The records of an entry that tells of several, as HCSQ writes them; nil for one of one.
  private static func members(_ expected: String) -> Set<String>? {
    guard let list = expected.split(separator: ";")[0].split(separator: "|").last, list.contains("+"),
      list.contains(">")
    else { return nil }
    return Set(
      list.split(separator: "+").map { member in
        let place = member.prefix { $0.isNumber }
        return "\(place):\(member.dropFirst(place.count))"
      })
  }

  /// Terms by transcript; an intron of no named transcript under an empty name.
  private static func expected(_ text: String) -> [String: Set<String>] {
    var expected: [String: Set<String>] = [:]
    for entry in text.split(separator: ",") {
      let fields = entry.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard fields.count > 2 else { continue }
      let terms = fields[0].drop { $0 == "*" }.split(separator: "&").map(String.init)
      expected[fields[2], default: []].formUnion(terms)
    }
    return expected
  }
}
