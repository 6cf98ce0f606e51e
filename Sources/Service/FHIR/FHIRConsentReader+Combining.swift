extension FHIRConsentReader {
  /// One person's documents together. The newest choice holds; a choice whose day is not known could be the newest, so it
  /// holds too, as far as it denies.
  func combine(_ documents: [Document], person: Int) -> FHIRConsentReading {
    let choices = documents.filter { $0.kind == .discussion || $0.kind == .other }
    let newest = choices.compactMap { $0.days.max() }.max()
    let held = choices.filter { document in document.days.max().map { $0 == newest } ?? true }
    var denials: Set<DenialReason> = []
    var record: ConsentRecord
    if let first = held.first(where: { !$0.days.isEmpty }) ?? held.first {
      record = first.record
      for document in held { denials.formUnion(self.denials(document, person: person)) }
      // What every held document says alone is in the record of each; two that differ say nothing.
      let statements = Set(held.map { [$0.record.discussed, $0.record.agreed] })
      if statements.count > 1 { denials.insert(.contradictionQuarantine) }
    } else {
      // Only assent, a consultee's declaration or a withdrawal: no choice.
      record = documents.first { $0.kind == .assent }?.record ?? documents[0].record
      for document in documents { denials.formUnion(self.denials(document, person: person)) }
    }
    // A young person who said no is heard by a person, not by a program.
    if documents.contains(where: \.dissents), !choices.isEmpty { denials.insert(.contradictionQuarantine) }
    withdraw(&record, documents, held: held)
    var decision = ConsentDecision(participant: record.participant, record: record, today: asOf.day)
    var expressible: Set<DenialReason> = []
    if case .deny(let reasons) = decision { expressible = Set(reasons) }
    decision = decision.denied(for: denials)
    return FHIRConsentReading(
      participant: record.participant, record: denials.isSubset(of: expressible) ? record : nil, decision: decision)
  }

  /// Everything against a document, by itself: also what its record says.
  func denials(_ document: Document, person: Int?) -> Set<DenialReason> {
    var denials = document.denials
    if let person {
      if let flaw = people.persons[person].flaw(allowsTestNumbers: allowsTestNumbers) { denials.insert(flaw) }
    } else {
      denials.insert(.participantNotUsable)
    }
    var record = document.record
    if document.withdrawal.isOne { record.withdrawn = document.withdrawal.day?.description ?? "undated" }
    if case .deny(let reasons) = ConsentDecision(participant: record.participant, record: record, today: asOf.day) {
      denials.formUnion(reasons)
    }
    return denials
  }

  /// A withdrawal that is not certainly older than the choice takes it back.
  private func withdraw(_ record: inout ConsentRecord, _ documents: [Document], held: [Document]) {
    let withdrawals = documents.filter { $0.withdrawal.isOne }
    guard !withdrawals.isEmpty else { return }
    let chosen = held.flatMap(\.days).min()
    let standing = withdrawals.filter { document in
      guard let day = document.withdrawal.day, let chosen else { return true }
      return day >= chosen
    }
    // All are older: the newest of them is told, and the choice stands.
    let told = standing.isEmpty ? withdrawals : standing
    if told.contains(where: { $0.withdrawal.day == nil }) {
      record.withdrawn = "undated"
    } else {
      record.withdrawn = told.compactMap(\.withdrawal.day).max()?.description
    }
    // The record's own day must not be later than the first on the form, or the withdrawal would seem older than it.
    if !standing.isEmpty, let chosen { record.date = chosen.description }
  }
}
