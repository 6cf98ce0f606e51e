import Genomics

@testable import Interpretation

/// A matcher that knows nothing of the one it judges: it writes down every assignment of alleles to two strands that the
/// genotypes and their phase allow, and looks each strand up.
struct BruteForce {
  /// A genotype as text: `C`, `T`, `|` or `/`, and a phase set.
  struct Genotype {
    var alleles: [String?]
    var isPhased = false
    var set = "*"
  }

  struct Answer: Equatable {
    var names: Set<String>
    var score: Int
  }

  static let wobbles = ["R": "AG", "Y": "CT", "S": "CG", "W": "AT", "K": "GT", "M": "AC"]

  var definition: GeneDefinition
  var toxic: Bool

  /// Strands of every assignment: dictionaries from position index to bases.
  func assignments(_ genotypes: [Int: Genotype]) -> [([Int: String], [Int: String])] {
    var groups: [[Int]] = []
    var named: [String: Int] = [:]
    for place in genotypes.keys.sorted() {
      guard let genotype = genotypes[place], genotype.alleles[0] != genotype.alleles[1] else { continue }
      if genotype.isPhased, let group = named[genotype.set] {
        groups[group].append(place)
      } else {
        if genotype.isPhased { named[genotype.set] = groups.count }
        groups.append([place])
      }
    }
    var answers: [([Int: String], [Int: String])] = []
    for bits in 0..<(1 << groups.count) {
      var first: [Int: String] = [:]
      var second: [Int: String] = [:]
      for (place, genotype) in genotypes {
        let group = groups.firstIndex { $0.contains(place) }
        let isTurned = group.map { bits >> $0 & 1 == 1 } ?? false
        first[place] = genotype.alleles[isTurned ? 1 : 0]!
        second[place] = genotype.alleles[isTurned ? 0 : 1]!
      }
      answers.append((first, second))
    }
    return answers
  }

  /// The alleles that a strand is.
  func lookUp(_ strand: [Int: String]) -> [NamedAllele] {
    let reference = definition.alleles.first { $0.isReference }!
    return definition.alleles.filter { allele in
      strand.keys.contains { allele.bases[$0] != nil }
        && strand.allSatisfy { place, bases in
          let wanted =
            allele.bases[place]
            ?? (Self.wobbles[reference.bases[place]!] == nil
              ? reference.bases[place]! : definition.positions[place].reference)
          return wanted == bases || Self.wobbles[wanted]?.contains(bases) ?? false
        }
    }
  }

  /// The score of an allele that explains some strands of a pair: the called positions that it defines, without the letters
  /// for several bases where all of these strands have REF (PharmCAT 3's `scoreForSample`).
  func score(_ allele: NamedAllele, _ strands: [[Int: String]]) -> Int {
    strands[0].keys.count { place in
      guard let bases = allele.bases[place] else { return false }
      return Self.wobbles[bases] == nil
        || !strands.allSatisfy { $0[place] == definition.positions[place].reference }
    }
  }

  /// The diplotypes of the highest score; nil where the gene must not be called.
  func answer(_ all: [Int: Genotype]) -> Answer? {
    var genotypes: [Int: Genotype] = [:]
    for (place, genotype) in all {
      let called = genotype.alleles.compactMap { $0 }
      if called.isEmpty { continue }
      if called.count == 1 {
        if called[0] == definition.positions[place].reference { continue }
        return nil
      }
      var genotype = genotype
      let documented = [definition.positions[place].reference] + definition.positions[place].alternates
      for index in 0..<2 where !documented.contains(genotype.alleles[index]!) {
        guard toxic else { return nil }
        genotype.alleles[index] = definition.positions[place].reference
      }
      genotypes[place] = genotype
    }
    if genotypes.isEmpty { return nil }
    var scores: [String: Int] = [:]
    for (first, second) in assignments(genotypes) {
      let (firsts, seconds) = (lookUp(first), lookUp(second))
      for a in firsts {
        for b in seconds {
          let name = [a, b].map { definition.coreNames[$0.name] ?? $0.name }.sorted().joined(separator: "/")
          let score =
            a.name == b.name
            ? score(a, [first]) + score(b, [second])
            // Of a pair of two alleles every strand counts that the allele explains.
            : score(a, seconds.contains(a) ? [first, second] : [first])
              + score(b, firsts.contains(b) ? [first, second] : [second])
          scores[name] = max(scores[name] ?? 0, score)
        }
      }
    }
    guard let best = scores.values.max() else { return nil }
    return Answer(names: Set(scores.filter { $0.value == best }.keys), score: best)
  }

  /// DPYD's score: of every assignment the sum of the lowest activity of each strand; the lowest of these.
  func activity(_ genotypes: [Int: Genotype], _ values: [String: Double], tag: Int, causal: Int) -> Double {
    func lowest(_ strand: [Int: String]) -> Double {
      var least = 1.0
      for (place, bases) in strand {
        if place == tag, strand[causal] != nil { continue }
        if place == tag || place == causal {
          if bases != definition.positions[place].reference { least = min(least, 0.5) }
          continue
        }
        for allele in definition.alleles where !allele.isReference && allele.bases[place] == bases {
          least = min(least, values[allele.name] ?? 1)
        }
      }
      return least
    }
    return assignments(genotypes).map { lowest($0) + lowest($1) }.min() ?? 2
  }
}
