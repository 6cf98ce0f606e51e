import GenomicFiles
import Genomics

/// Which columns of a score file hold what: the layouts of CADD and REVEL, and any with such names.
///
/// The header is the last line of those at the start that begin with `#`, or the first line. Columns are separated by
/// tabs where the header has one, else by commas. Names are told without `#` and in any case.
struct ScoreColumns: Sendable {
  let separator: UInt8
  let contig: Int
  let position: Int
  let reference: Int
  let alternate: Int
  /// The columns of the scores wanted, with their names.
  let scores: [(column: Int, name: String)]
  /// Columns of a line.
  let count: Int

  /// Reads a header line.
  /// - Parameter assembly: tells which of several columns of positions is meant.
  init(
    _ line: UnsafeRawBufferPointer, _ spec: KnownSourceSpec, assembly: Assembly?, at location: InputLocation
  ) throws(InputError) {
    let hasTab = line.contains(UInt8(ascii: "\t"))
    separator = UInt8(ascii: hasTab ? "\t" : ",")
    let names = line.split(separator: separator, omittingEmptySubsequences: false)
      .map { String(decoding: $0.drop { $0 == UInt8(ascii: "#") }, as: UTF8.self) }
    let lower = names.map { $0.lowercased() }
    let positions: [String] =
      switch assembly {
      case .grch37: ["pos", "position", "hg19_pos", "grch37_pos"]
      case .grch38: ["pos", "position", "grch38_pos", "hg38_pos"]
      case nil: ["pos", "position"]
      }
    func place(_ wanted: [String], _ what: String) throws(InputError) -> Int {
      guard let found = wanted.lazy.compactMap({ lower.firstIndex(of: $0) }).first else {
        throw InputError(
          .malformed, at: location, "the header has no column for \(what) (\(wanted.joined(separator: ", ")))",
          remedy: "give a table with the columns chrom, pos, ref, alt and scores")
      }
      return found
    }
    contig = try place(["chrom", "chr", "chromosome", "contig"], "the contig")
    position = try place(positions, "the position")
    reference = try place(["ref", "reference"], "REF")
    alternate = try place(["alt", "alternate"], "ALT")
    count = names.count
    let places = [contig, position, reference, alternate]
    var scores: [(column: Int, name: String)] = []
    if spec.fields.isEmpty {
      let other: Set = ["hg19_pos", "grch37_pos", "grch38_pos", "hg38_pos"]
      for (column, name) in names.enumerated() where !places.contains(column) && !other.contains(lower[column]) {
        scores.append((column, name))
      }
    }
    for field in spec.fields {
      guard let column = names.firstIndex(of: field) else {
        throw InputError(
          .malformed, at: location, "the header has no column \(field)", remedy: "name a column of the file")
      }
      scores.append((column, field))
    }
    guard !scores.isEmpty, scores.allSatisfy({ $0.name.utf8.allSatisfy(Self.isKeyByte) && !$0.name.isEmpty }) else {
      throw InputError(
        .malformed, at: location, "the table has no score whose name could be an INFO key",
        remedy: "name score columns with letters, digits, _ and .")
    }
    self.scores = scores
  }

  /// The columns of a line, and nil where it has another number of them.
  func cells(_ line: UnsafeRawBufferPointer, into cells: inout [UnsafeRawBufferPointer]) -> Bool {
    cells.removeAll(keepingCapacity: true)
    var start = 0
    for index in 0...line.count where index == line.count || line[index] == separator {
      cells.append(UnsafeRawBufferPointer(rebasing: line[start..<index]))
      start = index + 1
    }
    return cells.count == count
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
