public import GenomicFiles
import Genomics

/// Depth of a person's alignments at candidates of which the person's own file has no record.
///
/// A caller that writes variants alone was silent there; enough depth makes it likely that it saw the reference. Depth
/// says nothing of what the reads had, so this is the weakest evidence, and results say so.
public enum DepthEvidence {
  /// The least depth, in reads, that every base of REF must have.
  public static let threshold = ReferenceCallRule.depth

  /// The least depth over REF of each candidate asked for; candidates with a base that no line covers are left out.
  /// - Parameter assumed: the depth of lines that tell none: a file of where depth suffices.
  static func read(
    _ path: String, _ index: CandidateIndex, wanted: Set<Int>, least assumed: Int? = nil, resources: RunResources
  ) async throws -> [Int: Int] {
    var least: [Int: Int] = [:]
    var covered: [Int: Int] = [:]
    var spans: [Int: Int] = [:]
    var contig: [UInt8] = []
    var name = ""
    var isWanted = false
    try await readPerBaseDepth(InputFile(path: path), least: assumed, resources: resources) { bytes, range, depth in
      if !bytes.elementsEqual(contig) {
        contig = Array(bytes)
        name = String(decoding: bytes, as: UTF8.self)
        isWanted = index.has(name)
      }
      guard isWanted else { return }
      index.forEach(on: name, in: range) { entry in
        guard wanted.contains(entry.number) else { return }
        least[entry.number] = min(least[entry.number] ?? depth, depth)
        covered[entry.number, default: 0] += range.clamped(to: entry.span).count
        spans[entry.number] = entry.span.count
      }
    }
    return least.filter { covered[$0.key] == spans[$0.key] }
  }

  /// The number of copies that a person has of a place; nil where that is not known.
  static func ploidy(_ place: CandidateVariant.Place, _ copies: Family.XCopies) -> Int? {
    switch place {
    case .autosome, .pseudoautosomal: 2
    case .mitochondrial: 1
    case .x:
      switch copies {
      case .measured(let number): number
      case .unmeasured: nil
      }
    case .y, .other: nil
    }
  }
}
