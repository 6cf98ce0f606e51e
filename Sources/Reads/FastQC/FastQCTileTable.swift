/// Qualities by tile and cycle.
public struct FastQCTileTable: Sendable, Equatable {
  /// The reads of one tile.
  public struct Tile: Sendable, Equatable {
    /// The first read of the tile, by its index in the file.
    public var firstRead: Int
    /// The lowest quality character; 255 without any.
    public var lowest: UInt8 = 255
    /// Four counts a cycle: characters under 64, their sum, characters from 64 on, their sum. Apart, since FastQC leaves
    /// the lower out of its means where it takes the file for Phred+64.
    public var cycles: [UInt64] = []
  }

  /// With more tiles than this the field is no tile.
  static let limit = 1001
  /// Qualities from this cycle on are not counted, so that memory does not grow with the longest read.
  static let cycleLimit = 1 << 16

  /// By tile number; empty once abandoned.
  public var tiles: [Int32: Tile] = [:]
  /// The longest read of the sample, in bases.
  public var longest = 0
  /// Whether the field of some read was no number, or there were too many numbers.
  public var isAbandoned = false

  /// Nothing counted.
  public init() {}

  mutating func add(tile: Int32?, qualities: UnsafeRawBufferPointer, index: Int) {
    guard !isAbandoned else { return }
    guard let tile, tiles[tile] != nil || tiles.count < Self.limit else { return abandon() }
    let cycles = min(qualities.count, Self.cycleLimit)
    longest = max(longest, cycles)
    tiles[tile, default: Tile(firstRead: index)].add(UnsafeRawBufferPointer(rebasing: qualities[..<cycles]), index)
  }

  private mutating func abandon() {
    isAbandoned = true
    tiles = [:]
    longest = 0
  }

  /// Adds another part.
  public mutating func merge(_ other: FastQCTileTable) {
    guard !isAbandoned, !other.isAbandoned else { return abandon() }
    longest = max(longest, other.longest)
    tiles.merge(other.tiles) { ours, theirs in
      var sum = ours
      sum.firstRead = min(sum.firstRead, theirs.firstRead)
      sum.lowest = min(sum.lowest, theirs.lowest)
      sum.cycles.add(theirs.cycles)
      return sum
    }
    if tiles.count > Self.limit { abandon() }
  }
}

extension FastQCTileTable.Tile {
  fileprivate mutating func add(_ qualities: UnsafeRawBufferPointer, _ index: Int) {
    firstRead = min(firstRead, index)
    cycles.grow(to: 4 * qualities.count)
    var lowest = self.lowest
    cycles.withUnsafeMutableBufferPointer { cycles in
      guard var cell = cycles.baseAddress else { return }
      for character in qualities {
        let half = cell + Int(character >> 6) * 2
        half[0] &+= 1
        half[1] &+= UInt64(character)
        lowest = min(lowest, character)
        cell += 4
      }
    }
    self.lowest = lowest
  }
}
