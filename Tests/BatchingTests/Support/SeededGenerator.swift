#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// SplitMix64: small, and the same sequence from the same seed everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &self) < probability
  }
}

/// The same seeds in every run. `APUS_TEST_SEED` runs one alone, `APUS_TEST_SEEDS=N` N fresh ones; a failure prints the
/// seed as the test's argument.
func seeds(_ count: Int) -> [UInt64] {
  if let text = getenv("APUS_TEST_SEED"), let seed = UInt64(String(cString: text)) { return [seed] }
  if let text = getenv("APUS_TEST_SEEDS"), let fresh = Int(String(cString: text)) {
    return (0..<fresh).map { _ in UInt64.random(in: 0...UInt64.max) }
  }
  return (0..<UInt64(count)).map { 1001 + $0 }
}
