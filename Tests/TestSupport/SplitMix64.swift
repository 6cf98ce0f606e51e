import Foundation

/// A seeded generator (Steele, Lea, Flood 2014) for tests over random input. It prints its seed when made: the test's
/// own, the same in every run, or a fresh one with `APUS_TEST_SEEDS`; `APUS_TEST_SEED` gives the seed of a run that is
/// to be repeated.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  package let seed: UInt64
  private var state: UInt64

  package init(_ test: String = #function) {
    let environment = ProcessInfo.processInfo.environment
    let given = environment["APUS_TEST_SEED"].flatMap { UInt64($0) }
    let fresh = environment["APUS_TEST_SEEDS"].map { _ in UInt64.random(in: 0...0xFFFF_FFFF) }
    // FNV-1a of the name.
    let own = test.utf8.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    self.init(seed: given ?? fresh ?? UInt64(own))
    print("SEED: \(test) APUS_TEST_SEED=\(seed)")
  }

  package init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  package mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  package mutating func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &self) < probability }
  package mutating func pick<T>(_ choices: [T]) -> T { choices[int(0...(choices.count - 1))] }

  /// Letters drawn from an alphabet.
  package mutating func letters(_ count: Int, of alphabet: String) -> [UInt8] {
    let letters = Array(alphabet.utf8)
    return (0..<count).map { _ in letters[Int(truncatingIfNeeded: next() % UInt64(letters.count))] }
  }
}
