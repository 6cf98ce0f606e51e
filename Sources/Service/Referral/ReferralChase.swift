/// What a referral still waits for, as the order model's `Task.statusReason` says it (reference/service.md 5).
public struct ReferralChase: Sendable, Hashable {
  /// Where a referral is.
  public enum Stage: String, Sendable, Hashable, CaseIterable {
    /// Nothing of it is in a laboratory.
    case ordered
    /// A sample is in a laboratory.
    case inLaboratory = "in-laboratory"
    /// The report is authorised, not issued.
    case authorised
    /// The report is issued.
    case reported
    /// The order was cancelled.
    case cancelled
  }

  /// One thing that is awaited.
  public struct Awaited: Sendable, Hashable {
    /// The reason.
    public var reason: TaskStatusReason
    /// The person, as `ReferralReason.person` names them; nil for the whole referral.
    public var person: String?
    /// The sample.
    public var sample: String?
    /// What is to be done.
    public var message: String
    /// The codes of the reasons behind it, in their order.
    public var codes: [ReferralReason.Code]
  }

  /// The referral, order or requisition identifier; nil where it has none that may be shown.
  public let identifier: String?
  /// The test code, where it has the form of one.
  public let testCode: String?
  /// Where it is.
  public let stage: Stage
  /// What is awaited; nothing for a referral that is reported or only needs time.
  public let awaited: [Awaited]

  /// Asks a referral.
  public init(
    _ referral: Referral, directory: (any DirectoryLookup)?, laboratories: Laboratories = .builtIn, asOf: AsOf,
    options: ReferralCheck.Options = .init()
  ) {
    let names = ShownNames(referral)
    identifier = [referral.referral, referral.order, referral.requisition].compactMap { names.identifier($0) }.first
    testCode = referral.test.code.flatMap { TestCodeForm.isOne($0) ? $0 : nil }
    stage = Self.stage(referral)
    switch stage {
    case .cancelled:
      awaited = [
        Awaited(
          reason: .noLongerRequired, person: nil, sample: nil, message: "The order was cancelled: close its tasks.",
          codes: [.orderCancelled])
      ]
    case .reported: awaited = []
    case .ordered, .inLaboratory, .authorised:
      let check = ReferralCheck(
        referral, directory: directory, laboratories: laboratories, asOf: asOf, options: options)
      awaited = Self.samplesAwaited(referral, check, names) + Self.answersAwaited(check) + Self.tasks(referral, names)
    }
  }

  private static func stage(_ referral: Referral) -> Stage {
    let kinds = Set(referral.events.map(\.kind))
    if kinds.contains(.cancelled) { return .cancelled }
    if kinds.contains(.reportIssued) { return .reported }
    if kinds.contains(.reportAuthorised) { return .authorised }
    return kinds.isDisjoint(with: [.sampleReceived, .dnaReceived, .dataDispatched, .dataReceived])
      ? .ordered : .inLaboratory
  }

  /// Who is tested and whose sample or Record of Discussion is not there.
  private static func samplesAwaited(_ referral: Referral, _ check: ReferralCheck, _ names: ShownNames) -> [Awaited] {
    let received = Set(
      referral.events.filter { [.sampleReceived, .dnaReceived].contains($0.kind) }.compactMap(\.sample))
    let wholeReceived = referral.events.contains { $0.kind == .sampleReceived && $0.sample == nil }
    let isPlural = referral.family.structure.map { $0 != .singleton } ?? false
    return referral.family.members.indices.compactMap { index in
      let person = referral.family.members[index]
      let own = referral.samples.filter { $0.person == person.id }
      // A relative is awaited where the order is of a family and the relative belongs to it.
      let isTested =
        person.role == .proband || !own.isEmpty
        || (isPlural && [.mother, .father, .sibling, .consultand].contains(person.role))
      guard isTested, person.isDeceased != true || !own.isEmpty else { return nil }
      let shown = names.person(index)
      let codes = check.refusals.filter { $0.person == shown && [.recordMissing, .recordIsAssent].contains($0.code) }
        .map(\.code)
      let hasSample =
        own.contains { received.contains($0.id) || $0.isStored == true } || (wholeReceived && !own.isEmpty)
      if !codes.isEmpty {
        return Awaited(
          reason: .awaitingRecordOrSample, person: shown, sample: nil,
          message: hasSample
            ? "The Record of Discussion is awaited." : "The Record of Discussion and the sample are awaited.",
          codes: codes)
      }
      guard !hasSample else { return nil }
      return Awaited(
        reason: .awaitingSample, person: shown, sample: nil, message: "The sample is awaited.",
        codes: [.sampleAwaited])
    }
  }

  /// What only the requester can answer.
  private static func answersAwaited(_ check: ReferralCheck) -> [Awaited] {
    check.refusals.compactMap { reason in
      guard let status = TaskStatusReason(awaitedFor: reason.code) else { return nil }
      return Awaited(
        reason: status, person: reason.person, sample: reason.sample,
        message: "\(reason.message) Needed: \(reason.evidence).", codes: [reason.code])
    }
  }

  /// What the order's own tasks say, where they wait.
  private static func tasks(_ referral: Referral, _ names: ShownNames) -> [Awaited] {
    referral.tasks.compactMap { task in
      guard let reason = task.reason, !["completed", "cancelled"].contains(task.status ?? "") else { return nil }
      let index = task.person.flatMap { id in referral.family.members.firstIndex { $0.id == id } }
      return Awaited(
        reason: reason, person: index.map { names.person($0) }, sample: nil, message: "A task of the order says so.",
        codes: [])
    }
  }
}

extension TaskStatusReason {
  /// What a refusal makes a task wait for; nil where `samplesAwaited` tells it.
  init?(awaitedFor code: ReferralReason.Code) {
    switch code {
    case .recordMissing, .recordIsAssent, .sampleAwaited: return nil
    case .noClinicalReferral, .testCodeMissing, .directoryVersionMissing, .indicationMissing, .probandMissing,
      .roleMissing,
      .cancerTypeMissing, .clinicianMissing, .hospitalMissing, .specialtyMissing:
      self = .awaitingOrderDetail
    case .testCodeUnknown, .testCodeNotInVersion, .directoryVersionDiffers, .specialtyNotAuthorised, .structureNotTaken,
      .sampleOriginWrong:
      self = .invalidRequest
    case .orderCancelled: self = .noLongerRequired
    case .labelMissing, .labelNameMissing, .labelBirthDateMissing, .labelNumberMissing, .labelNumberInvalid,
      .labelNameDiffers, .labelBirthDateDiffers, .labelNumberDiffers, .labelHospitalNumberDiffers:
      // A rejected sample is as none.
      self = .noSampleProvided
    case .nhsNumberInvalidCheck, .nhsNumberInvalidLength, .nhsNumberDenyList, .nhsNumberMissing, .nhsNumberTestOnly,
      .nhsNumberShared, .identifierMalformed, .personUnusable, .personTwice, .nameMissing, .birthDateMissing,
      .birthDateUnreadable, .birthDateInFuture, .directoryNotGiven, .organisationUnknown, .organisationMissing,
      .phenotypeMalformed, .probandTwice, .parentTwice, .parentUnknown, .parentSex, .ownParent, .familyCycle,
      .structureDiffers, .parentsAbsent, .urgencyReasonMissing, .sampleTwice, .samplePersonUnknown, .sampleOtherOrder,
      .labelTestDiffers, .recordNeedUnknown, .recordOfAnother, .recordUndated, .recordInFuture, .recordUnsigned,
      .eventUnreadable, .eventInFuture, .eventsOutOfOrder, .eventSampleUnknown, .sampleBeforeReferral:
      self = .furtherInformationNeeded
    }
  }
}
