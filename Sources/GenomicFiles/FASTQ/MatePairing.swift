/// The part of a read's name that mates share, and what it says of which mate the read is.
///
/// Forms taken: `name/1`; CASAVA 1.8 `name 1:N:0:ATCACG`; ENA `name comment/1`; SRA with read numbers `SRR1.5.1`, where
/// the dot-number behind spot and run is the mate's.
struct MateName {
  /// The name without the mate's mark.
  var shared: Range<Int>
  /// The number that the name says; nil where it says none.
  var number: UInt8?

  /// Reads the first line of a record, without its line end.
  init(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) {
    let start = min(line.lowerBound + 1, line.upperBound)
    let end = firstBlank(bytes, line) ?? line.upperBound
    shared = start..<max(start, end)
    if shared.count > 2, let mark = Self.slashMark(bytes, at: end) {
      number = mark
      shared = start..<(end - 2)
    } else if let mark = Self.runMark(bytes, shared) {
      number = mark
      shared = start..<(end - 2)
    } else {
      number = Self.commentMark(bytes, min(end + 1, line.upperBound)..<line.upperBound)
    }
  }

  /// `/1` or `/2` before `end`.
  private static func slashMark(_ bytes: UnsafeRawBufferPointer, at end: Int) -> UInt8? {
    guard bytes[end - 2] == UInt8(ascii: "/") else { return nil }
    return mate(bytes[end - 1])
  }

  /// `.1` or `.2` behind a run of the Sequence Read Archive and its spot. A single number behind the run is the spot's
  /// own, which differs where files are out of step.
  private static func runMark(_ bytes: UnsafeRawBufferPointer, _ name: Range<Int>) -> UInt8? {
    guard name.count > 7, bytes[name.upperBound - 2] == UInt8(ascii: "."),
      let number = mate(bytes[name.upperBound - 1])
    else { return nil }
    let run = bytes[name.lowerBound..<(name.upperBound - 2)]
    let first = run[run.startIndex]
    guard first == UInt8(ascii: "S") || first == UInt8(ascii: "E") || first == UInt8(ascii: "D"),
      run[run.startIndex + 1] == UInt8(ascii: "R"), run[run.startIndex + 2] == UInt8(ascii: "R")
    else { return nil }
    let parts = run.dropFirst(3).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return nil }
    return number
  }

  /// CASAVA's first field of the comment (the number, a colon, filtered or not, a colon), or a slash mark at its end.
  private static func commentMark(_ bytes: UnsafeRawBufferPointer, _ comment: Range<Int>) -> UInt8? {
    let start = comment.lowerBound
    if comment.count > 3, isDigit(bytes[start]), bytes[start + 1] == UInt8(ascii: ":"),
      bytes[start + 2] == UInt8(ascii: "N") || bytes[start + 2] == UInt8(ascii: "Y"),
      bytes[start + 3] == UInt8(ascii: ":")
    {
      return bytes[start] & 15
    }
    guard comment.count > 2, !bytes[comment].contains(where: isBlank) else { return nil }
    return slashMark(bytes, at: comment.upperBound)
  }

  private static func mate(_ byte: UInt8) -> UInt8? {
    byte == UInt8(ascii: "1") || byte == UInt8(ascii: "2") ? byte & 15 : nil
  }
}

/// A space or a tab, which end a read's name.
func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

/// The first space or tab of a line; eight bytes at a time.
private func firstBlank(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Int? {
  guard let base = bytes.baseAddress else { return nil }
  let everyByte: UInt64 = 0x0101_0101_0101_0101
  var place = line.lowerBound
  while place + 8 <= line.upperBound {
    let word = base.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian
    let (spaces, tabs) = (word ^ everyByte &* 0x20, word ^ everyByte &* 0x09)
    // The high bit of bytes that are 0; the lowest one that is set is right, whatever was borrowed above it.
    let blanks = ((spaces &- everyByte) & ~spaces | (tabs &- everyByte) & ~tabs) & (everyByte &* 0x80)
    if blanks != 0 { return place + blanks.trailingZeroBitCount / 8 }
    place += 8
  }
  return (place..<line.upperBound).first { isBlank(bytes[$0]) }
}

private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

/// Why two reads cannot be the first and the second mate of one pair.
enum MateFault {
  case names
  /// The numbers that the reads have, of which the first has to be lower; nil where the name says none.
  case numbers(UInt8?, UInt8?)
}

extension FASTQRecords {
  /// A record's name up to the first white space, without `@` and without the mark of its mate.
  public func pairName(of record: Int) -> Range<Int> { MateName(bytes, line(0, of: record)).shared }

  /// Which mate a record's name says that it is: by `/1`, `/2`, `.1` or `.2`, else by its comment; nil where it says
  /// none. CASAVA numbers index reads too, so that the second mates of three or four files may be 3 or 4.
  public func mateNumber(of record: Int) -> UInt8? { MateName(bytes, line(0, of: record)).number }

  /// Checks that two records are mates.
  func mateFault(of record: Int, with other: FASTQRecords, _ otherRecord: Int) -> MateFault? {
    let (line1, line2) = (line(0, of: record), other.line(0, of: otherRecord))
    let (mate1, mate2) = (MateName(bytes, line1), MateName(other.bytes, line2))
    guard bytes[mate1.shared].elementsEqual(other.bytes[mate2.shared]) else { return .names }
    switch (mate1.number, mate2.number) {
    case (let a?, let b?): return a < b ? nil : .numbers(a, b)
    case (let a?, nil): return a == 1 ? nil : .numbers(a, nil)
    case (nil, let b?): return b != 1 ? nil : .numbers(nil, b)
    case (nil, nil): return nil
    }
  }

  /// Whether the names of two records are equal or differ in the mate's mark alone, 1 in the first and 2 in the second:
  /// what most pairs look like, told without taking the names apart. False where a closer look is needed.
  @inline(__always)
  func areUsualMates(_ record: Int, _ other: FASTQRecords, _ otherRecord: Int) -> Bool {
    let (line1, line2) = (rawLines(of: record).name, other.rawLines(of: otherRecord).name)
    let count = line1.count
    guard count == line2.count, count >= 8, let base1 = bytes.baseAddress, let base2 = other.bytes.baseAddress
    else { return false }
    let name = base1 + line1.start
    guard let (place, end) = placeOfMark(name, base2 + line2.start, count), end >= 4 else { return false }
    if let place, Self.byte(name, place) != UInt8(ascii: "1") { return false }
    let before = Self.byte(name, end - 2)
    if let place, place < end { return place == end - 1 && before == UInt8(ascii: "/") }
    // A mark in the name goes before the comment's.
    guard before != UInt8(ascii: "/"), before != UInt8(ascii: ".") else { return false }
    guard end + 4 < count else { return place == nil && end == count }
    let mayBeCasava = Self.byte(name, end + 2) == UInt8(ascii: ":")
    let hasSlash = Self.byte(name, count - 2) == UInt8(ascii: "/")
    guard let place else { return !mayBeCasava && !hasSlash }
    if place == count - 1 { return !mayBeCasava && hasSlash }
    let isFiltered = Self.byte(name, end + 3)
    return place == end + 1 && mayBeCasava && Self.byte(name, end + 4) == UInt8(ascii: ":")
      && (isFiltered == UInt8(ascii: "N") || isFiltered == UInt8(ascii: "Y"))
  }

  @inline(__always)
  private static func byte(_ base: UnsafeRawPointer, _ offset: Int) -> UInt8 {
    base.load(fromByteOffset: offset, as: UInt8.self)
  }
}

/// Looks for the one byte in which two runs of at least eight bytes differ, by as much as 1 and 2 do.
/// - Returns: its offset (nil where none differs) and that of the first blank (or control character; the count where
///   there is none); nil where more bytes differ, or by something else.
@inline(__always)
private func placeOfMark(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> (place: Int?, end: Int)? {
  let mark = UInt64(UInt8(ascii: "1") ^ UInt8(ascii: "2"))
  let everyByte: UInt64 = 0x0101_0101_0101_0101
  var place = -1
  var end = -1
  var offset = 0
  // The last eight bytes overlap those before them.
  while true {
    let word = a.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
    let difference = word ^ b.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
    if difference != 0 {
      if place < 0 { place = offset + difference.trailingZeroBitCount / 8 }
      guard place >= offset, difference == mark << UInt64(8 * (place - offset)) else { return nil }
    }
    // The high bit of bytes up to a space; the lowest one that is set is right, whatever was borrowed above it.
    let blanks = (word &- everyByte &* 0x21) & ~word & (everyByte &* 0x80)
    if end < 0, blanks != 0 { end = offset + blanks.trailingZeroBitCount / 8 }
    if offset == count - 8 { break }
    offset = min(offset + 8, count - 8)
  }
  return (place < 0 ? nil : place, end < 0 ? count : end)
}
