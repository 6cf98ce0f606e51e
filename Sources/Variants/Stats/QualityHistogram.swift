/// First alternates that are SNPs, and records with indels, by QUAL.
///
/// QUAL is counted in tenths as far as 9999.8, beyond that by its five leading digits (measured on bcftools 1.16).
struct QualityHistogram: Sendable, Equatable {
  /// What is counted in a bin.
  enum Column: Int {
    case transitions, transversions, indels
  }

  /// Three counts a bin. The first level holds the numbers below 100,000; level n those of n more digits.
  private var levels: [[UInt32]] = []
  private static let binsPerLevel = 100_000

  /// The bin's number of a QUAL: 0 for missing and negative ones, otherwise one more than its tenths.
  static func number(_ quality: Float) -> UInt32 {
    guard quality >= 0 else { return 0 }
    let tenths = quality * 10
    // What 32 bits do not hold becomes what x86 makes of it.
    return tenths < 2_147_483_648 ? UInt32(tenths) + 1 : 2_147_483_649
  }

  /// Counts one.
  @inline(__always)
  mutating func add(_ number: UInt32, _ column: Column) {
    var level = 0
    var bin = Int(number)
    while bin >= Self.binsPerLevel {
      bin /= 10
      level += 1
    }
    while levels.count <= level { levels.append([]) }
    if levels[level].isEmpty { levels[level] = Array(repeating: 0, count: 3 * Self.binsPerLevel) }
    levels[level][3 * bin + column.rawValue] += 1
  }

  /// Adds another's counts.
  mutating func merge(_ other: Self) {
    for (level, counts) in other.levels.enumerated() where !counts.isEmpty {
      while levels.count <= level { levels.append([]) }
      if levels[level].isEmpty {
        levels[level] = counts
      } else {
        for index in counts.indices { levels[level][index] += counts[index] }
      }
    }
  }

  /// Calls `body` with each bin that is not empty: its QUAL (nil for missing), transitions, transversions, indels.
  func forEachBin(_ body: (Float?, Int, Int, Int) -> Void) {
    var width = 1
    for counts in levels {
      for bin in 0..<(counts.count / 3) {
        let (transitions, transversions, indels) = (counts[3 * bin], counts[3 * bin + 1], counts[3 * bin + 2])
        guard transitions + transversions + indels > 0 else { continue }
        let number = bin * width
        body(
          number == 0 ? nil : Float(0.1 * Double(number - 1)), Int(transitions), Int(transversions), Int(indels))
      }
      width *= 10
    }
  }
}
