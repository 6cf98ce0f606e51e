import Reads

/// Trimming done the slow and obvious way, on copies of the bases.
enum NaiveTrimming {
  static func reverseComplement(_ bases: [UInt8]) -> [UInt8] {
    let pairs: [Character: Character] = ["A": "T", "C": "G", "G": "C", "T": "A"]
    return bases.reversed().map { base in
      let upper = Character(Unicode.Scalar(base).properties.uppercaseMapping)
      return (pairs[upper] ?? "N").asciiValue ?? 0
    }
  }

  private static func differences(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Int {
    zip(a, b).count { $0 != $1 }
  }

  /// The first offset of the second mate's reverse complement, to the right and then to the left, at which the first 50
  /// bases of the overlap differ in few enough places.
  static func overlap(
    _ read1: [UInt8], _ read2: [UInt8], _ limits: ReadOptions.Overlap
  ) -> (offset: Int, length: Int)? {
    let mate = reverseComplement(read2)
    func isOverlap(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Bool {
      let share = Double(min(a.count, b.count)) * (Double(limits.differencePercent) / 100)
      return differences(a.prefix(50), b.prefix(50)) <= min(limits.differences, Int(share))
    }
    for offset in read1.indices where read1.count - offset > limits.shortest {
      if isOverlap(read1[offset...], mate[...]) { return (offset, min(read1.count - offset, mate.count)) }
    }
    for offset in mate.indices where mate.count - offset > limits.shortest {
      if isOverlap(read1[...], mate[offset...]) { return (-offset, min(read1.count, mate.count - offset)) }
    }
    return nil
  }

  /// Where an adapter begins: a mismatch is allowed for each eight bases between the read's end and the adapter's, and
  /// the read has to hold more than `shortest` bases from there on.
  static func adapter(_ adapter: [UInt8], in read: [UInt8], shortest: Int = 4) -> Int? {
    guard adapter.count >= shortest else { return nil }
    let lead = [(16, 4), (12, 3), (8, 2)].first { adapter.count >= $0.0 }?.1 ?? 0
    return (-lead..<max(-lead, read.count - shortest)).first { start in
      let compared = min(adapter.count, read.count - start)
      let mismatches = (0..<compared).count { start + $0 >= 0 && adapter[$0] != read[start + $0] }
      return mismatches <= compared / 8
    }
  }

  /// What is left of a read after its tail of G.
  static func polyG(_ read: [UInt8], shortest: Int) -> Int {
    let reversed = Array(read.reversed())
    func others(_ count: Int) -> Int { reversed.prefix(count).count { $0 != UInt8(ascii: "G") } }
    let end =
      (1...max(1, read.count)).first { count in
        count <= read.count && (others(count) > 5 || (count >= shortest && others(count) > count / 8))
      }.map { $0 - 1 } ?? read.count
    guard end >= shortest else { return read.count }
    // A base that stops the tail is not G, so it is behind the last G all the same.
    return read.count - ((1...max(1, end)).last { reversed[$0 - 1] == UInt8(ascii: "G") } ?? 1)
  }

  /// The base and length of the tail of one base that is cut from a read.
  static func polyX(_ read: [UInt8], shortest: Int) -> (base: Character, length: Int)? {
    let reversed = Array(read.reversed())
    func count(_ base: Character, _ length: Int) -> Int {
      reversed.prefix(length).count { $0 == base.asciiValue || $0 == UInt8(ascii: "N") }
    }
    func goesOn(_ length: Int) -> Bool {
      "ATCG".contains { length - count($0, length) <= min(5, length / 8) }
    }
    let stop = (1...max(1, read.count)).first { length in
      length <= read.count && !goesOn(length) && (length > 8 || length >= shortest - 1)
    }
    // The tail is looked at with the base that stopped it; a read that is tail alone counts as one more.
    guard (stop ?? read.count + 1) >= shortest else { return nil }
    let seen = min(stop ?? read.count, read.count)
    let most = "ATCG".map { count($0, seen) }.max() ?? 0
    guard let base = "ATCG".first(where: { count($0, seen) == most }) else { return nil }
    return (base, (0...seen).last { $0 == 0 || reversed[$0 - 1] == base.asciiValue } ?? 0)
  }

  /// Whether enough bases differ from the next.
  static func isComplex(_ read: [UInt8], percent: Int) -> Bool {
    read.count > 1 && 100 * zip(read, read.dropFirst()).count { $0 != $1 } >= percent * (read.count - 1)
  }
}
