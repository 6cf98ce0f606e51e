import Genomics

/// Which questionnaires transcribe which form: `Data/record-of-discussion-forms.json`.
struct RecordOfDiscussionForms: Sendable {
  /// A questionnaire's part in a choice.
  enum Kind: Sendable, Hashable {
    /// A Record of Discussion: statements A and B.
    case discussion
    /// A young person's assent, which is not consent.
    case assent
    /// A consultee's declaration: that they were asked, not what they chose.
    case consultee
    /// A withdrawal from research.
    case withdrawal
    /// Anything else.
    case other
  }

  private struct Form: Sendable {
    var form: String
    var version: String
    var names: Set<String>
  }

  private let forms: [Form]
  private let words: [(kind: Kind, words: [String])]
  /// The category that a code of `patient-choice-category-genomics` stands for.
  let categories: [String: String]

  /// The table that comes with Apus.
  static let builtIn: RecordOfDiscussionForms = {
    do {
      return try RecordOfDiscussionForms(PackageResources.record_of_discussion_forms_json)
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  init(_ bytes: [UInt8]) throws(InputError) {
    let tree = try JSONTree(parsing: bytes, path: "record-of-discussion-forms.json")
    forms = (tree["forms"]?.elements ?? []).map { form in
      Form(
        form: form.text("form") ?? "", version: form.text("version") ?? "",
        names: Set((form["names"]?.elements ?? []).compactMap { $0.text?.lowercased() }))
    }
    func list(_ name: String) -> [String] { (tree[name]?.elements ?? []).compactMap(\.text) }
    words = [(.assent, list("assent")), (.consultee, list("consultee")), (.withdrawal, list("withdrawal"))]
    var categories: [String: String] = [:]
    for member in tree["categories"]?.members ?? [] { categories[member.name] = member.value.text }
    self.categories = categories
  }

  /// The form that a canonical names together with its version (`…/NGIS-ROD|4.03`); nil for every other, also for a known
  /// questionnaire without a version: which form was signed is then not known.
  func form(canonical: String) -> String? {
    if ConsentRecord.knownForms.contains(canonical) { return canonical }
    let parts = canonical.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let name = parts[0].split(separator: "/").last?.lowercased() else { return nil }
    let version = parts[1].hasPrefix("v") ? parts[1].dropFirst() : parts[1]
    return forms.first { $0.version == version && $0.names.contains(name) }?.form
  }

  /// The part of a document by its name or address.
  func kind(name: String) -> Kind? {
    let name = name.lowercased()
    return words.first { $0.words.contains { name.contains($0) } }?.kind
  }
}
