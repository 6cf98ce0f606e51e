import Genomics
public import Service

/// What a referral adds to a report of variation: whether it was acceptable, and where its clocks stand. It never enters a
/// base, and nothing here tells whose it is.
public struct ReferralOutcome: Sendable, Hashable {
  /// A clock against one line of a table of standards.
  public struct Clock: Sendable, Hashable {
    /// The table.
    public var table: String
    /// The category; nil where the table establishes none for the test and its urgency.
    public var category: String?
    /// Where it stands; nil where no standard is established.
    public var state: TurnaroundState?
  }

  /// The test code; nil where it is not told.
  public var indication: String?
  /// The laboratory that reports, by its ODS code.
  public var laboratory: String?
  /// The hub that the order belongs to.
  public var region: String?
  /// The Trust that orders.
  public var trust: String?
  /// Codes of the reasons for which it is refused, sorted; none where it is acceptable; nil where nothing says.
  public var refusals: [String]?
  /// One a table and category.
  public var clocks: [Clock]

  /// Nothing known but where it is from.
  init(indication: String?, laboratory: String?, region: String?, trust: String?) {
    (self.indication, self.laboratory, self.region, self.trust) = (indication, laboratory, region, trust)
    (refusals, clocks) = (nil, [])
  }

  /// Judges a referral.
  /// - Parameters:
  ///   - directory: the test directory; without one no category of turnaround is established.
  ///   - now: the moment for which it is judged.
  public init(
    _ referral: Referral, directory: TestDirectory?, laboratories: Laboratories = .builtIn, asOf: AsOf, now: ZonedTime,
    options: ReferralCheck.Options = .init()
  ) {
    self.init(
      indication: referral.test.code, laboratory: referral.reportingLaboratory?.ods, region: referral.homeHub?.ods,
      trust: referral.orderingTrust?.ods)
    let check = ReferralCheck(
      referral, directory: directory.map { ReferralDirectory($0) }, laboratories: laboratories, asOf: asOf,
      options: options)
    refusals = Set(check.refusals.map(\.code.rawValue)).sorted()
    let test = referral.test.code.flatMap { directory?.test(code: $0) }
    let urgency = referral.urgency.map { $0 == .routine ? "routine" : "urgent" }
    let standards = TurnaroundStandards.builtIn
    clocks = standards.tables.flatMap { table -> [Clock] in
      guard let day = now.dayInEngland, let test, let urgency,
        let categories = TurnaroundCategories.builtIn.categories(table: table, method: test.method, urgency: urgency)
      else { return [Clock(table: table, category: nil, state: nil)] }
      return categories.map { category in
        Clock(
          table: table, category: category,
          state: standards.standard(table: table, category: category, on: day)?.state(of: referral.events, at: now))
      }
    }
  }

  /// The unit of a dimension.
  func unit(_ dimension: VariationReport.Dimension) -> String? {
    switch dimension {
    case .laboratory: laboratory
    case .region: region
    case .trust: trust
    }
  }
}

extension ReferralOutcome.Clock {
  /// Whether it was in time: late where it is still running beyond its standard; unknown where it runs within it, was
  /// cancelled, or nothing can be said.
  var isInTime: Bool? {
    switch state {
    case .met: true
    case .missed, .overdue: false
    case .running, .cancelled, .unknown, nil: nil
    }
  }
}
