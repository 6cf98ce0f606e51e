import Genomics

/// One line of a text file, borrowed, with what an error needs to say where it stands.
struct TextLine {
  /// The line's bytes without its line end (LF or CR LF).
  let bytes: UnsafeRawBufferPointer
  let path: String
  /// The line's ordinal, counted from 1.
  let number: Int
  /// The offset of its first byte in the decompressed data.
  let offset: Int

  /// The error that refuses this line.
  func refusal(_ reason: String, kind: InputError.Kind = .malformed, remedy: String) -> InputError {
    InputError(kind, at: InputLocation(file: path, record: number, offset: offset), reason, remedy: remedy)
  }

  /// Whether nothing but blanks stands on the line.
  var isBlank: Bool { bytes.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") } }

  func starts(with word: String) -> Bool { bytes.starts(with: word.utf8) }

  /// The line cut at each tab.
  func columns() -> [UnsafeRawBufferPointer] {
    var columns: [UnsafeRawBufferPointer] = []
    var start = 0
    for index in 0...bytes.count where index == bytes.count || bytes[index] == UInt8(ascii: "\t") {
      columns.append(UnsafeRawBufferPointer(rebasing: bytes[start..<index]))
      start = index + 1
    }
    return columns
  }

  /// A column's text.
  /// - Throws: `InputError` of kind `malformed` when it is not UTF-8, rather than text with replaced letters.
  func text(_ column: UnsafeRawBufferPointer, _ name: String) throws(InputError) -> String {
    guard let text = String(validating: column, as: UTF8.self) else {
      throw refusal("\(name) is not UTF-8", remedy: "convert the file to UTF-8 with iconv")
    }
    return text
  }
}

extension Chunk {
  /// Gives each line of a chunk of whole lines.
  /// - Parameter firstLine: the ordinal of the chunk's first line, counted from 1.
  /// - Returns: the number of lines given; fewer than the chunk has when `body` returns false.
  @discardableResult
  func forEachLine(firstLine: Int, path: String, _ body: (TextLine) throws -> Bool) rethrows -> Int {
    try withBytes { bytes in
      var start = 0
      var lines = 0
      while start < bytes.count {
        var feed = start
        while feed < bytes.count, bytes[feed] != UInt8(ascii: "\n") { feed += 1 }
        let end = feed > start && bytes[feed - 1] == UInt8(ascii: "\r") ? feed - 1 : feed
        let line = TextLine(
          bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<end]), path: path, number: firstLine + lines,
          offset: dataOffset + start)
        lines += 1
        guard try body(line) else { break }
        start = feed + 1
      }
      return lines
    }
  }
}

/// A non-negative decimal number without sign or blanks; nil for anything else and for more than 15 digits.
func decimal(_ text: UnsafeRawBufferPointer) -> Int? {
  guard (1...15).contains(text.count) else { return nil }
  var value = 0
  for byte in text {
    let digit = byte &- UInt8(ascii: "0")
    guard digit < 10 else { return nil }
    value = value * 10 + Int(digit)
  }
  return value
}
