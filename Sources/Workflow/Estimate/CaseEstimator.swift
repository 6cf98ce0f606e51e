import Batching
public import GenomicFiles
import Genomics
import Service

/// What each case of the sheet will need, in the sheet's order; only names and sizes of files are read, and the sheet.
///
/// - Throws: `InputError` for the sheet or a file that is missing; `RunError` for what the options cannot mean.
public func estimateSamplesheet(_ options: RunOptions, resources: RunResources) async throws -> [CaseEstimate] {
  let (threads, batchBytes) = (resources.budget.threads, resources.batchBytes)
  return try await resources.blocking.run {
    let sheet = try SampleSheet(csv: try readWhole(options.samplesheet), path: options.samplesheet)
    let selected = try options.selected(sheet)
    let estimator = try CaseEstimator(options, threads: threads, batchBytes: batchBytes)
    return try selected.map { try estimator.estimate($0, threads: nil) }
  }
}

/// Estimates cases from the sizes of their files.
struct CaseEstimator: Sendable {
  let threads: Int
  let batchBytes: Int
  private let cacheBytes: Int
  private let annotates: Bool
  private let interprets: Bool

  /// Blocks.
  init(_ options: RunOptions, threads: Int, batchBytes: Int) throws {
    self.threads = threads
    self.batchBytes = batchBytes
    cacheBytes = try options.cache.map { try Self.size($0) } ?? 0
    annotates = options.cache != nil
    interprets = !options.panels.isEmpty || !options.directories.isEmpty
  }

  /// A file of the case that takes work.
  private struct Work {
    var cost: UnitCost
    var bytes: Int
  }

  /// - Parameter threads: those that the case will have; nil for as many as are of use to it.
  /// - Throws: `InputError` for a file that is missing. Blocks.
  func estimate(_ one: SampleSheet.Case, threads given: Int?) throws -> CaseEstimate {
    var work: [Work] = []
    var inputBytes = 0
    var seen: Set<String> = []
    func add(_ paths: [String?], _ cost: UnitCost) throws {
      let fresh = paths.compactMap { $0 }.filter { seen.insert($0).inserted }
      guard !fresh.isEmpty else { return }
      let bytes = try fresh.map(Self.size).reduce(0, +)
      inputBytes += bytes
      work.append(Work(cost: cost, bytes: bytes))
    }
    var variantBytes = 0
    for sample in one.samples {
      try add(sample.lanes.flatMap { [$0.fastq1, $0.fastq2] }, .reads)
      try add([sample.bam], .alignments)
      if let source = sample.variantSource {
        variantBytes += try Self.size(source.path)
        try add([source.path], annotates ? .annotated : .variants)
      }
      try add([sample.referenceBlocks], .variants)
      try add([sample.cnv, sample.sv, sample.str], .variants)
    }
    let interpretation = interprets || one.referral != nil ? Work(cost: .interpretation, bytes: variantBytes) : nil
    let all = work + [interpretation].compactMap { $0 }
    let processor = all.map { $0.cost.processorSeconds($0.bytes) }.reduce(0, +)
    let used = given ?? useful(processor)
    let working = all.map { $0.cost.processorSeconds($0.bytes) / min(Double(used), $0.cost.usefulThreads) }
    let seconds =
      UnitCost.fixedSeconds + UnitCost.secondsPerUnit * Double(all.count) + working.reduce(0, +)
    return CaseEstimate(
      name: one.name, urgency: one.resolvedUrgency().rawValue, samples: one.samples.count, inputBytes: inputBytes,
      threads: used, memoryBytes: memory(work, interpretation, threads: used),
      diskBytes: Int(all.map { $0.cost.disk($0.bytes) }.reduce(0, +)), seconds: seconds / 2...seconds * 3)
  }

  /// A case of seconds gains nothing from a second thread; each doubling has to save half a minute.
  private func useful(_ processorSeconds: Double) -> Int {
    var used = 1
    while used < threads, processorSeconds / Double(used) > 60 { used = min(threads, used * 2) }
    return used
  }

  /// The largest pieces of work that may run side by side, then the interpretation by itself, whichever is more. The
  /// cache counts once: its pages are shared, and given back when memory is short.
  private func memory(_ work: [Work], _ interpretation: Work?, threads: Int) -> Int {
    func bytes(_ one: Work) -> Double { one.cost.memory(one.bytes, threads: threads, batchBytes: batchBytes) }
    let together = work.map(bytes).sorted(by: >).prefix(CaseRunner.unitsAtOnce(threads: threads)).reduce(0, +)
    let most = together + (interpretation.map(bytes) ?? 0)
    return Int(UnitCost.processMemory * UnitCost.mebibyte + most) + cacheBytes
  }

  private static func size(_ path: String) throws -> Int {
    guard case .file(let bytes) = content(at: path) else {
      throw InputError(
        .unreadable, at: InputLocation(file: path), "is not there or is a folder",
        remedy: "correct the sample sheet; relative paths are relative to its folder")
    }
    return bytes
  }
}
