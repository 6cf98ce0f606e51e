import Genomics

/// Matches the calls of one gene against its named alleles (reference/interpretation.md 10.1; PharmCAT 3, Named Allele
/// Matcher 101 and 201).
struct NamedAlleleMatcher {
  /// Why a gene has no diplotype.
  enum Obstacle: Error, Sendable, Hashable {
    /// No position is called.
    case nothingCalled
    /// Positions that must be called are not.
    case requiredMissing([Int])
    /// A copy is called and another is not.
    case halfCalled([Int])
    /// Bases that no definition documents.
    case undocumented([Int])
    /// Some positions have one copy and some two.
    case mixedPloidy
    /// No pair of named alleles explains the calls.
    case noMatch

    /// The obstacle's code, and where.
    var text: String {
      func at(_ what: String, _ places: [Int]) -> String {
        what + ": " + places.map(String.init).joined(separator: ", ")
      }
      return switch self {
      case .nothingCalled: "no defining position is called"
      case .requiredMissing(let places): at("required positions are not called", places)
      case .halfCalled(let places): at("only one of two copies is called at", places)
      case .undocumented(let places): at("bases that no definition documents at", places)
      case .mixedPloidy: "some positions are called with one copy and some with two"
      case .noMatch: "no named alleles explain the called positions"
      }
    }
  }

  /// A named allele as far as the called positions define it.
  struct Candidate: Sendable, Hashable {
    var allele: NamedAllele
    /// Called positions that it defines.
    var score: Int
    /// Its positions that are not called, in the gene's order.
    var missing: [Int]
  }

  /// One pair (or, haploid, one) of alleles that explains the calls.
  struct Match: Sendable, Hashable {
    var alleles: [Candidate]
    var score: Int { alleles.reduce(0) { $0 + $1.score } }
  }

  /// What matching finds.
  struct Outcome: Sendable, Hashable {
    /// Every pair that explains the calls: the highest score first, then by name.
    var matches: [Match]
    var strands: GeneStrands
  }

  let definition: GeneDefinition
  /// Whether undocumented bases are matched as the reference.
  var undocumentedIsReference: Bool
  /// Positions without which the gene is not called.
  var required: Set<Int> = []

  /// Alleles that the called positions still define, and those that they do not.
  /// - Parameter called: places among the gene's positions.
  func candidates(called: Set<Int>) -> (defined: [Candidate], lost: [NamedAllele]) {
    var defined: [Candidate] = []
    var lost: [NamedAllele] = []
    for allele in definition.alleles {
      let places = allele.bases.indices.filter { allele.bases[$0] != nil }
      let score = places.count { called.contains($0) }
      if allele.isStructural || score == 0 {
        lost.append(allele)
      } else {
        defined.append(Candidate(allele: allele, score: score, missing: places.filter { !called.contains($0) }))
      }
    }
    return (defined, lost)
  }

  /// The strands that the calls tell.
  /// - Parameter calls: one a position of the gene.
  func strands(_ calls: [PositionCall]) throws(Obstacle) -> GeneStrands {
    func positions(_ isOne: (PositionCall) -> Bool) -> [Int] {
      zip(definition.positions, calls).filter { isOne($1) }.map(\.0.position.value)
    }
    let missing = zip(definition.positions, calls).filter { !$1.isCalled && required.contains($0.position.value) }
    guard missing.isEmpty else { throw .requiredMissing(missing.map(\.0.position.value)) }
    guard calls.contains(where: \.isCalled) else { throw .nothingCalled }
    let half = positions { $0.isCalled && !$0.isComplete }
    guard half.isEmpty else { throw .halfCalled(half) }
    if !undocumentedIsReference {
      let unknown = positions { $0.state == .calledUndocumented }
      guard unknown.isEmpty else { throw .undocumented(unknown) }
    }
    let called = calls.indices.filter { calls[$0].isCalled }
    let ploidies = Set(called.map { calls[$0].copies.count })
    guard ploidies.count == 1, let ploidy = ploidies.first else { throw .mixedPloidy }
    return GeneStrands(
      ploidy: ploidy,
      calls: called.map { place in
        let copies = calls[place].copies.compactMap { $0 }.map { bases in
          let position = definition.positions[place]
          let isDocumented = bases == position.reference || position.alternates.contains(bases)
          return isDocumented ? bases : position.reference
        }
        return (place, copies, calls[place].phase)
      })
  }

  /// Finds every diplotype that explains the calls.
  func match(_ calls: [PositionCall]) throws(Obstacle) -> Outcome {
    let strands = try strands(calls)
    let called = Set(calls.indices.filter { calls[$0].isCalled })
    let fits = candidates(called: called).defined.compactMap { Fit($0, definition, strands) }
    var matches: [Match] = []
    if strands.ploidy == 1 {
      matches = fits.map { Match(alleles: [$0.candidate]) }
    } else {
      for first in fits.indices {
        for second in first..<fits.count where fits[first].pairs(with: fits[second]) {
          matches.append(Match(alleles: [fits[first].candidate, fits[second].candidate]))
        }
      }
    }
    guard !matches.isEmpty else { throw .noMatch }
    return Outcome(matches: matches.sorted { $0.score > $1.score }, strands: strands)
  }

  /// How an allele fits the sides of every block; nil where it does not fit the homozygous positions.
  private struct Fit {
    var candidate: Candidate
    /// Whether it fits the first and the second side, a block each.
    var sides: [(first: Bool, second: Bool)] = []

    init?(_ candidate: Candidate, _ definition: GeneDefinition, _ strands: GeneStrands) {
      self.candidate = candidate
      func fits(_ place: Int, _ bases: String) -> Bool {
        IUPAC.matches(candidate.allele.bases[place] ?? definition.defaultBases(at: place), bases)
      }
      guard strands.homozygous.allSatisfy({ fits($0.place, $0.bases) }) else { return nil }
      for block in strands.blocks {
        let side = (
          first: block.sites.allSatisfy { fits($0.place, $0.first) },
          second: block.sites.allSatisfy { fits($0.place, $0.second) }
        )
        guard side.first || side.second else { return nil }
        sides.append(side)
      }
    }

    func pairs(with other: Fit) -> Bool {
      zip(sides, other.sides).allSatisfy { ($0.first && $1.second) || ($0.second && $1.first) }
    }
  }
}
