import Benchmark
import Foundation
import HotLoops

/// Registers every loop with ordo-one/benchmark, which times it. The main is written out, so that the plug-in that would
/// write it, and what that is built of, are not needed.
@main
struct HotLoopTimes: BenchmarkRunnerHooks {
  static func registerBenchmarks() {
    // For two baselines of one machine. Committed thresholds are counts of instructions: times of one machine say
    // nothing about another.
    let tolerance = BenchmarkThresholds(relative: [.p50: 15])
    for loop in HotLoop.all {
      Benchmark(
        loop.name,
        configuration: .init(
          metrics: [.cpuTotal, .wallClock, .throughput, .instructions, .peakMemoryResident], warmupIterations: 2,
          maxDuration: .seconds(3), maxIterations: 300, thresholds: [.cpuTotal: tolerance])
      ) { (benchmark: Benchmark, data: HotLoopData) async throws -> Void in
        for _ in benchmark.scaledIterations { blackHole(try await loop.pass(over: data)) }
      } setup: {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-hotloops-1").path
        let data = HotLoopData(folder: folder)
        try await data.prepare()
        return data
      }
    }
  }
}
