/// A record for a coordinate index.
public struct IndexEntry: Sendable, Hashable {
  /// The contig's name.
  public var contig: String
  /// First base, counted from 0.
  public var start: Int
  /// The base after the last one, counted from 0.
  public var end: Int

  /// A record at the given place.
  public init(contig: String, start: Int, end: Int) {
    self.contig = contig
    self.start = start
    self.end = end
  }
}

/// Records for a coordinate index, in the order written, with the places where their bytes end.
///
/// A contig is named once for all records that follow each other on it: a name in every entry would be counted up and
/// down for each.
public struct IndexEntries: Sendable {
  struct Record: Sendable {
    var start: Int
    var end: Int
    var endOfBytes: Int
  }

  private(set) var records: [Record] = []
  /// The contigs, each with its first record.
  private(set) var contigs: [(name: String, first: Int)] = []

  /// No records.
  public init() {}

  /// Says where the records that follow stand.
  public mutating func begin(contig: String) {
    if contigs.last?.name != contig { contigs.append((contig, records.count)) }
  }

  /// Adds a record of the contig that was begun.
  /// - Parameters:
  ///   - start: its first base, counted from 0.
  ///   - end: the base after its last one, counted from 0.
  ///   - endOfBytes: where its bytes end in those that are appended with it.
  public mutating func append(start: Int, end: Int, endOfBytes: Int) {
    records.append(Record(start: start, end: end, endOfBytes: endOfBytes))
  }

  /// The records of a contig, by its place in `contigs`.
  func records(of contig: Int) -> Range<Int> {
    contigs[contig].first..<(contig + 1 < contigs.count ? contigs[contig + 1].first : records.count)
  }

  /// Forgets the records; the memory and the contig stay.
  public mutating func removeAll() {
    records.removeAll(keepingCapacity: true)
    guard let last = contigs.last?.name else { return }
    contigs.removeAll(keepingCapacity: true)
    contigs.append((last, 0))
  }
}
