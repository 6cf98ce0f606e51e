extension ContigDictionary {
  /// Refuses a contig with records that this reference lacks, names otherwise, or has with another length.
  ///
  /// - Parameters:
  ///   - declaredLength: the length in bases that the file's header declares, if it does.
  ///   - location: the first record on the contig.
  /// - Throws: `InputError` of kind `mismatch` that names both sides.
  public func require(_ name: String, declaredLength: Int?, at location: InputLocation) throws(InputError) {
    if let refusal = disagreement(name, declaredLength: declaredLength, at: location) { throw refusal }
    guard self[name] != nil else {
      throw InputError(
        .mismatch, at: location, "contig \(name) is not in the reference",
        remedy: "give the FASTA that the file was made with")
    }
  }

  /// Tells whether this reference has a contig under another name or with another length; a contig that it lacks
  /// altogether is no disagreement.
  public func disagreement(_ name: String, declaredLength: Int?, at location: InputLocation) -> InputError? {
    if let contig = self[name] {
      guard let declaredLength, let length = contig.length, declaredLength != length else { return nil }
      return InputError(
        .mismatch, at: location,
        "contig \(name) is \(declaredLength) bases long in the header and \(length) in the reference",
        remedy: "give the FASTA that the file was made with")
    }
    guard let other = alias(of: name) else { return nil }
    return InputError(
      .mismatch, at: location, "contig \(name) is named \(other.name) in the reference",
      remedy: "give files with one style of contig names")
  }
}
