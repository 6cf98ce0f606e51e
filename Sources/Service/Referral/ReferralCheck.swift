/// Whether a referral can be accepted: every reason against it, in the order of the gates (reference/service.md 5).
public struct ReferralCheck: Sendable, Hashable {
  /// What a person's Record of Discussion permits for research. It never blocks a test.
  public struct ResearchChoice: Sendable, Hashable {
    /// The person, as `ReferralReason.person` names them.
    public var person: String
    /// The reasons of a denial; none is a permission.
    public var denials: [DenialReason]
  }

  /// How strict the gate is about numbers that are nobody's.
  public struct Options: Sendable, Hashable {
    /// Whether NHS numbers of the test range (999…) are taken as valid.
    public var allowsTestNumbers = false
    /// The strict gate.
    public init(allowsTestNumbers: Bool = false) { self.allowsTestNumbers = allowsTestNumbers }
  }

  /// Everything found: by gate, then person, then sample, in the file's order.
  public let reasons: [ReferralReason]
  /// What each person chose about research.
  public let research: [ResearchChoice]

  /// Whether nothing stands against it.
  public var isAcceptable: Bool { refusals.isEmpty }
  /// What stands against it.
  public var refusals: [ReferralReason] { reasons.filter(\.isRefusal) }
  /// What is odd, but stands against nothing.
  public var warnings: [ReferralReason] { reasons.filter { !$0.isRefusal } }

  /// Judges a referral.
  /// - Parameters:
  ///   - directory: the version of the test directory that the order is of; nil where none is at hand. The test is then
  ///     not checked, which is told, and what depends on it is unknown, which is never a pass.
  ///   - asOf: the moment at which it is asked.
  public init(
    _ referral: Referral, directory: (any DirectoryLookup)?, laboratories: Laboratories = .builtIn, asOf: AsOf,
    options: Options = Options()
  ) {
    var gate = ReferralGate(
      referral: referral, directory: directory, laboratories: laboratories, asOf: asOf, options: options)
    gate.checkIdentity()
    gate.checkOrder()
    gate.checkEligibility()
    gate.checkFamily()
    gate.checkSamples()
    gate.checkRecords()
    gate.checkEvents()
    let order = ReferralReason.Gate.allCases
    reasons = order.flatMap { one in gate.reasons.filter { $0.gate == one } }
    research = referral.family.members.indices.map { index in
      let member = referral.family.members[index]
      let decision = ConsentDecision(
        participant: member.id, record: member.recordOfDiscussion, today: asOf.day)
      switch decision {
      case .permit: return ResearchChoice(person: gate.names.person(index), denials: [])
      case .deny(let reasons): return ResearchChoice(person: gate.names.person(index), denials: reasons)
      }
    }
  }
}

/// The gates at work on one referral.
struct ReferralGate {
  let referral: Referral
  let directory: (any DirectoryLookup)?
  let laboratories: Laboratories
  let asOf: AsOf
  let options: ReferralCheck.Options
  let names: ShownNames
  var reasons: [ReferralReason] = []

  init(
    referral: Referral, directory: (any DirectoryLookup)?, laboratories: Laboratories, asOf: AsOf,
    options: ReferralCheck.Options
  ) {
    self.referral = referral
    self.directory = directory
    self.laboratories = laboratories
    self.asOf = asOf
    self.options = options
    names = ShownNames(referral)
  }

  /// The directory's entry of the test; nil where there is no directory, or no such test in the version ordered.
  var entry: DirectoryEntry? {
    guard let directory, let code = referral.test.code,
      referral.test.directoryVersion == nil || referral.test.directoryVersion == directory.version
    else { return nil }
    return directory.entry(testCode: code)
  }

  mutating func refuse(
    _ gate: ReferralReason.Gate, _ code: ReferralReason.Code, person: Int? = nil, sample: Int? = nil,
    _ message: String, reversedBy evidence: String
  ) {
    reasons.append(
      ReferralReason(
        gate: gate, code: code, isRefusal: true, person: person.map { names.person($0) },
        sample: sample.map { names.sample($0) }, message: message, evidence: evidence))
  }

  mutating func warn(
    _ gate: ReferralReason.Gate, _ code: ReferralReason.Code, person: Int? = nil, sample: Int? = nil,
    _ message: String, reversedBy evidence: String
  ) {
    refuse(gate, code, person: person, sample: sample, message, reversedBy: evidence)
    reasons[reasons.count - 1].isRefusal = false
  }
}

extension Optional where Wrapped == String {
  /// Whether there is text that is not blank.
  var isFilled: Bool { self?.contains { !$0.isWhitespace } ?? false }
}
