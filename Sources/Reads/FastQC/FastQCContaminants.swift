public import Genomics

/// Sequences of known origin that overrepresented sequences are compared with: FastQC's `contaminant_list.txt`, or a list
/// of the laboratory's own in its form.
///
/// No list is built in: FastQC's is part of FastQC and under its licence. Without one every sequence is a "No Hit".
public struct FastQCContaminants: Sendable {
  private struct Contaminant {
    var name: String
    /// As listed, and the reverse complement.
    var strands: [[UInt8]]
  }

  private var contaminants: [Contaminant] = []

  /// No list.
  public init() {}

  /// A list: a name, tabs, and bases on each line; lines that begin with `#` and blank lines are skipped.
  /// - Parameters:
  ///   - text: the list.
  ///   - path: its file, for errors.
  /// - Throws: `InputError` of kind `malformed` for a line without two columns or with other letters than A, C, G and T.
  public init(text: String, path: String) throws(InputError) {
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      guard !line.hasPrefix("#"), line.contains(where: { !$0.isWhitespace }) else { continue }
      let columns = line.split(separator: "\t")
      let bases = columns.last.map { Array($0.uppercased().utf8) } ?? []
      guard columns.count == 2, bases.allSatisfy({ Self.complement($0) != nil }) else {
        throw InputError(
          .malformed, at: InputLocation(file: path, record: number + 1),
          "the line is not a name and a sequence of A, C, G and T parted by tabs", remedy: "correct the list")
      }
      let reverse = bases.reversed().compactMap(Self.complement)
      contaminants.append(Contaminant(name: String(columns[0]), strands: [bases, reverse]))
    }
  }

  private static func complement(_ base: UInt8) -> UInt8? {
    switch base {
    case UInt8(ascii: "A"): UInt8(ascii: "T")
    case UInt8(ascii: "C"): UInt8(ascii: "G")
    case UInt8(ascii: "G"): UInt8(ascii: "C")
    case UInt8(ascii: "T"): UInt8(ascii: "A")
    default: nil
    }
  }

  /// The contaminant with the longest match, the first of equals, as FastQC words it; nil without a match.
  func source(of query: [UInt8]) -> String? {
    var best: (name: String, match: FastQCMatch)?
    for contaminant in contaminants {
      guard let match = FastQCMatch.best(of: query, on: contaminant.strands) else { continue }
      if match.length > best?.match.length ?? 0 { best = (contaminant.name, match) }
    }
    return best.map { "\($0.name) (\($0.match.identity)% over \($0.match.length)bp)" }
  }
}
