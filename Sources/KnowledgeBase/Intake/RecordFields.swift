import GenomicFiles
import Genomics

/// One sample's fields of a record, read when asked.
struct SampleFields {
  private let keys: [Substring]
  private let values: [Substring]

  init(_ view: VariantRecords, _ record: Int, _ column: Int) {
    keys = String(decoding: view[view.column(.format, of: record)], as: UTF8.self).split(
      separator: ":", omittingEmptySubsequences: false)
    let samples = view[view.samples(of: record)].split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    values =
      samples.indices.contains(column)
      ? String(decoding: samples[column], as: UTF8.self).split(separator: ":", omittingEmptySubsequences: false) : []
  }

  private func value(_ key: String) -> Substring? {
    keys.firstIndex { $0 == key }.flatMap { values.indices.contains($0) ? values[$0] : nil }
  }

  var genotype: Genotype? { value("GT").flatMap { Genotype(text: $0.utf8) } }

  /// The number of bases of a reference block that tells its length and not its end (VCF 4.5, section 1.6.2, "LEN").
  var blockLength: Int? { value("LEN").flatMap { Int($0) } }

  /// The quality of the genotype, also where a joint caller gives that of the reference by a name of its own.
  var quality: Int? { (value("GQ") ?? value("RGQ")).flatMap { Int($0) } }

  /// Whether depth and quality suffice for a genotype to tell of callability.
  var suffice: Bool { ReferenceCallRule.suffices(depth, quality) }

  /// The least depth of a block, or the depth.
  var depth: Int? { (value("MIN_DP") ?? value("DP")).flatMap { Int($0) } }
}

/// The record that a half was split from, as `APUS_ORIG` names it.
struct OriginalRecord {
  /// `APUS_ORIG` without the allele's number.
  let name: String
  private let start: Int?
  private let count: Int

  init?(_ info: String) {
    guard let field = info.split(separator: ";").last(where: { $0.hasPrefix("APUS_ORIG=") }),
      let bar = field.lastIndex(of: "|")
    else { return nil }
    name = String(field[..<bar])
    let parts = field.dropFirst("APUS_ORIG=".utf8.count).split(separator: "|", omittingEmptySubsequences: false)
    start = parts.count > 2 ? Int(parts[1]).map { $0 - 1 } : nil
    count = parts.count > 2 ? parts[2].utf8.count : 0
  }

  /// The stretch of the original's REF: what the caller spoke of, wherever normalising moved the half.
  func span(in contig: ReferenceContigs.Entry) -> Range<Int>? {
    start.flatMap { start in
      start >= 0 && start + count <= contig.length && count > 0 ? start..<(start + count) : nil
    }
  }
}
