extension ReferralGate {
  /// The way of a sample; a referral's own events stand before and after every sample's.
  private static let way: [PathwayEvent.Kind] = [
    .sampleCollected, .sampleReceived, .dnaReceived, .dataDispatched, .dataReceived, .reportAuthorised, .reportIssued,
  ]

  /// Whether what happened could have happened so.
  mutating func checkEvents() {
    let known = Set(referral.samples.map(\.id))
    var moments: [(event: PathwayEvent, moment: PathwayMoment, sample: Int?)] = []
    for event in referral.events {
      let sample = event.sample.flatMap { id in referral.samples.firstIndex { $0.id == id } }
      if let id = event.sample, !known.contains(id) {
        refuse(
          .events, .eventSampleUnknown,
          "An event (\(event.kind.rawValue)) is of a sample that the referral does not have.",
          reversedBy: "the sample, or the event without it")
      }
      guard let moment = PathwayMoment(event.at) else {
        refuse(
          .events, .eventUnreadable, sample: sample,
          "The time of an event (\(event.kind.rawValue)) is none of ISO 8601 with a zone.",
          reversedBy: "the time with its zone, such as 2026-03-29T00:30:00+00:00")
        continue
      }
      if moment.seconds > asOf.secondsSince1970 {
        refuse(
          .events, .eventInFuture, sample: sample, "An event (\(event.kind.rawValue)) is in the future.",
          reversedBy: "the time at which it happened")
      }
      moments.append((event, moment, sample))
    }
    if let day = referral.referredOn, day.contains(where: { !$0.isWhitespace }) {
      if let read = CalendarDate(day) {
        if read > asOf.day {
          refuse(
            .events, .eventInFuture, "The day of the clinical referral is in the future.",
            reversedBy: "the day on which it was made")
        }
      } else {
        refuse(
          .events, .eventUnreadable, "The day of the clinical referral is no day of the calendar.",
          reversedBy: "the day as YYYY-MM-DD")
      }
    }
    checkOrder(moments)
    checkReferralFirst(moments)
  }

  private mutating func checkOrder(_ moments: [(event: PathwayEvent, moment: PathwayMoment, sample: Int?)]) {
    // By sample; events of the whole referral belong to each sample, or stand alone where there is none.
    let samples: [Int?] = referral.samples.isEmpty ? [nil] : referral.samples.indices.map { $0 }
    for sample in samples {
      let own = moments.filter { $0.sample == sample || $0.event.sample == nil }
      var latest: (kind: PathwayEvent.Kind, moment: PathwayMoment)?
      for kind in Self.way {
        guard let first = own.filter({ $0.event.kind == kind }).map(\.moment).min() else { continue }
        if let latest, first < latest.moment {
          refuse(
            .events, .eventsOutOfOrder, sample: sample,
            "\(kind.rawValue) is before \(latest.kind.rawValue).", reversedBy: "the times at which they happened")
        }
        latest = latest.map { $0.moment < first ? (kind, first) : $0 } ?? (kind, first)
      }
    }
  }

  private mutating func checkReferralFirst(_ moments: [(event: PathwayEvent, moment: PathwayMoment, sample: Int?)]) {
    let made = moments.filter { $0.event.kind == .referralMade }.map(\.moment).min()
    let day = referral.referredOn.flatMap { CalendarDate($0) }
    for (event, moment, sample) in moments where event.kind == .sampleReceived {
      if sample.map({ referral.samples[$0].isStored == true }) ?? false { continue }
      guard made.map({ moment < $0 }) ?? day.map({ moment.day < $0 }) ?? false else { continue }
      refuse(
        .events, .sampleBeforeReferral, sample: sample,
        "The sample was received before the clinical referral was made.",
        reversedBy: "the time of the referral, or that the sample was stored (stored)")
    }
  }
}
