/// A DEFLATE encoder for text in fields, such as VCF: about as small as libdeflate's levels, in two thirds of the time.
///
/// A general encoder looks for matches at every byte. In such text those that gain begin at a separator, or a few bytes
/// before one: this encoder files and looks up separators alone, a quarter of the bytes, and extends what it finds to the
/// left. Its bytes depend on the block's bytes and the level alone. One user at a time.
final class FieldDeflater {
  private var tokens = DeflateTokens(capacity: blockBytes)
  private let chains = (short: FieldChains(), long: FieldChains())
  private let separators: UnsafeMutablePointer<UInt64> = .allocate(capacity: blockBytes / 64 + 2)
  private let writer = DeflateBlockWriter()
  private let effort: FieldEffort

  /// Bytes of the longest text: those of a BGZF block.
  static let blockBytes = OutputGroup.blockBytes
  /// Levels at which it takes the place of libdeflate.
  static let levels = 4...6

  /// An encoder of one of `levels`.
  init(level: Int) { effort = FieldEffort(level: level) }

  deinit {
    tokens.deallocate()
    chains.short.deallocate()
    chains.long.deallocate()
    separators.deallocate()
    writer.deallocate()
  }

  /// The DEFLATE stream of a text, whatever its bytes are.
  /// - Returns: bytes written; nil where the text is empty or `room` too small for them and 8 bytes more.
  func deflate(_ text: UnsafeRawBufferPointer, to room: UnsafeMutableRawBufferPointer) -> Int? {
    precondition(text.count <= Self.blockBytes)
    guard let bytes = text.baseAddress, let start = room.baseAddress, !text.isEmpty else { return nil }
    chains.short.reset()
    chains.long.reset()
    FieldTokenizer.tokenize(
      bytes, text.count, into: &tokens, short: chains.short, long: chains.long, separators: separators, effort)
    let plan = writer.prepare(tokens)
    guard (plan.bits + 7) / 8 + 9 <= room.count else { return nil }
    var bits = BitWriter(at: start)
    writer.write(tokens, plan, of: bytes, isLast: true, to: &bits)
    bits.finish()
    return bits.position - start
  }
}

/// How long matches are looked for: the higher the level, the longer.
struct FieldEffort {
  /// Places looked at by the short hash, and by the long one.
  let depth, longDepth: Int
  /// The same at a separator within a match that would have to be better.
  let lazyDepth, lazyLongDepth: Int
  /// Matches of this length or more are not tried to be bettered.
  let lazyLimit: Int
  /// A match of this length ends the search.
  static let niceLength = 200

  /// Measured on VCF of one, three, and two hundred samples, generated and real: twice the depth of level 6 saves 1 % in
  /// size and costs a third in time.
  init(level: Int) {
    switch level {
    case ...4: (depth, longDepth, lazyDepth, lazyLongDepth, lazyLimit) = (4, 7, 1, 2, 12)
    case 5: (depth, longDepth, lazyDepth, lazyLongDepth, lazyLimit) = (5, 10, 2, 4, 16)
    default: (depth, longDepth, lazyDepth, lazyLongDepth, lazyLimit) = (8, 16, 3, 6, 20)
    }
  }
}
