/// Counts that come letter by letter and score by score, without the sums of qualities by letter.
extension ReadStatistics {
  /// Adds a column of counts of a letter, A, C, G, T or N.
  mutating func add(_ column: UnsafePointer<UInt8>, letter: UInt8, _ cycles: Range<Int>) {
    let first = Int(BaseClass.ofByte[Int(letter)])
    baseTable.withUnsafeMutableBufferPointer { table in
      for (index, cycle) in cycles.enumerated() { table[cycle * Self.baseStride + first] += UInt64(column[index]) }
    }
  }

  /// Adds a column of counts of a quality character.
  mutating func add(_ column: UnsafePointer<UInt8>, quality: UInt8, _ cycles: Range<Int>) {
    let first = Int(quality &- 33)
    qualityTable.withUnsafeMutableBufferPointer { table in
      for (index, cycle) in cycles.enumerated() { table[cycle * Self.qualityStride + first] += UInt64(column[index]) }
    }
  }

  /// Adds to a quality character's count.
  mutating func add(_ count: UInt64, quality: UInt8, cycle: Int) {
    qualityTable[cycle * Self.qualityStride + Int(quality &- 33)] += count
  }

  /// Counts one base; letters other than A, C, G, T and N wait for `settleLetters`.
  /// - Parameter base: the letter in upper case.
  mutating func countCycle(_ cycle: Int, base: UInt8, quality: UInt8) {
    let letter = Int(BaseClass.ofByte[Int(base)])
    if letter < BaseClass.n || base == UInt8(ascii: "N") { baseTable[cycle * Self.baseStride + letter] += 1 }
    add(1, quality: quality, cycle: cycle)
  }

  /// Takes the bases that no letter was counted for as ambiguous ones: as many as reads reach a cycle, less the letters.
  mutating func settleLetters() {
    var depth = reads
    for cycle in 0..<cycles {
      depth -= cycle < lengths.count ? lengths[cycle] : 0
      let row = cycle * Self.baseStride
      let others = UInt64(depth) - (0..<BaseClass.count).reduce(0) { $0 + baseTable[row + $1] }
      guard others > 0 else { continue }
      baseTable[row + BaseClass.n] += others
      if ambiguous.count <= cycle { ambiguous += [UInt64](repeating: 0, count: cycle + 1 - ambiguous.count) }
      ambiguous[cycle] += others
    }
  }
}
