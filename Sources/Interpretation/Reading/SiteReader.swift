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
    let samples = view[view.samples(of: record.record)]
    if let site = site(at: record.position, layout: layout, samples: samples) { sites.append(site) }
  }

  /// What the calls of a record tell; nil where they are no evidence.
  /// - Parameters:
  ///   - position: POS, counted from 1.
  ///   - layout: FORMAT.
  ///   - samples: the sample columns with the tabs between them.
  mutating func site(
    at position: Int, layout: UnsafeRawBufferPointer, samples: UnsafeRawBufferPointer
  ) -> SiteGenotypes? {
    if !isRead(layout) { read(layout: layout) }
    guard genotypePlace >= 0, depthPlace >= 0 || qualityPlace >= 0 else { return nil }
    var (proband, father, mother) = (Call(), Call(), Call())
    var (place, column) = (0, 0)
    while true {
      if column == columns.proband {
        proband = call(samples, &place)
      } else if column == columns.father {
        father = call(samples, &place)
      } else if column == columns.mother {
        mother = call(samples, &place)
      }
      guard column < last, let tab = Self.index(of: UInt8(ascii: "\t"), in: samples, from: place) else { break }
      place = tab + 1
      column += 1
    }
    guard proband.genotype != .unknown else { return nil }
    // A site where the proband has the reference tells something beside a parent alone.
    if proband.genotype == .reference, father.genotype == .unknown, mother.genotype == .unknown { return nil }
    return SiteGenotypes(
      position: position, proband: proband.genotype, father: father.genotype, mother: mother.genotype,
      depth: proband.depth)
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

  /// The call of the sample that begins at `place`, where it is strong enough; unknown for any other.
  /// - Parameter place: is moved as far as was read, within the sample.
  private func call(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> Call {
    var genotype = SiteGenotypes.Genotype.unknown
    var (depth, quality): (Int?, Int?) = (nil, nil)
    var field = 0
    while true {
      if field == genotypePlace {
        genotype = Self.genotype(bytes, place)
        if genotype == .unknown { return Call() }
        place += 3
      } else if field == depthPlace {
        depth = Self.number(bytes, &place)
      } else if field == qualityPlace {
        quality = Self.number(bytes, &place)
      }
      guard field < lastPlace else { break }
      while place < bytes.count, !Self.endsField(bytes[place]) { place += 1 }
      guard place < bytes.count, bytes[place] == UInt8(ascii: ":") else { break }
      place += 1
      field += 1
    }
    // What is told must suffice, and something must be told.
    guard depth ?? leastDepth >= leastDepth, quality ?? leastQuality >= leastQuality, depth != nil || quality != nil
    else { return Call() }
    return Call(genotype: genotype, depth: depth)
  }

  private static func endsField(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ":") || byte == UInt8(ascii: "\t") }

  /// Two copies of the reference and the one alternate: three bytes, and the field ends.
  private static func genotype(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> SiteGenotypes.Genotype {
    guard bytes.count - place >= 3, bytes.count - place == 3 || endsField(bytes[place + 3]) else { return .unknown }
    let mark = bytes[place + 1]
    guard mark == UInt8(ascii: "/") || mark == UInt8(ascii: "|") else { return .unknown }
    let (one, other) = (bytes[place] &- UInt8(ascii: "0"), bytes[place + 2] &- UInt8(ascii: "0"))
    guard one <= 1, other <= 1 else { return .unknown }
    return one == other ? (one == 0 ? .reference : .alternate) : .heterozygous
  }

  /// The whole part of a number; nil where none stands there.
  private static func number(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> Int? {
    var value: Int?
    while place < bytes.count {
      let digit = bytes[place] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      value = min(1_000_000, (value ?? 0) * 10 + Int(digit))
      place += 1
    }
    return value
  }
}
