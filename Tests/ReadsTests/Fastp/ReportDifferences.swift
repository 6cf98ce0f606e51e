import Foundation

/// Where a report of Apus differs from one of fastp.
struct ReportDifferences {
  /// What fastp's report has and ours need not: other programs' names, its sample of insert sizes is taken by one worker,
  /// and its duplication rate is a guess.
  private static let theirOwn: Set<String> = ["/command", "/duplication", "/summary/fastp_version"]
  /// What ours has beside it.
  private static let ourOwn: Set<String> = [
    "/custody", "/warnings", "/duplication", "/filtering_result/duplicate_reads", "length_histogram", "gc_histogram",
  ]

  private(set) var found: [String] = []

  init(ours: Any, theirs: Any) { compare(ours, theirs, "") }

  private mutating func compare(_ ours: Any, _ theirs: Any, _ path: String) {
    switch (ours, theirs) {
    case (let a as [String: Any], let b as [String: Any]): compareMembers(a, b, path)
    case (let a as [Any], let b as [Any]):
      guard a.count == b.count else { return found.append("\(path): \(a.count) and \(b.count) values") }
      for (index, both) in zip(a, b).enumerated() { compare(both.0, both.1, "\(path)/\(index)") }
    case (let a as NSNumber, let b as NSNumber):
      if !Self.areEqual(a.doubleValue, b.doubleValue) { found.append("\(path): \(a) and \(b)") }
    case (let a as String, let b as String): if a != b { found.append("\(path): \(a) and \(b)") }
    default: found.append("\(path): \(ours) and \(theirs)")
    }
  }

  private mutating func compareMembers(_ ours: [String: Any], _ theirs: [String: Any], _ path: String) {
    for (key, value) in theirs.sorted(by: { $0.key < $1.key }) where !Self.theirOwn.contains("\(path)/\(key)") {
      guard let mine = ours[key] else {
        // Only asked for with `-p`, which Apus does in another way; without it, an empty list.
        if key == "overrepresented_sequences", (value as? [String: Any])?.isEmpty == true { continue }
        found.append("\(path)/\(key): missing")
        continue
      }
      compare(mine, value, "\(path)/\(key)")
    }
    for key in ours.keys.sorted() where theirs[key] == nil {
      if !Self.ourOwn.contains("\(path)/\(key)"), !Self.ourOwn.contains(key) { found.append("\(path)/\(key): extra") }
    }
  }

  /// Counts are equal; fastp prints other numbers with six significant digits.
  private static func areEqual(_ ours: Double, _ theirs: Double) -> Bool {
    if ours == theirs { return true }
    if ours == ours.rounded(), theirs == theirs.rounded(), abs(theirs) < 100_000 { return false }
    let unit = pow(10, (log10(abs(theirs))).rounded(.down) - 5)
    return abs(ours - theirs) <= 0.500001 * unit
  }
}
