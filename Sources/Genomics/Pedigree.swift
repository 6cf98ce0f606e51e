/// Whether an individual has the trait that a pedigree is about.
public enum Affection: String, Sendable, Hashable, Codable, CaseIterable {
  /// `2` in a pedigree file.
  case affected
  /// `1` in a pedigree file.
  case unaffected
  /// `0` or `-9` in a pedigree file.
  case unknown
}

/// Individuals and who their parents are.
///
/// Individuals are found by name alone, as samples of a VCF are, so a name stands for one individual in all families.
public struct Pedigree: Sendable, Hashable {
  /// One individual.
  public struct Individual: Sendable, Hashable {
    /// The family's name.
    public var family: String
    /// The individual's name.
    public var name: String
    /// The father's name; nil for a founder. He need not be in the pedigree himself.
    public var father: String?
    /// The mother's name; nil for a founder. She need not be in the pedigree herself.
    public var mother: String?
    /// The sex.
    public var sex: Sex
    /// Whether the individual is affected.
    public var affection: Affection

    /// An individual.
    public init(
      family: String, name: String, father: String? = nil, mother: String? = nil, sex: Sex = .unknown,
      affection: Affection = .unknown
    ) {
      self.family = family
      self.name = name
      self.father = father
      self.mother = mother
      self.sex = sex
      self.affection = affection
    }
  }

  /// What makes individuals no pedigree.
  public enum Fault: Sendable, Hashable {
    /// The name stands for another individual already.
    case duplicate
    /// The father is recorded as female.
    case femaleFather(String)
    /// The mother is recorded as male.
    case maleMother(String)
    /// A parent is recorded in another family.
    case parentInOtherFamily(String)
    /// Father and mother are the same individual.
    case sameParents
    /// The individual descends from itself.
    case ownAncestor
  }

  /// The first individual at fault.
  public struct Refusal: Error, Sendable, Hashable {
    /// Its index in the list given.
    public var individual: Int
    /// Its fault.
    public var fault: Fault
  }

  /// The individuals in the order given.
  public let individuals: [Individual]
  private let indices: [String: Int]

  /// A pedigree of these individuals.
  /// - Throws: the first individual that contradicts another, or itself.
  public init(_ individuals: [Individual]) throws(Refusal) {
    var indices: [String: Int] = [:]
    for (index, individual) in individuals.enumerated() {
      if indices.updateValue(index, forKey: individual.name) != nil {
        throw Refusal(individual: index, fault: .duplicate)
      }
    }
    self.individuals = individuals
    self.indices = indices
    for (index, individual) in individuals.enumerated() {
      if let fault = parentFault(of: individual) { throw Refusal(individual: index, fault: fault) }
    }
    if let index = firstOwnAncestor() { throw Refusal(individual: index, fault: .ownAncestor) }
  }

  /// The individual of this name.
  public subscript(name: String) -> Individual? { indices[name].map { individuals[$0] } }

  /// The families' names, in the order met.
  public var families: [String] {
    var seen: Set<String> = []
    return individuals.map(\.family).filter { seen.insert($0).inserted }
  }

  /// The individuals that name this one as a parent.
  public func children(of name: String) -> [Individual] {
    individuals.filter { $0.father == name || $0.mother == name }
  }

  private func parentFault(of individual: Individual) -> Fault? {
    if let father = individual.father, father == individual.mother { return .sameParents }
    if let father = individual.father.flatMap({ self[$0] }) {
      if father.sex == .female { return .femaleFather(father.name) }
      if father.family != individual.family { return .parentInOtherFamily(father.name) }
    }
    if let mother = individual.mother.flatMap({ self[$0] }) {
      if mother.sex == .male { return .maleMother(mother.name) }
      if mother.family != individual.family { return .parentInOtherFamily(mother.name) }
    }
    return nil
  }

  /// An individual that is among its own ancestors: parents are taken away from those whose parents are all gone, and
  /// what cannot be taken away goes round in a circle or descends from one that does.
  private func firstOwnAncestor() -> Int? {
    var waiting = [Int](repeating: 0, count: individuals.count)
    var children = [[Int]](repeating: [], count: individuals.count)
    for (index, individual) in individuals.enumerated() {
      for parent in [individual.father, individual.mother].compactMap({ $0.flatMap { indices[$0] } }) {
        waiting[index] += 1
        children[parent].append(index)
      }
    }
    var ready = waiting.indices.filter { waiting[$0] == 0 }
    while let index = ready.popLast() {
      for child in children[index] {
        waiting[child] -= 1
        if waiting[child] == 0 { ready.append(child) }
      }
    }
    return waiting.firstIndex { $0 > 0 }
  }
}
