/// The people of a set of resources: which identities are one person, and by which name the case's files know them.
struct FHIRPeople: Sendable {
  /// One person.
  struct Person: Sendable {
    /// The name in the case's files.
    var participant: String
    /// Whether the name was given, by a table of participants or by a CIP-API patient identifier; else it is `person-N`.
    var isNamed: Bool
    /// Every NHS number that stands for them, as written, sorted.
    var nhsNumbers: [String] = []
    /// The Patient resource.
    var patient: FHIRResource?

    /// Why the identity cannot carry a permission; nil where it is one valid NHS number.
    func flaw(allowsTestNumbers: Bool) -> DenialReason? {
      let distinct = Set(nhsNumbers.map { NHSNumber.compact($0) })
      // Two valid numbers: two people's resources are tied together.
      if distinct.count(where: { NHSNumber.verdict($0) == .valid }) > 1 { return .otherParticipant }
      guard distinct.count == 1, let number = distinct.first, NHSNumber.verdict(number) == .valid else {
        return .participantNotUsable
      }
      return !allowsTestNumbers && NHSNumber.isTestNumber(number) ? .participantNotUsable : nil
    }
  }

  private(set) var persons: [Person] = []
  private var indexByKey: [String: Int] = [:]

  /// Finds the people of the resources, in the order in which they first appear.
  /// - Parameter participants: names of the case's files by NHS number, by `Patient/id` or by `system|value`.
  init(_ resources: [FHIRResource], participants: [String: String]) {
    var groups = Groups()
    var identities: [FHIRIdentity] = []
    var patients: [(FHIRIdentity, FHIRResource)] = []
    for resource in resources {
      if resource.type == "Patient" {
        let identity = FHIRIdentity(patient: resource)
        identities.append(identity)
        patients.append((identity, resource))
        if let url = resource.fullURL {
          groups.join(identity.keys + ["ref:" + FHIRIdentity.local(url)])
        }
      } else if let identity = Self.subject(of: resource) {
        identities.append(identity)
      }
    }
    for identity in identities { groups.join(identity.keys) }
    for identity in identities { add(identity, groups: &groups, participants: participants) }
    for (identity, resource) in patients {
      if let index = index(of: identity), persons[index].patient == nil { persons[index].patient = resource }
    }
    var unnamed = 0
    for index in persons.indices where persons[index].participant.isEmpty {
      if let id = Self.patientIdentifier(persons[index].patient) {
        persons[index].participant = id
        persons[index].isNamed = true
      } else {
        unnamed += 1
        persons[index].participant = "person-\(unnamed)"
      }
    }
    for (key, _) in groups.parents { indexByKey[key] = groups.root(key).flatMap { indexByKey[$0] } }
  }

  private mutating func add(_ identity: FHIRIdentity, groups: inout Groups, participants: [String: String]) {
    // Without a key (only a number that links nobody) every mention is a person of its own.
    let root = identity.keys.first.flatMap { groups.root($0) } ?? "loose:\(identity.nhsNumber ?? "")"
    let index: Int
    if let known = indexByKey[root] {
      index = known
    } else {
      index = persons.count
      persons.append(Person(participant: "", isNamed: false))
      indexByKey[root] = index
    }
    if let number = identity.nhsNumber, !persons[index].nhsNumbers.contains(number) {
      persons[index].nhsNumbers.append(number)
      persons[index].nhsNumbers.sort()
    }
    let names = [identity.nhsNumber.map { NHSNumber.compact($0) }, identity.reference, identity.other]
    if persons[index].participant.isEmpty, let name = names.compactMap({ $0 }).compactMap({ participants[$0] }).first {
      persons[index].participant = name
      persons[index].isNamed = true
    }
  }

  /// The person of an identity; nil where it was in none of the resources.
  func index(of identity: FHIRIdentity) -> Int? {
    identity.keys.lazy.compactMap { indexByKey[$0] }.first ?? indexByKey["loose:\(identity.nhsNumber ?? "")"]
  }

  /// Whether a resource names one person by reference and another by number: which of them it is about is not known.
  func isTorn(_ resource: FHIRResource) -> Bool {
    guard let own = Self.subject(of: resource), let number = own.nhsNumber.map({ NHSNumber.compact($0) }),
      let index = index(of: own)
    else { return false }
    let numbers = Set(persons[index].nhsNumbers.map { NHSNumber.compact($0) })
    guard numbers.count > 1 else { return false }
    // The one valid number is the person's; where there are two, the Patient resource says whose.
    if NHSNumber.verdict(number) != .valid { return true }
    if numbers.count(where: { NHSNumber.verdict($0) == .valid }) == 1 { return false }
    return persons[index].patient.map { FHIRIdentity(patient: $0).nhsNumber.map { NHSNumber.compact($0) } != number }
      ?? true
  }

  /// Whom a resource is about.
  static func subject(of resource: FHIRResource) -> FHIRIdentity? {
    switch resource.type {
    case "Consent": FHIRIdentity(reference: resource.body["patient"])
    case "Task": FHIRIdentity(reference: resource.body["for"])
    case "Patient": FHIRIdentity(patient: resource)
    default: FHIRIdentity(reference: resource.body["subject"])
    }
  }

  /// A CIP-API patient identifier: `p`, ten digits, a check character (reference/service.md 6).
  private static func patientIdentifier(_ patient: FHIRResource?) -> String? {
    (patient?.body["identifier"]?.elements ?? []).compactMap { $0.text("value") }.first {
      ReferralIdentifier.patient.matches($0)
    }
  }

  /// Disjoint sets of keys.
  private struct Groups {
    private(set) var parents: [String: String] = [:]

    mutating func root(_ key: String) -> String? {
      guard var here = parents[key] else { return nil }
      while let up = parents[here], up != here { here = up }
      parents[key] = here
      return here
    }

    mutating func join(_ keys: [String]) {
      for key in keys where parents[key] == nil { parents[key] = key }
      guard let first = keys.first, let target = root(first) else { return }
      for key in keys.dropFirst() { if let other = root(key) { parents[other] = target } }
    }
  }
}
