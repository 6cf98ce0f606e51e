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
  private var frozen: FastQCFrozenSequences?
  private var heads = FastQCHeads()

  /// Begins with a unit.
  mutating func begin(_ published: FastQCPublished) {
    frozen = published.sequences
    heads = FastQCHeads()
  }

  /// Counts a read as it came in.
  /// - Parameter index: its number in the file, from 0.
  @inline(__always)
  mutating func add(_ record: RecordInWork, index: Int) {
    let read = record.original
    let sequence = UnsafeRawBufferPointer(start: read.sequence, count: read.length)
    collector.add(
      name: record.name, sequence: sequence,
      qualities: UnsafeRawBufferPointer(start: read.quality, count: read.length), index: index)
    if let frozen { counts.add(sequence, in: frozen) } else { heads.add(sequence) }
  }

  /// Ends with a unit; gives what the sink has to count.
  mutating func end() -> FastQCHeads {
    defer { heads = FastQCHeads() }
    return heads
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
