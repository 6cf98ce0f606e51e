public import Batching
public import Genomics

/// A stretch of a contig's bases in upper case. Immutable, shared.
final class ReferenceBlock: Sendable {
  static let shift = 16
  static let count = 1 << shift
  let bases: [UInt8]
  init(bases: [UInt8]) { self.bases = bases }
}

/// The bases of one contig around some records; loaded before the records are worked on, so that no worker blocks.
public struct ReferenceView: Sendable {
  /// The contig.
  public let contig: String
  /// Its length in bases.
  public let length: Int
  private let firstBlock: Int
  private let blocks: [ReferenceBlock?]

  init(contig: String, length: Int, firstBlock: Int, blocks: [ReferenceBlock?]) {
    self.contig = contig
    self.length = length
    self.firstBlock = firstBlock
    self.blocks = blocks
  }

  /// The base (upper case) at a position counted from 0; nil where the contig ends or nothing was loaded.
  @inline(__always)
  public func base(at position: Int) -> UInt8? {
    let index = position >> ReferenceBlock.shift - firstBlock
    guard position >= 0, index >= 0, index < blocks.count, let block = blocks[index] else { return nil }
    let offset = position & (ReferenceBlock.count - 1)
    return offset < block.bases.count ? block.bases[offset] : nil
  }

  /// The base at a position counted from 0 and its neighbours, in one look: the one before in the lowest byte, the base
  /// itself, the one behind. A byte is 0 where ``base(at:)`` is nil.
  public func triplet(at position: Int) -> UInt32 {
    let index = position >> ReferenceBlock.shift - firstBlock
    let offset = position & (ReferenceBlock.count - 1)
    if index >= 0, index < blocks.count, offset > 0, let block = blocks[index], offset + 1 < block.bases.count {
      return block.bases.withUnsafeBufferPointer {
        UInt32($0[offset - 1]) | UInt32($0[offset]) << 8 | UInt32($0[offset + 1]) << 16
      }
    }
    return UInt32(base(at: position - 1) ?? 0) | UInt32(base(at: position) ?? 0) << 8
      | UInt32(base(at: position + 1) ?? 0) << 16
  }
}

/// Loads reference bases in blocks of 64 Ki bases on the blocking executor and keeps the latest ones.
public final class ReferenceBlocks {
  private let reference: any ReferenceBases
  private let blocking: BlockingExecutor
  private var cache: [Int: ReferenceBlock] = [:]
  private var cachedContig = ""

  /// How far before a record bases are loaded at least, in bases: how far an indel can be shifted left.
  public static let reachBack = 10_000
  /// How far behind a record's REF bases are loaded at least, in bases: what tells the repeat that an indel stands in.
  public static let reachAhead = 64
  private static let keptBlocks = 64

  /// Loads from `reference`.
  public init(_ reference: any ReferenceBases, blocking: BlockingExecutor) {
    self.reference = reference
    self.blocking = blocking
  }

  /// The names and lengths of the reference.
  public var contigs: ContigDictionary { reference.contigs }
  /// Whether the bases are a FASTA's.
  public var isFile: Bool { reference is FASTAReference }

  /// Loads what the given stretches of a contig need.
  /// - Parameter stretches: 0-based half-open, ascending by start; each is widened to the left by `reachBack`.
  /// - Precondition: the contig is one of `contigs` and has a length.
  public func view(contig: String, stretches: [Range<Int>]) async throws -> ReferenceView {
    let length = contigs[contig]?.length ?? 0
    if cachedContig != contig {
      cache = [:]
      cachedContig = contig
    }
    var needed: [Int] = []
    for stretch in stretches {
      let first = max(0, stretch.lowerBound - Self.reachBack) >> ReferenceBlock.shift
      let last = max(0, min(stretch.upperBound, length) - 1) >> ReferenceBlock.shift
      guard first <= last else { continue }
      for block in first...last where block > (needed.last ?? -1) {
        needed.append(block)
      }
    }
    guard let low = needed.first, let high = needed.last else {
      return ReferenceView(contig: contig, length: length, firstBlock: 0, blocks: [])
    }
    var blocks = [ReferenceBlock?](repeating: nil, count: high - low + 1)
    let missing = needed.filter { cache[$0] == nil }
    if !missing.isEmpty {
      let reference = reference
      let loaded = try await blocking.run {
        try missing.map { block in
          let start = block << ReferenceBlock.shift
          let region = Region(
            contig: contig, start: ZeroBasedPosition(start),
            end: ZeroBasedPosition(min(length, start + ReferenceBlock.count)))
          return ReferenceBlock(bases: try reference.bases(of: region))
        }
      }
      if cache.count + loaded.count > Self.keptBlocks { cache = cache.filter { needed.contains($0.key) } }
      for (block, bases) in zip(missing, loaded) { cache[block] = bases }
    }
    for block in needed { blocks[block - low] = cache[block] }
    return ReferenceView(contig: contig, length: length, firstBlock: low, blocks: blocks)
  }
}
