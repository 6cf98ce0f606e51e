/// A DEFLATE encoder for FASTQ with binned qualities: smaller than libdeflate's middle levels at half the time.
///
/// A general encoder spends its time on short matches between bases, which gain nothing over two bits a base. This one
/// knows sequence lines when it sees them. Its bytes depend on the block's bytes alone. One user at a time.
final class FASTQDeflater {
  private var tokens = DeflateTokens(capacity: blockBytes)
  private var runs = RunMatcher()
  private let bases = BaseMatcher()
  private let writer = DeflateBlockWriter()

  /// Bytes that share codes. More would not make them better, fewer would pay for them more often.
  static let blockBytes = OutputGroup.blockBytes
  /// Bytes of the longest stream, before compression.
  static let capacity = BaseMatcher.reach
  /// Levels at which it takes the place of libdeflate: those of about its speed.
  static let levels = 3...5

  deinit {
    tokens.deallocate()
    runs.deallocate()
    bases.deallocate()
    writer.deallocate()
  }

  /// The DEFLATE stream of a text, whatever its bytes are.
  /// - Returns: bytes written; nil where the text is empty or `room` too small for them and 8 bytes more.
  func deflate(_ text: UnsafeRawBufferPointer, to room: UnsafeMutableRawBufferPointer) -> Int? {
    precondition(text.count <= Self.capacity)
    guard let bytes = text.baseAddress, let start = room.baseAddress else { return nil }
    var bits = BitWriter(at: start)
    runs.reset()
    bases.reset()
    for first in stride(from: 0, to: text.count, by: Self.blockBytes) {
      let block = first..<min(first + Self.blockBytes, text.count)
      FASTQTokenizer.tokenize(block, of: bytes, into: &tokens, runs: &runs, bases: bases)
      let plan = writer.prepare(tokens)
      guard bits.position - start + (plan.bits + 7) / 8 + 9 <= room.count else { return nil }
      writer.write(tokens, plan, of: bytes + block.lowerBound, isLast: block.upperBound == text.count, to: &bits)
    }
    bits.finish()
    return text.isEmpty ? nil : bits.position - start
  }
}
