/// Finds earlier text that starts with the same run of a byte and goes on alike.
///
/// Binned qualities are long runs with something short between them. Chains over every position would be full of equal
/// runs; here only places where a run ends are filed, under the run's byte and the three bytes behind, with the run's
/// length. A run of n bytes then matches the end of any run as long or longer. Names and full-range qualities have a run's
/// end nearly everywhere, so that nothing is lost there.
struct RunMatcher {
  /// A match; without a distance there is none.
  struct Match {
    var length: Int
    var distance: Int
  }

  static let longest = 258
  static let window = 32_768
  private static let hashBits = 12
  /// Places looked at for a match, and for one that would have to be better. 4 and 4 save a tenth of the encoder's time
  /// and cost 0.8 % in size, 16 and 4 the other way round.
  static let depth = 8
  static let lazyDepth = 4

  /// What is kept of places: twice the window, so that a place within it is never overwritten.
  private static let ring = 2 * window
  private static let ringMask = ring - 1

  /// The last place of each key; 0 for none: no run ends before byte 0.
  private let heads: UnsafeMutablePointer<UInt32>
  /// How far before a place the same key was, by the place in the ring; 65,535 for further.
  private let steps: UnsafeMutablePointer<UInt16>
  /// Length of the run that ends before a place, 255 at most, by the place in the ring.
  private let runs: UnsafeMutablePointer<UInt8>
  /// The next place to be filed, and the length of the run before it.
  private var next = 1
  private var run = 1

  init() {
    heads = .allocate(capacity: 1 << Self.hashBits)
    steps = .allocate(capacity: Self.ring)
    runs = .allocate(capacity: Self.ring)
  }

  func deallocate() {
    heads.deallocate()
    steps.deallocate()
    runs.deallocate()
  }

  mutating func reset() {
    heads.update(repeating: 0, count: 1 << Self.hashBits)
    next = 1
    run = 1
  }

  @inline(__always)
  private static func key(_ text: UnsafeRawPointer, _ place: Int) -> Int {
    Int((text.half(at: place &- 1) &* 0x9E37_79B1) &>> UInt32(32 &- hashBits))
  }

  /// Files the run ends before a place; of a text of `count` bytes.
  @inline(__always)
  mutating func file(_ text: UnsafeRawPointer, upTo end: Int, count: Int) {
    let end = min(end, count &- 3)
    while next < end {
      if text.byte(at: next) == text.byte(at: next &- 1) {
        let alike = text.run(at: next, end: end)
        run &+= alike
        next &+= alike
        continue
      }
      let key = Self.key(text, next)
      let slot = next & Self.ringMask
      steps[slot] = UInt16(truncatingIfNeeded: min(next &- Int(heads[key]), 0xFFFF))
      heads[key] = UInt32(truncatingIfNeeded: next)
      runs[slot] = UInt8(truncatingIfNeeded: min(run, 255))
      run = 1
      next &+= 1
    }
  }

  /// Leaves out what is before a place.
  mutating func skip(to place: Int) {
    next = place + 1
    run = 1
  }

  /// The longest match at a place, of those longer than `least`.
  /// - Parameters:
  ///   - run: bytes alike from `start` on.
  ///   - end: where matches end.
  @inline(__always)
  func match(
    _ text: UnsafeRawPointer, at start: Int, run: Int, end: Int, longerThan least: Int, depth: Int
  ) -> Match {
    var best = Match(length: least, distance: 0)
    let place = start &+ run
    let most = min(end &- start, Self.longest)
    guard place &+ 3 <= end, run < most, least < most else { return best }
    var candidate = Int(heads[Self.key(text, place)])
    var left = depth
    while candidate > 0, left > 0 {
      let distance = place &- candidate
      if distance > Self.window { break }
      let slot = candidate & Self.ringMask
      if Int(runs[slot]) >= run,
        text.byte(at: start &+ best.length &- distance) == text.byte(at: start &+ best.length)
      {
        // The key is a hash: the run's byte is compared too.
        let length = run &- 1 &+ text.common(place &- 1, candidate &- 1, most: most &- run &+ 1)
        if length > best.length {
          best = Match(length: length, distance: distance)
          if length == most { break }
        }
      }
      candidate &-= Int(steps[slot])
      left &-= 1
    }
    return best
  }
}
