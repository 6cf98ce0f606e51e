import Batching
import GenomicFiles
import Genomics

/// Leads the coordinate collectors over the contigs: each takes the records in order, beside the others.
struct CoordinateWalk {
  private let lanes: [CoordinateLane]
  private let setting: CollectorSetting
  private let job: AlignmentJob
  private let resources: RunResources
  private let need: ReferenceNeed
  private var current = -1
  private var lastPosition = -1
  /// Whether the records came in coordinate order so far; once not, nothing more is counted.
  private(set) var isSorted = true

  /// nil where no collector needs order.
  init?(
    _ types: [any CoordinateCollector.Type], _ setting: CollectorSetting, _ job: AlignmentJob,
    _ resources: RunResources
  ) throws {
    guard !types.isEmpty else { return nil }
    lanes = types.compactMap { $0.init(setting) }.map(CoordinateLane.init)
    need = job.reference == nil ? .none : lanes.map { type(of: $0.collector).referenceNeed }.max() ?? .none
    self.setting = setting
    self.job = job
    self.resources = resources
  }

  /// Takes the next batch of the file.
  mutating func take(_ batch: AlignmentBatch, _ runs: ContigRuns) async throws {
    guard isSorted else { return }
    guard runs.isSorted else {
      isSorted = false
      return
    }
    for run in runs.runs {
      guard run.contig == current ? run.firstPosition >= lastPosition : run.contig > current else {
        isSorted = false
        return
      }
      if run.contig != current { try await advance(to: run.contig, hasRecords: true) }
      lastPosition = run.lastPosition
      let slice = AlignmentSlice(batch: batch, records: run.records, contig: run.contig)
      try await forEachLane { $0.add(slice) }
      try await drain()
    }
  }

  /// Ends the last contig and all without records.
  /// - Returns: the collectors; none where the records were not in order.
  mutating func finish() async throws -> [any CoordinateCollector] {
    guard isSorted else { return [] }
    try await advance(to: setting.lengths.count, hasRecords: false)
    try await forEachLane { $0.finish() }
    try await drain()
    return lanes.map(\.collector)
  }

  /// Begins every contig up to and with `contig`.
  private mutating func advance(to contig: Int, hasRecords: Bool) async throws {
    while current < contig, current + 1 < setting.lengths.count {
      current += 1
      lastPosition = -1
      let isUsed = hasRecords && current == contig
      let number = current
      let bases = need == .everyContig || need == .contigsWithRecords && isUsed ? try await loadBases(number) : nil
      // On this task: the cost is a few words a contig, and there can be thousands without records.
      for lane in lanes { lane.begin(number, bases) }
    }
  }

  /// The contig's bases; nil where the reference does not have it.
  private func loadBases(_ number: Int) async throws -> ContigBases? {
    guard let reference = job.reference else { return nil }
    let contig = setting.header.contigs.contigs[number]
    if let refusal = reference.contigs.disagreement(
      contig.name, declaredLength: contig.length, at: InputLocation(file: job.input.path))
    {
      throw refusal
    }
    guard let length = reference.contigs[contig.name]?.length else { return nil }
    return try await resources.blocking.run {
      // Piece by piece, so that the text is not held beside the bases.
      let piece = 4 << 20
      var bytes: [UInt8] = []
      bytes.reserveCapacity(length)
      for start in stride(from: 0, to: length, by: piece) {
        bytes += try reference.bases(
          of: Region(
            contig: contig.name, start: ZeroBasedPosition(start), end: ZeroBasedPosition(min(length, start + piece))))
      }
      return ContigBases(contig: number, bytes: bytes)
    }
  }

  private func forEachLane(_ body: @escaping @Sendable (CoordinateLane) -> Void) async throws {
    let budget = resources.budget
    if lanes.count == 1 || budget.threads == 1 {
      try await budget.withThread { for lane in lanes { body(lane) } }
      return
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lane in lanes { group.addTask { try await budget.withThread { body(lane) } } }
      try await group.waitForAll()
    }
  }

  private func drain() async throws {
    // Also where nothing takes it, or it would pile up.
    for lane in lanes {
      for (suffix, text) in lane.drain().sorted(by: { $0.key < $1.key }) {
        try await job.streams[suffix]?.append(text)
      }
    }
  }
}

/// One coordinate collector.
final class CoordinateLane: @unchecked Sendable {
  // One task at a time uses it: the walk waits for all lanes before it goes on.
  private(set) var collector: any CoordinateCollector
  private var streams = CollectorStreams()

  init(_ collector: any CoordinateCollector) { self.collector = collector }

  func begin(_ contig: Int, _ bases: ContigBases?) { collector.begin(contig, bases: bases) }
  func add(_ slice: AlignmentSlice) { collector.add(slice) }
  func finish() { collector.finish() }

  func drain() -> [String: [UInt8]] {
    collector.drain(to: &streams)
    return streams.take()
  }
}
