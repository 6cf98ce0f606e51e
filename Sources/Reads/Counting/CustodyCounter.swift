/// Checksums by read group, as one worker fills them.
///
/// A read's group is flow cell and lane, which Illumina's names tell (instrument:run:flowcell:lane:tile:x:y); reads of
/// other names are one group.
struct CustodyCounter {
  /// The group of reads whose names tell none.
  static let unnamed: [UInt8] = [UInt8(ascii: "-")]
  /// Groups beyond this number are not told apart: names of that many flow cells are not Illumina's.
  static let groupLimit = 1024
  private static let namedFields = 7

  private var numbers: [[UInt8]: Int] = [:]
  private var names: [[UInt8]] = []
  private var values: [ReadCustody] = []
  private var current = 0
  /// Whether there were too many groups to be real, so that all reads are one.
  private var isJoined = false

  /// Chooses the group of the reads that are added next.
  /// - Parameter name: the read's name up to white space, without `@`.
  @inline(__always)
  mutating func choose(_ name: UnsafeRawBufferPointer) {
    if isJoined { return }
    let group = Self.group(of: name)
    if current < names.count, Self.equal(names[current], group) { return }
    choose(Array(group))
  }

  private static func equal(_ a: [UInt8], _ b: UnsafeRawBufferPointer) -> Bool {
    guard a.count == b.count else { return false }
    for index in a.indices where a[index] != b[index] { return false }
    return true
  }

  private mutating func choose(_ group: [UInt8]) {
    let key = group.isEmpty ? Self.unnamed : group
    if let known = numbers[key] {
      current = known
      return
    }
    guard names.count < Self.groupLimit else { return join() }
    numbers[key] = names.count
    current = names.count
    names.append(key)
    values.append(ReadCustody())
  }

  /// Makes one group of all, so that memory stays bounded. A run in which one worker has to has too many groups in all,
  /// so that the sum over workers is joined too, whoever saw what.
  private mutating func join() {
    values = [values.reduce(into: ReadCustody()) { $0.merge($1) }]
    names = [Array(ReadSummary.joined.utf8)]
    numbers = [:]
    current = 0
    isJoined = true
  }

  /// The third and fourth of at least seven fields; empty where they are not there.
  static func group(of name: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var colons = 0
    var start = 0
    var end = 0
    for index in name.indices where name[index] == UInt8(ascii: ":") {
      colons += 1
      if colons == 2 { start = index + 1 }
      if colons == 4 { end = index }
    }
    guard colons >= namedFields - 1 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(rebasing: name[start..<end])
  }

  /// Adds a read that came in and did not go out.
  mutating func addDropped(_ read: ReadChecksum.Read) {
    values[current].input.add(read)
    values[current].dropped.add(read)
  }

  /// Adds a read that came in and, as `output`, went out.
  mutating func addKept(_ read: ReadChecksum.Read, output: ReadChecksum.Read) {
    values[current].input.add(read)
    values[current].kept.add(read)
    values[current].output.add(output)
  }

  /// Moves the sums to totals.
  mutating func empty(into total: inout [String: ReadCustody]) {
    for (name, value) in zip(names, values) {
      total[String(decoding: name, as: UTF8.self), default: ReadCustody()].merge(value)
    }
    self = CustodyCounter()
  }
}
