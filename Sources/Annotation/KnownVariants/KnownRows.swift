import GenomicFiles
import Genomics

/// Alleles of one batch of a source in their canonical form, with their values.
struct KnownRows: Sendable {
  /// An allele of bases.
  struct Row: Sendable {
    /// Where REF starts, counted from 0.
    var start: Int
    var code: UInt32
    var referenceLength: Int
    /// ALT and the values, one behind the other, in `text`.
    var alternate: Range<Int>
  }

  /// Rows on one contig.
  struct Run: Sendable {
    var contig: String
    var rows: Range<Int>
  }

  private(set) var rows: [Row] = []
  private(set) var runs: [Run] = []
  /// The values of the rows, fields innermost.
  private(set) var values: [Range<Int>] = []
  private(set) var text: [UInt8] = []
  private(set) var records = 0
  private(set) var alleles = 0
  private(set) var skipped: [String: Int] = [:]
  /// The first record whose REF is not the reference's.
  private(set) var firstMismatch: InputLocation?

  private var canonical = CanonicalAllele()

  init() {}

  /// Takes the records of a run. CPU work.
  mutating func take(_ batch: VariantBatch, _ run: VariantBatch.Run, _ reference: ReferenceView, _ fields: [KnownField])
  {
    let first = rows.count
    batch.withRecords { records in
      for record in run.records {
        self.records += 1
        let ref = records[records.column(.ref, of: record)]
        var number = 0
        records.forEachPart(of: records.column(.alt, of: record), separator: UInt8(ascii: ",")) { part in
          alleles += 1
          let location = { batch.location(of: record) }
          if take(records.position(of: record), ref, records[part], reference, location) {
            for field in fields {
              let start = text.count
              field.append(records, record, allele: number, to: &text)
              values.append(start..<text.count)
            }
          }
          number += 1
          return true
        }
      }
    }
    runs.append(Run(contig: run.contig, rows: first..<rows.count))
  }

  /// Takes one allele of a line of scores.
  mutating func take(
    position: Int, _ ref: UnsafeRawBufferPointer, _ alt: UnsafeRawBufferPointer, _ reference: ReferenceView,
    values cells: [UnsafeRawBufferPointer], at location: () -> InputLocation
  ) {
    records += 1
    alleles += 1
    guard take(position, ref, alt, reference, location) else { return }
    for cell in cells {
      let start = text.count
      KnownField.append(cell, to: &text)
      values.append(start..<text.count)
    }
  }

  /// Ends a run of rows taken by hand.
  mutating func endRun(contig: String) {
    runs.append(Run(contig: contig, rows: (runs.last?.rows.upperBound ?? 0)..<rows.count))
  }

  /// Counts records of a contig that the reference lacks.
  mutating func skip(records count: Int, alleles: Int, why: String) {
    records += count
    self.alleles += alleles
    skipped[why, default: 0] += alleles
  }

  private mutating func take(
    _ position: Int, _ ref: UnsafeRawBufferPointer, _ alt: UnsafeRawBufferPointer, _ reference: ReferenceView,
    _ location: () -> InputLocation
  ) -> Bool {
    if let kind = AlternateAlleleKind(alt), kind != .bases {
      skipped["notBases", default: 0] += 1
      return false
    }
    do throws(CanonicalAllele.Refusal) {
      try canonical.take(position: position, reference: ref, alternate: alt, base: reference.base)
    } catch {
      skipped[error.rawValue, default: 0] += 1
      if error == .referenceMismatch, firstMismatch == nil { firstMismatch = location() }
      return false
    }
    guard let code = canonical.code else {
      skipped[CanonicalAllele.Refusal.notBases.rawValue, default: 0] += 1
      return false
    }
    let start = text.count
    if code == AlleleCode.long { text += canonical.alternate }
    rows.append(
      Row(
        start: canonical.start, code: code, referenceLength: canonical.reference.count,
        alternate: start..<text.count))
    return true
  }
}

extension CanonicalAllele {
  /// The allele's code; nil where ALT has letters other than A, C, G and T.
  var code: UInt32? {
    alternate.withUnsafeBytes {
      AlleleCode.code(referenceLength: reference.count, anchor: reference.first ?? 0, alternate: $0)
    }
  }
}
