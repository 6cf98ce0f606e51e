import Genomics

/// Judges DPYD by the table of variants that laboratories test (reference/interpretation.md 10.2).
struct DPYDPanel {
  var table: DPYDTable

  /// The activity of the reference.
  private static let full = 1.0

  /// - Parameter calls: one a variant of the table.
  func result(_ calls: [PositionCall]) -> DPYDResult {
    var warnings: [String] = []
    var sites: [DPYDStrands.Site] = []
    func carries(_ index: Int) -> [Bool]? {
      guard calls[index].isComplete, calls[index].copies.count == 2 else { return nil }
      return calls[index].copies.map { $0 == table.variants[index].position.alternates[0] }
    }
    for index in table.variants.indices where table.variants[index].role == .variant {
      guard let carries = carries(index) else { continue }
      sites.append(
        DPYDStrands.Site(copies: carries.map { $0 ? table.variants[index].name : nil }, phase: calls[index].phase))
    }
    let causal = table.variants.firstIndex { $0.role == .hapB3Causal }
    let tag = table.variants.firstIndex { $0.role == .hapB3Tag }
    let hapB3 = HapB3Call(
      causal: causal.flatMap(carries), causalPhase: causal.map { calls[$0].phase } ?? .unphased,
      tag: tag.flatMap(carries), tagPhase: tag.map { calls[$0].phase } ?? .unphased)
    if let warning = hapB3.warning { warnings.append(warning) }
    let hapB3Name = causal.map { table.variants[$0].name } ?? "HapB3"
    sites.append(
      DPYDStrands.Site(
        copies: hapB3.copies.map { copy in
          switch copy {
          case .none: nil
          case .hapB3, .intronicOnly: hapB3Name
          }
        }, phase: hapB3.phase))
    let strands = DPYDStrands(sites)
    let activities = Dictionary(table.variants.map { ($0.name, Double($0.activity) ?? 0) }) { first, _ in first }
    let deciding = strands.deciding { $0.flatMap { activities[$0] } ?? Self.full }
    let sum = deciding.reduce(0) { $0 + ($1.flatMap { activities[$0] } ?? Self.full) }
    // HapB3 is one variant with two positions: one of them is enough.
    let notCallable = table.variants.indices.filter { index in
      switch table.variants[index].role {
      case .variant: carries(index) == nil
      case .hapB3Causal, .hapB3Tag: hapB3.copies.isEmpty
      }
    }.map { table.variants[$0].name }
    for (call, variant) in zip(calls, table.variants) where call.state == .calledUndocumented {
      warnings.append("\(variant.name): another base is called at its position, and is not the variant")
    }
    for index in [causal, tag].compactMap({ $0 }) where carries(index) == nil && !hapB3.copies.isEmpty {
      warnings.append("\(table.variants[index].name): not called")
    }
    let isCalled = notCallable.isEmpty
    let score = Self.text(sum)
    return DPYDResult(
      table: table.id, outcome: isCalled ? .called : .indeterminate,
      reasons: isCalled ? [] : ["not callable: \(notCallable.joined(separator: ", "))"],
      activityScore: isCalled ? score : nil, activityScoreAtMost: isCalled ? nil : score,
      phenotype: isCalled
        ? table.phenotypes[score].map { .init(text: $0, quotedFrom: "CPIC table, PharmCAT 2025-11-05 (\(table.id))") }
        : nil,
      found: strands.components,
      presumedInTrans: !strands.isEffectivelyPhased,
      variants: table.variants.indices.map { index in
        DPYDResult.Variant(
          name: table.variants[index].name,
          position: GeneResult.Position(
            table.variants[index].position, calls[index], defines: [table.variants[index].name]),
          copies: carries(index).map { $0.count { $0 } }, activity: table.variants[index].activity,
          role: table.variants[index].role, status: table.variants[index].status)
      },
      notCallable: notCallable, warnings: warnings,
      notTested:
        "DPYD variants that are not in this table, deletions and duplications of exons, and DPD enzyme activity")
  }

  /// A score as tables write it: `1.5`.
  static func text(_ score: Double) -> String { "\((score * 10).rounded() / 10)" }
}

extension GeneResult.Position {
  /// A position as results list it.
  init(_ position: DefiningPosition, _ call: PositionCall, defines: [String]) {
    var phaseSet: String?
    if case .phased(let set) = call.phase { phaseSet = set }
    self.init(
      contig: position.contig, position: position.position.value, rsid: position.rsid, reference: position.reference,
      alternates: position.alternates, state: call.state, call: call.text, phaseSet: phaseSet, evidence: call.evidence,
      filters: call.filters, note: call.note, definesAlleles: defines)
  }
}
