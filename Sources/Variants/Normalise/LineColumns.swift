import GenomicFiles

/// The columns of a line, borrowed.
struct LineColumns {
  let line: UnsafeRawBufferPointer
  /// Where the first nine columns end; fewer where the line has no FORMAT.
  private let ends: [Int]

  /// - Parameter line: without its line feed.
  /// - Returns: nil where the line has no eight columns.
  init?(_ line: UnsafeRawBufferPointer) {
    self.line = line
    var ends: [Int] = []
    ends.reserveCapacity(9)
    var start = 0
    while ends.count < 9, start <= line.count {
      ends.append(line.end(from: start, before: UInt8(ascii: "\t")))
      start = ends[ends.count - 1] + 1
    }
    guard ends.count >= 8 else { return nil }
    self.ends = ends
  }

  /// A column; empty for FORMAT where the line has none.
  subscript(column: VCFColumn) -> UnsafeRawBufferPointer {
    guard column.rawValue < ends.count else { return line.slice(line.count..<line.count) }
    return line.slice((column.rawValue == 0 ? 0 : ends[column.rawValue - 1] + 1)..<ends[column.rawValue])
  }

  /// What follows FORMAT; nil where there is nothing.
  var samples: UnsafeRawBufferPointer? {
    ends.count == 9 && ends[8] < line.count ? line.slice((ends[8] + 1)..<line.count) : nil
  }

  /// INFO and all that follows.
  var fromInfo: UnsafeRawBufferPointer { line.slice((ends[6] + 1)..<line.count) }

  /// The value of the first INFO entry with a key; nil where there is none.
  func info(_ key: String) -> UnsafeRawBufferPointer? {
    var key = key
    return key.withUTF8 { info(UnsafeRawBufferPointer($0)) }
  }

  /// The value of the first INFO entry with a key; nil where there is none.
  func info(_ key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    let info = self[.info]
    var start = 0
    while start <= info.count {
      let end = info.end(from: start, before: UInt8(ascii: ";"))
      if end - start > key.count, info[start + key.count] == UInt8(ascii: "="),
        info.slice(start..<(start + key.count)).isSame(as: key)
      {
        return info.slice((start + key.count + 1)..<end)
      }
      start = end + 1
    }
    return nil
  }
}
