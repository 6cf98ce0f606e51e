/// Where clips may stand in a CIGAR (SAM specification, section 1.4.6): H first or last, S with nothing but H between it
/// and an end. A state machine of six states, a nibble each: a lookup by shift for each operation.
struct ClipGrammar {
  // Before all, behind H, behind S, inside, behind the last S, behind the last H; 15 is a fault and stays one.
  private var state: UInt64 = 0

  private static let others: UInt64 = 0xFFFF_FFFF_FFFF_3333
  private static let softClips: UInt64 = 0xFFFF_FFFF_FFFF_4F22
  private static let hardClips: UInt64 = 0xFFFF_FFFF_FFF5_5551

  /// Takes an operation by its code, the index in `MIDNSHP=X`.
  @inline(__always)
  mutating func take(_ code: UInt32) {
    let row = code == 5 ? Self.hardClips : code == 4 ? Self.softClips : Self.others
    state = row >> (4 * state) & 15
  }

  /// Whether the operations so far stand where they may.
  var isKept: Bool { state != 15 }
}
