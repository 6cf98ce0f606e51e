#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A generator that gives the same numbers for the same seed on every machine (SplitMix64, Steele et al. 2014).
public struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// Numbers of this seed.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number of the range.
  public mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// True once in `n`.
  public mutating func oneIn(_ n: Int) -> Bool { int(1...n) == 1 }

  /// One of the choices.
  public mutating func pick<T>(_ choices: [T]) -> T { choices[int(0...(choices.count - 1))] }

  /// Letters of an alphabet.
  public mutating func text(_ alphabet: String, _ length: Int) -> String {
    let letters = Array(alphabet)
    return String((0..<length).map { _ in pick(letters) })
  }
}

/// The seeds of a property test, each an argument of its own, so that a failure prints the one that it happened with.
///
/// The same in every run, so that a change is judged by what it changes; `make fuzz` looks further.
/// `APUS_TEST_SEED=N` runs that seed alone, `APUS_TEST_SEEDS=N` runs N fresh ones.
public func seeds(_ count: Int) -> [UInt64] {
  let environment = ProcessInfo.processInfo.environment
  if let seed = environment["APUS_TEST_SEED"].flatMap({ UInt64($0) }) { return [seed] }
  if let fresh = environment["APUS_TEST_SEEDS"].flatMap({ Int($0) }) {
    return (0..<fresh).map { _ in UInt64.random(in: 0...UInt64(Int.max)) }
  }
  return (0..<UInt64(max(1, count))).map { 1001 + $0 }
}
