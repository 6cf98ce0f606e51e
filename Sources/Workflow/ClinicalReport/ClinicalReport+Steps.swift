public import Service

// From draft to final, from final to an amended draft. Each step makes a new value; nothing is taken back.
extension ClinicalReport {
  /// The report as authorised by a person.
  /// - Parameter isReleased: whether somebody has released a case on hold.
  /// - Throws: `RunError` where it is authorised already, `PermissionError` where the case is held.
  public func authorised(by name: String, on day: CalendarDate, isReleased: Bool) throws -> ClinicalReport {
    guard !status.isAuthorised else {
      throw RunError(.usage, "version \(version) of the report is \(status.rawValue) already; amend it first")
    }
    guard holds.isEmpty || isReleased else {
      throw PermissionError(
        .held, "the case is on HOLD (\(holds.count) reasons in report.html); release it first with apus case release")
    }
    var report = self
    report.status = status == .draft ? .final : .amended
    report.authoriser = Authoriser(name: name, date: day.description)
    return report
  }

  /// A new draft in place of this report.
  /// - Throws: `RunError` where this one is a draft itself, which is simply made again.
  public func amendedDraft(reason: String) throws -> ClinicalReport {
    guard status.isAuthorised else {
      throw RunError(.usage, "version \(version) of the report is a draft; only an authorised one is amended")
    }
    var report = self
    report.status = .amendedDraft
    report.supersedes = version
    report.version = version + 1
    report.reason = reason
    report.authoriser = nil
    return report
  }

  /// The report that takes the place of an earlier one of the same case: a draft is made again; an authorised report
  /// stays where nothing but its state differs, and else gets an amended draft.
  public func following(_ earlier: ClinicalReport, reason: String) throws -> ClinicalReport {
    guard earlier.status.isAuthorised else {
      var draft = self
      draft.status = earlier.status
      draft.version = earlier.version
      draft.supersedes = earlier.supersedes
      draft.reason = earlier.reason
      return draft
    }
    var same = self
    same.status = earlier.status
    same.version = earlier.version
    same.supersedes = earlier.supersedes
    same.reason = earlier.reason
    same.authoriser = earlier.authoriser
    // The moment of asking, and clocks that run on with it, are no change of the result.
    same.asOf = earlier.asOf
    same.turnaround = earlier.turnaround
    same.exchange.notWritten = earlier.exchange.notWritten
    if same == earlier { return earlier }
    let amended = try earlier.amendedDraft(reason: reason)
    var draft = self
    draft.status = amended.status
    draft.version = amended.version
    draft.supersedes = amended.supersedes
    draft.reason = amended.reason
    return draft
  }
}
