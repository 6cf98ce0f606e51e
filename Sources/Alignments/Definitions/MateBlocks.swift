/// The aligned blocks of reads near the current position, by read name, so that mates and split alignments that cover the
/// same base are known.
///
/// A queue in the order of arrival: blocks leave it when the position has passed them. Memory is the reads of a window.
struct MateBlocks: ~Copyable {
  /// A stretch of reference bases, 0-based half-open, that a read's bases are aligned to.
  struct Block {
    /// A hash of the read's name.
    var name: UInt64
    var start: Int
    var end: Int
    /// The number of the block before it with an equal end of the hash; -1 for none.
    var previous: Int
    /// Where its words begin: bases of quality 20, then of quality 30.
    var words: Int
    /// Whether it counts for the definitions without a base quality.
    var isPlain: Bool
  }

  // Blocks and words are numbered from the contig's first; `first…` is the number of the first one still held.
  private var blocks: UnsafeMutablePointer<Block>
  private var blockRoom: Int
  private var firstBlock = 0
  private var tail = 0
  private var head = 0

  private var masks: UnsafeMutablePointer<UInt64>
  private var maskRoom: Int
  private var firstMask = 0
  private var maskHead = 0

  private var latest: UnsafeMutablePointer<Int>
  private var latestCount: Int

  init(blockRoom: Int = 1 << 12) {
    self.blockRoom = blockRoom
    maskRoom = 8 * blockRoom
    latestCount = 2 * blockRoom
    blocks = .allocate(capacity: blockRoom)
    masks = .allocate(capacity: maskRoom)
    latest = .allocate(capacity: latestCount)
    latest.initialize(repeating: -1, count: latestCount)
  }

  deinit {
    blocks.deallocate()
    masks.deallocate()
    latest.deallocate()
  }

  /// Blocks held: no position has more of them over it.
  var count: Int { head - tail }

  /// Forgets everything, for the next contig.
  mutating func removeAll() {
    (firstBlock, tail, head, firstMask, maskHead) = (0, 0, 0, 0, 0)
    latest.update(repeating: -1, count: latestCount)
  }

  /// Lets go of blocks that end at or before a position. One that is still needed keeps all that came after it.
  @inline(__always)
  mutating func forget(before position: Int) {
    while tail < head, blocks[tail &- firstBlock].end <= position { tail &+= 1 }
  }

  /// Room for a block's words, twice `words`, valid until the next call; ``append(_:)`` keeps them.
  @inline(__always)
  mutating func room(_ words: Int) -> UnsafeMutablePointer<UInt64> {
    if maskHead &- firstMask &+ 2 &* words > maskRoom { makeMaskRoom(2 * words) }
    return masks + (maskHead &- firstMask)
  }

  /// Adds a block whose words stand in the room that was given last.
  @inline(__always)
  mutating func append(name: UInt64, start: Int, end: Int, isPlain: Bool) {
    if head &- firstBlock == blockRoom { makeBlockRoom() }
    let bucket = Int(truncatingIfNeeded: name) & (latestCount &- 1)
    blocks[head &- firstBlock] = Block(
      name: name, start: start, end: end, previous: latest[bucket], words: maskHead, isPlain: isPlain)
    latest[bucket] = head
    head &+= 1
    maskHead &+= 2 &* QualityMasks.words(end &- start)
  }

  /// What other blocks of the same name already cover of a block, as bits; `false` where they cover nothing, and then
  /// nothing is written.
  func cover(name: UInt64, start: Int, end: Int, _ seen: inout Seen) -> Bool {
    var number = latest[Int(truncatingIfNeeded: name) & (latestCount &- 1)]
    var isCovered = false
    while number >= tail {
      let block = blocks[number &- firstBlock]
      if block.name == name, block.start < end, block.end > start {
        if !isCovered { seen.clear(QualityMasks.words(end - start)) }
        isCovered = true
        add(block, start: start, end: end, &seen)
      }
      number = block.previous
    }
    return isCovered
  }

  private func add(_ block: Block, start: Int, end: Int, _ seen: inout Seen) {
    let q20 = masks + (block.words - firstMask)
    let words = QualityMasks.words(block.end - block.start)
    let q30 = q20 + words
    let (from, to) = (max(block.start, start) - start, min(block.end, end) - start)
    for word in (from >> 6)...((to - 1) >> 6) {
      let offset = start + 64 * word - block.start
      seen.q20[word] |= Self.bits(q20, words, at: offset)
      seen.q30[word] |= Self.bits(q30, words, at: offset)
      if block.isPlain {
        let low = max(from - 64 * word, 0)
        let high = min(to - 64 * word, 64)
        seen.plain[word] |= (~0 >> UInt64(64 - (high - low))) << UInt64(low)
      }
    }
  }

  /// 64 bits from an offset on, which may be before the first.
  private static func bits(_ mask: UnsafeMutablePointer<UInt64>, _ words: Int, at offset: Int) -> UInt64 {
    if offset < 0 { return offset > -64 ? mask[0] << UInt64(-offset) : 0 }
    let (word, shift) = (offset >> 6, UInt64(offset & 63))
    guard word < words else { return 0 }
    let low = mask[word] >> shift
    return shift > 0 && word + 1 < words ? low | mask[word + 1] << (64 - shift) : low
  }

  private mutating func makeBlockRoom() {
    let live = head - tail
    if 2 * live > blockRoom {
      let larger = UnsafeMutablePointer<Block>.allocate(capacity: 2 * blockRoom)
      larger.update(from: blocks + (tail - firstBlock), count: live)
      blocks.deallocate()
      blocks = larger
      blockRoom *= 2
      firstBlock = tail
      relink()
    } else {
      blocks.update(from: blocks + (tail - firstBlock), count: live)
      firstBlock = tail
    }
  }

  private mutating func relink() {
    latest.deallocate()
    latestCount = 2 * blockRoom
    latest = .allocate(capacity: latestCount)
    latest.initialize(repeating: -1, count: latestCount)
    for number in tail..<head {
      let bucket = Int(truncatingIfNeeded: blocks[number - firstBlock].name) & (latestCount - 1)
      blocks[number - firstBlock].previous = latest[bucket]
      latest[bucket] = number
    }
  }

  private mutating func makeMaskRoom(_ count: Int) {
    let start = tail < head ? blocks[tail - firstBlock].words : maskHead
    let live = maskHead - start
    var room = maskRoom
    while 2 * (live + count) > room { room *= 2 }
    let target = room == maskRoom ? masks : UnsafeMutablePointer<UInt64>.allocate(capacity: room)
    target.update(from: masks + (start - firstMask), count: live)
    if room != maskRoom {
      masks.deallocate()
      masks = target
      maskRoom = room
    }
    firstMask = start
  }

  /// Which bases of a block are covered already.
  struct Seen: ~Copyable {
    private var room = 8
    private(set) var q20: UnsafeMutablePointer<UInt64>
    private(set) var q30: UnsafeMutablePointer<UInt64>
    private(set) var plain: UnsafeMutablePointer<UInt64>

    init() {
      q20 = .allocate(capacity: room)
      q30 = .allocate(capacity: room)
      plain = .allocate(capacity: room)
    }

    deinit {
      q20.deallocate()
      q30.deallocate()
      plain.deallocate()
    }

    mutating func clear(_ words: Int) {
      if words > room {
        for mask in [q20, q30, plain] { mask.deallocate() }
        room = 2 * words
        q20 = .allocate(capacity: room)
        q30 = .allocate(capacity: room)
        plain = .allocate(capacity: room)
      }
      q20.update(repeating: 0, count: words)
      q30.update(repeating: 0, count: words)
      plain.update(repeating: 0, count: words)
    }
  }

  /// A hash of a read's name, 64 bits; names are taken for equal where it is.
  @inline(__always)
  static func hash(_ name: UnsafeRawBufferPointer) -> UInt64 {
    guard let base = name.baseAddress else { return 0 }
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: name.count)
    var offset = 0
    while offset < name.count {
      hash = (hash ^ QualityMasks.load(base, offset, of: name.count)) &* 0xD6E8_FEB8_6659_FD93
      hash ^= hash >> 32
      offset &+= 8
    }
    hash = hash &* 0xD6E8_FEB8_6659_FD93
    return hash ^ hash >> 29
  }
}
