/// What is wrong with a header line, as a clause that names the line's type and the tag.
struct SAMHeaderFault: Error {
  var reason: String
}

/// One line of a header, taken apart (SAM specification, section 1.3).
struct SAMHeaderLine {
  /// `HD`, `SQ`, `RG`, `PG`, `CO`, or another type of two letters.
  let kind: String
  private let fields: [Field]

  struct Field {
    var tag: String
    var value: ArraySlice<UInt8>
  }

  /// Takes a line apart, without its line end.
  ///
  /// A comment is free. An empty value is taken, as every reader takes it. What follows `CL:` in a `@PG` line is not
  /// looked at: aligners wrote their command line with the tabs that were in it.
  /// - Throws: where a field is no `TAG:VALUE`, or a tag stands twice.
  init(_ line: ArraySlice<UInt8>) throws(SAMHeaderFault) {
    let columns = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    let start = columns[0]
    guard start.count == 3, start.first == UInt8(ascii: "@"), start.dropFirst().allSatisfy(Self.isLetter) else {
      throw SAMHeaderFault(reason: "the header line begins with \(Self.shown(start)), not with @ and two letters")
    }
    let kind = String(decoding: start.dropFirst(), as: UTF8.self)
    self.kind = kind
    var fields: [Field] = []
    guard kind != "CO" else {
      self.fields = fields
      return
    }
    var seen: Set<String> = []
    for column in columns.dropFirst() {
      let tag = column.prefix(2)
      guard column.count >= 3, column[column.startIndex + 2] == UInt8(ascii: ":"), tag.count == 2,
        tag.allSatisfy({ Self.isLetter($0) || Self.isDigit($0) }), tag.first.map(Self.isLetter) == true
      else {
        throw SAMHeaderFault(reason: "@\(kind): the field \(Self.shown(column)) is not TAG:VALUE")
      }
      let name = String(decoding: tag, as: UTF8.self)
      guard seen.insert(name).inserted else {
        throw SAMHeaderFault(reason: "@\(kind) \(name) stands twice in the line")
      }
      fields.append(Field(tag: name, value: column.dropFirst(3)))
      if kind == "PG", name == "CL" { break }
    }
    self.fields = fields
  }

  /// The value of a tag; nil where it is absent.
  subscript(tag: String) -> ArraySlice<UInt8>? { fields.first { $0.tag == tag }?.value }

  /// The value of a tag as text; nil where it is absent.
  func text(_ tag: String) -> String? { self[tag].map { String(decoding: $0, as: UTF8.self) } }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  /// A value for a message: its printable start.
  static func shown(_ value: some Collection<UInt8>) -> String {
    let start = value.prefix(40).map { $0 >= 32 && $0 < 127 ? $0 : UInt8(ascii: "?") }
    return "'\(String(decoding: start, as: UTF8.self))\(value.count > 40 ? "…" : "")'"
  }
}
