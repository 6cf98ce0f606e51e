extension TranscribedForm {
  /// The answers of a response by linkId, from every depth.
  struct Answers {
    private var answers: [String: [JSONTree]] = [:]
    /// Whether something in it is not of the shape that R4 gives.
    private(set) var isDamaged = false

    init(_ items: JSONTree?) {
      if let items { collect(items, depth: 0) }
    }

    private mutating func collect(_ items: JSONTree, depth: Int) {
      guard case .array(let list) = items, depth < 32 else {
        isDamaged = true
        return
      }
      for item in list {
        guard let name = item.text("linkId") else {
          isDamaged = true
          continue
        }
        if let given = item["answer"] {
          guard case .array(let values) = given else {
            isDamaged = true
            continue
          }
          answers[name, default: []] += values
          for value in values { if let nested = value["item"] { collect(nested, depth: depth + 1) } }
        }
        if let nested = item["item"] { collect(nested, depth: depth + 1) }
      }
    }

    /// Every linkId that has an answer, sorted.
    var names: [String] { answers.keys.sorted() }

    /// Whether a question has an answer, of whatever kind.
    func has(_ name: String) -> Bool { !(answers[name] ?? []).isEmpty }

    /// The one value of a question: the member `value…` of its only answer. Several answers, or an answer whose value is
    /// absent for a reason (`_value…`), are none.
    private func value(_ name: String) -> JSONTree? {
      guard let given = answers[name], given.count == 1, !given[0].members.contains(where: { $0.name.hasPrefix("_") })
      else { return nil }
      let values = given[0].members.filter { $0.name.hasPrefix("value") }
      return values.count == 1 ? values[0].value : nil
    }

    /// The answer to a statement: a Boolean, or a code of HL7's yes-no table (v2-0136) or of SNOMED CT. Words say nothing:
    /// "Yes" typed into a field is not a ticked box.
    func verdict(_ name: String) -> Answer? {
      guard has(name) else { return nil }
      guard let value = value(name) else { return .missing }
      if let bool = value.bool { return bool ? .yes : .no }
      switch (value.text("system"), value.text("code")) {
      case (FHIRSystem.yesNo, "Y"), (FHIRSystem.snomed, "373066001"): return .yes
      case (FHIRSystem.yesNo, "N"), (FHIRSystem.snomed, "373067005"): return .no
      default:
        // A refusal is heard in any words; only a yes must be unmistakable.
        return (value.text ?? value.text("display"))?.lowercased().trimmed == "no" ? .no : .missing
      }
    }

    /// Whether a question is answered more than once and not always alike.
    func contradict(_ name: String) -> Bool { Set(answers[name] ?? []).count > 1 }

    /// The text of an answer: a string, date or dateTime.
    func word(_ name: String) -> String? { value(name)?.text }

    /// The code of an answer's coding in a system.
    func code(_ name: String, system: String) -> String? {
      guard let coding = value(name), coding.text("system") == system else { return nil }
      return coding.text("code")
    }
  }
}
