import Genomics

/// Parses the lines of one batch.
struct GFF3Parser {
  let types: Set<String>?
  private(set) var features: [GFF3Feature] = []
  private(set) var summary = GFF3Summary()
  // Neighbouring lines mostly share these, so their strings are made once.
  private var contig = Repeated()
  private var source = Repeated()
  private var type = Repeated()

  init(types: Set<String>?) { self.types = types }

  mutating func take(_ line: TextLine) throws(InputError) {
    if line.isBlank { return }
    if line.starts(with: "#") { return try takeComment(line) }
    let columns = line.columns()
    guard columns.count == 9 else {
      throw line.refusal(
        "the line has \(columns.count) columns, GFF3 has 9",
        remedy: "correct the line; its columns are separated by tabs")
    }
    summary.featureLines += 1
    let typeText = try type.text(columns[2], line, "the type")
    if let types, !types.contains(typeText) { return }
    guard !columns[0].isEmpty, !typeText.isEmpty else {
      throw line.refusal("the contig or the type is empty", remedy: "correct the line")
    }
    guard let start = decimal(columns[3]), let end = decimal(columns[4]), start >= 1 else {
      throw line.refusal("start or end is not a number of 1 or more", remedy: "correct the line; GFF3 counts from 1")
    }
    guard start <= end else {
      throw line.refusal("the feature ends at \(end), before its start \(start)", remedy: "correct the line")
    }
    let sourceText = try source.text(columns[1], line, "the source")
    features.append(
      GFF3Feature(
        region: Region(
          contig: try contig.text(columns[0], line, "the contig's name"), start: ZeroBasedPosition(start - 1),
          end: ZeroBasedPosition(end)),
        source: sourceText == "." ? nil : sourceText, type: typeText, score: try score(columns[5], line),
        strand: try strand(columns[6], line), phase: try phase(columns[7], type: typeText, line),
        attributes: try GFF3Attributes(columns[8], line), line: line.number))
  }

  private mutating func takeComment(_ line: TextLine) throws(InputError) {
    if line.starts(with: "##gff-version") {
      let words = line.bytes.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      guard words.count >= 2, words[1].first == UInt8(ascii: "3"),
        words[1].count == 1 || words[1].dropFirst().first == UInt8(ascii: ".")
      else {
        throw line.refusal("the file is GFF of another version than 3", kind: .unsupported, remedy: "give GFF3")
      }
    } else if line.starts(with: "##sequence-region") {
      let words = line.bytes.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        .map { UnsafeRawBufferPointer(rebasing: $0) }
      guard words.count == 4, let start = decimal(words[2]), let end = decimal(words[3]), start >= 1, start <= end
      else {
        throw line.refusal("the line does not hold a contig, its start and its end", remedy: "correct the line")
      }
      summary.sequenceRegions.append(
        Region(
          contig: try percentDecoded(words[1], line, "the contig's name"), start: ZeroBasedPosition(start - 1),
          end: ZeroBasedPosition(end)))
    }
  }

  private func score(_ column: UnsafeRawBufferPointer, _ line: TextLine) throws(InputError) -> Double? {
    if column.elementsEqual(".".utf8) { return nil }
    guard let score = Double(try line.text(column, "the score")), score.isFinite else {
      throw line.refusal("the score is not a number", remedy: "correct the sixth column, or put . there")
    }
    return score
  }

  private func strand(_ column: UnsafeRawBufferPointer, _ line: TextLine) throws(InputError) -> Strand? {
    if column.elementsEqual(".".utf8) || column.elementsEqual("?".utf8) { return nil }
    guard column.count == 1, let strand = Strand(rawValue: Character(UnicodeScalar(column[0]))) else {
      throw line.refusal("the strand is not one of + - . ?", remedy: "correct the seventh column")
    }
    return strand
  }

  private func phase(_ column: UnsafeRawBufferPointer, type: String, _ line: TextLine) throws(InputError) -> Int? {
    if column.elementsEqual(".".utf8) {
      // Without it the reading frame would be guessed.
      guard type != "CDS" else {
        throw line.refusal("a CDS has no phase", remedy: "write the phase 0, 1 or 2 into the eighth column")
      }
      return nil
    }
    guard column.count == 1, let phase = decimal(column), phase <= 2 else {
      throw line.refusal("the phase is not one of 0 1 2 .", remedy: "correct the eighth column")
    }
    return phase
  }
}

/// The text of a column that repeats from line to line.
private struct Repeated {
  private var bytes: [UInt8] = []
  private var decoded = ""

  mutating func text(_ column: UnsafeRawBufferPointer, _ line: TextLine, _ name: String) throws(InputError) -> String {
    if !bytes.isEmpty, bytes.elementsEqual(column) { return decoded }
    decoded = try percentDecoded(column, line, name)
    bytes = Array(column)
    return decoded
  }
}

/// Text with `%XX` read as bytes of UTF-8 (RFC 3986, section 2.1).
func percentDecoded(_ bytes: UnsafeRawBufferPointer, _ line: TextLine, _ name: String) throws(InputError) -> String {
  guard bytes.contains(UInt8(ascii: "%")) else { return try line.text(bytes, name) }
  guard let text = percentDecoded(Array(bytes)) else {
    throw line.refusal(
      "\(name) holds a % that no two hexadecimal digits follow, or is not UTF-8", remedy: "write % itself as %25")
  }
  return text
}

func percentDecoded(_ bytes: [UInt8]) -> String? {
  func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
  var decoded: [UInt8] = []
  decoded.reserveCapacity(bytes.count)
  var index = 0
  while index < bytes.count {
    if bytes[index] == UInt8(ascii: "%") {
      guard index + 2 < bytes.count, let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2]) else {
        return nil
      }
      decoded.append(high << 4 | low)
      index += 3
    } else {
      decoded.append(bytes[index])
      index += 1
    }
  }
  return String(validating: decoded, as: UTF8.self)
}
