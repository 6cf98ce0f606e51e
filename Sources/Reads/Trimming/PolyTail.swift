/// Tails of one base: a mismatch is allowed for each eight bases, and five in all (fastp).
private let basesAMismatch = 8
private let mostMismatches = 5

/// What a tail of one base was cut by.
struct PolyTail {
  /// The base, as an index of `BaseClass.letters`.
  var base: Int
  /// The bases cut.
  var length: Int
}

extension WorkingRead {
  /// Cuts a tail of G of at least `shortest` bases, back to the last G seen from the 3′ end.
  mutating func cutPolyG(shortest: Int) {
    var mismatches = 0
    var firstG = length - 1
    var index = 0
    while index < length {
      if sequence[length - index - 1] == UInt8(ascii: "G") {
        firstG = length - index - 1
      } else {
        mismatches += 1
      }
      if mismatches > mostMismatches || (mismatches > (index + 1) / basesAMismatch && index >= shortest - 1) { break }
      index += 1
    }
    if index >= shortest { truncate(to: firstG) }
  }

  /// Cuts a tail of any one base of at least `shortest` bases; N counts for all four.
  mutating func cutPolyX(shortest: Int) -> PolyTail? {
    var counts: (Int, Int, Int, Int) = (0, 0, 0, 0)
    var position = 0
    while position < length {
      switch sequence[length - position - 1] {
      case UInt8(ascii: "A"): counts.0 += 1
      case UInt8(ascii: "T"): counts.1 += 1
      case UInt8(ascii: "C"): counts.2 += 1
      case UInt8(ascii: "G"): counts.3 += 1
      case UInt8(ascii: "N"):
        counts.0 += 1
        counts.1 += 1
        counts.2 += 1
        counts.3 += 1
      default: break
      }
      let compared = position + 1
      let most = max(max(counts.0, counts.1), max(counts.2, counts.3))
      let goesOn = compared - most <= min(mostMismatches, compared / basesAMismatch)
      if !goesOn, position >= basesAMismatch || position + 1 >= shortest - 1 { break }
      position += 1
    }
    guard position + 1 >= shortest else { return nil }
    // The first of equals, in the order A, T, C, G.
    let all = [counts.0, counts.1, counts.2, counts.3]
    var base = 0
    for other in 1..<4 where all[other] > all[base] { base = other }
    // A loop that ran to the start of the read stands one base before it.
    position = min(position, length - 1)
    while position >= 0, sequence[length - position - 1] != BaseClass.letters[base] { position -= 1 }
    let cut = position + 1
    truncate(to: length - cut)
    return PolyTail(base: base, length: cut)
  }
}
