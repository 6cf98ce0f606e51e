public import Genomics

/// The people of a referral.
public struct ReferralFamily: Sendable, Hashable {
  /// Who is tested together.
  public enum Structure: String, Sendable, Hashable, CaseIterable {
    case singleton
    case duo
    case trio
    case quad
    case other
  }

  /// The structure as the order states it.
  public var structure: Structure?
  /// Whether the parents are related: nil where not told.
  public var isConsanguineous: Bool?
  /// Everybody, also those who are not tested.
  public var members: [ReferralPerson] = []

  /// A family.
  public init(structure: Structure? = nil, isConsanguineous: Bool? = nil, members: [ReferralPerson] = []) {
    self.structure = structure
    self.isConsanguineous = isConsanguineous
    self.members = members
  }
}

/// A member of a referral's family.
public struct ReferralPerson: Sendable, Hashable {
  /// What the person is to the proband.
  public enum Role: String, Sendable, Hashable, CaseIterable {
    case proband
    case mother
    case father
    case sibling
    case child
    case partner
    case grandparent
    case otherRelative = "other-relative"
    /// A relative who is tested, of whom no more is told (FHIR patient role `consultand`).
    case consultand
  }

  /// An NHS number, or why there is none.
  public struct Number: Sendable, Hashable {
    /// What a number is worth (reference/service.md 6.1): only `valid` links people.
    public enum Standing: String, Sendable, Hashable, CaseIterable {
      case valid
      case invalidCheck = "invalid-check"
      case invalidLength = "invalid-length"
      case denyList = "deny-list"
      case absentWithReason = "absent-with-reason"
      /// Neither a number nor a reason.
      case missing
    }

    /// The number as given; never repaired.
    public var value: String?
    /// Why there is none.
    public var absentReason: String?

    /// A number or the reason for its absence.
    public init(_ value: String? = nil, absentReason: String? = nil) {
      self.value = value
      self.absentReason = absentReason
    }

    /// What it is worth. A number that is there is judged, also where a reason for its absence is given.
    public var standing: Standing {
      guard let value else {
        return absentReason?.contains { !$0.isWhitespace } ?? false ? .absentWithReason : .missing
      }
      switch NHSNumber.verdict(value) {
      case .valid: return .valid
      case .invalidCheck: return .invalidCheck
      case .invalidLength: return .invalidLength
      case .denyList: return .denyList
      }
    }
  }

  /// The name in the case's files: sample sheet, consent records.
  public var id: String
  /// The CIP-API patient identifier (`pNNNNNNNNNNC`).
  public var patientIdentifier: String?
  /// What the person is to the proband; nil where not told.
  public var role: Role?
  /// The sex.
  public var sex: Sex = .unknown
  /// Whether affected.
  public var affection: Affection = .unknown
  /// The mother's `id`, where she is in the family.
  public var mother: String?
  /// The father's `id`, where he is in the family.
  public var father: String?
  /// Whether the person has died; nil where not told.
  public var isDeceased: Bool?
  /// The NHS number.
  public var nhsNumber = Number()
  /// The hospital number.
  public var hospitalNumber: String?
  /// The name as the form has it.
  public var name: String?
  /// The birth date as the form has it, `YYYY-MM-DD`.
  public var birthDate: String?
  /// The person's own Record of Discussion.
  public var recordOfDiscussion: ConsentRecord?

  /// A person.
  public init(id: String, role: Role? = nil) {
    self.id = id
    self.role = role
  }
}

/// A sample of a referral.
public struct ReferralSample: Sendable, Hashable {
  /// Where it comes from.
  public enum Origin: String, Sendable, Hashable, CaseIterable {
    case germline
    case solidTumour = "solid-tumour"
    case liquidTumour = "liquid-tumour"
    case foetal
  }

  /// What its label says.
  public struct Label: Sendable, Hashable {
    /// The name.
    public var name: String?
    /// The birth date, `YYYY-MM-DD`.
    public var birthDate: String?
    /// The NHS number.
    public var nhsNumber: String?
    /// The hospital number.
    public var hospitalNumber: String?
    /// The test code.
    public var testCode: String?

    /// A label.
    public init(
      name: String? = nil, birthDate: String? = nil, nhsNumber: String? = nil, hospitalNumber: String? = nil,
      testCode: String? = nil
    ) {
      self.name = name
      self.birthDate = birthDate
      self.nhsNumber = nhsNumber
      self.hospitalNumber = hospitalNumber
      self.testCode = testCode
    }
  }

  /// The sample's identifier.
  public var id: String
  /// Whose it is: a member's `id`.
  public var person: String?
  /// What it is, in the sender's word or SNOMED CT code.
  public var type: String?
  /// Where it comes from.
  public var origin: Origin?
  /// The order that it came with.
  public var order: String?
  /// Whether it lay in the laboratory before the order.
  public var isStored: Bool?
  /// The label; nil where nobody has read it.
  public var label: Label?

  /// A sample.
  public init(id: String, person: String? = nil) {
    self.id = id
    self.person = person
  }
}
