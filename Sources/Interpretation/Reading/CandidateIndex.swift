import Genomics

/// The alleles of candidates, found by the allele itself or by place.
struct CandidateIndex: Sendable {
  /// One allele.
  struct Entry: Sendable {
    /// Its number among the candidates.
    var number: Int
    /// The bases of REF, counted from 0.
    var span: Range<Int>
    var shape: AlleleShape
  }

  private struct Part {
    var entries: [Entry] = []
    var byShape: [AlleleShape: Int] = [:]
    var longest = 0
  }

  private var parts: [String: Part] = [:]

  /// - Parameter candidates: normalised, in any order, each allele once.
  init(_ candidates: [CandidateVariant]) {
    for (number, candidate) in candidates.enumerated() {
      let (reference, alternate) = (Array(candidate.reference.utf8), Array(candidate.alternate.utf8))
      let shape = reference.withUnsafeBytes { reference in
        alternate.withUnsafeBytes {
          AlleleShape(start: candidate.position - 1, reference: reference, alternate: $0)
        }
      }
      let start = candidate.position - 1
      parts[candidate.contig, default: Part()].entries.append(
        Entry(number: number, span: start..<(start + reference.count), shape: shape))
    }
    parts = parts.mapValues { part in
      var part = part
      part.entries.sort { ($0.span.lowerBound, $0.number) < ($1.span.lowerBound, $1.number) }
      for entry in part.entries {
        part.byShape[entry.shape] = entry.number
        part.longest = max(part.longest, entry.span.count)
      }
      return part
    }
  }

  /// The number of the candidate with this allele, normalised; nil where it is none.
  func number(_ shape: AlleleShape, on contig: String) -> Int? { parts[contig]?.byShape[shape] }

  /// Whether a contig has candidates.
  func has(_ contig: String) -> Bool { parts[contig] != nil }

  /// Calls `body` with the candidates whose REF shares a base with a range, in order of place.
  func forEach(on contig: String, in range: Range<Int>, _ body: (Entry) -> Void) {
    guard let part = parts[contig] else { return }
    var (low, high) = (0, part.entries.count)
    let first = range.lowerBound - part.longest
    while low < high {
      let middle = (low + high) / 2
      if part.entries[middle].span.lowerBound <= first { low = middle + 1 } else { high = middle }
    }
    while low < part.entries.count, part.entries[low].span.lowerBound < range.upperBound {
      if part.entries[low].span.overlaps(range) { body(part.entries[low]) }
      low += 1
    }
  }
}
