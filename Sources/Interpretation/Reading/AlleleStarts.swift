/// Where the alleles of a person's file start, normalised: a few bits an allele, so that a case is found untouched by a
/// change of the sources without its calls being read.
///
///     magic     "APUSIDX1"
///     contig    name's length, name, number of starts, then each start's distance from the one before
///
/// All numbers are LEB128.
public struct AlleleStarts: Sendable, Hashable {
  /// Starts by contig, counted from 0; ascending and each once in `sorted`.
  public private(set) var contigs: [String: [UInt32]] = [:]
  /// Whether each allele stands in a record of its own, so that its start is the record's.
  public var isWhole = true

  private static let magic = Array("APUSIDX1".utf8)

  /// None.
  public init() {}

  mutating func append(_ starts: [UInt32], on contig: String, isWhole: Bool) {
    contigs[contig, default: []] += starts
    self.isWhole = self.isWhole && isWhole
  }

  mutating func append(_ other: AlleleStarts) {
    for (contig, starts) in other.contigs { contigs[contig, default: []] += starts }
    isWhole = isWhole && other.isWhole
  }

  var sorted: AlleleStarts {
    var sorted = self
    sorted.contigs = contigs.mapValues { starts in
      var kept: [UInt32] = []
      for start in starts.sorted() where start != kept.last { kept.append(start) }
      return kept
    }
    return sorted
  }

  /// The bytes of a file.
  public var bytes: [UInt8] {
    var bytes = Self.magic
    func append(_ value: UInt32) {
      var rest = value
      while rest >= 128 {
        bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }
    for (contig, starts) in contigs.sorted(by: { $0.key < $1.key }) {
      append(UInt32(contig.utf8.count))
      bytes += Array(contig.utf8)
      append(UInt32(starts.count))
      var last: UInt32 = 0
      for start in starts {
        append(start - last)
        last = start
      }
    }
    return bytes
  }

  /// Reads such a file; nil for anything else.
  public init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: Self.magic) else { return nil }
    var place = Self.magic.count
    func next() -> UInt32? {
      var (value, shift): (UInt64, UInt64) = (0, 0)
      while place < bytes.count, shift <= 28 {
        let byte = bytes[place]
        place += 1
        value |= UInt64(byte & 127) << shift
        if byte < 128 { return UInt32(exactly: value) }
        shift += 7
      }
      return nil
    }
    while place < bytes.count {
      guard let length = next(), Int(length) <= bytes.count - place else { return nil }
      let name = String(decoding: bytes[place..<(place + Int(length))], as: UTF8.self)
      place += Int(length)
      // A start takes a byte at least.
      guard let count = next(), Int(count) <= bytes.count - place, contigs[name] == nil else { return nil }
      var starts: [UInt32] = []
      starts.reserveCapacity(Int(count))
      var last: UInt32 = 0
      for _ in 0..<count {
        guard let distance = next() else { return nil }
        let (start, isOver) = last.addingReportingOverflow(distance)
        guard !isOver else { return nil }
        starts.append(start)
        last = start
      }
      contigs[name] = starts
    }
  }

  /// The starts that are also among others, which ascend, by contig.
  public func meeting(_ others: [String: [Int]]) -> [String: [Int]] {
    var met: [String: [Int]] = [:]
    for (contig, wanted) in others {
      guard let starts = contigs[contig] else { continue }
      var (index, found): (Int, [Int]) = (0, [])
      for start in wanted {
        while index < starts.count, starts[index] < start { index += 1 }
        guard index < starts.count else { break }
        if starts[index] == start { found.append(start) }
      }
      if !found.isEmpty { met[contig] = found }
    }
    return met
  }
}
