/// A stretch that two sequences share, with one mismatch or none.
struct FastQCMatch: Equatable {
  /// From the first to the last base that match, in bases.
  var length: Int
  /// Percent of the stretch that match, rounded down.
  var identity: Int

  /// Matches are longer than this, save whole short queries.
  private static let shortest = 20

  /// The longest match on either strand of a contaminant; of equals the first, the listed strand before the other.
  static func best(of query: [UInt8], on strands: [[UInt8]]) -> FastQCMatch? {
    if (8..<shortest).contains(query.count), strands.contains(where: { contains($0, query) }) {
      return FastQCMatch(length: query.count, identity: 100)
    }
    var best: FastQCMatch?
    for strand in strands where shortest - strand.count < query.count - shortest {
      for offset in shortest - strand.count..<query.count - shortest {
        guard let match = onDiagonal(strand, query, offset) else { continue }
        if match.length > best?.length ?? 0 { best = match }
      }
    }
    return best
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    text.count >= part.count
      && (0...text.count - part.count).contains { text[$0..<$0 + part.count].elementsEqual(part) }
  }

  /// The best stretch with the strand's base 0 at `offset` of the query: the longest, of equals the one of higher identity.
  ///
  /// A second mismatch ends a stretch and the next begins behind it: stretches do not overlap.
  private static func onDiagonal(_ strand: [UInt8], _ query: [UInt8], _ offset: Int) -> FastQCMatch? {
    var best: FastQCMatch?
    let from = max(0, -offset)
    var stretch = Stretch(start: from, end: 0)
    for place in from..<max(from, min(strand.count, query.count - offset)) {
      if strand[place] == query[place + offset] {
        stretch.end = place
      } else if stretch.mismatches == 0 {
        stretch.mismatches = 1
      } else {
        stretch.record(in: &best)
        stretch = Stretch(start: place + 1, end: place + 1)
      }
    }
    stretch.record(in: &best)
    return best
  }

  private struct Stretch {
    var start: Int
    /// The last base that matched.
    var end: Int
    var mismatches = 0

    func record(in best: inout FastQCMatch?) {
      let length = end - start + 1
      guard length > shortest else { return }
      let match = FastQCMatch(length: length, identity: (length - mismatches) * 100 / length)
      if let best, (best.length, best.identity) >= (match.length, match.identity) { return }
      best = match
    }
  }
}
