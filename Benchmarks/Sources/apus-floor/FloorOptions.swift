import ArgumentParser
import GenomicFiles

/// How a floor is measured.
struct FloorOptions: ParsableArguments {
  @Option(help: "CPU threads.")
  var threads = 1

  @Option(help: "Decompressed bytes that a batch aims at.")
  var batchBytes = 1 << 20

  func validate() throws {
    guard threads >= 1 else { throw ValidationError("--threads is at least 1") }
    guard RunResources.batchByteLimits.contains(batchBytes) else {
      throw ValidationError("--batch-bytes is \(RunResources.batchByteLimits)")
    }
  }

  var resources: RunResources { RunResources(threads: threads, batchBytes: batchBytes) }
}
