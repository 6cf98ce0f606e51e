import Annotation
import GenomicFiles
import Genomics
import TestSupport
import Testing
import Variants

@Suite struct HaplotypeCasesTests {
  /// Codons 1 to 20; the intron splits codon 11.
  static let parts = ["ATGAAACAAGGTTGTCGATATCTTGCAGATTG", "GAACCCCGTGTTTGAAAGCATTCACTAA"]

  /// What is expected of variants on a gene.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    /// Changes with their genotypes, and PS behind a colon.
    var variants: [(CodingEdit, String)]
    /// By the indices of the members: consequence, HGVSp behind `p.`, haplotypes.
    var groups: [[Int]: (String, String, Int)]
    /// Which have the note.
    var possible: Set<Int> = []
    /// Alleles that are not combined, by reason.
    var notCombined: [String: Int] = [:]
    var notPlaced: [String: Int] = [:]
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "two SNVs of a codon make a stop",
      variants: [(CodingEdit(24, 1, "T"), "0|1"), (CodingEdit(25, 1, "A"), "0|1")],
      groups: [[0, 1]: ("stop_gained", "(Ala9Ter)", 1)]),
    Case(
      name: "a second SNV takes the stop away",
      variants: [(CodingEdit(15, 1, "T"), "1|0"), (CodingEdit(17, 1, "C"), "1|0")],
      groups: [[0, 1]: ("missense_variant", "(Arg6Cys)", 1)]),
    Case(
      name: "on two haplotypes nothing is joined",
      variants: [(CodingEdit(15, 1, "T"), "1|0"), (CodingEdit(17, 1, "C"), "0|1")], groups: [:]),
    Case(
      name: "an intron splits the codon",
      variants: [(CodingEdit(31, 1, "C"), "0|1"), (CodingEdit(32, 1, "A"), "0|1")],
      groups: [[0, 1]: ("missense_variant&splice_region_variant", "(Trp11Ser)", 1)]),
    Case(
      name: "a frame is restored", variants: [(CodingEdit(12, 1, ""), "0|1"), (CodingEdit(20, 0, "G"), "0|1")],
      groups: [[0, 1]: ("missense_variant", "(Cys5_Tyr7delinsValAspSer)", 1)]),
    Case(
      name: "a frame is restored behind an intron",
      variants: [(CodingEdit(27, 1, ""), "1|1"), (CodingEdit(37, 0, "A"), "1/1")],
      groups: [[0, 1]: ("missense_variant", "(Asp10_Pro13delinsIleGlyThrThr)", 2)]),
    Case(
      name: "a frame stops before it would be restored",
      variants: [(CodingEdit(3, 0, "A"), "0|1"), (CodingEdit(50, 1, ""), "0|1")], groups: [:]),
    Case(
      name: "an SNV stands in the shifted frame",
      variants: [(CodingEdit(3, 0, "A"), "0|1"), (CodingEdit(40, 1, "C"), "0|1")],
      groups: [[0, 1]: ("frameshift_variant", "(Gln3ThrfsTer14)", 1)]),
    Case(
      name: "an SNV takes the shifted frame's stop away",
      variants: [
        (CodingEdit(3, 0, "A"), "0|1"), (CodingEdit(45, 1, "T"), "0|1"), (CodingEdit(55, 1, ""), "0|1"),
      ],
      groups: [[0, 1, 2]: ("missense_variant", "", 1)]),
    Case(
      name: "homozygous with heterozygous, phased",
      variants: [(CodingEdit(24, 1, "T"), "1|1"), (CodingEdit(25, 1, "A"), "0|1")],
      groups: [[0, 1]: ("stop_gained", "(Ala9Ter)", 1)]),
    Case(
      name: "one heterozygous with a homozygous needs no phase",
      variants: [(CodingEdit(24, 1, "T"), "1/1"), (CodingEdit(25, 1, "A"), "0/1")],
      groups: [[0, 1]: ("stop_gained", "(Ala9Ter)", 1)]),
    Case(
      name: "two homozygous", variants: [(CodingEdit(24, 1, "T"), "1/1"), (CodingEdit(25, 1, "A"), "1/1")],
      groups: [[0, 1]: ("stop_gained", "(Ala9Ter)", 2)]),
    Case(
      name: "two homozygous and a heterozygous",
      variants: [
        (CodingEdit(24, 1, "T"), "1/1"), (CodingEdit(25, 1, "A"), "1/1"), (CodingEdit(26, 1, "T"), "1|0"),
      ],
      groups: [[0, 1]: ("stop_gained", "(Ala9Ter)", 1), [0, 1, 2]: ("missense_variant", "(Ala9Tyr)", 1)]),
    Case(
      name: "one phase set", variants: [(CodingEdit(24, 1, "T"), "0|1:7"), (CodingEdit(25, 1, "A"), "0|1:7")],
      groups: [[0, 1]: ("stop_gained", "(Ala9Ter)", 1)]),
    Case(
      name: "two phase sets", variants: [(CodingEdit(24, 1, "T"), "0|1:7"), (CodingEdit(25, 1, "A"), "0|1:8")],
      groups: [:], possible: [0, 1]),
    Case(
      name: "a phase set and none", variants: [(CodingEdit(24, 1, "T"), "0|1:7"), (CodingEdit(25, 1, "A"), "0|1:.")],
      groups: [:], possible: [0, 1]),
    Case(
      name: "not phased", variants: [(CodingEdit(24, 1, "T"), "0/1"), (CodingEdit(25, 1, "A"), "0/1")], groups: [:],
      possible: [0, 1]),
    Case(
      name: "not phased, frames", variants: [(CodingEdit(12, 1, ""), "0/1"), (CodingEdit(20, 0, "G"), "0/1")],
      groups: [:], possible: [0, 1]),
    Case(
      name: "not phased, in two codons", variants: [(CodingEdit(23, 1, "A"), "0/1"), (CodingEdit(24, 1, "T"), "0/1")],
      groups: [:]),
    Case(
      name: "a phased pair and one not phased",
      variants: [
        (CodingEdit(24, 1, "T"), "0|1"), (CodingEdit(25, 1, "A"), "0|1"), (CodingEdit(26, 1, "T"), "0/1"),
      ],
      groups: [[0, 1]: ("stop_gained", "(Ala9Ter)", 1)], possible: [0, 1, 2]),
    Case(
      name: "haploid", variants: [(CodingEdit(24, 1, "T"), "1"), (CodingEdit(25, 1, "A"), "1")],
      groups: [[0, 1]: ("stop_gained", "(Ala9Ter)", 1)]),
    Case(
      name: "in neighbouring codons", variants: [(CodingEdit(23, 1, "A"), "1|1"), (CodingEdit(24, 1, "T"), "1|1")],
      groups: [:]),
    Case(
      name: "put in between two codons",
      variants: [(CodingEdit(24, 0, "TAC"), "1|1"), (CodingEdit(24, 1, "T"), "1|1")],
      groups: [:]),
    Case(
      name: "two alleles of one place",
      variants: [
        (CodingEdit(24, 1, "T"), "1|1"), (CodingEdit(25, 1, "A"), "0|1"), (CodingEdit(25, 1, "G"), "0|1"),
      ],
      groups: [:], notCombined: ["contradictory": 2, "besideObstacle": 1]),
    Case(
      name: "a deletion over an SNV", variants: [(CodingEdit(24, 3, ""), "0|1"), (CodingEdit(25, 1, "A"), "0|1")],
      groups: [:], notCombined: ["contradictory": 2]),
    Case(
      name: "a missing allele contributes nothing",
      variants: [
        (CodingEdit(24, 1, "T"), "0|1"), (CodingEdit(25, 1, "A"), ".|1"), (CodingEdit(26, 1, "T"), "./."),
      ],
      groups: [[0, 1]: ("stop_gained", "(Ala9Ter)", 1)], notPlaced: ["missing": 3]),
    Case(
      name: "start and stop",
      variants: [
        (CodingEdit(0, 1, "C"), "0|1"), (CodingEdit(1, 1, "C"), "0|1"), (CodingEdit(58, 1, "G"), "0|1"),
        (CodingEdit(59, 1, "C"), "0|1"),
      ],
      groups: [[0, 1]: ("start_lost", "Met1?", 1), [2, 3]: ("stop_lost", "(Ter20CysextTer4)", 1)]),
    Case(
      name: "to a stop that stays", variants: [(CodingEdit(58, 1, "G"), "0|1"), (CodingEdit(58, 0, "A"), "1|0")],
      groups: [:]),
  ]

  @Test(arguments: cases, [false, true])
  func groupsAreAsExpected(_ expected: Case, isReverse: Bool) async throws {
    let gene = HaplotypeGene("c", Self.parts, isReverse: isReverse)
    let folder = try TemporaryFolder()
    try folder.write(gene.fasta, to: "a.fa")
    try folder.write(gene.gff3, to: "a.gff3")
    let cache = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3"))
    var names: [String] = []
    var lines: [(contig: String, position: Int, text: String)] = []
    for (edit, genotype) in expected.variants {
      let record = gene.record(edit)
      names.append("\(record.position):\(record.reference)>\(record.alternate)")
      lines.append(
        (
          "c", record.position,
          "c\t\(record.position)\t\(names.count - 1)\t\(record.reference)\t\(record.alternate)\t.\t.\t.\tGT:PS\t\(genotype)"
        ))
    }
    try folder.write(haplotypeVCF(samples: 1, lines), to: "in.vcf")
    let (plain, _) = try await annotate(folder("in.vcf"), cache: cache, in: folder)
    let (bytes, result) = try await annotate(folder("in.vcf"), cache: cache, in: folder, haplotypes: true)
    #expect(infoValues("CSQ", plain) == infoValues("CSQ", bytes))
    let found = haplotypeGroups(bytes)
    let order = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { Int($0.split(separator: "\t")[2]) ?? -1 }
    var seen: Set<[Int]> = []
    for group in found {
      #expect(group.fields.count == 14)
      let members = group.variants.compactMap { names.firstIndex(of: $0) }.sorted()
      #expect(members.contains(order[group.record]))
      seen.insert(members)
      let want = try #require(expected.groups[members], "\(group.fields)")
      #expect(group.consequence == want.0, "\(group.fields)")
      if want.1 != "" { #expect(group.proteinName.hasSuffix(":p." + want.1), "\(group.fields)") }
      #expect(group.haplotypes == want.2)
      #expect(group.samples == 1)
    }
    #expect(seen == Set(expected.groups.keys))
    #expect(found.count == expected.groups.keys.reduce(0) { $0 + $1.count })
    let possible = infoValues("POSSIBLE_COMPOUND", bytes)
    for (number, value) in possible.enumerated() {
      #expect(value == (expected.possible.contains(order[number]) ? "Tc" : nil))
    }
    let counts = try #require(result.annotation?.haplotypes)
    #expect(counts.balances)
    #expect(counts.recordsScouted == expected.variants.count)
    #expect(counts.groups == expected.groups.count)
    #expect(counts.allelesNotCombined == expected.notCombined)
    #expect(counts.allelesNotPlaced == expected.notPlaced)
    #expect(counts.recordsPossiblyCompound == expected.possible.count)
  }

  /// A gene in a folder with a VCF of these lines behind the contig's name.
  private func annotated(_ lines: [String], isReverse: Bool = false, samples: Int = 1) async throws -> (
    bytes: [UInt8], result: VariantResult
  ) {
    let gene = HaplotypeGene("c", Self.parts, isReverse: isReverse)
    let folder = try TemporaryFolder()
    try folder.write(gene.fasta, to: "a.fa")
    try folder.write(gene.gff3, to: "a.gff3")
    let cache = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3"))
    let text = haplotypeVCF(samples: samples, lines.enumerated().map { ("c", $0.offset, "c\t" + $0.element) })
    try folder.write(text, to: "in.vcf")
    return try await annotate(folder("in.vcf"), cache: cache, in: folder, haplotypes: true)
  }

  // The CDS begins at position 27 on the plus strand: codon 9 is 51 to 53.
  @Test func allelesAreNamedAsOneList() async throws {
    let (bytes, _) = try await annotated([
      "38\t.\tT\tTT\t.\t.\t.\tGT\t0|1", "51\t.\tG\tT\t.\t.\tDB\tGT\t0|1", "52\t.\tC\tA\t.\t.\t.\tGT\t0|1",
    ])
    let groups = haplotypeGroups(bytes)
    #expect(groups.count == 3)
    #expect(groups.allSatisfy { $0.codingName == "Tc.3:c.[13dup%3B25G>T%3B26C>A]" }, "\(groups.map(\.codingName))")
    #expect(Set(groups.map(\.fields)).count == 1)
  }

  /// The CDS lacks the first codon's first two bases.
  @Test(arguments: [false, true]) func codonsOfACutCodingSequenceAreCountedWhole(isReverse: Bool) async throws {
    let parts = [String(Self.parts[0].dropFirst(2)), Self.parts[1]]
    let gene = HaplotypeGene("c", parts, isReverse: isReverse, phase: 1)
    let folder = try TemporaryFolder()
    try folder.write(gene.fasta, to: "a.fa")
    try folder.write(gene.gff3, to: "a.gff3")
    let cache = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3"))
    let edits = [CodingEdit(0, 1, "C"), CodingEdit(1, 1, "C"), CodingEdit(22, 1, "T"), CodingEdit(23, 1, "A")]
    let lines = edits.map { edit in
      let record = gene.record(edit)
      return (
        "c", record.position,
        "c\t\(record.position)\t.\t\(record.reference)\t\(record.alternate)\t.\t.\t.\tGT\t0|1"
      )
    }
    try folder.write(haplotypeVCF(samples: 1, lines), to: "in.vcf")
    let (bytes, _) = try await annotate(folder("in.vcf"), cache: cache, in: folder, haplotypes: true)
    let groups = haplotypeGroups(bytes)
    #expect(groups.map(\.consequence) == ["stop_gained", "stop_gained"])
    #expect(groups.map(\.proteinPosition) == ["9", "9"])
    #expect(groups.map(\.aminoAcids) == ["A/*", "A/*"])
  }

  @Test func allelesThatCannotBeCombinedAreCounted() async throws {
    let (bytes, result) = try await annotated([
      "51\t.\tG\tT,*,<DEL>,GN\t.\t.\t.\tGT\t1|2", "52\t.\tC\tA,<NON_REF>\t.\t.\t.\tGT\t1|2",
      "53\t.\tA\tT,G\t.\t.\t.\tGT\t2|1",
    ])
    let counts = try #require(result.annotation?.haplotypes)
    #expect(counts.balances)
    #expect(counts.allelesIn == 6)
    #expect(counts.allelesNotPlaced == ["overlappingDeletion": 1, "unspecified": 1])
    #expect(haplotypeGroups(bytes).map(\.variants) == Array(repeating: ["51:G>T", "52:C>A", "53:A>G"], count: 3))
  }

  @Test func anAlleleOverAnExonsEndStopsAGroup() async throws {
    // Codon 11 is 57, 58 and, behind the intron, 89.
    let (bytes, result) = try await annotated([
      "57\t.\tT\tC\t.\t.\t.\tGT\t1|1", "58\t.\tGGT\tG\t.\t.\t.\tGT\t0|1", "58\t.\tGG\tC\t.\t.\t.\tGT\t0|1",
      "89\t.\tG\tA\t.\t.\t.\tGT\t1|0",
    ])
    let counts = try #require(result.annotation?.haplotypes)
    #expect(counts.balances)
    #expect(counts.allelesNotCombined == ["overExonEnd": 1, "besideObstacle": 1])
    #expect(haplotypeGroups(bytes).map(\.variants) == Array(repeating: ["57:T>C", "89:G>A"], count: 2))
    #expect(haplotypeGroups(bytes).map(\.haplotypes) == [1, 1])
  }

  @Test(arguments: ["0|x", "0|3", "|", "0|", "1||1"])
  func aGenotypeThatIsNoneIsRefused(_ text: String) async throws {
    await #expect {
      _ = try await annotated(["51\t.\tG\tT\t.\t.\t.\tGT\t0|1", "52\t.\tC\tA\t.\t.\t.\tGT\t\(text)"])
    } throws: { error in
      (error as? InputError)?.kind == .malformed && (error as? InputError)?.location.record == 6
    }
  }

  @Test func recordsOutOfOrderAreRefused() async throws {
    await #expect {
      _ = try await annotated(["52\t.\tC\tA\t.\t.\t.\tGT\t0|1", "51\t.\tG\tT\t.\t.\t.\tGT\t0|1"])
    } throws: { error in
      (error as? InputError)?.kind == .malformed && (error as? InputError)?.location.record == 6
    }
  }

  @Test func anotherReferenceIsRefused() async throws {
    await #expect {
      _ = try await annotated([
        "51\t.\tC\tT\t.\t.\t.\tGT\t0|1", "52\t.\tC\tA\t.\t.\t.\tGT\t0|1",
      ])
    } throws: { error in (error as? InputError)?.kind == .mismatch }
  }

  @Test func aFileWithoutSamplesHasNoHaplotypes() async throws {
    let gene = HaplotypeGene("c", Self.parts, isReverse: false)
    let folder = try TemporaryFolder()
    try folder.write(gene.fasta, to: "a.fa")
    try folder.write(gene.gff3, to: "a.gff3")
    let cache = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3"))
    try folder.write(
      "##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nc\t51\t.\tG\tT\t.\t.\t.\nc\t52\t.\tC\tA\t.\t.\t.\n",
      to: "in.vcf")
    let (bytes, result) = try await annotate(folder("in.vcf"), cache: cache, in: folder, haplotypes: true)
    #expect(haplotypeGroups(bytes).isEmpty)
    #expect(result.annotation?.haplotypes?.recordsScouted == 2)
    #expect(result.annotation?.haplotypes?.allelesIn == 0)
  }
}
