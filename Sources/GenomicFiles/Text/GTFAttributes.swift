import Genomics

/// The attributes of a GTF feature: `tag "value";`, decoded when somebody asks. Tags may repeat.
///
/// Quoted values may hold semicolons, and quotation marks behind a backslash; nothing is percent-encoded.
public struct GTFAttributes: Sendable, Hashable {
  /// The column as the file writes it.
  public let text: String

  /// Checks a ninth column.
  init(_ column: UnsafeRawBufferPointer, _ line: TextLine) throws(InputError) {
    text = try line.text(column, "the attributes column")
    var rest = text.utf8[...]
    while let outcome = Self.next(&rest) {
      guard case .failure(let fault) = outcome else { continue }
      let isGFF3 = fault == .noValue && text.utf8.contains(UInt8(ascii: "=")) && !text.utf8.contains(UInt8(ascii: "\""))
      throw line.refusal(
        isGFF3 ? "the attributes are those of GFF3, those above are GTF's" : fault.rawValue,
        remedy: isGFF3 ? "give a file of one format" : "correct the ninth column; GTF writes tag \"value\";")
    }
  }

  /// Every tag with its value, in the file's order.
  public var pairs: [(tag: String, value: String)] {
    var pairs: [(tag: String, value: String)] = []
    var rest = text.utf8[...]
    while let outcome = Self.next(&rest), case .success(let pair) = outcome {
      pairs.append((String(decoding: pair.tag, as: UTF8.self), Self.unescaped(pair.value)))
    }
    return pairs
  }

  /// The values of a tag, in order; empty where the tag is absent.
  public subscript(tag: String) -> [String] {
    var values: [String] = []
    var rest = text.utf8[...]
    while let outcome = Self.next(&rest), case .success(let pair) = outcome {
      if pair.tag.elementsEqual(tag.utf8) { values.append(Self.unescaped(pair.value)) }
    }
    return values
  }

  private typealias Text = Substring.UTF8View
  private typealias Pair = (tag: Text, value: Text)

  private enum Fault: String, Error {
    case noValue = "an attribute has no value"
    case openQuote = "an attribute's value has no closing quotation mark"
    case noSemicolon = "something other than a semicolon stands behind an attribute's value"
  }

  /// Takes the next pair from the front; nil at the end. After a fault nothing more can be told.
  private static func next(_ rest: inout Text) -> Result<Pair, Fault>? {
    let (blank, semicolon, quote) = (UInt8(ascii: " "), UInt8(ascii: ";"), UInt8(ascii: "\""))
    // An empty part between two semicolons is harmless.
    rest = rest.drop { $0 == blank || $0 == semicolon }
    guard !rest.isEmpty else { return nil }
    defer { if rest.first == semicolon { rest = rest.dropFirst() } }
    let tag = rest.prefix { $0 != blank && $0 != semicolon }
    rest = rest[tag.endIndex...].drop { $0 == blank }
    guard let first = rest.first, first != semicolon else { return .failure(.noValue) }
    var value: Text
    if first == quote {
      var end = rest.index(after: rest.startIndex)
      var isEscaped = false
      while end < rest.endIndex, isEscaped || rest[end] != quote {
        isEscaped = !isEscaped && rest[end] == UInt8(ascii: "\\")
        rest.formIndex(after: &end)
      }
      guard end < rest.endIndex else { return .failure(.openQuote) }
      value = rest[rest.index(after: rest.startIndex)..<end]
      rest = rest[rest.index(after: end)...].drop { $0 == blank }
      guard rest.isEmpty || rest.first == semicolon else { return .failure(.noSemicolon) }
    } else {
      value = rest.prefix { $0 != semicolon }
      rest = rest[value.endIndex...]
      while value.last == blank { value = value.dropLast() }
      guard !value.contains(quote) else { return .failure(.noSemicolon) }
    }
    return .success((tag, value))
  }

  private static func unescaped(_ value: Text) -> String {
    let text = String(decoding: value, as: UTF8.self)
    guard value.contains(UInt8(ascii: "\\")) else { return text }
    return text.replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
  }
}
