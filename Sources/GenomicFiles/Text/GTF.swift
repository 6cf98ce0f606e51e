public import Genomics

/// One feature line of a GTF file (GTF 2.2; Ensembl, GENCODE and RefSeq write it).
public struct GTFFeature: Sendable, Hashable {
  /// Where it is, 0-based and half-open; the file counts from 1 and includes the end.
  public var region: Region
  /// The third column, such as `exon`.
  public var type: String
  /// The strand; nil for `.`.
  public var strand: Strand?
  /// For a CDS, the number of bases before its first whole codon, 0 to 2; nil for `.`.
  public var frame: Int?
  /// The ninth column.
  public var attributes: GTFAttributes
  /// The line, counted from 1, for errors.
  public var line: Int
}

/// Parses the lines of one batch.
struct GTFParser {
  private(set) var features: [GTFFeature] = []
  // Neighbouring lines mostly share these, so their strings are made once.
  private var contig = RepeatedText()
  private var type = RepeatedText()

  mutating func take(_ line: TextLine) throws(InputError) {
    if line.isBlank || line.starts(with: "#") { return }
    let columns = line.columns()
    guard columns.count == 9 else {
      throw line.refusal(
        "the line has \(columns.count) columns, GTF has 9",
        remedy: "correct the line; its columns are separated by tabs")
    }
    guard !columns[0].isEmpty, !columns[2].isEmpty else {
      throw line.refusal("the contig or the type is empty", remedy: "correct the line")
    }
    guard let start = decimal(columns[3]), let end = decimal(columns[4]), start >= 1 else {
      throw line.refusal("start or end is not a number of 1 or more", remedy: "correct the line; GTF counts from 1")
    }
    guard start <= end else {
      throw line.refusal("the feature ends at \(end), before its start \(start)", remedy: "correct the line")
    }
    let typeText = try type.text(columns[2], line, "the type")
    features.append(
      GTFFeature(
        region: Region(
          contig: try contig.text(columns[0], line, "the contig's name"), start: ZeroBasedPosition(start - 1),
          end: ZeroBasedPosition(end)),
        type: typeText, strand: try strand(columns[6], line), frame: try frame(columns[7], type: typeText, line),
        attributes: try GTFAttributes(columns[8], line), line: line.number))
  }

  private func strand(_ column: UnsafeRawBufferPointer, _ line: TextLine) throws(InputError) -> Strand? {
    if column.elementsEqual(".".utf8) { return nil }
    guard column.count == 1, let strand = Strand(rawValue: Character(UnicodeScalar(column[0]))) else {
      throw line.refusal("the strand is not one of + - .", remedy: "correct the seventh column")
    }
    return strand
  }

  private func frame(_ column: UnsafeRawBufferPointer, type: String, _ line: TextLine) throws(InputError) -> Int? {
    if column.elementsEqual(".".utf8) {
      // Without it the reading frame would be guessed.
      guard type != "CDS" else {
        throw line.refusal("a CDS has no frame", remedy: "write the frame 0, 1 or 2 into the eighth column")
      }
      return nil
    }
    guard column.count == 1, let frame = decimal(column), frame <= 2 else {
      throw line.refusal("the frame is not one of 0 1 2 .", remedy: "correct the eighth column")
    }
    return frame
  }
}

/// The text of a column that repeats from line to line; taken as it stands.
private struct RepeatedText {
  private var bytes: [UInt8] = []
  private var decoded = ""

  mutating func text(_ column: UnsafeRawBufferPointer, _ line: TextLine, _ name: String) throws(InputError) -> String {
    if !bytes.isEmpty, bytes.elementsEqual(column) { return decoded }
    decoded = try line.text(column, name)
    bytes = Array(column)
    return decoded
  }
}
