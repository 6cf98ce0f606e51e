import Variants

/// The alleles of one sample on one transcript, by what is known of their phase.
struct SampleCalls {
  /// An allele by its index on the transcript.
  struct Call {
    var sample: Int
    var allele: Int
    var set: PhaseSet
    var slot: Int
    var ploidy: Int
  }

  /// Ascending by allele.
  let calls: [Call]
  /// The greatest number of alleles of a genotype.
  let ploidy: Int
  /// The sets that hold heterozygous alleles, in the order met.
  let sets: [PhaseSet]

  init(_ calls: [Call]) {
    self.calls = calls
    ploidy = calls.map(\.ploidy).max() ?? 0
    sets = calls.reduce(into: []) { if $1.set != .any, !$0.contains($1.set) { $0.append($1.set) } }
  }

  /// The alleles of one haplotype of a set, ascending.
  func haplotype(_ set: PhaseSet, _ slot: Int) -> [Int] {
    calls.filter { $0.set == .any || $0.set == set && $0.slot == slot }.map(\.allele)
  }

  /// The haplotypes of a set that have alleles of their own.
  func ownSlots(_ set: PhaseSet) -> Set<Int> { Set(calls.filter { $0.set == set }.map(\.slot)) }
}

/// Gathers the groups of all samples' haplotypes on a transcript.
struct FoundGroups {
  struct Tally {
    var haplotypes = 0
    var samples = 0
  }

  private(set) var groups: [[Int]: Tally] = [:]
  /// Alleles of which it is not known whether others are on their haplotype.
  private(set) var possible: Set<Int> = []
  private let grouping: HaplotypeGrouping
  // Haplotypes are shared by many samples.
  private var known: [[Int]: HaplotypeGrouping.Result] = [:]

  init(_ grouping: HaplotypeGrouping) { self.grouping = grouping }

  private mutating func result(_ haplotype: [Int]) -> HaplotypeGrouping.Result {
    if let found = known[haplotype] { return found }
    let result = grouping.group(haplotype)
    known[haplotype] = result
    return result
  }

  /// Adds a sample.
  mutating func add(_ sample: SampleCalls, _ counts: inout HaplotypeCounts) {
    var distinct: [Int] = []
    for call in sample.calls where distinct.last != call.allele { distinct.append(call.allele) }
    for stretch in grouping.stretches(distinct) {
      let (first, last) = (stretch[0], stretch[stretch.count - 1])
      let calls = sample.calls.filter { first <= $0.allele && $0.allele <= last }
      if stretch.count == 1, !grouping.alleles[first].isOverEnd {
        // Nearly always.
        let alleles = calls.reduce(0) { $0 + ($1.set == .any ? $1.ploidy : 1) }
        counts.allelesOnTranscripts += alleles
        counts.allelesAlone += alleles
      } else {
        addStretch(SampleCalls(calls), &counts)
      }
    }
  }

  private enum Fate {
    case grouped, alone
    case obstacle(HaplotypeGrouping.Obstacle)
  }

  private mutating func addStretch(_ sample: SampleCalls, _ counts: inout HaplotypeCounts) {
    let anywhere = Set(sample.calls.filter { $0.set == .any }.map(\.allele))
    // By call and haplotype: what became of it in any set.
    var fates = sample.calls.map { _ in [Fate](repeating: .alone, count: sample.ploidy) }
    var own: [[Int]: Int] = [:]
    var common: [[Int]: (haplotypes: Int, sets: Int)] = [:]
    let sets = sample.sets.isEmpty ? [.any] : sample.sets
    for set in sets {
      var inSet: [[Int]: Int] = [:]
      for slot in 0..<sample.ploidy {
        let result = result(sample.haplotype(set, slot))
        for group in result.groups { inSet[group, default: 0] += 1 }
        for (index, call) in sample.calls.enumerated()
        where call.set == .any && slot < call.ploidy || call.set == set && call.slot == slot {
          if result.grouped.contains(call.allele) {
            fates[index][slot] = .grouped
          } else if let obstacle = result.obstacles[call.allele], case .alone = fates[index][slot] {
            fates[index][slot] = .obstacle(obstacle)
          }
        }
      }
      for (group, haplotypes) in inSet {
        if group.allSatisfy(anywhere.contains) {
          // Alleles that are on every haplotype: exactly these together only where no set adds to them.
          let seen = common[group]
          common[group] = (min(seen?.haplotypes ?? haplotypes, haplotypes), (seen?.sets ?? 0) + 1)
        } else {
          own[group] = haplotypes
        }
      }
    }
    for (group, seen) in common where seen.sets == sets.count { own[group] = seen.haplotypes }
    for (group, haplotypes) in own {
      groups[group, default: Tally()].haplotypes += haplotypes
      groups[group, default: Tally()].samples += 1
    }
    for (index, call) in sample.calls.enumerated() {
      for slot in call.set == .any ? Array(0..<call.ploidy) : [call.slot] {
        counts.allelesOnTranscripts += 1
        switch fates[index][slot] {
        case .grouped: counts.allelesGrouped += 1
        case .alone: counts.allelesAlone += 1
        case .obstacle(let obstacle): counts.allelesNotCombined[obstacle.rawValue, default: 0] += 1
        }
      }
    }
    addPossible(sample, anywhere)
  }

  /// Marks alleles of two sets that would be told together if they were on one haplotype.
  private mutating func addPossible(_ sample: SampleCalls, _ anywhere: Set<Int>) {
    for (number, one) in sample.sets.enumerated() {
      for other in sample.sets[(number + 1)...] {
        for slot in sample.ownSlots(one).sorted() {
          for otherSlot in sample.ownSlots(other).sorted() {
            let (left, right) = (sample.haplotype(one, slot), sample.haplotype(other, otherSlot))
            let both = Set(left).union(right).sorted()
            for group in result(both).groups {
              let members = group.filter { !anywhere.contains($0) }
              let (leftSet, rightSet) = (Set(left), Set(right))
              guard members.contains(where: leftSet.contains), members.contains(where: rightSet.contains) else {
                continue
              }
              possible.formUnion(group)
            }
          }
        }
      }
    }
  }
}
