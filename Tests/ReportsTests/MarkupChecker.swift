/// A strict reader of tags: enough to say whether a page is well formed, and to look at its elements.
struct MarkupChecker {
  struct Element: Equatable {
    var name: String
    var attributes: [String: String]
    /// Names of attributes as they were written.
    var attributeNames: [String]
    /// Names of the elements round it, outermost first.
    var ancestors: [String]
    /// Text directly inside, entities resolved.
    var text = ""
  }

  struct Fault: Error, CustomStringConvertible { var description: String }

  private(set) var elements: [Element] = []

  init(_ page: String) throws {
    let bytes = Array(page.utf8)
    var position = 0
    var open: [Int] = []
    func fault(_ reason: String) -> Fault {
      let context = String(decoding: bytes[max(0, position - 80)..<min(bytes.count, position + 80)], as: UTF8.self)
      return Fault(description: "\(reason) near: \(context)")
    }
    guard page.hasPrefix("<!DOCTYPE html>\n") else { throw fault("no document type") }
    position = 16
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "<") else {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
        let raw = String(decoding: bytes[start..<position], as: UTF8.self)
        let isCode = open.last.map { ["style", "script"].contains(elements[$0].name) } ?? false
        if let last = open.last {
          elements[last].text += isCode ? raw : try Self.resolved(raw)
        } else if raw.contains(where: { !$0.isWhitespace }) {
          throw fault("text outside the page")
        }
        continue
      }
      guard let end = Self.endOfTag(bytes, from: position) else { throw fault("tag without end") }
      let tag = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
      if tag.hasPrefix("/") {
        guard let last = open.popLast(), elements[last].name == tag.dropFirst() else {
          throw fault("</\(tag)> closes nothing")
        }
      } else {
        let isEmpty = tag.hasSuffix("/")
        var element = try Self.element(isEmpty ? String(tag.dropLast()) : tag)
        element.ancestors = open.map { elements[$0].name }
        elements.append(element)
        if !isEmpty { open.append(elements.count - 1) }
      }
      position = end + 1
    }
    guard open.isEmpty else { throw Fault(description: "not closed: \(open.map { elements[$0].name })") }
  }

  func named(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// Text that a person reads: neither style nor script.
  var readableText: String {
    elements.filter { $0.name != "style" && $0.name != "script" }.map(\.text).joined(separator: "\n")
  }

  /// Tags and names of attributes, without values and text.
  var structure: [String] {
    elements.map { "\($0.ancestors.count) \($0.name) \($0.attributeNames.joined(separator: " "))" }
  }

  /// The `>` that ends the tag: not one inside quotes.
  private static func endOfTag(_ bytes: [UInt8], from start: Int) -> Int? {
    var isQuoted = false
    for index in (start + 1)..<bytes.count {
      if bytes[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if bytes[index] == UInt8(ascii: "<") { return nil }
      if bytes[index] == UInt8(ascii: ">"), !isQuoted { return index }
    }
    return nil
  }

  private static func element(_ tag: String) throws -> Element {
    let name = tag.prefix { $0.isLetter || $0.isNumber }
    guard !name.isEmpty else { throw Fault(description: "tag without name: \(tag)") }
    var element = Element(name: String(name), attributes: [:], attributeNames: [], ancestors: [])
    // By scalars: a quote with an accent on it still ends an attribute.
    var rest = tag.unicodeScalars.dropFirst(name.unicodeScalars.count)
    while true {
      let hadSpace = rest.first?.properties.isWhitespace ?? false
      rest = rest.drop { $0.properties.isWhitespace }
      guard !rest.isEmpty else { return element }
      guard hadSpace else { throw Fault(description: "attributes run together: \(tag)") }
      let key = rest.prefix { $0.properties.isAlphabetic || $0 == "-" }
      rest = rest.dropFirst(key.count)
      guard !key.isEmpty, rest.first == "=", rest.dropFirst().first == "\"" else {
        throw Fault(description: "attribute without quoted value: \(tag)")
      }
      rest = rest.dropFirst(2)
      let value = rest.prefix { $0 != "\"" }
      rest = rest.dropFirst(value.count + 1)
      guard element.attributes.updateValue(try resolved(String(value)), forKey: String(key)) == nil else {
        throw Fault(description: "attribute twice: \(tag)")
      }
      element.attributeNames.append(String(key))
    }
  }

  private static func resolved(_ text: String) throws -> String {
    let entities = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'"]
    // By scalars again: a semicolon with an accent on it ends an entity.
    let parts = text.unicodeScalars.split(separator: "&", omittingEmptySubsequences: false)
    var resolved = String(parts.first.map { String($0) } ?? "")
    for part in parts.dropFirst() {
      guard let end = part.firstIndex(of: ";"), let character = entities[String(part[..<end])] else {
        throw Fault(description: "stray ampersand: &\(String(part.prefix(20)))")
      }
      resolved += character
      resolved.unicodeScalars.append(contentsOf: part[part.index(after: end)...])
    }
    guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 || "\n\t\r".unicodeScalars.contains($0) }) else {
      throw Fault(description: "control character in text")
    }
    return resolved
  }
}
