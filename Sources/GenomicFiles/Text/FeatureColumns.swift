import Genomics

/// The columns that lines of GFF3 and of GTF share, read with the words of their format.
struct FeatureColumns {
  /// The format's name.
  let format: String
  /// What it calls the eighth column.
  let phaseName: String
  /// Whether a strand may be `?`: relevant and not known.
  let allowsUnknownStrand: Bool
  /// Gives the text of a column.
  let decode: @Sendable (UnsafeRawBufferPointer, TextLine, String) throws(InputError) -> String
  // Neighbouring lines mostly share these, so their strings are made once.
  private var contig = Repeated()
  private var type = Repeated()

  init(
    format: String, phaseName: String, allowsUnknownStrand: Bool,
    decode: @escaping @Sendable (UnsafeRawBufferPointer, TextLine, String) throws(InputError) -> String
  ) {
    self.format = format
    self.phaseName = phaseName
    self.allowsUnknownStrand = allowsUnknownStrand
    self.decode = decode
  }

  /// The nine columns of a line.
  func split(_ line: TextLine) throws(InputError) -> [UnsafeRawBufferPointer] {
    let columns = line.columns()
    guard columns.count == 9 else {
      throw line.refusal(
        "the line has \(columns.count) columns, \(format) has 9",
        remedy: "correct the line; its columns are separated by tabs")
    }
    return columns
  }

  mutating func type(_ columns: [UnsafeRawBufferPointer], _ line: TextLine) throws(InputError) -> String {
    try type.text(columns[2], line, "the type", decode)
  }

  /// Where the feature is, 0-based and half-open.
  mutating func region(_ columns: [UnsafeRawBufferPointer], _ line: TextLine) throws(InputError) -> Region {
    guard !columns[0].isEmpty, !columns[2].isEmpty else {
      throw line.refusal("the contig or the type is empty", remedy: "correct the line")
    }
    guard let start = decimal(columns[3]), let end = decimal(columns[4]), start >= 1 else {
      throw line.refusal(
        "start or end is not a number of 1 or more", remedy: "correct the line; \(format) counts from 1")
    }
    guard start <= end else {
      throw line.refusal("the feature ends at \(end), before its start \(start)", remedy: "correct the line")
    }
    return Region(
      contig: try contig.text(columns[0], line, "the contig's name", decode), start: ZeroBasedPosition(start - 1),
      end: ZeroBasedPosition(end))
  }

  /// The strand; nil where there is none.
  func strand(_ columns: [UnsafeRawBufferPointer], _ line: TextLine) throws(InputError) -> Strand? {
    let column = columns[6]
    if column.elementsEqual(".".utf8) || allowsUnknownStrand && column.elementsEqual("?".utf8) { return nil }
    guard column.count == 1, let strand = Strand(rawValue: Character(UnicodeScalar(column[0]))) else {
      throw line.refusal(
        "the strand is not one of + - .\(allowsUnknownStrand ? " ?" : "")", remedy: "correct the seventh column")
    }
    return strand
  }

  /// The number of bases before the first whole codon of a CDS, 0 to 2; nil where there is none.
  func phase(_ columns: [UnsafeRawBufferPointer], type: String, _ line: TextLine) throws(InputError) -> Int? {
    let column = columns[7]
    if column.elementsEqual(".".utf8) {
      // Without it the reading frame would be guessed.
      guard type != "CDS" else {
        throw line.refusal(
          "a CDS has no \(phaseName)", remedy: "write the \(phaseName) 0, 1 or 2 into the eighth column")
      }
      return nil
    }
    guard column.count == 1, let phase = decimal(column), phase <= 2 else {
      throw line.refusal("the \(phaseName) is not one of 0 1 2 .", remedy: "correct the eighth column")
    }
    return phase
  }
}

/// The text of a column that repeats from line to line.
struct Repeated {
  private var bytes: [UInt8] = []
  private var decoded = ""

  mutating func text(
    _ column: UnsafeRawBufferPointer, _ line: TextLine, _ name: String,
    _ decode: (UnsafeRawBufferPointer, TextLine, String) throws(InputError) -> String
  ) throws(InputError) -> String {
    if !bytes.isEmpty, bytes.elementsEqual(column) { return decoded }
    decoded = try decode(column, line, name)
    bytes = Array(column)
    return decoded
  }
}
