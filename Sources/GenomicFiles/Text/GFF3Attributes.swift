import Genomics

/// The attributes of a GFF3 feature: tags with one or more values each, decoded when somebody asks.
///
/// A line of GENCODE has about fifteen, of which a reader wants two or three.
public struct GFF3Attributes: Sendable, Hashable {
  /// The column as the file writes it.
  public let text: String

  /// Checks a ninth column.
  init(_ column: UnsafeRawBufferPointer, _ line: TextLine) throws(InputError) {
    text = column.elementsEqual(".".utf8) ? "" : try line.text(column, "the attributes column")
    var hasPercent = false
    for part in text.utf8.split(separator: UInt8(ascii: ";")) {
      guard let equals = part.firstIndex(of: UInt8(ascii: "=")), equals > part.startIndex else {
        // An empty part between two semicolons, or blanks behind the last, are harmless.
        if part.allSatisfy({ $0 == UInt8(ascii: " ") }) { continue }
        let isGTF = part.contains(UInt8(ascii: "\""))
        throw line.refusal(
          isGTF ? "the attributes are those of GTF" : "an attribute has no tag=value form",
          kind: isGTF ? .unsupported : .malformed,
          remedy: isGTF ? "give GFF3, or convert the file with gffread" : "correct the ninth column")
      }
      hasPercent = hasPercent || part.contains(UInt8(ascii: "%"))
    }
    guard hasPercent else { return }
    for (tag, values) in all where tag == nil || values.contains(nil) {
      throw line.refusal(
        "an attribute holds a % that no two hexadecimal digits follow, or is not UTF-8", remedy: "write % itself as %25"
      )
    }
  }

  /// The values of a tag, decoded, in order; empty where the tag is absent. A tag that stands twice gives all its values.
  public subscript(tag: String) -> [String] {
    all.flatMap { $0.tag == tag ? $0.values.compactMap { $0 } : [] }
  }

  /// Every tag with its values, decoded, in the file's order.
  public var pairs: [(tag: String, values: [String])] {
    all.compactMap { pair in pair.tag.map { ($0, pair.values.compactMap { $0 }) } }
  }

  /// Tags and values; nil where one does not decode.
  private var all: [(tag: String?, values: [String?])] {
    text.utf8.split(separator: UInt8(ascii: ";")).compactMap { part in
      guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { return nil }
      // Some writers put a blank after the semicolon; a tag never begins with one.
      let tag = part[..<equals].drop { $0 == UInt8(ascii: " ") }
      let values = part[part.index(after: equals)...].split(
        separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      return (percentDecoded(Array(tag)), values.map { percentDecoded(Array($0)) })
    }
  }
}
