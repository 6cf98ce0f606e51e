import GenomicFiles
import Genomics

/// Applies a selection to the records of one batch.
final class VariantSelector {
  /// Why a record is dropped; the names stand in counts.
  enum Reason: String, CaseIterable {
    case region, target, expression
  }

  /// What becomes of a record.
  enum Verdict {
    /// It goes on as it stands.
    case kept
    /// It goes on as `rewritten`.
    case rewritten
    case dropped
  }

  private let prepared: PreparedSelection
  private let evaluator: FilterEvaluator?
  private let excludes: Bool
  private let rewriter: RecordRewriter?
  // Asked of every record; the selection itself would be held and let go each time.
  private let hasRegions: Bool
  private let hasTargets: Bool
  private let dropsFailing: Bool
  @exclusivity(unchecked) private var regions = RegionSet.Stretches()
  @exclusivity(unchecked) private var targets = RegionSet.Stretches()
  @exclusivity(unchecked) private(set) var dropped = [Int](repeating: 0, count: Reason.allCases.count)

  init(_ prepared: PreparedSelection) {
    self.prepared = prepared
    evaluator = prepared.filter.map { FilterEvaluator($0.program) }
    excludes = prepared.filter?.excludes ?? false
    hasRegions = prepared.selection.regions != nil
    hasTargets = prepared.selection.targets != nil
    dropsFailing = prepared.selection.softFilter == nil
    let rewrites = prepared.selection.softFilter != nil || prepared.samples != nil
    rewriter = rewrites ? RecordRewriter(prepared) : nil
  }

  /// Begins the records of a contig.
  func begin(contig: String) {
    if let set = prepared.selection.regions { regions = set[contig] }
    if let set = prepared.selection.targets { targets = set[contig] }
  }

  /// - Throws: `FilterRecordFault` where the expression cannot be applied to the record, or the record not be rewritten.
  func select(_ view: VariantRecords, _ record: Int) throws(FilterRecordFault) -> Verdict {
    let position = view.position(of: record) - 1
    if hasRegions, !regions.overlaps(position, max(position + 1, declaredEnd(view, record))) { return drop(.region) }
    if hasTargets, !targets.overlaps(position, position + 1) { return drop(.target) }
    var passes = true
    if let evaluator {
      passes = try evaluator.evaluate(view, record) != excludes
      if !passes, dropsFailing { return drop(.expression) }
    }
    guard let rewriter else { return .kept }
    try rewriter.rewrite(view, record, passes: passes)
    return .rewritten
  }

  /// Gives the record that was rewritten last, as the only one of a view.
  func withRewritten<R>(_ body: (VariantRecords) throws -> R) throws -> R {
    guard let rewriter else { preconditionFailure("nothing was rewritten") }
    return try rewriter.withRecord(body)
  }

  private func drop(_ reason: Reason) -> Verdict {
    dropped[reason == .region ? 0 : reason == .target ? 1 : 2] += 1
    return .dropped
  }

  /// The base behind the last that the record spans: INFO/END where it is there and behind POS, else REF's end.
  private func declaredEnd(_ view: VariantRecords, _ record: Int) -> Int {
    let position = view.position(of: record)
    let key: StaticString = "END"
    let text = UnsafeRawBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
    if let value = view.info(text, of: record)?.value, let end = VCFNumber.integer(view[value]), end >= position {
      return end
    }
    return position - 1 + view.column(.ref, of: record).count
  }
}
