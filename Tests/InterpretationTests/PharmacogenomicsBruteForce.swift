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

  /// Names and scores of the alleles that a strand is.
  func lookUp(_ strand: [Int: String]) -> [(String, Int)] {
    let reference = definition.alleles.first { $0.isReference }!
    var found: [(String, Int)] = []
    for allele in definition.alleles {
      var score = 0
      var fits = true
      for (place, bases) in strand {
        if allele.bases[place] != nil { score += 1 }
        let wanted = allele.bases[place] ?? reference.bases[place]!
        if wanted != bases && !(Self.wobbles[wanted]?.contains(bases) ?? false) { fits = false }
      }
      if fits, score > 0 { found.append((definition.coreNames[allele.name] ?? allele.name, score)) }
    }
    return found
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
      for (a, m) in lookUp(first) {
        for (b, n) in lookUp(second) {
          let name = [a, b].sorted().joined(separator: "/")
          scores[name] = max(scores[name] ?? 0, m + n)
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
