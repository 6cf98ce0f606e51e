import Batching
public import Genomics

/// One line of a BED file.
public struct BEDFeature: Sendable, Hashable {
  /// Where it is, 0-based and half-open as BED writes it; a region of no bases is legal (an insertion site).
  public var region: Region
  /// The fourth column; nil where there is none or it is `.`.
  public var name: String?
  /// The fifth column; nil where there is none or it is `.`.
  public var score: Double?
  /// The sixth column; nil where there is none or it is `.`.
  public var strand: Strand?

  /// A feature of these columns.
  public init(region: Region, name: String? = nil, score: Double? = nil, strand: Strand? = nil) {
    self.region = region
    self.name = name
    self.score = score
    self.strand = strand
  }
}

/// What is read of a BED's columns.
public enum BEDColumns: Sendable, Hashable {
  /// Six, as the format defines them.
  case all
  /// Region and name; the name as written, `.` too, nil only where it is empty or there is no fourth column. Laboratories'
  /// target files put what they like behind the name (transcript, exon), which ``all`` refuses as a score.
  case regionAndName
}

/// Reads a BED file (plain, gzip or bgzip) of three or more columns separated by tabs.
///
/// `track` and `browser` lines, comments and blank lines are skipped; columns behind the sixth are not looked at.
/// Source: GA4GH "The Browser Extensible Data (BED) format", version 1.0.
/// - Returns: the features in the file's order.
/// - Throws: `InputError` with line and offset of the first line at fault; what reading found.
public func readBED(_ input: InputFile, columns: BEDColumns = .all, resources: RunResources) async throws
  -> [BEDFeature]
{
  try await withChunks(of: input, endOfFile: .required, resources: resources) { source in
    var cutter = LineCutter(source)
    var features: [BEDFeature] = []
    var nextLine = 1
    while let chunk = try await cutter.next(line: nextLine) {
      nextLine += try await resources.budget.withThread {
        try chunk.forEachLine(firstLine: nextLine, path: input.path) { line in
          if let feature = try BEDFeature(line, columns) { features.append(feature) }
          return true
        }
      }
    }
    return features
  }
}

extension BEDFeature {
  /// Parses a line; nil for a line that is no feature.
  init?(_ line: TextLine, _ wanted: BEDColumns = .all) throws(InputError) {
    if line.isBlank || line.starts(with: "#") { return nil }
    for word in ["track", "browser"] where line.starts(with: word) {
      // `track` alone or with blanks behind; a contig may be called `track1`.
      let next = line.bytes.count > word.utf8.count ? line.bytes[word.utf8.count] : UInt8(ascii: " ")
      if next == UInt8(ascii: " ") || (next == UInt8(ascii: "\t") && decimal(line.columns()[1]) == nil) { return nil }
    }
    let columns = line.columns()
    guard columns.count >= 3 else {
      throw line.refusal(
        columns.count == 1
          ? "the columns are not separated by tabs" : "the line has \(columns.count) columns, BED has 3 or more",
        remedy: "give a BED: contig, start (from 0) and end, separated by tabs")
    }
    guard !columns[0].isEmpty else { throw line.refusal("the contig has no name", remedy: "correct the line") }
    let contig = try line.text(columns[0], "the contig's name")
    guard let start = decimal(columns[1]), let end = decimal(columns[2]) else {
      throw line.refusal(
        "start or end is not a number of 0 or more",
        remedy: "correct the line; BED counts from 0 and has no negative places")
    }
    guard start <= end else {
      throw line.refusal("the region ends at \(end), before its start \(start)", remedy: "correct the line")
    }
    self.init(region: Region(contig: contig, start: ZeroBasedPosition(start), end: ZeroBasedPosition(end)))
    if wanted == .regionAndName {
      if columns.count > 3, !columns[3].isEmpty { name = try line.text(columns[3], "the name") }
      return
    }
    if columns.count > 3, !columns[3].elementsEqual(".".utf8) { name = try line.text(columns[3], "the name") }
    if columns.count > 4, !columns[4].elementsEqual(".".utf8) {
      guard let value = Double(try line.text(columns[4], "the score")), value.isFinite else {
        throw line.refusal("the score is not a number", remedy: "correct the fifth column, or put . there")
      }
      score = value
    }
    if columns.count > 5, !columns[5].elementsEqual(".".utf8) {
      guard columns[5].count == 1, let strand = Strand(rawValue: Character(UnicodeScalar(columns[5][0]))) else {
        throw line.refusal("the strand is not one of + - .", remedy: "correct the sixth column")
      }
      self.strand = strand
    }
  }
}
