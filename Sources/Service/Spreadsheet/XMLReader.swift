import Genomics

/// Space, tab, line feed or carriage return: the white space of XML, and of JSON.
func isXMLSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

/// Reads XML (1.0, fifth edition) as Office documents use it, event by event, names without their prefix.
///
/// What such a document never needs and harmful ones do is refused: a document type with its entities, encodings other
/// than UTF-8, deep nesting. So nothing is ever fetched, and text never grows beyond what stands in the file.
struct XMLReader {
  /// What comes next.
  enum Event: Equatable {
    /// An element begins.
    case start(String, [String: String])
    /// The innermost element ends.
    case end(String)
    /// Text, character references resolved.
    case text(String)
  }

  private let bytes: [UInt8]
  private let file: String
  private var place = 0
  /// The open elements, outermost first, as written.
  private var open: [String] = []
  private var pendingEnd: String?
  private var hasRoot = false

  private static let deepest = 64
  private static let mostAttributes = 256

  /// Reads a part of a document; errors name it as `file`.
  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  /// How many elements are open.
  var depth: Int { open.count }

  /// The next event; nil at the end of the document.
  /// - Throws: `InputError` of kind `malformed`, `truncated` or `unsupported` with the offset in the part.
  mutating func next() throws(InputError) -> Event? {
    if let name = pendingEnd {
      pendingEnd = nil
      open.removeLast()
      return .end(Self.local(name))
    }
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "<") else {
        if let text = try characters() { return text }
        continue
      }
      if starts("<?") {
        try instruction()
      } else if starts("<!--") {
        try skip("<!--", "-->")
      } else if starts("<![CDATA[") {
        let start = place + 9
        try skip("<![CDATA[", "]]>")
        guard !open.isEmpty else { throw refusal("text stands outside the document's element") }
        return .text(try utf8(start..<place - 3))
      } else if starts("<!") {
        throw refusal("the document declares a type or entities, which are not taken", .unsupported)
      } else if starts("</") {
        return try endTag()
      } else {
        return try startTag()
      }
    }
    guard open.isEmpty, hasRoot else { throw refusal("the document ends too early", .truncated) }
    return nil
  }

  private func starts(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard place + count <= bytes.count else { return false }
    return (0..<count).allSatisfy { bytes[place + $0] == text.utf8Start[$0] }
  }

  private mutating func skip(_ opening: StaticString, _ closing: StaticString) throws(InputError) {
    place += opening.utf8CodeUnitCount
    while place < bytes.count, !starts(closing) { place += 1 }
    guard place < bytes.count else { throw refusal("the document ends too early", .truncated) }
    place += closing.utf8CodeUnitCount
  }

  /// A processing instruction; that of the document itself must not tell another encoding.
  private mutating func instruction() throws(InputError) {
    let start = place
    try skip("<?", "?>")
    guard bytes[start...].starts(with: "<?xml ".utf8) else { return }
    let text = try utf8(start..<place).lowercased()
    guard let told = text.range(ofWord: "encoding") else { return }
    guard text[told...].contains("\"utf-8\"") || text[told...].contains("'utf-8'") else {
      throw refusal("the document is not told to be in UTF-8", .unsupported)
    }
  }

  private mutating func characters() throws(InputError) -> Event? {
    let start = place
    while place < bytes.count, bytes[place] != UInt8(ascii: "<") { place += 1 }
    if open.isEmpty {
      guard bytes[start..<place].allSatisfy(isXMLSpace) else {
        throw refusal("text stands outside the document's element")
      }
      return nil
    }
    return .text(try resolve(start..<place))
  }

  private mutating func endTag() throws(InputError) -> Event {
    place += 2
    let name = try name()
    skipSpace()
    guard place < bytes.count else { throw refusal("the document ends too early", .truncated) }
    guard bytes[place] == UInt8(ascii: ">"), open.last == name else {
      throw refusal("an element ends that is not open")
    }
    place += 1
    open.removeLast()
    return .end(Self.local(name))
  }

  private mutating func startTag() throws(InputError) -> Event {
    guard !(open.isEmpty && hasRoot) else { throw refusal("the document has two elements") }
    guard open.count < Self.deepest else { throw refusal("elements are nested more than \(Self.deepest) deep") }
    place += 1
    let name = try name()
    var attributes: [String: String] = [:]
    while true {
      let hadSpace = skipSpace()
      guard place < bytes.count else { throw refusal("the document ends too early", .truncated) }
      if bytes[place] == UInt8(ascii: ">") {
        place += 1
        break
      }
      if starts("/>") {
        place += 2
        pendingEnd = name
        break
      }
      guard hadSpace, attributes.count < Self.mostAttributes else {
        throw refusal("an element's attributes are damaged")
      }
      let attribute = try self.name()
      skipSpace()
      guard place < bytes.count, bytes[place] == UInt8(ascii: "=") else { throw refusal("an attribute has no value") }
      place += 1
      skipSpace()
      guard place < bytes.count, [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[place]) else {
        throw refusal("an attribute has no value")
      }
      let quote = bytes[place]
      let start = place + 1
      place = start
      while place < bytes.count, bytes[place] != quote {
        guard bytes[place] != UInt8(ascii: "<") else { throw refusal("an attribute holds <") }
        place += 1
      }
      guard place < bytes.count else { throw refusal("the document ends too early", .truncated) }
      let value = try resolve(start..<place)
      place += 1
      guard attributes.updateValue(value, forKey: attribute) == nil else { throw refusal("an attribute stands twice") }
    }
    hasRoot = true
    open.append(name)
    return .start(Self.local(name), attributes)
  }

  @discardableResult
  private mutating func skipSpace() -> Bool {
    let start = place
    while place < bytes.count, isXMLSpace(bytes[place]) { place += 1 }
    return place > start
  }

  private mutating func name() throws(InputError) -> String {
    let start = place
    while place < bytes.count, !isNameEnd(bytes[place]) { place += 1 }
    guard place > start else { throw refusal("an element or attribute has no name") }
    return try utf8(start..<place)
  }

  private func isNameEnd(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "/"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: "\""),
      UInt8(ascii: "'"), UInt8(ascii: "&"):
      true
    default: isXMLSpace(byte)
    }
  }

  private static func local(_ name: String) -> String {
    name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
  }

  private func utf8(_ range: Range<Int>) throws(InputError) -> String {
    guard let text = String(validating: bytes[range], as: UTF8.self) else { throw refusal("the document is not UTF-8") }
    return text
  }

  /// Text with its references resolved: the five that XML has, and characters by number.
  private func resolve(_ range: Range<Int>) throws(InputError) -> String {
    guard bytes[range].contains(UInt8(ascii: "&")) else { return try utf8(range) }
    var text = ""
    var rest = bytes[range]
    while let mark = rest.firstIndex(of: UInt8(ascii: "&")) {
      text += try utf8(rest.startIndex..<mark)
      guard let end = rest[mark...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
        throw refusal("a reference has no end")
      }
      text += try character(try utf8(mark + 1..<end))
      rest = rest[(end + 1)...]
    }
    return text + (try utf8(rest.startIndex..<rest.endIndex))
  }

  private func character(_ reference: String) throws(InputError) -> String {
    switch reference {
    case "lt": return "<"
    case "gt": return ">"
    case "amp": return "&"
    case "quot": return "\""
    case "apos": return "'"
    default:
      let number =
        reference.hasPrefix("#x")
        ? UInt32(reference.dropFirst(2), radix: 16)
        : reference.hasPrefix("#") ? UInt32(reference.dropFirst()) : nil
      guard let number, number >= 0x20 || [9, 10, 13].contains(number), let scalar = Unicode.Scalar(number) else {
        throw refusal("the entity or character \(reference) is not known", .unsupported)
      }
      return String(Character(scalar))
    }
  }

  /// An error about this place of the part.
  func refusal(_ reason: String, _ kind: InputError.Kind = .malformed) -> InputError {
    InputError(
      kind, at: InputLocation(file: file, offset: min(place, bytes.count)), reason,
      remedy: "get the workbook again from where it was published, or save it anew")
  }
}

extension String {
  /// Where a word ends in the text; nil where it is not.
  fileprivate func range(ofWord word: String) -> Index? {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(word) { return index(place, offsetBy: word.count) }
      place = index(after: place)
    }
    return nil
  }
}
