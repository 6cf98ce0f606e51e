/// What traces say of a profile's thresholds, written once and not for every variant.
struct ProfileTexts: Sendable {
  /// The limits of each dataset of the profile under a mode; nil where none is tested.
  let frequencyLimits: [FrequencyMode: [String?]]
  /// The significances that the rule of known variants asks for.
  let significances: String
  /// The review statuses that it asks for.
  let reviewStatuses: String

  init(_ profile: TieringProfile) {
    frequencyLimits = Dictionary(
      uniqueKeysWithValues: FrequencyMode.allCases.map { mode in
        let limits = profile.frequencies.map { dataset -> String? in
          let limits = dataset.rows.compactMap { row in row.limit(mode).map { "\(row.population) <= \($0)" } }
          return limits.isEmpty ? nil : "\(mode.rawValue): " + limits.joined(separator: ", ")
        }
        return (mode, limits)
      })
    significances = "one of " + (profile.known.significances + profile.known.conflicts).joined(separator: "; ")
    reviewStatuses = profile.known.reviewStatuses.joined(separator: "; ")
  }
}

/// The lines of alleles that sources know themselves, kept while a case is tiered: sources have few different words.
struct KnownLines {
  var lines: [KnownEvidence: [TraceLine]] = [:]
}
