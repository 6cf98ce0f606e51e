/// What a piece of work costs, by the size of what it reads.
///
/// The numbers are from measurement of version 0.1.0 on 2 cores of an x86-64 server, with room above what was seen;
/// Docs/schedulers.md has the measurement and how to repeat it.
struct UnitCost: Sendable {
  /// Memory whatever the input, in MiB.
  var fixedMemory: Double
  /// Memory for each thread, in MiB, at batches of 1 MiB: what is in flight.
  var threadMemory: Double
  /// Bytes of memory for each stored byte of input, up to `memoryLimit`: what is kept of the data for its result.
  var memoryPerByte: Double
  /// The most that `memoryPerByte` comes to, in MiB.
  var memoryLimit: Double
  /// Bytes written for each stored byte of input.
  var diskPerByte: Double
  /// Bytes written whatever the input, in MiB: pages and tables.
  var fixedDisk: Double
  /// Stored bytes that one thread gets through in a second.
  var bytesPerSecond: Double
  /// The number of threads beyond which one more is of no use.
  var usefulThreads: Double

  /// Reads copied and counted.
  static let reads = UnitCost(
    fixedMemory: 80, threadMemory: 8, memoryPerByte: 0.02, memoryLimit: 64, diskPerByte: 1.25, fixedDisk: 1,
    bytesPerSecond: 18e6, usefulThreads: 16)
  /// Alignments counted by every collector.
  static let alignments = UnitCost(
    fixedMemory: 32, threadMemory: 4, memoryPerByte: 0.05, memoryLimit: 2048, diskPerByte: 0.02, fixedDisk: 2,
    bytesPerSecond: 18e6, usefulThreads: 8)
  /// Variants checked, normalised and written, without an annotation cache.
  static let variants = UnitCost(
    fixedMemory: 24, threadMemory: 4, memoryPerByte: 0.5, memoryLimit: 512, diskPerByte: 1.5, fixedDisk: 1,
    bytesPerSecond: 9e6, usefulThreads: 16)
  /// The same, annotated. Consequences of many transcripts make a file several times larger.
  static let annotated = UnitCost(
    fixedMemory: 32, threadMemory: 8, memoryPerByte: 1, memoryLimit: 1024, diskPerByte: 4, fixedDisk: 1,
    bytesPerSecond: 7e6, usefulThreads: 16)
  /// Tiers, pharmacogenes or tumours, by the bytes of the case's variants.
  static let interpretation = UnitCost(
    fixedMemory: 32, threadMemory: 8, memoryPerByte: 1, memoryLimit: 4096, diskPerByte: 1, fixedDisk: 4,
    bytesPerSecond: 10e6, usefulThreads: 2)

  /// The program itself, its libraries and the reference, whatever its size, in MiB.
  static let processMemory = 64.0
  /// Start, checks of the reference and cache, and the pages of a case, in seconds.
  static let fixedSeconds = 2.0
  /// The syncs of a piece of work's files, in seconds.
  static let secondsPerUnit = 1.0

  /// Memory at `threads` threads and batches of `batchBytes`, in bytes.
  func memory(_ bytes: Int, threads: Int, batchBytes: Int) -> Double {
    let batches = max(1, Double(batchBytes) / Double(1 << 20))
    let kept = min(memoryPerByte * Double(bytes), memoryLimit * Self.mebibyte)
    return (fixedMemory + threadMemory * Double(threads) * batches) * Self.mebibyte + kept
  }

  /// Bytes written.
  func disk(_ bytes: Int) -> Double { fixedDisk * Self.mebibyte + diskPerByte * Double(bytes) }

  /// Seconds of one thread.
  func processorSeconds(_ bytes: Int) -> Double { Double(bytes) / bytesPerSecond }

  static let mebibyte = Double(1 << 20)
}
