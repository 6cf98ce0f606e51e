extension TestDirectory {
  /// The tests in which every word stands, in any case: in the code, a name, the method, a target, the specialty or the
  /// eligibility.
  /// - Parameters:
  ///   - words: a word of several counts as each of them.
  ///   - method: the identifier or any spelling of a method, or a method's group; nil for all.
  ///   - specialty: a part of the specialty's name, in any case; nil for all, also for tests whose specialty is not told.
  public func search(_ words: [String], method: TestMethod? = nil, specialty: String? = nil) -> [DirectoryTest] {
    let asked = words.flatMap { $0.lowercased().split(whereSeparator: \.isWhitespace) }
    return tests.filter { test in
      if let method, test.method.id != method.id { return false }
      if let specialty {
        guard let told = test.specialty, told.lowercased().contains(specialty.lowercased()) else { return false }
      }
      let text = test.searchable
      return asked.allSatisfy { text.contains($0) }
    }
  }
}

extension DirectoryTest {
  fileprivate var searchable: String {
    let parts: [String?] =
      [code.description, name, testName, method.name, methodAsWritten, targetsAsWritten, specialty, eligibility]
      + [panels.joined(separator: " ")]
    return parts.compactMap { $0 }.joined(separator: "\n").lowercased()
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
