import EngineTestSupport
import Reads
import Testing

/// The report does not depend on how reads are shared out among workers.
@Suite struct FastQCMergeTests {
  /// A worker's own state.
  private struct Worker {
    var collector = FastQCCollector()
    var sequences = FastQCSequenceCounts()
  }

  @Test(arguments: seeds(6))
  func `any number of workers and any order of merging give the report of one`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let cases: [FastQCCase] = [
      .moreThan100000Distinct, .trimmed20to300, .long, .tileNamesMixed, .tilesTooMany, .overrepresented, .withEmpty,
    ]
    let set = random.pick(cases).reads(seed: seed)
    let workers = random.int(1...9)
    let ours = shared(set, workers: workers, &random)
    #expect(ours.text == set.report("reads.fastq").text, "\(workers) workers")
  }

  /// A table that fills is counted by workers, whatever the seed.
  @Test func `workers count a full table as the sink does`() {
    let set = FastQCCase.moreThan100000Distinct.reads(seed: 8)
    var random = SeededGenerator(seed: 9)
    #expect(shared(set, workers: 3, &random).text == set.report("reads.fastq").text)
  }

  /// Follows the protocol of `FastQCSequences`: batches in random hands, the table seen late.
  private func shared(_ set: FastQCTestSet, workers count: Int, _ random: inout SeededGenerator) -> FastQCReport {
    var workers = [Worker](repeating: Worker(), count: count)
    var sequences = FastQCSequences()
    var published: FastQCFrozenSequences?
    var start = 0
    while start < set.count {
      // Batches under way together see the table of before.
      let seen = published
      for _ in 0..<random.int(1...count) where start < set.count {
        let batch = start..<min(set.count, start + random.int(1...5_000))
        let worker = random.int(0...(count - 1))
        set.add(batch, to: &workers[worker].collector)
        for record in batch {
          set.sequences[record].withUnsafeBytes { sequence in
            if let seen { workers[worker].sequences.add(sequence, in: seen) } else { sequences.add(sequence) }
          }
        }
        start = batch.upperBound
      }
      if published == nil, sequences.isFrozen { published = sequences.frozen() }
    }
    var collector = FastQCCollector()
    for worker in workers.shuffled(using: &random) {
      collector.merge(worker.collector)
      sequences.merge(worker.sequences)
    }
    return FastQCReport(
      fileName: "reads.fastq", cycles: set.cycleCounts, collector: collector, sequences: sequences,
      contaminants: FastQCContaminants())
  }
}
