import GenomicFiles
import Reads

extension HotLoop {
  static let reads = [
    HotLoop(name: "fastq-scan", summary: "finds the lines of a pair of FASTQ files, in step") { data in
      try await withChunks(of: InputFile(path: data.reads.0), endOfFile: .expected, resources: resources) { one in
        try await withChunks(of: InputFile(path: data.reads.1), endOfFile: .expected, resources: resources) { two in
          let reader = FASTQUnitReader(FASTQReader(one), FASTQReader(two))
          var pairs = 0
          while let unit = try await reader.next() { pairs += unit.count }
          return pairs
        }
      }
    },
    HotLoop(name: "fastq-metrics", summary: "trims, filters and counts by fastp's rules, and writes nothing") { data in
      try await process(data, outputs: [])
    },
    HotLoop(name: "fastq-write", summary: "the same, and deflates what is kept at level 4") { data in
      let outputs = ["1", "2"].map { mate in
        var plan = OutputPlan(
          path: data.path("out.\(mate).fastq.gz"), container: .bgzf(level: 4), force: true, hashes: false)
        plan.content = .fastq
        return plan
      }
      return try await process(data, outputs: outputs)
    },
  ]

  private static func process(_ data: HotLoopData, outputs: [OutputPlan]) async throws -> Int {
    let job = ReadJob(
      input1: InputFile(path: data.reads.0), input2: InputFile(path: data.reads.1), options: ReadOptions(),
      outputs: outputs)
    return try await processReads(job, resources: resources).summary.readsIn
  }
}
