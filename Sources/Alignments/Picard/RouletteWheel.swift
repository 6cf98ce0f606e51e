/// Draws from a distribution by stochastic acceptance, with `java.util.Random`'s linear congruential generator.
///
/// A try takes four steps of the generator, two for the outcome and two for its acceptance, and is independent of the
/// tries before it. Most fall on outcomes that are never accepted. So tries are looked at a block ahead and without
/// branches, and only those that may be accepted are looked at closely.
struct RouletteWheel {
  private static let multiplier: UInt64 = 0x5_DEEC_E66D
  private static let increment: UInt64 = 0xB
  private static let seed: UInt64 = 51
  /// After so many refusals a draw is 0.
  private static let mostTries = 600
  /// Tries looked at in one go; their numbers fit the bits that a state of 48 bits leaves free.
  private static let blockSize = 1 << 12
  /// By so many upper bits of a try's first step it is decided whether it may be accepted.
  private static let guessBits: UInt64 = 12

  private let probabilities: [Double]
  /// By the upper bits of a try's first step: 1 where its outcome may be, or be rounded up to, one that is ever accepted.
  private let mayBe: [UInt8]

  init(_ weights: [Double]) {
    let largest = weights.max() ?? 0
    probabilities = weights.map { $0 / largest }
    let count = UInt64(weights.count)
    let guesses = 1 << Self.guessBits
    mayBe = (0..<guesses).map { guess in
      let (low, high) = (UInt64(guess), UInt64(guess) + 1)
      let outcomes = Int((low * count) >> Self.guessBits)...Int((high * count) >> Self.guessBits)
      return outcomes.contains { $0 < weights.count && weights[$0] > 0 } ? 1 : 0
    }
  }

  /// Sums of 0, 1, 2 … draws, by their number; drawn are `summands` of them for each sample, the first `kept` are given.
  func cumulativeSums(summands: Int, kept: Int, samples: Int) -> [[Int32]] {
    guard summands > 0, kept > 0, samples > 0 else { return Array(repeating: [], count: kept) }
    // By sample first, so that a sample's sums are written side by side.
    let rows = [Int32](unsafeUninitializedCapacity: samples * kept) { rows, count in
      var next = 0
      var place = 0
      var sum: Int32 = 0
      forEachDraw { outcome in
        if place < kept {
          rows[next] = sum
          next += 1
        }
        sum &+= Int32(truncatingIfNeeded: outcome)
        place += 1
        if place == summands { (place, sum) = (0, 0) }
        return next < samples * kept
      }
      count = samples * kept
    }
    return (0..<kept).map { place in (0..<samples).map { rows[$0 * kept + place] } }
  }

  /// Gives draws in order while `body` wants more.
  private func forEachDraw(_ body: (Int) -> Bool) {
    // The state, of 48 bits in the upper bits of a word, after the first step of the next try.
    var state = ((Self.seed ^ Self.multiplier) &* Self.multiplier &+ Self.increment) << 16
    // Tries of this block before which the draw at hand begins; negative where it began in a block before.
    var begin = 0
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.blockSize) { candidates in
      while true {
        let count = findCandidates(&state, candidates)
        for candidate in candidates[..<count] {
          let number = Int(candidate & 0xFFFF)
          while number - begin >= Self.mostTries {
            guard body(0) else { return }
            begin += Self.mostTries
          }
          guard let outcome = accepted(candidate >> 16) else { continue }
          guard body(outcome) else { return }
          begin = number + 1
        }
        begin -= Self.blockSize
        while -begin >= Self.mostTries {
          guard body(0) else { return }
          begin += Self.mostTries
        }
      }
    }
  }

  /// Finds the tries of the next block that may be accepted.
  ///
  /// - Parameter state: of the block's first try, then of the next block's.
  /// - Returns: how many there are. Of each the state after its first step, and below it its number in the block.
  private func findCandidates(_ state: inout UInt64, _ candidates: UnsafeMutableBufferPointer<UInt64>) -> Int {
    let (a4, c4) = Self.power(4)
    let (a16, c16) = Self.power(16)
    let shift = 64 - Self.guessBits
    // Four tries in turn: each waits for its own product only.
    let second = state &* a4 &+ c4 << 16
    let third = second &* a4 &+ c4 << 16
    var tries = (state, second, third, third &* a4 &+ c4 << 16)
    let increment = c16 << 16
    var count = 0
    mayBe.withUnsafeBufferPointer { mayBe in
      @inline(__always)
      func note(_ state: UInt64, _ number: UInt64) {
        candidates[count] = state | number
        count &+= Int(mayBe[Int(truncatingIfNeeded: state >> shift)])
      }
      var number: UInt64 = 0
      while number < UInt64(Self.blockSize) {
        note(tries.0, number)
        note(tries.1, number &+ 1)
        note(tries.2, number &+ 2)
        note(tries.3, number &+ 3)
        tries.0 = tries.0 &* a16 &+ increment
        tries.1 = tries.1 &* a16 &+ increment
        tries.2 = tries.2 &* a16 &+ increment
        tries.3 = tries.3 &* a16 &+ increment
        number &+= 4
      }
    }
    state = tries.0
    return count
  }

  /// The outcome of a try, if it is accepted.
  /// - Parameter first: the generator's state after the try's first step.
  @inline(__always)
  private func accepted(_ first: UInt64) -> Int? {
    let second = first &* Self.multiplier &+ Self.increment
    let outcome = Int(Double(probabilities.count) * Self.unit(first, second))
    let third = second &* Self.multiplier &+ Self.increment
    let isAccepted = Self.unit(third, third &* Self.multiplier &+ Self.increment) < probabilities[outcome]
    return isAccepted ? outcome : nil
  }

  /// A number in 0..<1 of two steps of the generator.
  @inline(__always)
  private static func unit(_ first: UInt64, _ second: UInt64) -> Double {
    Double((((first << 16) >> 38) << 27) &+ ((second << 16) >> 37)) * 0x1p-53
  }

  /// Multiplier and increment of several steps at once; only the low 48 bits of the state count.
  private static func power(_ steps: Int) -> (UInt64, UInt64) {
    var (a, c): (UInt64, UInt64) = (1, 0)
    for _ in 0..<steps { (a, c) = (a &* multiplier, c &* multiplier &+ increment) }
    return (a, c)
  }
}
