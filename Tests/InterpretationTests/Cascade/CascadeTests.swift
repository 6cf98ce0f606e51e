import Annotation
import EngineTestSupport
import GenomicFiles
import Genomics
import TestSupport
import Testing
import Variants

@testable import Interpretation

@Suite struct CascadeTests {
  private func find(
    _ lines: String, _ variant: String, reads: ReadBases? = nil
  ) async throws -> CascadeFinding {
    let trio = try await TrioCache()
    try trio.folder.write(vcfHeader(["R"]) + lines, to: "R.vcf")
    let one = try FamilialVariant(variant, cache: trio.cache)
    let (sample, findings) = try await cascade(
      [one], in: trio.folder("R.vcf"), cache: trio.cache, reads: reads.map { reads in { _, _ in reads } },
      resources: trio.resources)
    #expect(sample == "R")
    return try #require(findings.first)
  }

  /// The relative's record or block, and what it tells of the change of 20:2920, G to T.
  @Test(
    "A variant is present with its zygosity, absent where the reference is called, and else not callable",
    arguments: [
      (vcfLine("20", 2920, "G", "T", ["0/1:15,15:30:60"]), .present, .heterozygous, .record),
      (vcfLine("20", 2920, "G", "T", ["1/1:0,30:30:60"]), .present, .homozygous, .record),
      (vcfLine("20", 2920, "G", "T", ["1:0,30:30:60"]), .present, .hemizygous, .record),
      (vcfLine("20", 2920, "G", "T", ["./1:0,30:30:60"]), .present, .notKnown, .record),
      (vcfLine("20", 2920, "G", "C,T", ["1/2:0,15,15:30:60"]), .present, .heterozygous, .record),
      (vcfLine("20", 2920, "G", "T,<NON_REF>", ["0/1:15,15,0:30:60"]), .present, .heterozygous, .record),
      (vcfLine("20", 2920, "G", "T", ["0/0:30,0:30:60"]), .absent, nil, .record),
      (vcfLine("20", 2920, "G", "C", ["0/1:15,15:30:60"]), .absent, nil, .record),
      (vcfLine("20", 2920, "G", "T", ["0/0:9,0:9:60"]), .notCallable, nil, .nothing),
      (vcfLine("20", 2920, "G", "T", ["0/0:30,0:30:10"]), .notCallable, nil, .nothing),
      (vcfLine("20", 2920, "G", "T", ["./.:0,0:0:0"]), .notCallable, nil, .nothing),
      (vcfLine("20", 2920, "G", "T", ["0/.:30,0:30:60"]), .notCallable, nil, .nothing),
      (vcfLine("20", 2920, "G", "T", filter: "LowQual", ["0/1:15,15:30:60"]), .notCallable, nil, .nothing),
      (vcfLine("20", 2920, "G", "T", filter: "LowQual", ["0/0:30,0:30:60"]), .notCallable, nil, .nothing),
      (
        vcfLine("20", 2920, "G", "<NON_REF>", info: "END=2930", format: "GT:DP:GQ:MIN_DP", ["0/0:30:60:22"]), .absent,
        nil, .referenceBlock
      ),
      (
        vcfLine("20", 2920, "G", "<NON_REF>", info: "END=2930", format: "GT:DP:GQ:MIN_DP", ["0/0:30:60:2"]),
        .notCallable, nil, .nothing
      ),
      (vcfLine("20", 5000, "N", "A", ["0/1:15,15:30:60"]), .notCallable, nil, .nothing),
    ] as [(String, CascadeFinding.Status, CascadeFinding.Zygosity?, CascadeFinding.Basis)])
  func statuses(
    line: String, status: CascadeFinding.Status, zygosity: CascadeFinding.Zygosity?, basis: CascadeFinding.Basis
  ) async throws {
    let trio = try await TrioCache()
    // A record elsewhere has the reference's own base.
    let base = String(decoding: try trio.bases("20")[4999...4999], as: UTF8.self)
    let own = line.replacing("\t5000\t.\tN\tA\t", with: "\t5000\t.\t\(base)\t\(base == "A" ? "C" : "A")\t")
    let finding = try await find(own, "20-2920-G-T")
    #expect(finding.status == status, "\(finding.words)")
    #expect(finding.zygosity == zygosity)
    #expect(finding.basis == basis)
    #expect(!finding.words.contains("negative") && !finding.words.contains("normal"))
  }

  @Test("Reads tell of a change of one base alone, and never against a read with the allele")
  func reads() async throws {
    let none = try await find("", "20-2920-G-T", reads: ReadBases([0, 0, 30, 0, 0]))
    #expect(none.status == .absent && none.basis == .reads && none.depth == 30 && none.alternateDepth == 0)
    #expect(try await find("", "20-2920-G-T", reads: ReadBases([0, 0, 29, 1, 0])).status == .notCallable)
    #expect(try await find("", "20-2920-G-T", reads: ReadBases([0, 0, 9, 0, 0])).status == .notCallable)
    #expect(try await find("", "20-11032-AT-A", reads: ReadBases([30, 0, 0, 0, 0])).status == .notCallable)
    let called = try await find(
      vcfLine("20", 2920, "G", "T", ["0/1:15,15:30:60"]), "20-2920-G-T", reads: ReadBases([0, 0, 30, 0, 0]))
    #expect(called.status == .present)
  }

  @Test(
    "Every name of a random allele is the same variant: as the record has it, with more bases around, and by HGVS on the genome as annotated",
    arguments: seeds(4))
  func names(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let trio = try await TrioCache()
    let bases = try trio.bases("20")
    var written: [(Int, String, String)] = []
    var lines = ""
    var position = 2000
    while position < 17_000 {
      let start = position - 1
      position += random.int(40...90)
      let length = random.int(1...5)
      guard !bases[(start - 5)..<(start + 20)].contains(UInt8(ascii: "N")) else { continue }
      let reference = String(decoding: bases[start...(start + (random.oneIn(2) ? 0 : length))], as: UTF8.self)
      let anchor = String(reference.prefix(1))
      let alternate =
        switch random.int(0...3) {
        case 0: reference + random.text("ACGT", length)
        // A copy of what stands behind.
        case 1:
          reference
            + String(
              decoding: bases[(start + reference.utf8.count)..<(start + reference.utf8.count + length)], as: UTF8.self)
        case 2: anchor
        default: random.text("ACGT", random.int(1...4))
        }
      guard alternate != reference else { continue }
      written.append((start + 1, reference, alternate))
      lines += vcfLine("20", start + 1, reference, alternate, ["0/1:15,15:30:60"])
    }
    try trio.folder.write(vcfHeader(["R"]) + lines, to: "R.vcf")
    // The annotator's own names.
    var job = VariantJob(
      input: InputFile(path: trio.folder("R.vcf")),
      output: OutputPlan(path: trio.folder("out.vcf"), container: .plain, force: true))
    job.annotator = try ConsequenceAnnotator(
      trio.cache, input: "R.vcf", options: ConsequenceOptions(fields: [.genomicName]))
    if let pending = try await processVariants(job, reference: nil, resources: trio.resources).pending {
      _ = try await pending.commit()
    }
    let names = String(decoding: try trio.folder.read("out.vcf"), as: UTF8.self).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.map { line in
        String(
          line.split(separator: "\t")[7].split(separator: ";").first { $0.hasPrefix("CSQ=") }?.dropFirst(4)
            .prefix { $0 != "," } ?? "")
      }
    #expect(names.count == written.count)
    var variants: [FamilialVariant] = []
    for (one, name) in zip(written, names) {
      let dashes = try FamilialVariant("20-\(one.0)-\(one.1)-\(one.2)", cache: trio.cache)
      #expect(
        try FamilialVariant("20:\(one.0):\(one.1.lowercased()):\(one.2)", cache: trio.cache).allele == dashes.allele)
      let end = one.0 - 1 + one.1.utf8.count
      let behind = String(decoding: bases[end..<(end + 3)], as: UTF8.self)
      let before = String(decoding: bases[(one.0 - 3)..<(one.0 - 1)], as: UTF8.self)
      #expect(
        try FamilialVariant(
          "20-\(one.0 - 2)-\(before + one.1 + behind)-\(before + one.2 + behind)", cache: trio.cache
        ).allele == dashes.allele)
      #expect(try FamilialVariant(name, cache: trio.cache).allele == dashes.allele, "seed \(seed): \(name)")
      variants.append(dashes)
    }
    // All are found in the file that has them.
    let (_, findings) = try await cascade(
      variants, in: trio.folder("R.vcf"), cache: trio.cache, resources: trio.resources)
    #expect(findings.allSatisfy { $0.status == .present && $0.zygosity == .heterozygous })
  }

  @Test(
    "A text that is no variant is a usage error; one that contradicts the reference is not",
    arguments: [
      ("20-2920-G", true), ("20-x-G-T", true), ("", true), ("ENST1:c.5A>G", true), ("P1:p.Gly5Ala", true),
      ("20:g.2920G>", true), ("20:g.2920_2919del", true), ("20:g.5_9insA", true), ("20-2920-G-<DEL>", true),
      ("20-2920-A-T", false), ("chr20-2920-G-T", false), ("19-2920-G-T", false), ("20-2920-G-G", false),
      ("20-99999-G-T", false), ("20:g.2920A>T", false), ("20:g.2920delA", false), ("NC_000020.10:g.2920G>T", false),
    ])
  func refusals(text: String, isUsage: Bool) async throws {
    let trio = try await TrioCache()
    let refusal = #expect(throws: FamilialVariant.Refusal.self) { try FamilialVariant(text, cache: trio.cache) }
    #expect(refusal?.isUsage == isUsage, "\(refusal?.description ?? "")")
  }

  @Test("Findings carry the names that the annotation gives, those of an annotated file, the same for every spelling")
  func transcriptNames() async throws {
    let trio = try await TrioCache()
    try trio.folder.write(
      vcfHeader(["R"]) + vcfLine("20", 2920, "G", "T", ["0/1:15,15:30:60"]), to: "R.vcf")
    // The names that annotating the same allele in a file gives.
    try trio.folder.write(vcfHeader(["P"]) + vcfLine("20", 2920, "G", "T", ["0/1:15,15:30:60"]), to: "P.vcf")
    let reading = try await trio.read(
      FamilyInput(
        pedigree: try Pedigree([.init(family: "1", name: "P", affection: .affected)]), pedigreePath: "ped",
        files: [trio.folder("P.vcf")]))
    let annotated = try #require(reading.candidates.first).transcripts
    let variants = try ["20-2920-G-T", "20:g.2920G>T"].map {
      try FamilialVariant($0, cache: trio.cache)
    }
    let (_, findings) = try await cascade(
      variants, in: trio.folder("R.vcf"), cache: trio.cache, annotator: try trio.annotator("R.vcf"),
      resources: trio.resources)
    let named = try #require(findings[0].consequences.first)
    #expect(named.hgvsc?.contains(":c.") == true && named.hgvsp?.contains(":p.") == true)
    #expect(Set(annotated).isSubset(of: findings[0].consequences))
    #expect(findings[1].consequences == findings[0].consequences)
    let text = String(
      decoding: try CascadeReport(cache: trio.cache, sample: "R", findings: findings, usedReads: false).json(),
      as: UTF8.self)
    #expect(try text.contains(#require(named.hgvsc)) && text.contains("apus-cascade/1"))
  }

  @Test("A relative's file on another reference is refused as the cache's matter, in cascade and in a family")
  func otherReference() async throws {
    let trio = try await TrioCache()
    let line = vcfLine("20", 2920, "G", "T", ["0/1:15,15:30:60"])
    let header = vcfHeader(["R"])
    let variants = [try FamilialVariant("20-2920-G-T", cache: trio.cache)]
    for (what, text) in [
      ("another length", header.replacing("ID=20,length=24000", with: "ID=20,length=64444167") + line),
      ("another name", (header + line).replacing("ID=20,", with: "ID=chr20,").replacing("\n20\t", with: "\nchr20\t")),
      (
        "a contig that the cache lacks",
        (header + line).replacing("ID=20,", with: "ID=7,").replacing("\n20\t", with: "\n7\t")
      ),
    ] {
      try trio.folder.write(text, to: "R.vcf")
      let error = await #expect(throws: CacheError.self, "\(what)") {
        try await cascade(variants, in: trio.folder("R.vcf"), cache: trio.cache, resources: trio.resources)
      }
      #expect(error?.kind == .otherReference)
      try trio.folder.write(vcfHeader(["P"]) + line, to: "P.vcf")
      let family = try Pedigree([
        .init(family: "1", name: "P", mother: "R", affection: .affected), .init(family: "1", name: "R", sex: .female),
      ])
      let inFamily = await #expect(throws: CacheError.self, "\(what)") {
        try await trio.read(
          FamilyInput(pedigree: family, pedigreePath: "ped", files: [trio.folder("P.vcf"), trio.folder("R.vcf")]))
      }
      #expect(inFamily?.kind == .otherReference)
    }
    // A contig that the header declares otherwise, and that has no records, is nobody's matter.
    try trio.folder.write(header.replacing("ID=X,length=5000", with: "ID=X,length=5001") + line, to: "R.vcf")
    let (_, findings) = try await cascade(
      variants, in: trio.folder("R.vcf"), cache: trio.cache, resources: trio.resources)
    #expect(findings.map(\.status) == [.present])
  }

  @Test("A file of several samples needs a name; the same variant asked twice is answered twice")
  func samples() async throws {
    let trio = try await TrioCache()
    try trio.folder.write(
      vcfHeader(["R", "S"]) + vcfLine("20", 2920, "G", "T", ["0/1:15,15:30:60", "0/0:30,0:30:60"]), to: "R.vcf")
    let variants = try ["20-2920-G-T", "20:2920:G:T"].map { try FamilialVariant($0, cache: trio.cache) }
    await #expect(throws: InputError.self) {
      try await cascade(variants, in: trio.folder("R.vcf"), cache: trio.cache, resources: trio.resources)
    }
    let (_, found) = try await cascade(
      variants, in: trio.folder("R.vcf"), sample: "S", cache: trio.cache, resources: trio.resources)
    #expect(found.map(\.status) == [.absent, .absent])
    #expect(found.map(\.asked) == ["20-2920-G-T", "20:2920:G:T"])
  }
}
