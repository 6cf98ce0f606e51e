import GenomicFiles
import Genomics

/// Bases at the sites of a panel: primary alignments without the flags QC-fail and duplicate, mapping quality 20 or more
/// (255 means that there is none and does not count), base quality 20 or more, a fragment once.
///
/// Where both mates cover a site, an agreeing base counts once and a disagreeing one not at all: one of the two is
/// wrong. Deletions and skips show no base. Memory is 20 bytes a site and the mates that are waited for.
public struct SiteCounts: CoordinateCollector {
  /// `sites`.
  public static let name = "sites"
  /// Alignments count from this mapping quality on.
  public static let leastMappingQuality: UInt8 = 20
  /// Bases count from this quality on.
  public static let leastBaseQuality: UInt8 = 20

  static let excluded: AlignmentFlags = [.unmapped, .secondary, .qualityFail, .duplicate, .supplementary]

  private struct Seen {
    var site: Int
    var slot: UInt8
  }

  private struct Mate {
    var position: Int
    var matePosition: Int
    var seen: [Seen]
  }

  /// The sites.
  public let panel: SitePanel
  let options: SampleCheckOptions
  /// The panel's site positions, one after the other.
  private let positions: [Int]
  /// Sites by contig of the header; empty for contigs without.
  private let ranges: [Range<Int>]
  /// A, C, G, T and other bases, five a site.
  private var counts: [UInt32]
  private var current = -1
  private var next = 0
  private var end = 0
  private var lastPosition = -1
  private var scratch: [Seen] = []
  private var waiting: [UInt64: Mate] = [:]
  private var waitingLimit = 1 << 12

  /// Nothing counted; nil without sites.
  public init?(_ setting: CollectorSetting) {
    options = setting.options.samples
    guard let panel = options.sites else { return nil }
    self.panel = panel
    positions = panel.contigs.flatMap { $0.sites.map(\.position) }
    let byName = Dictionary(uniqueKeysWithValues: panel.contigs.map { ($0.name, $0) })
    ranges = setting.header.contigs.contigs.map { contig in
      guard let there = byName[contig.name] else { return 0..<0 }
      return there.firstIndex..<(there.firstIndex + there.sites.count)
    }
    counts = [UInt32](repeating: 0, count: 5 * positions.count)
  }

  /// Bases seen at a site: A, C, G, T, other.
  public func bases(at site: Int) -> [Int] { counts[(5 * site)..<(5 * site + 5)].map(Int.init) }

  /// Begins a contig.
  public mutating func begin(_ contig: Int, bases: ContigBases?) {
    current = contig
    next = ranges[contig].lowerBound
    end = ranges[contig].upperBound
    lastPosition = -1
    waiting.removeAll(keepingCapacity: true)
  }

  /// Counts records.
  public mutating func add(_ slice: AlignmentSlice) {
    guard next < end else { return }
    slice.forEachRecord { add($0) }
  }

  /// Ends the last contig.
  public mutating func finish() { waiting = [:] }

  /// Adds other contigs' counts.
  public mutating func merge(_ other: SiteCounts) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }

  private mutating func add(_ record: AlignmentRecord) {
    let position = record.position
    guard position >= 0, record.flags.isDisjoint(with: Self.excluded),
      record.mappingQuality >= Self.leastMappingQuality, record.mappingQuality != 255, record.sequenceLength > 0,
      // Absent qualities are all 255.
      record.qualities[0] != 255
    else { return }
    lastPosition = position
    while next < end, positions[next] < position { next += 1 }
    guard next < end else { return }
    see(record)
    guard !scratch.isEmpty else { return }
    guard record.flags.contains(.paired), record.mateContig == current else {
      for seen in scratch { counts[5 * seen.site + Int(seen.slot)] += 1 }
      return
    }
    countPair(record)
  }

  /// Finds the bases that the record shows at sites.
  private mutating func see(_ record: AlignmentRecord) {
    scratch.removeAll(keepingCapacity: true)
    var place = record.position
    var base = 0
    var site = next
    for operation in record.cigar {
      let length = operation.length
      if operation.consumesReference {
        while site < end, positions[site] < place + length {
          if operation.isAligned {
            let index = base + positions[site] - place
            if record.qualities[index] >= Self.leastBaseQuality {
              let pair = record.packedSequence[index >> 1]
              scratch.append(Seen(site: site, slot: Self.slot(index & 1 == 0 ? pair >> 4 : pair & 15)))
            }
          }
          site += 1
        }
        if site == end { return }
        place += length
      }
      if operation.consumesQuery { base += length }
    }
  }

  /// Where a 4-bit base counts.
  private static func slot(_ code: UInt8) -> UInt8 {
    switch code {
    case 1: 0
    case 2: 1
    case 4: 2
    case 8: 3
    default: 4
    }
  }

  private mutating func countPair(_ record: AlignmentRecord) {
    let key = Self.hash(record.name)
    if let mate = waiting[key], mate.matePosition == record.position, mate.position == record.matePosition {
      waiting[key] = nil
      for seen in scratch {
        guard let first = mate.seen.first(where: { $0.site == seen.site }) else {
          counts[5 * seen.site + Int(seen.slot)] += 1
          continue
        }
        if first.slot != seen.slot { counts[5 * first.site + Int(first.slot)] -= 1 }
      }
      return
    }
    for seen in scratch { counts[5 * seen.site + Int(seen.slot)] += 1 }
    guard let last = scratch.last, record.matePosition >= record.position, positions[last.site] >= record.matePosition
    else { return }
    waiting[key] = Mate(position: record.position, matePosition: record.matePosition, seen: scratch)
    if waiting.count > waitingLimit { forgetPassed() }
  }

  /// Drops first mates whose second never came (filtered, or missing).
  private mutating func forgetPassed() {
    let position = lastPosition
    waiting = waiting.filter { $0.value.matePosition >= position }
    waitingLimit = max(1 << 12, 2 * waiting.count)
  }

  /// FNV-1a, 64 bits, of a read's name; a match also needs both positions to agree.
  private static func hash(_ name: UnsafeRawBufferPointer) -> UInt64 {
    name.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}
