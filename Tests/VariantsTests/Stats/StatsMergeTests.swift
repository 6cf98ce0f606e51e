import EngineTestSupport
import GenomicFiles
import Genomics
import Testing

@testable import Variants

@Suite struct StatsMergeTests {
  @Test(arguments: seeds(2))
  func `text and report are the same at any threads and batch size`(seed: UInt64) async throws {
    var generator = StatsGenerator(seed: seed, samples: 3)
    let folder = try ScratchFolder()
    let path = try folder.write(generator.file(900), "in.vcf")
    let fasta = try folder.write(generator.fasta, "ref.fa")
    var expected: (text: String, report: VariantStatsReport)?
    for (threads, batchBytes) in [(1, 1 << 20), (2, 4096), (7, 4096), (7, 16 << 10), (1, 4096)] {
      let stats = try await variantStats(path, fasta: fasta, threads: threads, batchBytes: batchBytes)
      let found = (stats.text(file: "x"), stats.report())
      if let expected {
        #expect(found == expected, "\(threads) threads, \(batchBytes) bytes")
      } else {
        expected = found
      }
    }
  }

  @Test(arguments: seeds(3))
  func `parts of any split merge in any order to the unsplit counts`(seed: UInt64) async throws {
    var generator = StatsGenerator(seed: seed, samples: 5)
    let folder = try ScratchFolder()
    let path = try folder.write(generator.file(600), "in.vcf")
    var options = VariantStatsOptions()
    options.splitsByID = generator.random.oneIn(2)
    options.regions = [StatsEqualityTests.region(100, 3000), StatsEqualityTests.region(2000, 5000)]
    options.pedigree = try Pedigree([
      Pedigree.Individual(family: "f", name: "S0", father: "S1", mother: "S2", sex: .male)
    ])
    let resources = RunResources(threads: 1, batchBytes: 4096)
    let parts = 1 + generator.random.int(1...5)
    let choices = (0..<2000).map { _ in generator.random.int(0...(parts - 1)) }
    let settings = options
    let (whole, split) = try await withChunks(
      of: InputFile(path: path), endOfFile: .required, resources: resources
    ) { source in
      let reader = try await VCFReader(source, resources: resources)
      let plan = try StatsPlan(settings, header: reader.header, hasReference: false, path: path)
      var whole = StatsPart(plan: plan)
      var split = (0..<parts).map { _ in StatsPart(plan: plan) }
      var index = 0
      while let batch = try await reader.next() {
        try whole.add(batch, [])
        try split[choices[index]].add(batch, [])
        index += 1
      }
      return (whole, split)
    }
    var sum = StatsPart(plan: whole.plan)
    for part in split.shuffled(using: &generator.random) { sum.merge(part) }
    #expect(VariantStats(sum).text(file: "x") == VariantStats(whole).text(file: "x"))
    #expect(VariantStats(sum).report() == VariantStats(whole).report())
  }

  @Test func `a pass that normalises counts the same of the records as read`() async throws {
    var generator = StatsGenerator(seed: 5, samples: 2)
    let folder = try ScratchFolder()
    let lines = generator.file(200)
    let path = try folder.write(lines, "in.vcf")
    let fasta = try folder.write(generator.fasta, "ref.fa")
    let resources = RunResources(threads: 2, batchBytes: 8192)
    var job = VariantJob(input: InputFile(path: path), output: nil)
    job.normalises = true
    job.referenceCheck = .warn
    job.stats = VariantStatsOptions()
    let reference = try FASTAReference(path: fasta, registry: resources.outputs)
    let result = try await processVariants(job, reference: reference, resources: resources)
    let alone = try await variantStats(path, fasta: fasta)
    #expect(result.stats?.text(file: "x") == alone.text(file: "x"))
    #expect(result.stats?.report() == alone.report())
  }
}
