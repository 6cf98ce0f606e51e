/// Text of rows of depth, without a String for each number.
struct DepthText {
  /// The text so far.
  private(set) var bytes: [UInt8] = []

  /// Appends text.
  mutating func append(_ text: [UInt8]) { bytes += text }

  /// Appends a row of a contig and three numbers of 0 or more. There are millions: it is made at its place on the stack.
  mutating func appendRow(_ contig: [UInt8], _ start: Int, _ end: Int, _ number: Int) {
    // A number has 19 digits at most.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: contig.count + 3 * 20 + 1) { row in
      // From its end, where the digits begin.
      var place = row.count - 1
      row[place] = UInt8(ascii: "\n")
      Self.put(number, row, &place)
      Self.put(end, row, &place)
      Self.put(start, row, &place)
      place -= contig.count
      for index in 0..<contig.count { row[place + index] = contig[index] }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: row[place...]))
    }
  }

  /// Puts a tab and a number in front of `place`.
  @inline(__always)
  private static func put(_ number: Int, _ row: UnsafeMutableBufferPointer<UInt8>, _ place: inout Int) {
    var rest = UInt(bitPattern: number)
    // Two digits a division: each waits for the one before.
    while rest >= 100 {
      let (whole, pair) = (rest / 100, UInt8(truncatingIfNeeded: rest % 100))
      row[place &- 1] = UInt8(ascii: "0") &+ pair % 10
      row[place &- 2] = UInt8(ascii: "0") &+ pair / 10
      place &-= 2
      rest = whole
    }
    let pair = UInt8(truncatingIfNeeded: rest)
    place &-= 1
    row[place] = UInt8(ascii: "0") &+ pair % 10
    if pair >= 10 {
      place &-= 1
      row[place] = UInt8(ascii: "0") &+ pair / 10
    }
    place &-= 1
    row[place] = UInt8(ascii: "\t")
  }

  /// Appends a tab and a number of 0 or more.
  mutating func appendColumn(_ number: Int) {
    bytes.append(UInt8(ascii: "\t"))
    if number < 10 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number))
      return
    }
    let start = bytes.count
    var rest = number
    while rest > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    }
    bytes[start...].reverse()
  }

  /// Appends a tab and text.
  mutating func appendColumn(_ text: String) {
    bytes.append(UInt8(ascii: "\t"))
    bytes += text.utf8
  }

  /// Ends a row.
  mutating func endRow() { bytes.append(UInt8(ascii: "\n")) }

  /// Takes the text away.
  mutating func take() -> [UInt8] {
    let taken = bytes
    bytes = []
    return taken
  }
}
