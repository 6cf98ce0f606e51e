import Genomics

/// Parses the lines of one batch.
struct GFF3Parser {
  let types: Set<String>?
  private(set) var features: [GFF3Feature] = []
  private(set) var summary = GFF3Summary()
  private var source = Repeated()
  private var shared = FeatureColumns(
    format: "GFF3", phaseName: "phase", allowsUnknownStrand: true, decode: percentDecoded)

  init(types: Set<String>?) { self.types = types }

  mutating func take(_ line: TextLine) throws(InputError) {
    if line.isBlank { return }
    if line.starts(with: "#") { return try takeComment(line) }
    let columns = try shared.split(line)
    summary.featureLines += 1
    let type = try shared.type(columns, line)
    if let types, !types.contains(type) { return }
    let region = try shared.region(columns, line)
    let sourceText = try source.text(columns[1], line, "the source", percentDecoded)
    features.append(
      GFF3Feature(
        region: region, source: sourceText == "." ? nil : sourceText, type: type, score: try score(columns[5], line),
        strand: try shared.strand(columns, line), phase: try shared.phase(columns, type: type, line),
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
