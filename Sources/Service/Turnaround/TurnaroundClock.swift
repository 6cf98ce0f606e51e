/// Where a clock stands against its standard at a given time.
public enum TurnaroundState: Sendable, Hashable {
  /// Why nothing can be said.
  public enum Unknown: String, Sendable, Hashable, CaseIterable {
    /// The event that starts the clock is not there.
    case notStarted = "start-event-missing"
    /// An event that matters has several times.
    case ambiguous = "event-stands-twice"
    /// A time has no zone, or is no time.
    case unreadableTime = "time-unreadable"
    /// The clock stops before it starts, or an event is later than the time that is asked about.
    case contradictory = "times-contradict"
  }

  /// Nothing can be said.
  case unknown(Unknown)
  /// The referral was cancelled before the clock stopped.
  case cancelled
  /// The clock runs: days so far, and days left, which are 0 or more.
  case running(elapsed: Int, left: Int)
  /// The clock runs beyond its standard: days so far, and days over.
  case overdue(elapsed: Int, over: Int)
  /// The clock stopped within its standard.
  case met(elapsed: Int)
  /// The clock stopped beyond its standard.
  case missed(elapsed: Int, over: Int)

  /// A stable word for tables and JSON.
  public var word: String {
    switch self {
    case .unknown: "unknown"
    case .cancelled: "cancelled"
    case .running: "running"
    case .overdue: "overdue"
    case .met: "met"
    case .missed: "missed"
    }
  }

  /// The calendar days from start to stop, for a clock that has stopped.
  public var daysTaken: Int? {
    switch self {
    case .met(let elapsed), .missed(let elapsed, _): elapsed
    case .unknown, .cancelled, .running, .overdue: nil
    }
  }
}

extension TurnaroundStandard {
  /// Where the clock of these events stands.
  ///
  /// Days are calendar days in England: an event of one evening and one of the next morning are a day apart, however
  /// few hours lie between; holidays count (reference/service.md 3). Nothing is derived from another event, so a
  /// missing start is unknown, never "not started".
  /// - Parameters:
  ///   - events: of one referral; events of other samples than `sample` are left out, those without a sample count.
  ///   - sample: the sample whose clock it is; nil for a referral of one sample, where every event counts.
  ///   - now: the time that is asked about; later events contradict it.
  public func state(of events: [PathwayEvent], sample: String? = nil, at now: ZonedTime) -> TurnaroundState {
    let own = events.filter { sample == nil || $0.sample == nil || $0.sample == sample }
    let begin: ZonedTime?
    let end: ZonedTime?
    let cancelled: ZonedTime?
    do throws(Fault) {
      begin = try Self.time(of: start, in: own)
      end = try Self.time(of: stop, in: own)
      cancelled = try Self.time(of: .cancelled, in: own)
    } catch {
      return .unknown(error.why)
    }
    guard let begin else { return .unknown(.notStarted) }
    if let end, end < begin || end > now { return .unknown(.contradictory) }
    if begin > now { return .unknown(.contradictory) }
    if end == nil, let cancelled { return cancelled <= now ? .cancelled : .unknown(.contradictory) }
    guard let first = begin.dayInEngland, let last = (end ?? now).dayInEngland else { return .unknown(.unreadableTime) }
    let elapsed = last.daysSince1970 - first.daysSince1970
    let left = days - elapsed
    if end != nil { return left >= 0 ? .met(elapsed: elapsed) : .missed(elapsed: elapsed, over: -left) }
    return left >= 0 ? .running(elapsed: elapsed, left: left) : .overdue(elapsed: elapsed, over: -left)
  }

  private struct Fault: Error {
    var why: TurnaroundState.Unknown
  }

  /// The time of an event; nil where it is not there.
  private static func time(of kind: PathwayEvent.Kind, in events: [PathwayEvent]) throws(Fault) -> ZonedTime? {
    var found: ZonedTime?
    for event in events where event.kind == kind {
      guard let time = ZonedTime(event.at) else { throw Fault(why: .unreadableTime) }
      guard found == nil || found == time else { throw Fault(why: .ambiguous) }
      found = time
    }
    return found
  }
}
