extension PersonCall {
  /// The genotype as seen from the allele: `0` the reference, `1` the allele, `2` another one, `.` missing; `|` where it
  /// is phased. `.` alone where nothing is known.
  public var text: String {
    guard !copies.isEmpty else { return "." }
    return copies.map { copy in
      switch copy {
      case .reference: "0"
      case .alternate: "1"
      case .other: "2"
      case .missing: "."
      }
    }.joined(separator: isPhased ? "|" : "/")
  }
}
