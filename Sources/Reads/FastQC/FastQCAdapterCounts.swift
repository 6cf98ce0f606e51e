/// Where FastQC's adapters begin in reads: the first place of each in each read.
public struct FastQCAdapterCounts: Sendable, Equatable {
  /// Places from here on are in `lateStarts`, so that memory does not grow with the longest read.
  static let earlyPlaces = 1 << 16

  /// Reads by the place where an adapter begins, counted from 0, an array for each of `FastQCAdapters.all`.
  public var starts = [[UInt64]](repeating: [], count: FastQCAdapters.all.count)
  /// The same for places of 65,536 and later.
  public var lateStarts = [[Int: UInt64]](repeating: [:], count: FastQCAdapters.all.count)
  /// The longest read, in bases.
  public var longest = 0
  private let filter = FastQCAdapterFilter()

  /// Nothing counted.
  public init() {}

  @inline(__always)
  mutating func add(_ sequence: UnsafeRawBufferPointer) {
    if sequence.count > longest { longest = sequence.count }
    var places = SIMD8<Int>(repeating: -1)
    var isCandidate = false
    filter.withCandidates(in: sequence) { range in
      FastQCAdapters.search(sequence, in: range, first: &places)
      isCandidate = true
    }
    if isCandidate { addStarts(places) }
  }

  @inline(never)
  private mutating func addStarts(_ places: SIMD8<Int>) {
    for adapter in starts.indices where places[adapter] >= 0 {
      let place = places[adapter]
      if place < Self.earlyPlaces {
        starts[adapter].grow(to: place + 1)
        starts[adapter][place] &+= 1
      } else {
        lateStarts[adapter][place, default: 0] &+= 1
      }
    }
  }

  /// Adds another part.
  public mutating func merge(_ other: FastQCAdapterCounts) {
    longest = max(longest, other.longest)
    for adapter in starts.indices {
      starts[adapter].add(other.starts[adapter])
      lateStarts[adapter].merge(other.lateStarts[adapter], uniquingKeysWith: &+)
    }
  }

  /// Reads in which an adapter begins at a place.
  func starts(of adapter: Int, at place: Int) -> UInt64 {
    place < Self.earlyPlaces
      ? (place < starts[adapter].count ? starts[adapter][place] : 0) : lateStarts[adapter][place] ?? 0
  }
}
