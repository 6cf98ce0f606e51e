import GenomicFiles
import Synchronization

/// What FastQC's report of one file is made of.
public struct FastQCTables: Sendable, Equatable {
  /// What is known of each read on its own.
  public var collector = FastQCCollector()
  /// Which sequences repeat.
  public var sequences = FastQCSequences()

  /// Nothing counted.
  public init() {}

  /// FastQC's report.
  /// - Parameters:
  ///   - fileName: the name of the file, without folders.
  ///   - statistics: what was counted of the file's reads as they came in.
  ///   - contaminants: what overrepresented sequences are compared with.
  public func report(
    fileName: String, _ statistics: ReadStatistics, contaminants: FastQCContaminants = FastQCContaminants()
  ) -> FastQCReport {
    FastQCReport(
      fileName: fileName, cycles: FastQCCycleCounts(statistics), collector: collector, sequences: sequences,
      contaminants: contaminants)
  }
}

extension FastQCCycleCounts {
  /// The counts of a file's reads.
  init(_ statistics: ReadStatistics) {
    self.init(cycles: statistics.cycles)
    reads = statistics.reads
    for (length, count) in statistics.lengths.enumerated() where count > 0 { lengths[length] = count }
    lengths.merge(statistics.longLengths, uniquingKeysWith: +)
    for cycle in 0..<cycles {
      a[cycle] = statistics.baseCount(0, cycle: cycle)
      t[cycle] = statistics.baseCount(1, cycle: cycle)
      c[cycle] = statistics.baseCount(2, cycle: cycle)
      g[cycle] = statistics.baseCount(3, cycle: cycle)
      n[cycle] = statistics.baseCount(BaseClass.n, cycle: cycle) - statistics.ambiguousCount(cycle: cycle)
      for score in 0..<Self.qualityCount {
        qualities[cycle * Self.qualityCount + score] = statistics.qualityCount(score, cycle: cycle)
      }
    }
  }
}

/// The full table of one file's sequences, from when it is full.
final class FastQCPublished: Sendable {
  private let table = Mutex<FastQCFrozenSequences?>(nil)

  var sequences: FastQCFrozenSequences? {
    get { table.withLock { $0 } }
    set { table.withLock { $0 = newValue } }
  }
}

/// The beginnings of a unit's reads, for the sink to count in the order of the file.
struct FastQCHeads: Sendable {
  private var letters: [UInt8] = []
  private var lengths: [UInt8] = []

  mutating func add(_ sequence: UnsafeRawBufferPointer) {
    // FastQC looks at 50 bases of longer reads.
    let head = sequence.count > FastQCSequenceKey.longest ? 50 : sequence.count
    letters.append(contentsOf: UnsafeRawBufferPointer(rebasing: sequence[..<head]))
    lengths.append(UInt8(head))
  }

  func forEach(_ body: (UnsafeRawBufferPointer) -> Void) {
    letters.withUnsafeBytes { letters in
      var start = 0
      for length in lengths {
        body(UnsafeRawBufferPointer(rebasing: letters[start..<(start + Int(length))]))
        start += Int(length)
      }
    }
  }
}

/// What one worker counts of one file for FastQC's report.
struct FastQCWorker {
  private(set) var collector = FastQCCollector()
  private(set) var counts = FastQCSequenceCounts()
  private var hashes: [UInt64] = []

  /// Counts the reads of a unit as they came in.
  /// - Returns: what the sink has to count in order.
  mutating func count(
    _ part: (batch: FASTQBatch, records: Range<Int>), _ records: FASTQRecords, _ published: FastQCPublished
  ) -> FastQCHeads {
    count(part, records, published) { collector, lines, name, sequence, qualities, index in
      collector.add(name: name, sequence: sequence, qualities: qualities, index: index)
    }
  }

  /// Counts the reads of a unit, and their bases and qualities by cycle, where nothing else counts those.
  /// - Returns: what the sink has to count in order.
  mutating func count(
    _ part: (batch: FASTQBatch, records: Range<Int>), _ records: FASTQRecords, _ published: FastQCPublished,
    cycles: inout CycleColumns
  ) -> FastQCHeads {
    let bytes = UnsafePointer(records.writable)
    return count(part, records, published) { collector, lines, name, sequence, qualities, index in
      let sums = cycles.count(
        bytes + lines.sequence.lowerBound, bytes + lines.quality.lowerBound, sequence.count,
        cut: FastQCGCCounts.cutLength(sequence.count), room: records.bytes.count - lines.quality.upperBound)
      collector.add(name: name, sequence: sequence, qualities: qualities, index: index, sums)
    }
  }

  @inline(__always)
  private mutating func count(
    _ part: (batch: FASTQBatch, records: Range<Int>), _ records: FASTQRecords, _ published: FastQCPublished,
    _ add: (
      inout FastQCCollector, FASTQLines, _ name: UnsafeRawBufferPointer, _ sequence: UnsafeRawBufferPointer,
      _ qualities: UnsafeRawBufferPointer, _ index: Int
    ) -> Void
  ) -> FastQCHeads {
    let frozen = published.sequences
    var heads = FastQCHeads()
    hashes.removeAll(keepingCapacity: true)
    for record in part.records {
      let lines = records.lines(of: record)
      let sequence = UnsafeRawBufferPointer(rebasing: records.bytes[lines.sequence])
      add(
        &collector, lines, UnsafeRawBufferPointer(rebasing: records.bytes[lines.name]), sequence,
        UnsafeRawBufferPointer(rebasing: records.bytes[lines.quality]), part.batch.number(of: record))
      if frozen == nil { heads.add(sequence) } else { hashes.append(FastQCSequenceKey(sequence).hash) }
    }
    if let frozen { look(for: part.records, records, in: frozen) }
    return heads
  }

  /// Looks all of a unit's sequences up, one right after the other, so that the processor waits for several of them at
  /// once.
  private mutating func look(for range: Range<Int>, _ records: FASTQRecords, in frozen: FastQCFrozenSequences) {
    for (record, hash) in zip(range, hashes) {
      counts.add(hash: hash, in: frozen) {
        UnsafeRawBufferPointer(rebasing: records.bytes[records.lines(of: record).sequence])
      }
    }
  }
}

/// FastQC's tables of all files of a run. The run's sink holds it and gets units in the order of the file.
struct FastQCSink {
  private var sequences: [FastQCSequences]
  private let published: [FastQCPublished]

  init(_ published: [FastQCPublished]) {
    self.published = published
    sequences = published.map { _ in FastQCSequences() }
  }

  /// Counts the heads of a unit, one for each file.
  mutating func add(_ heads: [FastQCHeads]) {
    for (file, heads) in heads.enumerated() {
      heads.forEach { sequences[file].add($0) }
      if sequences[file].isFrozen, published[file].sequences == nil {
        published[file].sequences = sequences[file].frozen()
      }
    }
  }

  /// The tables, when all units have been counted.
  func tables(_ workers: [[FastQCWorker]]) -> [FastQCTables] {
    sequences.indices.map { file in
      var tables = FastQCTables()
      tables.sequences = sequences[file]
      for worker in workers {
        tables.collector.merge(worker[file].collector)
        tables.sequences.merge(worker[file].counts)
      }
      return tables
    }
  }
}
