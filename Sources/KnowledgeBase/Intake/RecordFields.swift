import GenomicFiles
import Genomics

/// One sample's fields of the record that was read last.
///
/// Where FORMAT has them is found again only when FORMAT changes, and a genotype is made once for all records that write
/// it alike: a genome has five million records.
struct SampleFields {
  /// The genotype; nil where the record gives none, or none that VCF allows.
  private(set) var genotype: Genotype?
  /// The number of bases of a reference block that tells its length and not its end (VCF 4.5, section 1.6.2, "LEN").
  private(set) var blockLength: Int?
  /// Whether depth and quality suffice for the genotype to tell of callability: the least depth of a block, or the
  /// depth; the quality of the genotype, also where a joint caller gives that of the reference by a name of its own.
  private(set) var suffice = false

  private enum Field: Int, CaseIterable {
    case genotype, length, quality, referenceQuality, leastDepth, depth

    var key: StaticString {
      switch self {
      case .genotype: "GT"
      case .length: "LEN"
      case .quality: "GQ"
      case .referenceQuality: "RGQ"
      case .leastDepth: "MIN_DP"
      case .depth: "DP"
      }
    }
  }

  private var format: [UInt8] = []
  /// The field at each place of FORMAT, up to the last that is asked for; of a key that stands twice, the first.
  private var fields: [Field?] = []
  private var values: [Range<Int>?] = Array(repeating: nil, count: Field.allCases.count)
  private var genotypes = GenotypeMemo()

  /// Reads a record.
  /// - Parameter column: the sample's column, from 0; a record that ends before it has no fields.
  mutating func read(_ view: VariantRecords, _ record: Int, column: Int) {
    find(view, record)
    for index in values.indices { values[index] = nil }
    if let sample = view.sample(column, of: record) {
      var place = 0
      view.forEachPart(of: sample, separator: UInt8(ascii: ":")) { part in
        guard place < fields.count else { return false }
        if let field = fields[place] { values[field.rawValue] = part }
        place += 1
        return true
      }
    }
    genotype = values[Field.genotype.rawValue].flatMap { genotypes.genotype(view[$0]) }
    blockLength = integer(.length, view)
    // A field that is there and says nothing is not stood in for.
    let depth = integer(values[Field.leastDepth.rawValue] != nil ? .leastDepth : .depth, view)
    let quality = integer(values[Field.quality.rawValue] != nil ? .quality : .referenceQuality, view)
    suffice = ReferenceCallRule.suffices(depth, quality)
  }

  private func integer(_ field: Field, _ view: VariantRecords) -> Int? {
    values[field.rawValue].flatMap { VCFNumber.integer(view[$0]) }
  }

  private mutating func find(_ view: VariantRecords, _ record: Int) {
    let range = view.column(.format, of: record)
    if format.withUnsafeBytes({ view.equals(range, $0) }) { return }
    format = Array(view[range])
    fields.removeAll(keepingCapacity: true)
    view.forEachPart(of: range, separator: UInt8(ascii: ":")) { part in
      let field = Field.allCases.first { view.equals(part, $0.key) && !fields.contains($0) }
      fields.append(field)
      return true
    }
    while let last = fields.last, last == nil { fields.removeLast() }
  }
}

/// The genotypes of a file by their text: few different ones.
private struct GenotypeMemo {
  private var texts: [UInt64] = []
  private var genotypes: [Genotype?] = []

  /// The genotype of a text; nil for one that VCF does not allow.
  mutating func genotype(_ text: UnsafeRawBufferPointer) -> Genotype? {
    guard text.count < 8 else { return Genotype(text: text) }
    // The length leads, so that no two texts are one number, whatever bytes a damaged file has.
    let packed = text.reduce(UInt64(text.count)) { $0 << 8 | UInt64($1) }
    if let index = texts.firstIndex(of: packed) { return genotypes[index] }
    let genotype = Genotype(text: text)
    if texts.count < 64 {
      texts.append(packed)
      genotypes.append(genotype)
    }
    return genotype
  }
}

/// The INFO fields of a record that an intake asks for. Byte ranges of the batch.
struct IntakeInfo {
  /// The value of the first `END`.
  private(set) var end: Range<Int>?
  /// The value of the last `APUS_ORIG`: the record that a half was split from.
  private(set) var original: Range<Int>?
  /// The value of the first `CSQ`.
  private(set) var consequences: Range<Int>?

  init(_ view: VariantRecords, _ record: Int) {
    view.forEachInfo(of: record) { entry in
      guard let value = entry.value else { return true }
      switch entry.key.count {
      case 3:
        if end == nil, view.equals(entry.key, "END") { end = value }
        if consequences == nil, view.equals(entry.key, "CSQ") { consequences = value }
      case 9: if view.equals(entry.key, "APUS_ORIG") { original = value }
      default: break
      }
      return true
    }
  }
}

/// The record that a half was split from, as `APUS_ORIG` names it.
struct OriginalRecord {
  /// `APUS_ORIG` without the allele's number.
  let name: String
  private let start: Int?
  private let count: Int

  /// - Parameter value: the value of `APUS_ORIG`; nil where it does not end with a number behind a bar.
  init?(_ value: UnsafeRawBufferPointer) {
    let bar = UInt8(ascii: "|")
    guard let last = value.lastIndex(of: bar) else { return nil }
    name = String(decoding: value[..<last], as: UTF8.self)
    let parts = value.split(separator: bar, omittingEmptySubsequences: false)
    start =
      parts.count > 2 ? VCFNumber.integer(UnsafeRawBufferPointer(rebasing: parts[1])).map { $0 - 1 } : nil
    count = parts.count > 2 ? parts[2].count : 0
  }

  /// The stretch of the original's REF: what the caller spoke of, wherever normalising moved the half.
  func span(in contig: ReferenceContigs.Entry) -> Range<Int>? {
    start.flatMap { start in
      start >= 0 && start + count <= contig.length && count > 0 ? start..<(start + count) : nil
    }
  }
}

extension VariantRecords {
  /// Whether the bytes of a range are `text`.
  func equals(_ range: Range<Int>, _ text: StaticString) -> Bool {
    equals(range, UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// A sample's column, from 0; nil where the record ends before it.
  func sample(_ column: Int, of record: Int) -> Range<Int>? {
    let samples = samples(of: record)
    guard !samples.isEmpty else { return nil }
    var start = samples.lowerBound
    for _ in 0..<column {
      guard let end = firstIndex(of: UInt8(ascii: "\t"), in: start..<samples.upperBound) else { return nil }
      start = end + 1
    }
    return start..<(firstIndex(of: UInt8(ascii: "\t"), in: start..<samples.upperBound) ?? samples.upperBound)
  }
}
