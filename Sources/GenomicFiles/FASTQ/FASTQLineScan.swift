/// Finds the line ends of four-line records, going on where it stopped when more bytes are there.
struct FASTQLineScan {
  /// Offsets of the line feeds so far.
  var ends: [UInt32] = []
  /// Everything before was looked at.
  private var searched = 0
  /// Where empty lines stand in the place of a record, which ends the scan.
  private(set) var blankStart: Int?

  private static let lineFeed = UInt8(ascii: "\n")

  init() {}

  /// Goes on with lines found before.
  init(ends: [UInt32], searched: Int) {
    self.ends = ends
    self.searched = searched
  }

  private var lineStart: Int { ends.last.map { Int($0) + 1 } ?? 0 }

  /// Goes on to the end of `bytes`, which begin with the bytes of the call before.
  mutating func scan(_ bytes: UnsafeRawBufferPointer) {
    let count = bytes.count
    var start = lineStart
    while searched < count, blankStart == nil {
      if ends.count & 3 == 0, searched == start {
        guard bytes[start] != Self.lineFeed, bytes[start] != UInt8(ascii: "\r") else {
          blankStart = start
          return
        }
        if let next = takeRecord(bytes, start) {
          start = next
          searched = next
          continue
        }
      }
      guard let offset = bytes.firstLineFeed(from: searched) else {
        searched = count
        return
      }
      ends.append(UInt32(truncatingIfNeeded: offset))
      start = offset + 1
      searched = start
    }
  }

  /// The usual record: a bare + between sequence and quality of one length. The quality is not searched for line feeds,
  /// since the byte where it has to end is one; validation finds any inside it.
  /// - Returns: where the next record starts; nil where the lines have to be found one by one.
  @inline(__always)
  private mutating func takeRecord(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int? {
    guard let base = bytes.baseAddress, let name = bytes.firstLineFeed(from: start),
      let sequence = bytes.firstLineFeed(from: name + 1)
    else { return nil }
    let separator = sequence + 2
    let quality = separator + (sequence - name)
    guard quality < bytes.count, base.load(fromByteOffset: sequence + 1, as: UInt8.self) == UInt8(ascii: "+"),
      base.load(fromByteOffset: separator, as: UInt8.self) == Self.lineFeed,
      base.load(fromByteOffset: quality, as: UInt8.self) == Self.lineFeed
    else { return nil }
    ends.append(UInt32(truncatingIfNeeded: name))
    ends.append(UInt32(truncatingIfNeeded: sequence))
    ends.append(UInt32(truncatingIfNeeded: separator))
    ends.append(UInt32(truncatingIfNeeded: quality))
    return quality + 1
  }
}
