import GenomicFiles

/// First mates that wait for the second one of their pair, as mosdepth keeps them: by name alone.
struct MosdepthMates {
  /// What is remembered of an alignment.
  struct Mate {
    var start: Int32
    /// The base after its last one.
    var end: Int32
    /// Its aligned stretches where it has several CIGAR operations; nil for one operation alone.
    var covered: [Range<Int>]?
    /// Whether its only operation aligns bases.
    var isAligned: Bool
  }

  private var waiting: [UInt64: Mate] = [:]
  private var limit = 1 << 16

  /// Whether none waits.
  var isEmpty: Bool { waiting.isEmpty }

  /// Forgets all.
  mutating func removeAll() { waiting.removeAll(keepingCapacity: true) }

  /// Whether a mate of this name waits that reaches `position`.
  func contains(_ key: UInt64, reaching position: Int) -> Bool {
    waiting[key].map { Int($0.end) >= position } ?? false
  }

  /// Takes out the mate of this name; nil for none, or one that ends before `position`.
  ///
  /// mosdepth takes that one too, which only records that share a name with more than one other can meet, and adds
  /// depth between the two where neither has a base.
  mutating func take(_ key: UInt64, reaching position: Int) -> Mate? {
    guard !waiting.isEmpty, let mate = waiting.removeValue(forKey: key) else { return nil }
    return Int(mate.end) >= position ? mate : nil
  }

  /// Keeps a mate, in place of any of the same name.
  mutating func keep(_ mate: Mate, _ key: UInt64, at position: Int) {
    waiting[key] = mate
    guard waiting.count > limit else { return }
    // Those whose second mate never came: it was filtered, or is missing.
    waiting = waiting.filter { Int($0.value.end) >= position }
    limit = max(1 << 16, 2 * waiting.count)
  }
}
