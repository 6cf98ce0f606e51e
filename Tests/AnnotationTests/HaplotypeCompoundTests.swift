import Annotation
import Foundation
import TestSupport
import Testing
import Variants

/// Files of bcftools' own cases that have no expected consequence in INFO, with what `bcftools csq -p a` 1.16 tells of
/// several variants in them.
@Suite struct HaplotypeCompoundTests {
  struct File: CustomTestStringConvertible, Sendable {
    var name: String
    /// What bcftools joins, with its terms.
    var joined: [String]
    var terms: Set<String>
    /// What is told here, where it is not the same, and why.
    var ours: (variants: [String], terms: Set<String>, why: String)?
    var residues: String?
    var testDescription: String { name }
  }

  static let files: [File] = [
    // Only the first sample has both on one haplotype: `1|0` and `1`.
    File(
      name: "ENST00000381157/haploid-diploid", joined: ["31177:C>T", "31178:G>T"], terms: ["missense"],
      residues: "A/V"),
    File(
      name: "ENST00000379416/compound.ins-del", joined: ["53594:A>AGC", "53595:ACT>A"],
      terms: ["missense", "inframe_altering"],
      ours: (["53594:A>AGC", "53595:ACT>A"], ["missense"], "residues change and their number does not"),
      residues: "EL/VL"),
    File(
      name: "ENST00000379416/compound.del-snp", joined: ["53592:GC>G", "53595:A>T"], terms: ["frameshift"]),
    File(
      name: "ENST00000379416/compound.ins-ins", joined: ["53594:A>AGC", "53595:A>ACTC"], terms: ["frameshift"],
      ours: (
        [], [],
        "on the reverse strand the second comes first: a whole codon between two, which changes neither of them nor the frame"
      )),
    File(
      name: "ENST00000379416/compound.ins-snp", joined: ["53594:A>AGC", "53595:A>T"], terms: ["frameshift"]),
    File(
      name: "ENST00000269081/stop-gained-not-inframe-insertion",
      joined: ["7210:C>CACCTGGAA", "8710:G>C", "35061:A>G", "46859:A>G", "46862:AAT>A"],
      terms: ["stop_gained", "frameshift"],
      ours: (
        ["46859:A>G", "46862:AAT>A"], ["frameshift"],
        "the shifted frame stops before the next variant, and behind the codons that these change; bcftools joins up to the CDS's end"
      )),
  ]

  @Test(.enabled(if: SharedData.has("csq")), arguments: files)
  func variantsAreJoined(_ file: File) async throws {
    let folder = try TemporaryFolder()
    let name = String(file.name.prefix { $0 != "/" })
    try folder.write(try readFile(SharedData.path("csq/\(name)/\(name).fa")), to: "a.fa")
    let gff3 = try #require(try BcftoolsCasesTests.annotation(SharedData.path("csq/\(name)"), name))
    try folder.write(gff3, to: "a.gff3")
    let cache = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3"))
    let text = String(decoding: try readFile(SharedData.path("csq/\(file.name).vcf")), as: UTF8.self)
      .split(separator: "\n").filter { !$0.hasPrefix("##contig") }.joined(separator: "\n")
    try folder.write(BcftoolsCasesTests.onOneHaplotype(text) + "\n", to: "in.vcf")
    let (bytes, result) = try await annotate(folder("in.vcf"), cache: cache, in: folder, haplotypes: true)
    let groups = haplotypeGroups(bytes)
    let variants = file.ours?.variants ?? file.joined
    #expect(groups.count == variants.count, "\(groups.map(\.fields))")
    for group in groups {
      #expect(Set(group.variants) == Set(variants))
      #expect(bcftoolsTerms(group.terms) == file.ours?.terms ?? file.terms, "\(group.fields)")
      if let residues = file.residues { #expect(group.aminoAcids == residues) }
      #expect(group.haplotypes == 1 && group.samples == 1)
    }
    #expect(result.annotation?.haplotypes?.balances == true)
  }
}
