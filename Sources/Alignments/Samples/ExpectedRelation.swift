public import Genomics

/// What a pedigree says of two individuals.
public struct ExpectedRelation: Sendable, Equatable {
  /// What genotypes should be evidence of.
  public var evidence: Relatedness.Evidence
  /// Twice the kinship coefficient.
  public var relatedness: Double

  /// How evidence compares with what is expected.
  public enum Agreement: String, Sendable {
    case agrees
    case mismatch
    case unknown
  }

  /// The relation of two individuals; nil where one is not in the pedigree, or its parents are only half known and it
  /// is no parent or child of the other.
  public init?(_ a: String, _ b: String, in pedigree: Pedigree) {
    guard let first = pedigree[a], let second = pedigree[b] else { return nil }
    var kinship = Kinship(pedigree: pedigree)
    relatedness = 2 * kinship.coefficient(a, b)
    let isParent = [second.father, second.mother].contains(a) || [first.father, first.mother].contains(b)
    let haveSameParents =
      first.father != nil && first.mother != nil && first.father == second.father && first.mother == second.mother
    if isParent {
      evidence = .parentChild
    } else if haveSameParents {
      evidence = .siblings
    } else {
      evidence = relatedness > 0 ? .related : .unrelated
    }
  }

  /// Whether evidence is what a pedigree says. Where genotypes do not tell, the agreement is unknown.
  ///
  /// Relations that have no evidence of their own are held against their relatedness: within 0.1 agrees, beyond 0.15
  /// is a mismatch.
  public func agreement(_ found: Relatedness) -> Agreement {
    guard found.evidence != .unknown, let measured = found.relatedness else { return .unknown }
    if evidence == found.evidence, evidence != .related { return .agrees }
    let difference = abs(measured - relatedness)
    switch (evidence, found.evidence) {
    case (.related, .identical): return .mismatch
    case (.related, _): return difference <= 0.1 ? .agrees : difference > 0.15 ? .mismatch : .unknown
    // Parents who are related themselves make their families more alike than the limits allow for.
    case (.parentChild, .related), (.siblings, .related): return difference > 0.15 ? .mismatch : .unknown
    case (.unrelated, .undetermined): return .unknown
    default: return .mismatch
    }
  }
}

/// Kinship coefficients by the recursion of Lange and Elston 1975: of an individual with itself (1 + that of its
/// parents) / 2, of two the mean over the younger's parents.
private struct Kinship {
  let pedigree: Pedigree
  private var known: [[String]: Double] = [:]
  private var depths: [String: Int] = [:]

  init(pedigree: Pedigree) { self.pedigree = pedigree }

  mutating func coefficient(_ a: String, _ b: String) -> Double {
    // A pair's key does not depend on its order.
    let key = a < b ? [a, b] : [b, a]
    if let value = known[key] { return value }
    let value: Double
    if a == b {
      let parents = pedigree[a].flatMap { one in one.father.flatMap { father in one.mother.map { (father, $0) } } }
      value = (1 + (parents.map { coefficient($0.0, $0.1) } ?? 0)) / 2
    } else {
      // The one with more generations above it cannot be an ancestor of the other.
      let (older, younger) = generations(a) <= generations(b) ? (a, b) : (b, a)
      let parents = [pedigree[younger]?.father, pedigree[younger]?.mother].compactMap { $0 }
      value = parents.reduce(0) { $0 + coefficient($1, older) / 2 }
    }
    known[key] = value
    return value
  }

  private mutating func generations(_ name: String) -> Int {
    if let depth = depths[name] { return depth }
    let parents = [pedigree[name]?.father, pedigree[name]?.mother].compactMap { $0 }
    let depth = parents.map { generations($0) + 1 }.max() ?? 0
    depths[name] = depth
    return depth
  }
}
