import GenomicFiles
import Genomics
import Variants

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Takes the genotypes of a proband and the parents from the records of one autosome: changes of one base, one alternate,
/// filters passed or not applied. Every record of a genome goes through here, so that bytes are read once and nothing
/// is allocated but eight bytes a site.
struct SiteReader {
  /// The sample columns in the file; nil for a parent of another file, or none.
  struct Columns: Sendable {
    var proband: Int
    var father: Int?
    var mother: Int?
  }

  /// One sample's call.
  private struct Call {
    var genotype = SiteGenotypes.Genotype.unknown
    var depth: Int?
  }

  private let columns: Columns
  private let last: Int
  private let leastDepth: Int
  private let leastQuality: Int
  // FORMAT seldom changes from record to record.
  private var format: [UInt8] = []
  private var genotypePlace = -1
  private var depthPlace = -1
  private var qualityPlace = -1
  private var lastPlace = -1
  private(set) var sites: [SiteGenotypes] = []

  init(_ columns: Columns, _ rules: ParentalOriginRules) {
    self.columns = columns
    last = max(columns.proband, columns.father ?? -1, columns.mother ?? -1)
    leastDepth = rules.count(.genotypeDepth)
    leastQuality = rules.count(.genotypeQuality)
  }

  mutating func look(at record: TappedRecord) {
    guard record.allele ?? 1 == 1, record.reference.count == 1, Self.isBase(record.reference[0]) else { return }
    let view = record.original
    let alternate = view[view.column(.alt, of: record.record)]
    guard alternate.count == 1 ? Self.isBase(alternate[0]) : Self.isBaseOfBlocks(alternate) else { return }
    let filter = record.filter
    guard
      filter.count == 4 && filter.loadUnaligned(as: UInt32.self) == Self.pass
        || filter.count == 1 && filter[0] == UInt8(ascii: ".")
    else { return }
    let layout = view[view.column(.format, of: record.record)]
    if !isRead(layout) { read(layout: layout) }
    guard genotypePlace >= 0, depthPlace >= 0 || qualityPlace >= 0 else { return }
    var (proband, father, mother) = (Call(), Call(), Call())
    let samples = view[view.samples(of: record.record)]
    var (start, column) = (0, 0)
    while column <= last, start < samples.count {
      let end = Self.index(of: UInt8(ascii: "\t"), in: samples, from: start) ?? samples.count
      if column == columns.proband {
        proband = call(samples, start..<end)
      } else if column == columns.father {
        father = call(samples, start..<end)
      } else if column == columns.mother {
        mother = call(samples, start..<end)
      }
      start = end + 1
      column += 1
    }
    guard proband.genotype != .unknown else { return }
    // A site where the proband has the reference tells something beside a parent alone.
    if proband.genotype == .reference, father.genotype == .unknown, mother.genotype == .unknown { return }
    sites.append(
      SiteGenotypes(
        position: record.position, proband: proband.genotype, father: father.genotype, mother: mother.genotype,
        depth: proband.depth))
  }

  /// `PASS` as four bytes.
  private static let pass = UInt32(littleEndian: 0x5353_4150)

  /// Whether it is the FORMAT that was read last. Sequences are compared slowly for every record of a genome.
  private func isRead(_ layout: UnsafeRawBufferPointer) -> Bool {
    guard layout.count == format.count, let base = layout.baseAddress else { return layout.count == format.count }
    return format.withUnsafeBytes { $0.baseAddress.map { memcmp($0, base, layout.count) == 0 } ?? true }
  }

  private static func isBase(_ byte: UInt8) -> Bool {
    switch byte & 0xDF {
    case UInt8(ascii: "A"), UInt8(ascii: "C"), UInt8(ascii: "G"), UInt8(ascii: "T"): true
    default: false
    }
  }

  /// `G,<NON_REF>` or `G,<*>`, as records of a gVCF have it.
  private static func isBaseOfBlocks(_ text: UnsafeRawBufferPointer) -> Bool {
    text.count > 2 && isBase(text[0]) && text[1] == UInt8(ascii: ",")
      && AlternateAlleleKind(UnsafeRawBufferPointer(rebasing: text[2...])) == .unspecified
  }

  private static func index(of byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let base = bytes.baseAddress, start < bytes.count,
      let found = memchr(base + start, Int32(byte), bytes.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  private mutating func read(layout: UnsafeRawBufferPointer) {
    format = Array(layout)
    (genotypePlace, depthPlace, qualityPlace) = (-1, -1, -1)
    for (place, key) in layout.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).enumerated() {
      switch String(decoding: key, as: UTF8.self) {
      case "GT": genotypePlace = place
      case "DP": depthPlace = place
      case "GQ": qualityPlace = place
      // What joint callers call the quality of the reference.
      case "RGQ" where qualityPlace < 0: qualityPlace = place
      default: break
      }
    }
    lastPlace = max(genotypePlace, depthPlace, qualityPlace)
  }

  /// A call that is strong enough; unknown for any other.
  private func call(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Call {
    var genotype = SiteGenotypes.Genotype.unknown
    var (depth, quality): (Int?, Int?) = (nil, nil)
    var (start, place) = (range.lowerBound, 0)
    while place <= lastPlace, start <= range.upperBound {
      var end = start
      while end < range.upperBound, bytes[end] != UInt8(ascii: ":") { end += 1 }
      if place == genotypePlace {
        genotype = Self.genotype(bytes, start..<end)
        if genotype == .unknown { return Call() }
      } else if place == depthPlace {
        depth = Self.number(bytes, start..<end)
      } else if place == qualityPlace {
        quality = Self.number(bytes, start..<end)
      }
      start = end + 1
      place += 1
    }
    // What is told must suffice, and something must be told.
    guard depth ?? leastDepth >= leastDepth, quality ?? leastQuality >= leastQuality, depth != nil || quality != nil
    else { return Call() }
    return Call(genotype: genotype, depth: depth)
  }

  /// Two copies of the reference and the one alternate.
  private static func genotype(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> SiteGenotypes.Genotype {
    guard range.count == 3 else { return .unknown }
    let mark = bytes[range.lowerBound + 1]
    guard mark == UInt8(ascii: "/") || mark == UInt8(ascii: "|") else { return .unknown }
    let (one, other) = (bytes[range.lowerBound] &- UInt8(ascii: "0"), bytes[range.lowerBound + 2] &- UInt8(ascii: "0"))
    guard one <= 1, other <= 1 else { return .unknown }
    return one == other ? (one == 0 ? .reference : .alternate) : .heterozygous
  }

  /// The whole part of a number; nil where none stands there.
  private static func number(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    var value: Int?
    for index in range {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      value = min(1_000_000, (value ?? 0) * 10 + Int(digit))
    }
    return value
  }
}
