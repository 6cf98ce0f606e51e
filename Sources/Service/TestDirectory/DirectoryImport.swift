public import Genomics

/// What a person tells about a file that is imported, beside the file.
public struct DirectoryImport: Sendable {
  /// The file's path; only its name is kept.
  public var path: String
  /// The SHA-256 of the file, 64 hexadecimal digits.
  public var sha256: String
  /// The version, where the file does not tell it or tells it wrongly.
  public var version: String?
  /// Which directory it is, where the file does not tell it.
  public var kind: TestDirectory.Kind?
  /// The day of publication, where known.
  public var published: CalendarDate?
  /// The day from which it holds, where known.
  public var effectiveFrom: CalendarDate?
  /// The sheets to read; empty for those that are tables of tests.
  public var sheets: [String] = []
  /// The closed list of methods.
  public var methods: TestMethods = .builtIn

  /// An import of a file with nothing told beside it.
  public init(path: String, sha256: String) {
    self.path = path
    self.sha256 = sha256
  }

  /// Reads a directory in either form, told by its first bytes.
  /// - Throws: `InputError`; unknown methods, codes and damaged cells are named by sheet and cell or by path.
  public func read(_ bytes: [UInt8]) throws(InputError) -> TestDirectory {
    guard let first = bytes.first(where: { ![0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
      throw InputError(.empty, at: InputLocation(file: path), "the file is empty", remedy: "give a directory")
    }
    return first == UInt8(ascii: "{") ? try readEastJSON(bytes) : try readWorkbook(bytes)
  }

  /// The file's name without its folders.
  var fileName: String { path.split(separator: "/").last.map(String.init) ?? path }

  func refusal(_ reason: String, remedy: String) -> InputError {
    InputError(.malformed, at: InputLocation(file: path), reason, remedy: remedy)
  }

  /// The version that the file tells, held against what the person tells.
  func version(told: [String]) throws(InputError) -> String? {
    if let version { return version }
    var found: [String] = []
    for text in told {
      if let version = Self.version(in: text), !found.contains(version) { found.append(version) }
    }
    guard found.count < 2 else {
      throw InputError(
        .mismatch, at: InputLocation(file: path), "the file tells the versions \(found.joined(separator: " and "))",
        remedy: "give the one that holds with --directory-version")
    }
    return found.first
  }

  /// The version in a text such as `…-directory-version-5.xlsx`, `…_v5.1.xlsx` or `Version 8.1, published …`.
  static func version(in text: String) -> String? {
    let matches = text.lowercased().matches(
      of: /(?:^|[^a-z0-9])v(?:ersion|er)?[ ._-]*([0-9]{1,3}(?:\.[0-9]{1,3}){0,2})/)
    return matches.count == 1 ? String(matches[0].1) : nil
  }

  /// Which directory it is: as told, or as all codes begin.
  func kind(of tests: [DirectoryTest], titles: [String]) throws(InputError) -> TestDirectory.Kind {
    if let kind { return kind }
    let text = titles.joined(separator: " ").lowercased()
    if text.contains("pharmacogenomic") { return .pharmacogenomics }
    switch Set(tests.map(\.code.prefix)) {
    case ["R"]: return .rareDisease
    case ["M"]: return .cancer
    default:
      if text.contains("rare") && !text.contains("cancer") { return .rareDisease }
      if text.contains("cancer") && !text.contains("rare") { return .cancer }
      throw refusal(
        "neither the test codes nor a title tell which directory this is",
        remedy: "give --kind \(TestDirectory.Kind.allCases.map(\.rawValue).joined(separator: "|"))")
    }
  }

  /// The directory of these tests, if no code stands twice with different contents.
  func directory(
    _ tests: [DirectoryTest], form: TestDirectory.Form, told: [String: String], titles: [String],
    notes: [TestDirectory.Note]
  ) throws(InputError) -> TestDirectory {
    guard !tests.isEmpty else { throw refusal("the file holds no tests", remedy: "check that it is the directory") }
    var notes = notes
    var kept: [TestCode: DirectoryTest] = [:]
    for test in tests {
      guard var other = kept[test.code] else {
        kept[test.code] = test
        continue
      }
      let first = other.place
      other.place = test.place
      guard other == test else {
        throw refusal(
          "\(test.place): the test code \(test.code) stands at \(first) too, with other contents",
          remedy: "correct the file; a code is one test of a version")
      }
      notes.append(.init(code: "repeated-test", place: test.place, text: test.code.description))
    }
    for test in kept.values.sorted(by: { $0.code < $1.code }) {
      for text in test.otherTargets { notes.append(.init(code: "target-as-text", place: test.place, text: text)) }
      if test.targets.isEmpty { notes.append(.init(code: "no-target", place: test.place, text: "")) }
      if test.isHidden { notes.append(.init(code: "hidden-row", place: test.place, text: test.code.description)) }
    }
    let version = try version(told: [fileName] + titles)
    if version == nil { notes.append(.init(code: "version-not-told", place: fileName, text: "")) }
    return TestDirectory(
      version: version, kind: try kind(of: Array(kept.values), titles: titles + [fileName]), published: published,
      effectiveFrom: effectiveFrom,
      source: .init(file: fileName, sha256: sha256, form: form, told: told), methods: methods.id,
      tests: Array(kept.values), notes: notes)
  }

  /// A method, or an error that names where it stands.
  func method(_ text: String, place: String) throws(InputError) -> TestMethod {
    guard let method = methods.method(spelled: text) else {
      throw InputError(
        .unsupported, at: InputLocation(file: path), "\(place): the test method \"\(text)\" is not in \(methods.id)",
        remedy: "correct the cell, or add the spelling with --methods")
    }
    return method
  }

  /// A test code, or an error that names where it stands.
  func code(_ text: String, place: String) throws(InputError) -> TestCode {
    guard let code = TestCode(text), code.test != nil || !["R", "M"].contains(code.prefix) else {
      throw refusal("\(place): \"\(text)\" is no test code", remedy: "correct the cell: a code is like R149.1")
    }
    return code
  }
}
