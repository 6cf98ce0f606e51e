public import Genomics

/// A proband and the relatives whose genotypes are at hand.
public struct Family: Sendable, Hashable {
  /// How many X chromosomes a person has, as measured from coverage: the same value that calling used.
  public enum XCopies: Sendable, Hashable, Codable {
    case measured(Int)
    /// Not measured: modes of X are unknown, never assumed from the declared sex.
    case unmeasured
  }

  /// One person.
  public struct Member: Sendable, Hashable {
    /// The sample's name.
    public var name: String
    /// The declared sex.
    public var sex: Sex
    /// Whether affected.
    public var affection: Affection
    /// The father's index in `members`; nil where he is not at hand.
    public var father: Int?
    /// The mother's index in `members`; nil where she is not at hand.
    public var mother: Int?
    /// Copies of X.
    public var xCopies: XCopies

    /// A member.
    public init(
      _ name: String, sex: Sex = .unknown, affection: Affection = .unknown, father: Int? = nil, mother: Int? = nil,
      xCopies: XCopies = .unmeasured
    ) {
      self.name = name
      self.sex = sex
      self.affection = affection
      self.father = father
      self.mother = mother
      self.xCopies = xCopies
    }
  }

  /// The members; calls of candidates stand in this order.
  public var members: [Member]
  /// The proband's index.
  public var proband: Int
  /// What genotypes of the whole genome tell of runs of homozygosity and of disomy; nil where they were not read.
  public var origin: OriginEvidence?

  /// A family.
  public init(_ members: [Member], proband: Int) {
    precondition(members.indices.contains(proband), "the proband is a member")
    self.members = members
    self.proband = proband
  }
}
