/// Finds a known adapter in a read by Hamming distance: one mismatch is allowed for each eight bases compared.
///
/// fastp 0.23.2's search: from a little before the read's start, since the adapter's first bases may be missing from a
/// read that is adapter alone, up to where four bases are left.
struct AdapterFinder: ~Copyable {
  private static let basesAMismatch = 8

  /// The adapter, in upper case.
  let sequence: [UInt8]
  private let shortest: Int
  private let start: Int
  private var planes = BasePlanes()
  private let isPlain: Bool

  /// - Parameter shortest: the bases of the adapter that must at least be in the read, 4 or more.
  init(_ sequence: [UInt8], shortest: Int = 4) {
    self.sequence = sequence
    self.shortest = shortest
    start = sequence.count >= 16 ? -4 : sequence.count >= 12 ? -3 : sequence.count >= 8 ? -2 : 0
    isPlain =
      sequence.count <= BasePlanes.windowBases
      && sequence.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { BaseLetters.of($0, buffer.count) != .mixed } ?? false
      }
    if isPlain { sequence.withUnsafeBufferPointer { if let base = $0.baseAddress { planes.load(base, $0.count) } } }
  }

  /// Where the adapter begins in the read: negative where its first bases are missing; nil where it is not found.
  func position(in read: WorkingRead, scratch: inout BasePlanes) -> Int? {
    guard sequence.count >= shortest else { return nil }
    let end = read.length - shortest
    guard start < end else { return nil }
    // Before the read's start.
    for position in start..<min(0, end) where matches(read, position) { return position }
    guard end > 0 else { return nil }
    guard isPlain, read.length <= BasePlanes.capacity, read.letters != .mixed else {
      for position in 0..<end where matches(read, position) { return position }
      return nil
    }
    scratch.load(read.sequence, read.length)
    let usesN = scratch.hasN || planes.hasN
    let (a0, a1, a2) = (scratch.plane(0), scratch.plane(1), scratch.plane(2))
    let (b0, b1, b2) = (planes.plane(0)[0], planes.plane(1)[0], planes.plane(2)[0])
    for position in 0..<end {
      let compared = min(read.length - position, sequence.count)
      var rest = (BasePlanes.window(a0, at: position) ^ b0) | (BasePlanes.window(a1, at: position) ^ b1)
      if usesN { rest |= BasePlanes.window(a2, at: position) ^ b2 }
      rest &= (1 << UInt64(compared)) - 1
      var cleared = compared / Self.basesAMismatch
      while cleared > 0 {
        rest &= rest &- 1
        cleared -= 1
      }
      if rest == 0 { return position }
    }
    return nil
  }

  private func matches(_ read: WorkingRead, _ position: Int) -> Bool {
    let compared = min(read.length - position, sequence.count)
    let allowed = compared / Self.basesAMismatch
    var mismatches = 0
    var index = max(0, -position)
    while index < compared {
      if sequence[index] != read.sequence[position + index] {
        mismatches += 1
        if mismatches > allowed { return false }
      }
      index += 1
    }
    return true
  }
}
