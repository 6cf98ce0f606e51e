/// Whom a reference, an identifier or a Patient resource means.
struct FHIRIdentity: Sendable, Hashable {
  /// The reference to the person, without a server's address: `Patient/x`; nil where there is none.
  var reference: String?
  /// The NHS number as written; nil where there is none.
  var nhsNumber: String?
  /// Another identifier: `system|value`.
  var other: String?

  /// Reads a `Reference(Patient)`; nil where nothing in it says who it is.
  init?(reference tree: JSONTree?) {
    guard let tree else { return nil }
    if let text = tree.text("reference") {
      if let query = text.split(separator: "?", maxSplits: 1).dropFirst().first, query.hasPrefix("identifier=") {
        take(query.dropFirst("identifier=".count).split(separator: "|", maxSplits: 1).map(String.init))
      } else {
        reference = Self.local(text)
      }
    }
    if let identifier = tree["identifier"] {
      take([identifier.text("system") ?? "", identifier.text("value") ?? ""])
    }
    if reference == nil && nhsNumber == nil && other == nil { return nil }
  }

  /// Reads a Patient resource.
  init(patient resource: FHIRResource) {
    reference = resource.id.map { "Patient/\($0)" }
    for identifier in resource.body["identifier"]?.elements ?? [] {
      take([identifier.text("system") ?? "", identifier.text("value") ?? ""])
    }
  }

  private mutating func take(_ parts: [String]) {
    guard parts.count == 2, !parts[1].isEmpty else { return }
    if parts[0] == FHIRSystem.nhsNumber {
      // A second, different number makes neither one the person's.
      nhsNumber = nhsNumber == nil || nhsNumber == parts[1] ? parts[1] : ""
    } else {
      other = other ?? "\(parts[0])|\(parts[1])"
    }
  }

  /// `Type/id` of a reference, whatever server it names; other forms (`urn:uuid:…`, `#id`) as they are.
  static func local(_ reference: String) -> String {
    guard !reference.hasPrefix("urn:"), !reference.hasPrefix("#") else { return reference }
    let parts = reference.split(separator: "/")
    guard parts.count > 2 else { return reference }
    let tail = parts.firstIndex(of: "_history").map { parts[..<$0] } ?? parts[...]
    return tail.suffix(2).joined(separator: "/")
  }

  /// What the NHS number is; nil where there is none.
  var verdict: NHSNumber.Verdict? { nhsNumber.map { NHSNumber.verdict($0) } }

  /// What links this identity to others. An NHS number that is not valid links nobody (reference/service.md 6.1).
  var keys: [String] {
    var keys: [String] = []
    if let nhsNumber, verdict == .valid { keys.append("nhs:" + NHSNumber.compact(nhsNumber)) }
    if let reference { keys.append("ref:" + reference) }
    if let other { keys.append("id:" + other) }
    return keys
  }
}

extension NHSNumber {
  /// The digits of a number without its spaces.
  static func compact(_ text: String) -> String { String(text.filter { $0 != " " }) }

  /// Whether a valid number is of the range that is kept for tests: such a number is nobody's (reference/service.md 6.1).
  public static func isTestNumber(_ text: String) -> Bool { compact(text).hasPrefix("999") }
}
