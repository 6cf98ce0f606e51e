/// By what a referral's people and samples may be named where others can read it: logs, tables, terminals. Never by a name,
/// an NHS number, a hospital number or a birth date, also where somebody made an identifier of one.
struct ShownNames: Sendable {
  private let persons: [String]
  private let samples: [String]
  private let secrets: Set<String>

  init(_ referral: Referral) {
    var secrets: Set<String> = []
    func keep(_ text: String?) {
      guard let text else { return }
      for part in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) where part.count > 1 {
        secrets.insert(String(part))
      }
      let whole = text.lowercased().filter { $0.isLetter || $0.isNumber }
      if whole.count > 1 { secrets.insert(whole) }
    }
    for person in referral.family.members {
      for text in [person.name, person.nhsNumber.value, person.hospitalNumber] { keep(text) }
      Self.keepWhole(person.birthDate, in: &secrets)
    }
    for label in referral.samples.compactMap(\.label) {
      for text in [label.name, label.nhsNumber, label.hospitalNumber] { keep(text) }
      Self.keepWhole(label.birthDate, in: &secrets)
    }
    keep(referral.requester.clinician)
    self.secrets = secrets
    let safe: (String) -> Bool = { Self.isSafe($0, secrets) }
    persons = referral.family.members.enumerated().map { index, person in
      let role = person.role.map { " (\($0.rawValue))" } ?? ""
      return safe(person.id) ? person.id : "person \(index + 1)\(role)"
    }
    samples = referral.samples.enumerated().map { safe($1.id) ? $1.id : "sample \($0 + 1)" }
  }

  /// A date's parts are in many identifiers; only the whole of it tells who somebody is.
  private static func keepWhole(_ date: String?, in secrets: inout Set<String>) {
    guard let date else { return }
    let digits = date.filter(\.isNumber)
    if digits.count > 3 { secrets.insert(digits) }
    if let day = CalendarDate(date) {
      let parts = day.description.split(separator: "-").map(String.init)
      secrets.formUnion([parts[2] + parts[1] + parts[0], parts[2] + parts[1] + parts[0].suffix(2)])
    }
  }

  private static func isSafe(_ text: String, _ secrets: Set<String>) -> Bool {
    guard !text.isEmpty, text.utf8.count <= 64, !NHSNumber.mayStand(in: text) else { return false }
    let allowed = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "-_.:/".utf8.contains(byte)
    }
    guard allowed else { return false }
    let low = text.lowercased()
    let joined = low.filter { $0.isLetter || $0.isNumber }
    let parts = Set(low.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init))
    // Short names only as a part of their own, or none could be shown; longer ones anywhere in it.
    return !secrets.contains { secret in parts.contains(secret) || (secret.count > 2 && joined.contains(secret)) }
  }

  /// A member of the family, by index.
  func person(_ index: Int) -> String { persons[index] }

  /// A sample, by index.
  func sample(_ index: Int) -> String { samples[index] }

  /// An identifier of the order; nil where it could tell who somebody is.
  func identifier(_ text: String?) -> String? { text.flatMap { Self.isSafe($0, secrets) ? $0 : nil } }

  /// A test code in a message.
  func testCode(_ text: String?) -> String {
    guard let text, TestCodeForm.isOne(text) else { return "the test code" }
    return text
  }
}

/// The forms of test codes: `R67.1`, `M219.3` of the directory; `GT317` of the national test service.
enum TestCodeForm {
  static func isOne(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let letters = parts[0].prefix { $0.isASCII && $0.isUppercase }
    let digits = parts[0].dropFirst(letters.count)
    func isNumber(_ text: Substring) -> Bool {
      (1...5).contains(text.count) && text.allSatisfy { $0.isASCII && $0.isNumber }
    }
    return (1...2).contains(letters.count) && isNumber(digits)
      && (parts.count == 1 || (parts.count == 2 && isNumber(parts[1])))
  }
}
