import GenomicFiles

/// Where the fixed columns of a line stand in the bytes of its batch.
///
/// The ends are the reader's own, or found by `cut`; either way nine a line, of which as many hold as the line has columns.
struct RecordColumns {
  /// The batch.
  var bytes = Bytes(start: nil, count: 0)
  /// The line, without its line end.
  var line = 0..<0
  /// Where the first nine columns end.
  var ends = UnsafeBufferPointer<UInt32>(start: nil, count: 0)

  /// The text of the line.
  var text: Bytes { bytes.cut(line.lowerBound, line.upperBound) }

  @inline(__always)
  subscript(column: VCFColumn) -> Bytes {
    let place = column.rawValue
    let end = Int(ends[place])
    return bytes.cut(place == 0 ? line.lowerBound : min(Int(ends[place - 1]) + 1, end), end)
  }

  /// What stands behind FORMAT; empty where nothing does.
  @inline(__always)
  var samples: Bytes { bytes.cut(min(Int(ends[8]) + 1, line.upperBound), line.upperBound) }

  /// Finds the columns of a line up to FORMAT, and writes their ends.
  /// - Returns: how many of them the line has, 9 at most.
  static func cut(_ bytes: Bytes, _ line: Range<Int>, into ends: UnsafeMutableBufferPointer<UInt32>) -> Int {
    var column = 0
    var at = line.lowerBound
    while column < 7 {
      guard at < line.upperBound else {
        ends[column] = UInt32(truncatingIfNeeded: at)
        return column + 1
      }
      if bytes[at] == 9 {
        ends[column] = UInt32(truncatingIfNeeded: at)
        column += 1
      }
      at += 1
    }
    let text = bytes.cut(0, line.upperBound)
    let info = text.place(of: 9, from: at) ?? line.upperBound
    ends[7] = UInt32(truncatingIfNeeded: info)
    ends[8] = ends[7]
    guard info < line.upperBound else { return 8 }
    ends[8] = UInt32(truncatingIfNeeded: text.place(of: 9, from: info + 1) ?? line.upperBound)
    return 9
  }
}
