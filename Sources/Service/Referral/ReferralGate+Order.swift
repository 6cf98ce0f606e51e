extension ReferralGate {
  /// Whether there is an order, of a test of the directory's version, by somebody who may order it.
  mutating func checkOrder() {
    let isReferred = referral.events.contains { $0.kind == .referralMade } || referral.referredOn.isFilled
    if !isReferred {
      refuse(
        .order, .noClinicalReferral, "No clinical referral has been made: samples are taken only after one.",
        reversedBy: "the clinical referral, with its day or moment (referredOn, or an event referral-made)")
    }
    if referral.events.contains(where: { $0.kind == .cancelled }) {
      refuse(
        .order, .orderCancelled, "The order was cancelled.", reversedBy: "a new order")
    }
    checkTest()
    checkSpecialty()
    checkOrganisations()
  }

  private mutating func checkTest() {
    let shown = names.testCode(referral.test.code)
    guard referral.test.code.isFilled, let code = referral.test.code else {
      refuse(
        .order, .testCodeMissing, "The order names no test.",
        reversedBy: "the test code of the National Genomic Test Directory with the directory's version")
      return
    }
    if !referral.test.directoryVersion.isFilled {
      refuse(
        .order, .directoryVersionMissing, "The order does not say which version of the test directory it is of.",
        reversedBy: "the version of the directory")
    }
    guard TestCodeForm.isOne(code) else {
      refuse(
        .order, .testCodeUnknown, "The test code has the form of none.",
        reversedBy: "a test code of the National Genomic Test Directory")
      return
    }
    guard let directory else {
      warn(
        .order, .directoryNotGiven, "No test directory was given: \(shown) was not looked up.",
        reversedBy: "the directory's version that the order is of (-d)")
      return
    }
    if let version = referral.test.directoryVersion, !version.isEmpty, version != directory.version {
      refuse(
        .order, .directoryVersionDiffers,
        "The order is of another version of the test directory than \(directory.version), which was given.",
        reversedBy: "the version that the order is of (-d), or an order of version \(directory.version)")
      return
    }
    guard directory.entry(testCode: code) == nil else { return }
    let known = directory.testCodes(indication: code)
    if known.isEmpty {
      refuse(
        .order, .testCodeNotInVersion, "\(shown) is not in version \(directory.version) of the test directory.",
        reversedBy: "a test code of that version, or the version that has it")
    } else {
      refuse(
        .order, .testCodeNotInVersion,
        "\(shown) is a clinical indication; its tests are \(known.joined(separator: ", ")).",
        reversedBy: "one of these test codes")
    }
  }

  private mutating func checkSpecialty() {
    guard let entry, !entry.specialties.isEmpty else { return }
    let evidence = "a referral by one of: \(entry.specialties.joined(separator: ", "))"
    guard referral.requester.specialty.isFilled, let specialty = referral.requester.specialty else {
      refuse(
        .order, .specialtyMissing, "The directory names who may refer, and the requester's specialty is not told.",
        reversedBy: evidence)
      return
    }
    guard !entry.specialties.contains(where: { $0.lowercased().trimmed == specialty.lowercased().trimmed }) else {
      return
    }
    refuse(
      .order, .specialtyNotAuthorised, "The requester's specialty is none that the directory names for the test.",
      reversedBy: evidence)
  }

  /// The four organisations of a sample's way are four fields, not one (reference/service.md 1.1).
  private mutating func checkOrganisations() {
    let organisations: [(String, Referral.Organisation?)] = [
      ("ordering Trust", referral.orderingTrust), ("ordering site", referral.orderingSite),
      ("home hub", referral.homeHub), ("testing laboratory", referral.testingLaboratory),
      ("reporting laboratory", referral.reportingLaboratory),
    ]
    for (what, organisation) in organisations where !(organisation?.ods).isFilled && !(organisation?.name).isFilled {
      warn(
        .order, .organisationMissing, "The \(what) is not told.", reversedBy: "its ODS code or name")
    }
    guard let hub = referral.homeHub, hub.ods.isFilled || hub.name.isFilled else { return }
    let isKnown =
      hub.ods.flatMap { laboratories.hub(ods: $0) } != nil
      || hub.name.flatMap { laboratories.hub(name: $0, on: asOf.day) } != nil
    if !isKnown {
      warn(
        .order, .organisationUnknown, "The home hub is none of the table \(laboratories.version).",
        reversedBy: "a hub's name, or a table of laboratories that has its ODS code")
    }
  }
}
