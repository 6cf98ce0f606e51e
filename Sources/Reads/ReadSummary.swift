/// All that is counted of a run over one lane's reads: additive, so that lanes merge to what their concatenation gives.
public struct ReadSummary: Sendable, Equatable {
  /// What was done to the reads, with what was found out about them.
  public var plan: ReadPlan
  /// First mates or single reads as they came in.
  public var before1 = ReadStatistics()
  /// Second mates as they came in.
  public var before2 = ReadStatistics()
  /// First mates or single reads as they went out.
  public var after1 = ReadStatistics()
  /// Second mates as they went out.
  public var after2 = ReadStatistics()
  /// What trimming and filtering did.
  public var filter = FilterStatistics()
  /// How many reads or pairs have the bases of another.
  public var duplicates = DuplicateEstimate()
  /// Checksums of what came in, went out and was dropped, by flow cell and lane.
  public var custody: [String: ReadCustody] = [:]
  /// What was odd but legal, with its count.
  public var warnings: [String: Int] = [:]

  /// Nothing counted.
  public init(plan: ReadPlan) { self.plan = plan }

  /// Reads that came in, both mates.
  public var readsIn: Int { before1.reads + before2.reads }
  /// Reads that went out, both mates.
  public var readsOut: Int { after1.reads + after2.reads }

  /// Whether reads in are reads out and reads dropped by reason, by count and by checksum.
  public var balances: Bool {
    let group = custody.values.reduce(into: ReadCustody()) { $0.merge($1) }
    return readsIn == readsOut + filter.dropped && filter.reads(.passed) == readsOut
      && custody.values.allSatisfy(\.balances)
      && group.input.reads == readsIn && group.output.reads == readsOut
  }

  /// Adds another part.
  public mutating func merge(_ other: ReadSummary) {
    plan.isPaired = plan.isPaired || other.plan.isPaired
    before1.merge(other.before1)
    before2.merge(other.before2)
    after1.merge(other.after1)
    after2.merge(other.after2)
    filter.merge(other.filter)
    duplicates.merge(other.duplicates)
    custody.merge(other.custody) { a, b in
      var sum = a
      sum.merge(b)
      return sum
    }
    joinGroups()
    warnings.merge(other.warnings, uniquingKeysWith: +)
  }

  /// Joins the groups where there are too many to be real; depends on the set of groups alone.
  mutating func joinGroups() {
    guard custody.count > CustodyCounter.groupLimit || custody[Self.joined] != nil else { return }
    custody = [Self.joined: custody.values.reduce(into: ReadCustody()) { $0.merge($1) }]
  }

  /// The warning for scores above the highest that the output's encoding has; they became that.
  static let clampedScores = "quality-above-encoding"

  /// The name of a group that stands for too many.
  static let joined = "*"
}
