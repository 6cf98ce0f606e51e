/// A xoshiro256** generator seeded by SplitMix64 (Blackman and Vigna, <https://prng.di.unimi.it>).
///
/// Written out here because workloads must have the same bytes on every machine and with every Swift version:
/// neither the standard library's algorithms for ranges and shuffling nor libm are part of any such promise.
/// Only integer operations and IEEE addition, multiplication and division are used.
public struct SeededGenerator: Sendable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// A generator for one purpose: streams of the same seed are independent, so that asking for more reads never
  /// changes the variants.
  public init(seed: UInt64, stream: String, index: UInt64 = 0) {
    var state: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in stream.utf8 {
      state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    state ^= seed &* 0x9e37_79b9_7f4a_7c15
    state ^= Self.mixed(index &+ 0x632b_e59b_d9b4_e019)
    func split() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      return Self.mixed(state)
    }
    s0 = split()
    s1 = split()
    s2 = split()
    s3 = split()
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// The next 64 bits.
  @inline(__always)
  public mutating func next() -> UInt64 {
    let product = s1 &* 5
    let result = ((product << 7) | (product >> 57)) &* 9
    let t = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = (s3 << 45) | (s3 >> 19)
    return result
  }

  /// An integer in `0 ..< bound`. The bias of the multiply-shift is below `bound / 2^64`.
  @inline(__always)
  public mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: UInt64(bound).multipliedFullWidth(by: next()).high)
  }

  /// An integer in `range`.
  public mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// A number in `0 ..< 1` with 53 bits.
  @inline(__always)
  public mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// True with probability `p`.
  @inline(__always)
  public mutating func chance(_ p: Double) -> Bool {
    unit() < p
  }

  /// Nearly normal, mean 0 and standard deviation 1: the sum of twelve 16-bit uniforms (Irwin–Hall), so never
  /// beyond ±6.
  public mutating func normal() -> Double {
    var sum: UInt64 = 0
    for _ in 0..<3 {
      let r = next()
      sum += (r & 0xffff) + ((r >> 16) & 0xffff) + ((r >> 32) & 0xffff) + (r >> 48)
    }
    return (Double(sum) + 6) / 65536 - 6
  }

  /// Exponential with the given mean.
  public mutating func exponential(mean: Double) -> Double {
    -mean * naturalLogarithm(unit() + 0x1p-54)
  }

  /// One of the four bases.
  @inline(__always)
  public mutating func base() -> UInt8 {
    DNA.letters[Int(next() >> 62)]
  }

  /// Shuffles in place (Fisher–Yates).
  public mutating func shuffle<T>(_ values: inout [T]) {
    guard values.count > 1 else { return }
    for i in stride(from: values.count - 1, to: 0, by: -1) {
      values.swapAt(i, below(i + 1))
    }
  }
}

/// ln(x) for x > 0 by the atanh series on the mantissa, to about 1e-15. libm's may differ in its last bit between
/// machines, and one bit can change a whole genome.
func naturalLogarithm(_ x: Double) -> Double {
  let m = x.significand  // 1 ..< 2
  let z = (m - 1) / (m + 1)  // at most 1/3
  let z2 = z * z
  var term = z
  var sum = 0.0
  var k = 1.0
  while k < 40 {
    sum += term / k
    term *= z2
    k += 2
  }
  return 2 * sum + Double(x.exponent) * 0.693147180559945309417232121458
}

/// 10^(-quality / 10) for whole Phred qualities, without libm.
func errorProbability(quality: Int) -> Double {
  // 10^(-1/10)
  let step = 0.794328234724281502
  var p = 1.0
  for _ in 0..<max(0, quality) { p *= step }
  return p
}
