import Annotation
import EngineTestSupport
import GenomicFiles
import Genomics
import TestSupport
import Testing
import Variants

@testable import Interpretation

/// Candidates from a pass that is made for something else.
@Suite struct ProbandPassTests {
  private func criteria() throws -> CandidateCriteria {
    CandidateCriteria(
      profile: try TieringProfile.named("gel-nembus-draft"),
      panels: PanelIndex(PanelSet(sorted: [], faults: []), assembly: nil))
  }

  /// Writes the proband's variants, split and annotated, with the family's pass beside.
  private func pass(
    _ trio: TrioCache, _ input: FamilyInput, _ options: ConsequenceOptions, threads: Int
  ) async throws -> ProbandReading? {
    let resources = RunResources(threads: threads, batchBytes: 4096)
    let annotator = try ConsequenceAnnotator(trio.cache, input: input.files[0], options: options)
    guard let pass = try await ProbandPass(input, annotator: annotator, criteria: criteria(), resources: resources)
    else { return nil }
    var job = VariantJob(
      input: InputFile(path: pass.path),
      output: OutputPlan(path: trio.folder("out\(threads).vcf"), container: .plain, force: true))
    job.normalises = true
    job.splits = true
    job.annotator = annotator
    job.tap = pass.records
    let result = try await processVariants(job, reference: trio.cache, resources: resources)
    _ = try await result.pending?.commit()
    return pass.reading(result)
  }

  private func read(_ trio: TrioCache, _ input: FamilyInput, _ proband: ProbandReading?) async throws -> FamilyReading {
    try await readFamily(
      input, annotator: try trio.annotator(input.files[0]), criteria: criteria(), proband: proband,
      resources: trio.resources)
  }

  @Test("A pass that writes the variants gives the family that reading for tiers alone gives", arguments: seeds(6))
  func same(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let trio = try await TrioCache()
    let family = RandomFamily(&random, names: ["P", "M", "F"], bases: try trio.bases("20"))
    try trio.folder.write(family.joint, to: "joint.vcf")
    for (index, name) in ["P", "M", "F"].enumerated() {
      try trio.folder.write(family.plainVariants(of: index, &random), to: "\(name).vcf")
    }
    for files in [["joint.vcf"], ["M.vcf", "P.vcf", "F.vcf"]] {
      let input = FamilyInput(
        pedigree: try trioPedigree(), pedigreePath: "ped", files: files.map { trio.folder($0) })
      let alone = try await read(trio, input, nil)
      #expect(alone.candidates.count > 10, "seed \(seed)")
      for threads in [1, 2, 7] {
        let proband = try #require(try await pass(trio, input, ConsequenceOptions(), threads: threads))
        let reading = try await read(trio, input, proband)
        #expect(reading.candidates == alone.candidates, "seed \(seed)")
        #expect(reading.record == alone.record, "seed \(seed)")
        #expect(reading.starts == alone.starts, "seed \(seed)")
      }
      #expect(try trio.folder.read("out1.vcf") == trio.folder.read("out7.vcf"))
    }
  }

  @Test("Alleles beside <NON_REF> are not normalised in a pass that writes them, so that it does not stand for tiers'")
  func unspecified() async throws {
    var random = SeededGenerator(seed: 1)
    let trio = try await TrioCache()
    let family = RandomFamily(&random, names: ["P", "M", "F"], bases: try trio.bases("20"))
    try trio.folder.write(family.blocks(of: 0, &random), to: "P.g.vcf")
    let input = FamilyInput(
      pedigree: try trioPedigree(), pedigreePath: "ped", files: [trio.folder("P.g.vcf")])
    #expect(try await pass(trio, input, ConsequenceOptions(), threads: 2) == nil)
  }

  @Test("Entries without the fields that candidates need, and another family's reading, are not taken")
  func refused() async throws {
    let trio = try await TrioCache()
    let anchor = String(decoding: try trio.bases("20")[2918...2918], as: UTF8.self)
    for name in ["P", "Q"] {
      try trio.folder.write(
        vcfHeader([name, "M", "F"])
          + vcfLine("20", 2919, "\(anchor)G", "\(anchor)T", ["0/1:15,15:30:60", "0/0", "0/0"]),
        to: "\(name).vcf")
    }
    func input(_ child: String) throws -> FamilyInput {
      FamilyInput(
        pedigree: try trioPedigree(child: child), pedigreePath: "ped", files: [trio.folder("\(child).vcf")])
    }
    #expect(try await pass(trio, input("P"), ConsequenceOptions(profile: .minimal), threads: 2) == nil)
    let other = try await pass(trio, input("Q"), ConsequenceOptions(), threads: 2)
    let reading = try await read(trio, input("P"), other)
    #expect(reading.candidates.count == 1 && reading.family.members[0].name == "P")
  }
}
