import Foundation
import GenomicFiles
import Genomics
import TestSupport
import Testing
import Variants

@testable import Annotation

/// rsIDs: which alleles of a cache's sources they name.
@Suite("rsIDs in sources of known variants")
struct IdentifierTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private static let header = """
    ##fileformat=VCFv4.2
    ##INFO=<ID=RS,Number=.,Type=String,Description="dbSNP">
    ##INFO=<ID=AF,Number=A,Type=Float,Description="Frequency">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO

    """

  private static func text(_ bases: [UInt8]) -> String { String(decoding: bases, as: UTF8.self) }

  private func build(_ genome: KnownGenome, _ sources: [String]) async throws -> AnnotationCache {
    let text = Self.text(genome.bases)
    try folder.write(">c\n\(text)\n>d\n\(text)\n", to: "a.fa")
    let lines = ["mRNA\t11\t40\t.\t+\t.\tID=t", "exon\t11\t40\t.\t+\t.\tParent=t"]
    try folder.write("##gff-version 3\n" + lines.map { "c\ttest\t\($0)\n" }.joined(), to: "a.gff3")
    let specs = try sources.map { text in
      let parts = text.split(separator: "=", maxSplits: 1)
      return try #require(KnownSourceSpec("\(parts[0])=\(folder(String(parts[1])))", layout: .variants))
    }
    try await buildCache(
      fasta: folder("a.fa"), annotation: folder("a.gff3"), sources: specs, output: folder("a.cache"), force: true,
      resources: RunResources(threads: 2))
    return try AnnotationCache(path: folder("a.cache"))
  }

  private static func names(_ alleles: [IdentifiedAllele]) -> Set<String> {
    Set(alleles.map { "\($0.contig) \($0.position) \($0.reference) \($0.alternate)" })
  }

  @Test(
    "Random alleles under random identifiers: each names exactly its alleles, in their one form",
    arguments: [(4_000, "ID"), (4_000, "RS"), (30, "ID"), (400, "RS")])
  func everyAllele(identifiers: Int, field: String) async throws {
    var random = SplitMix64()
    let genome = KnownGenome(&random, count: 8_000)
    // The allele's names by identifier; a few have two identifiers, many share one.
    var expected: [Int: Set<String>] = [:]
    var lines: [(contig: String, start: Int, text: String)] = []
    for contig in ["c", "d"] {
      for _ in 0..<1_000 {
        let allele = genome.allele(&random, in: 0...(genome.bases.count - 20))
        let form = try genome.canonical(allele)
        var numbers = [100 + random.int(0...(identifiers - 1))]
        // Few have two: a column of numbers alone is stored otherwise.
        if identifiers < 1_000, random.chance(0.2) { numbers.append(100 + random.int(0...(identifiers - 1))) }
        for number in numbers {
          expected[number, default: []].insert(
            "\(contig) \(form.start + 1) \(Self.text(form.reference)) \(Self.text(form.alternate))")
        }
        let names = field == "ID" ? numbers.map { "rs\($0)" }.joined(separator: ";") : "."
        let entry = field == "RS" ? "RS=\(numbers.map(String.init).joined(separator: ","))" : "."
        lines.append(
          (
            contig, allele.start,
            "\(contig)\t\(allele.start + 1)\t\(names)\t\(Self.text(allele.reference))\t\(Self.text(allele.alternate))\t.\t.\t\(entry)\n"
          ))
      }
    }
    lines.sort { ($0.contig, $0.start) < ($1.contig, $1.start) }
    try folder.write(Self.header + lines.map(\.text).joined(), to: "s.vcf")
    let cache = try await build(genome, ["s=s.vcf:\(field),AF"])
    for (number, names) in expected.prefix(300) {
      let (alleles, sources) = try cache.alleles(of: try #require(RSIdentifier("rs\(number)")))
      #expect(Self.names(alleles) == names)
      #expect(alleles.count == names.count && sources == ["s"])
    }
    for number in 0..<200 where expected[number + 99_000] == nil {
      let identifier = try #require(RSIdentifier("rs\(number + 99_000)"))
      #expect(try cache.alleles(of: identifier).alleles.isEmpty)
    }
  }

  @Test("All alternates of a record, several sources, names among others; a number in ID is no rsID")
  func shared() async throws {
    var random = SplitMix64()
    let genome = KnownGenome(bases: random.letters(3_000, of: "ACGT"))
    let base = { (place: Int) in Self.text([genome.bases[place]]) }
    let others = { (place: Int) in ["A", "C", "G", "T"].filter { $0 != base(place) } }
    let long = String(repeating: "ACGT", count: 40)
    try folder.write(
      Self.header + "c\t100\trs77;rs1234567890\t\(base(99))\t\(others(99).joined(separator: ","))\t.\t.\tAF=.\n"
        + "c\t200\trs770\t\(base(199))\t\(base(199))\(long)\t.\t.\t.\nc\t300\tX;rs77\t\(base(299))\t\(others(299)[0])\t.\t.\t.\n",
      to: "s.vcf")
    try folder.write(
      Self.header
        + "c\t100\t88\t\(base(99))\t\(others(99)[1])\t.\t.\tRS=77\nd\t5\t77\t\(base(4))\t\(others(4)[0])\t.\t.\t.\n",
      to: "clinvar.vcf")
    let cache = try await build(genome, ["s=s.vcf", "clinvar=clinvar.vcf:ID,RS", "f=s.vcf:AF"])
    let found = try cache.alleles(of: try #require(RSIdentifier("RS77")))
    #expect(found.sources == ["s", "clinvar"])
    #expect(found.alleles.map(\.position.value) == [100, 100, 100, 300])
    #expect(found.alleles.map(\.alternate) == others(99) + [others(299)[0]])
    #expect(found.alleles.map(\.sources) == [["s"], ["s", "clinvar"], ["s"], ["s"]])
    let tenDigits = try #require(RSIdentifier("rs1234567890"))
    #expect(try cache.alleles(of: tenDigits).alleles.count == 3)
    let insertion = try #require(RSIdentifier("rs770"))
    let inserted = try #require(try cache.alleles(of: insertion).alleles.first)
    #expect(inserted.alternate.utf8.count == 161 && inserted.reference.utf8.count == 1)
    // ClinVar's own numbers are not dbSNP's.
    let own = try #require(RSIdentifier("rs88"))
    #expect(try cache.alleles(of: own).alleles.isEmpty)
  }

  @Test(
    "Without a source that has rsIDs nothing is said to be unknown", arguments: [[], ["s=s.vcf:AF"], ["s=s.vcf:ID"]])
  func without(sources: [String]) async throws {
    var random = SplitMix64()
    let genome = KnownGenome(bases: random.letters(500, of: "A"))
    try folder.write(Self.header + "c\t100\t77\tA\tC\t.\t.\tAF=0.1\n", to: "s.vcf")
    let cache = try await build(genome, sources)
    let identifier = try #require(RSIdentifier("rs77"))
    let error = #expect(throws: CacheError.self) { try cache.alleles(of: identifier) }
    #expect(error?.kind == .lacksIdentifiers)
  }

  @Test(
    "What is an rsID",
    arguments: [
      ("rs12", true), ("RS121918460", true), ("rs1", false), ("rs", false), ("rs012", false), ("rs12a", false),
      ("ss12", false), ("rs１２", false),
    ])
  func forms(text: String, isOne: Bool) { #expect((RSIdentifier(text) != nil) == isOne) }

  @Test("Every code of an allele tells the change that it was made of")
  func codes() {
    var random = SplitMix64()
    for _ in 0..<2_000 {
      let alternate = random.letters(random.int(1...8), of: "ACGT")
      let length = random.int(1...6)
      let anchor = random.chance(0.7) ? alternate[0] : UInt8(ascii: "A")
      guard
        let code = alternate.withUnsafeBytes({ AlleleCode.code(referenceLength: length, anchor: anchor, alternate: $0) }
        )
      else {
        Issue.record("no code")
        continue
      }
      switch AlleleCode.change(code) {
      case .substitution(let bases): #expect(bases == alternate && length == alternate.count)
      case .insertion(let bases): #expect([anchor] + bases == alternate && length == 1)
      case .deletion(let count): #expect(count == length - 1 && alternate == [anchor])
      case .long: #expect(code == AlleleCode.long)
      }
    }
  }
}
