import EngineTestSupport
import GenomicFiles
import Genomics
import TestSupport
import Testing

@testable import Interpretation

/// What the files of a family say of their members.
@Suite struct FamilyReadingTests {
  /// Holds candidates against what was generated.
  private func check(
    _ reading: FamilyReading, _ family: RandomFamily, _ names: [String], unknownIsEmpty: Bool,
    _ seed: UInt64
  ) {
    for candidate in reading.candidates {
      guard let (site, allele) = site(of: candidate, family) else {
        Issue.record("seed \(seed): no site has \(candidate.name)")
        continue
      }
      for (member, one) in reading.family.members.enumerated() {
        let person = names.firstIndex(of: one.name) ?? 0
        let call = candidate.calls[member]
        let known = call.copies.contains { $0 != .missing }
        guard let expected = family.copies(of: person, at: site, allele: allele) else {
          #expect(!known, "seed \(seed): \(candidate.name) of \(one.name)")
          continue
        }
        #expect(
          call.copies.map(\.rawValue).sorted() == expected.map(\.rawValue).sorted(),
          "seed \(seed): \(candidate.name) of \(one.name)")
      }
    }
  }

  /// The site and allele that a candidate is, by its bases without what REF and ALT share.
  private func site(of candidate: CandidateVariant, _ family: RandomFamily) -> (RandomFamily.Site, Int)? {
    func shape(_ position: Int, _ reference: String, _ alternate: String) -> AlleleShape {
      let (ref, alt) = (Array(reference.utf8), Array(alternate.utf8))
      return ref.withUnsafeBytes { ref in
        alt.withUnsafeBytes { AlleleShape(start: position - 1, reference: ref, alternate: $0) }
      }
    }
    let wanted = shape(candidate.position, candidate.reference, candidate.alternate)
    for site in family.sites where abs(site.position - candidate.position) < 10 {
      for (index, alternate) in site.alternates.enumerated()
      where shape(site.position, site.reference, alternate) == wanted {
        return (site, index + 1)
      }
    }
    return nil
  }

  private func names(_ reading: FamilyReading) -> [String] { reading.candidates.map(\.name) }

  @Test(
    "A joint VCF and a gVCF per person give the same candidates and calls, those that were made; VCFs without blocks leave absent relatives unknown",
    arguments: seeds(8))
  func jointAndOwnFiles(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let trio = try await TrioCache()
    let people = ["P", "M", "F"]
    let family = RandomFamily(&random, names: people, bases: try trio.bases("20"))
    let pedigree = try trioPedigree()
    try trio.folder.write(family.joint, to: "joint.vcf")
    for (index, name) in people.enumerated() {
      try trio.folder.write(family.blocks(of: index, &random), to: "\(name).g.vcf")
      try trio.folder.write(family.variants(of: index, &random), to: "\(name).vcf")
    }
    func input(_ files: [String]) -> FamilyInput {
      FamilyInput(pedigree: pedigree, pedigreePath: "ped", files: files.map { trio.folder($0) })
    }
    let joint = try await trio.read(input(["joint.vcf"]))
    #expect(joint.candidates.count > 20)
    check(joint, family, people, unknownIsEmpty: false, seed)
    let blocks = try await trio.read(input(["P.g.vcf", "M.g.vcf", "F.g.vcf"]))
    #expect(names(blocks) == names(joint))
    check(blocks, family, people, unknownIsEmpty: true, seed)
    // The order of the files and the number of threads change nothing.
    let turned = try await trio.read(input(["F.g.vcf", "P.g.vcf", "M.g.vcf"]), threads: 7)
    #expect(turned.candidates == blocks.candidates)
    #expect(try await trio.read(input(["joint.vcf"]), threads: 1).candidates == joint.candidates)

    let own = try await trio.read(input(["P.vcf", "M.vcf", "F.vcf"]))
    #expect(names(own) == names(joint))
    var unknown = 0
    for (candidate, told) in zip(own.candidates, joint.candidates) {
      for member in 1..<3 {
        let call = candidate.calls[member]
        if call == .unknown { unknown += 1 }
        // Nobody without a record is told to have the reference alone.
        #expect(call == .unknown || !told.calls[member].copies.allSatisfy { $0 == .reference })
      }
    }
    #expect(unknown > 0)
  }

  @Test("Every allele of the proband's file is a candidate or counted as dropped", arguments: seeds(2))
  func countsBalance(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let trio = try await TrioCache()
    let family = RandomFamily(&random, names: ["P", "M", "F"], bases: try trio.bases("20"))
    try trio.folder.write(family.joint, to: "joint.vcf")
    let reading = try await trio.read(
      FamilyInput(pedigree: try trioPedigree(), pedigreePath: "ped", files: [trio.folder("joint.vcf")]))
    #expect(reading.recordsIn == family.sites.count)
    #expect(reading.allelesIn == family.sites.reduce(0) { $0 + $1.alternates.count })
    #expect(reading.allelesIn == reading.candidates.count + reading.dropped.values.reduce(0, +))
    let notCarried = family.sites.reduce(0) { sum, site in
      sum + (1...site.alternates.count).count { allele in !site.genotypes[0].contains(allele) }
    }
    #expect(reading.dropped[.notCarried, default: 0] <= notCarried)
    #expect(reading.isJoint && reading.withoutData.isEmpty)
  }

  /// A block or record of a mother at the child's change of the base 20:2920 (stop_gained in SYN1), and what it tells.
  @Test(
    "A reference block tells of the reference where it covers every base, with depth and quality",
    arguments: [
      ("20", 2900, "END=2950", "0/0:30:60:20", PersonCall.Evidence.referenceBlock, 2),
      ("20", 2900, "END=2919", "0/0:30:60:20", .none, 0),
      ("20", 2921, "END=2950", "0/0:30:60:20", .none, 0),
      ("20", 2920, "END=2920", "0/0:30:60:20", .referenceBlock, 2),
      ("20", 2900, "END=2950", "0/0:30:60:9", .none, 0),
      ("20", 2900, "END=2950", "0/0:30:19:20", .none, 0),
      ("20", 2900, "END=2950", "0/0:30:.:20", .referenceBlock, 2),
      ("20", 2900, "END=2950", "./.:30:60:20", .none, 0),
      ("20", 2900, "END=2950", "0/.:30:60:20", .none, 0),
      ("20", 2900, "END=2950", "0:30:60:20", .referenceBlock, 1),
      ("20", 2900, ".", "0/0:30:60:20", .none, 0),
      ("20", 2920, ".", "0/0:30:60:20", .referenceBlock, 2),
    ] as [(String, Int, String, String, PersonCall.Evidence, Int)])
  func blocks(
    contig: String, position: Int, info: String, call: String, evidence: PersonCall.Evidence, copies: Int
  ) async throws {
    let trio = try await TrioCache()
    let bases = try trio.bases("20")
    try trio.folder.write(
      vcfHeader(["P"]) + vcfLine("20", 2920, "G", "T", ["0/1:15,15:30:60"]), to: "P.vcf")
    for symbol in ["<NON_REF>", "<*>", "."] {
      let base = String(decoding: bases[(position - 1)...(position - 1)], as: UTF8.self)
      try trio.folder.write(
        vcfHeader(["M"])
          + vcfLine(contig, position, base, symbol, info: info, format: "GT:DP:GQ:MIN_DP", [call]), to: "M.vcf")
      let reading = try await trio.read(
        FamilyInput(
          pedigree: try trioPedigree(), pedigreePath: "ped", files: [trio.folder("P.vcf"), trio.folder("M.vcf")]))
      let told = try #require(reading.candidates.first).calls[1]
      #expect(told.evidence == evidence)
      #expect(told.copies == Array(repeating: .reference, count: copies))
      #expect(reading.withoutData == ["F"])
    }
  }

  @Test("Depth tells of the reference where no record does, at every base, and never against a record")
  func depth() async throws {
    let trio = try await TrioCache()
    try trio.folder.write(
      vcfHeader(["P"]) + vcfLine("20", 2920, "G", "T", ["0/1:15,15:30:60"])
        + vcfLine("20", 11032, "AT", "A", ["0/1:15,15:30:60"])
        + vcfLine("20", 11641, "C", "G", ["0/1:15,15:30:60"]), to: "P.vcf")
    try trio.folder.write(vcfHeader(["M"]) + vcfLine("20", 11641, "C", "G", ["./.:3,0:3:5"]), to: "M.vcf")
    // Of the deletion's two bases one is shallow.
    try trio.folder.write(
      "20\t0\t11032\t30\n20\t11032\t11033\t9\n20\t11033\t24000\t30\n", to: "M.per-base.bed")
    let reading = try await trio.read(
      FamilyInput(
        pedigree: try trioPedigree(), pedigreePath: "ped", files: [trio.folder("P.vcf"), trio.folder("M.vcf")],
        depths: ["M": trio.folder("M.per-base.bed")]))
    let mother = reading.candidates.map { $0.calls[1] }
    #expect(mother.map(\.evidence) == [.depth, .none, .record])
    #expect(mother[0].copies == [.reference, .reference] && mother[0].depth == 30)
    #expect(mother[2].copies == [.missing, .missing])
    #expect(reading.evidence["M"]?["depth"] == 1 && reading.evidence["M"]?["no-record"] == 1)
  }

  @Test(
    "A joint record keeps reads of a parent called as the reference, phase sets, ploidy and alleles deleted by another")
  func jointFields() async throws {
    let trio = try await TrioCache()
    try trio.folder.write(
      vcfHeader(["F", "X", "P", "M"])
        + vcfLine(
          "20", 2920, "G", "T,*", format: "GT:AD:DP:GQ:PS",
          ["0/0:28,2,0:30:40:.", "1/1:0,9,0:9:9:.", "1|2:0,15,15:30:60:77", "0:30,0,0:30:60:."]),
      to: "joint.vcf")
    let reading = try await trio.read(
      FamilyInput(pedigree: try trioPedigree(), pedigreePath: "ped", files: [trio.folder("joint.vcf")]))
    let calls = try #require(reading.candidates.first).calls
    #expect(reading.otherSamples == 1)
    #expect(
      calls[0]
        == PersonCall(
          [.alternate, .other], isPhased: true, phaseSet: 77, evidence: .record, depth: 30, alternateDepth: 15,
          quality: 60))
    #expect(calls[1] == PersonCall([.reference], evidence: .jointRecord, depth: 30, alternateDepth: 0, quality: 60))
    #expect(
      calls[2]
        == PersonCall(
          [.reference, .reference], evidence: .jointRecord, depth: 30, alternateDepth: 2, quality: 40))
  }

  @Test("A relative's record that failed its filters is no call; one with other alleles tells what is there")
  func otherRecords() async throws {
    let trio = try await TrioCache()
    try trio.folder.write(vcfHeader(["P"]) + vcfLine("20", 2920, "G", "T", ["0/1:15,15:30:60"]), to: "P.vcf")
    for (line, copies) in [
      (vcfLine("20", 2920, "G", "T", filter: "LowQual", ["0/1:15,15:30:60"]), [.missing, .missing]),
      (vcfLine("20", 2920, "G", "T", filter: ".", ["0/1:15,15:30:60"]), [.reference, .alternate]),
      (vcfLine("20", 2920, "G", "T,<NON_REF>", ["0/0:30,0,0:30:60"]), [.reference, .reference]),
      (vcfLine("20", 2920, "G", "T,<NON_REF>", ["0/0:0,0,0:0:0"]), [.missing, .missing]),
      (vcfLine("20", 2920, "G", "C", ["0/1:15,15:30:60"]), [.reference, .other]),
      (vcfLine("20", 2920, "G", "C", ["1/1:0,30:30:60"]), [.other, .other]),
      (vcfLine("20", 2920, "G", "C", ["./1:0,30:30:60"]), [.missing, .other]),
      (vcfLine("20", 2920, "G", "C", filter: "LowQual", ["0/1:15,15:30:60"]), [.missing, .missing]),
    ] as [(String, [PersonCall.Copy])] {
      try trio.folder.write(vcfHeader(["M"]) + line, to: "M.vcf")
      let reading = try await trio.read(
        FamilyInput(
          pedigree: try trioPedigree(), pedigreePath: "ped", files: [trio.folder("P.vcf"), trio.folder("M.vcf")]))
      #expect(try #require(reading.candidates.first).calls[1].copies == copies, "\(line)")
    }
  }
}
