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
    /// Called positions that it defines; in a match less those that do not count (see ``Fit``).
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
      matches = fits.map { Match(alleles: [$0.alone]) }
    } else {
      for first in fits.indices {
        for second in first..<fits.count {
          if let match = fits[first].match(with: fits[second], isSame: first == second) { matches.append(match) }
        }
      }
    }
    guard !matches.isEmpty else { throw .noMatch }
    return Outcome(matches: matches.sorted { $0.score > $1.score }, strands: strands)
  }

  /// How an allele fits the sides of every block; nil where it does not fit the homozygous positions.
  ///
  /// A position that the allele defines by a letter for several bases is scored only where the sample has other bases
  /// there than REF: a wobble that is the reference speaks for no allele (PharmCAT 3, `DiplotypeMatcher.scoreForSample`).
  /// Of a pair, the score is that of the best assignment of sides to strands.
  private struct Fit {
    /// What a block says of the two sides of an allele.
    struct Sides {
      /// Whether it fits the first and the second side.
      var first = true
      var second = true
      /// Letters for several bases that are REF on the first and the second side.
      var unscoredFirst = 0
      var unscoredSecond = 0
    }

    var candidate: Candidate
    /// Letters for several bases that are REF on both copies.
    private var unscored = 0
    /// One a block.
    private var sides: [Sides] = []

    init?(_ candidate: Candidate, _ definition: GeneDefinition, _ strands: GeneStrands) {
      self.candidate = candidate
      func fits(_ place: Int, _ bases: String) -> Bool {
        IUPAC.matches(candidate.allele.bases[place] ?? definition.defaultBases(at: place), bases)
      }
      func isUnscored(_ place: Int, _ bases: String) -> Bool {
        guard let letter = candidate.allele.bases[place] else { return false }
        return IUPAC.isAmbiguous(letter) && bases == definition.positions[place].reference
      }
      guard strands.homozygous.allSatisfy({ fits($0.place, $0.bases) }) else { return nil }
      unscored = strands.homozygous.count { isUnscored($0.place, $0.bases) }
      for block in strands.blocks {
        let side = Sides(
          first: block.sites.allSatisfy { fits($0.place, $0.first) },
          second: block.sites.allSatisfy { fits($0.place, $0.second) },
          unscoredFirst: block.sites.count { isUnscored($0.place, $0.first) },
          unscoredSecond: block.sites.count { isUnscored($0.place, $0.second) })
        guard side.first || side.second else { return nil }
        sides.append(side)
      }
    }

    /// Haploid.
    var alone: Candidate { scored(unscored) }

    private func scored(_ lost: Int) -> Candidate {
      var one = candidate
      one.score -= lost
      return one
    }

    /// Whether it explains either strand, whatever the assignment: PharmCAT then looks at both of them, and a
    /// heterozygous letter counts.
    private var fitsEither: Bool { sides.allSatisfy { $0.first && $0.second } }

    /// The pair of the two with the score of its best assignment; nil where none explains the calls.
    func match(with other: Fit, isSame: Bool) -> Match? {
      let counts = (isSame || !fitsEither ? 1 : 0, isSame || !other.fitsEither ? 1 : 0)
      var lost = (unscored, other.unscored)
      for (mine, its) in zip(sides, other.sides) {
        let straight = (counts.0 * mine.unscoredFirst, counts.1 * its.unscoredSecond)
        let turned = (counts.0 * mine.unscoredSecond, counts.1 * its.unscoredFirst)
        let best: (Int, Int)
        switch (mine.first && its.second, mine.second && its.first) {
        case (false, false): return nil
        case (true, false): best = straight
        case (false, true): best = turned
        case (true, true): best = turned.0 + turned.1 < straight.0 + straight.1 ? turned : straight
        }
        lost = (lost.0 + best.0, lost.1 + best.1)
      }
      return Match(alleles: [scored(lost.0), other.scored(lost.1)])
    }
  }
}
