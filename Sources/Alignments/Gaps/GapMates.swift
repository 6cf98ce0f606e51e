/// What the first mates of pairs had counted, until the second ones come.
struct GapMates {
  private struct Mate {
    var position: Int
    var matePosition: Int
    var counted: [Range<Int>]
  }

  private var waiting: [UInt64: Mate] = [:]
  private var limit = 1 << 14

  var isEmpty: Bool { waiting.isEmpty }

  mutating func removeAll() { waiting.removeAll(keepingCapacity: true) }

  /// Takes out what the mate had counted; nil where none waits that names this position, and is named.
  mutating func take(_ key: UInt64, position: Int, matePosition: Int) -> [Range<Int>]? {
    guard let mate = waiting[key], mate.matePosition == position, mate.position == matePosition else { return nil }
    waiting[key] = nil
    return mate.counted
  }

  mutating func keep(_ key: UInt64, position: Int, matePosition: Int, counted: [Range<Int>]) {
    waiting[key] = Mate(position: position, matePosition: matePosition, counted: counted)
    guard waiting.count > limit else { return }
    // Those whose second mate never came.
    waiting = waiting.filter { $0.value.matePosition >= position }
    limit = max(1 << 14, 2 * waiting.count)
  }
}
