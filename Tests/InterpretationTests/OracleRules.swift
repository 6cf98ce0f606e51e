/// The rules once more, from their text: every genotype that a call may stand for is written down and looked at, one
/// person after the other. It shares no type, and no way of thinking, with the engine.
struct OracleRules {
  let people: [OraclePerson]
  /// For each person, the genotypes that the call may be: strings of 0 and 1, sorted.
  let readings: [[String]]
  let missing: [Bool]
  let onX: Bool

  init(_ people: [OraclePerson], _ genotypes: [String], onX: Bool) {
    self.people = people
    self.onX = onX
    missing = genotypes.map { $0.allSatisfy { "./".contains($0) } }
    readings = zip(people, genotypes).map { person, genotype in
      var all: Set<String> = [""]
      for letter in genotype where letter != "/" {
        all = Set(all.flatMap { text in letter == "." ? [text + "0", text + "1"] : [text + String(letter)] })
      }
      // A call of one copy at a place of two says what one of them is, and the other way round.
      let copies = onX ? person.x : 2
      func fit(_ text: String, _ copies: Int) -> [String] {
        if copies == 2 {
          return text.count == 2 ? [String(text.sorted())] : ["0", "1"].map { String((text + $0).sorted()) }
        }
        if text.count == 1 { return [text] }
        if genotype.contains(".") { return ["0", "1"] }
        return text == "00" ? ["0"] : text == "11" ? ["1"] : ["0", "1"]
      }
      let numbers = copies == 0 ? [1, 2] : [copies]
      return Set(all.flatMap { text in numbers.flatMap { fit(text, $0) } }).sorted()
    }
  }

  /// `pass`, `fail` or `unknown` of a filter that lists genotypes: of the affected, and of the unaffected.
  func listed(_ affected: Set<String>, _ unaffected: Set<String>) -> String {
    var isUnknown = false
    for (index, person) in people.enumerated() {
      let wanted: Set<String>
      switch person.affected {
      case 1: wanted = affected
      case 0: wanted = unaffected
      default: continue
      }
      let good = readings[index].filter(wanted.contains)
      if good.isEmpty { return "fail" }
      let isOpen = good.count < readings[index].count
      if onX, person.x == 0, !missing[index] || index == 0 { isUnknown = true }
      if index == 0, isOpen { isUnknown = true }
    }
    if !couldBeInherited() { return "fail" }
    return isUnknown ? "unknown" : "pass"
  }

  /// Whether each child has a reading that some readings of the parents could give.
  func couldBeInherited() -> Bool {
    people.indices.allSatisfy { child in
      let person = people[child]
      guard person.mother != nil || person.father != nil else { return true }
      if onX, person.x == 0 { return true }
      // Two copies of X in a man may both be the mother's.
      if onX, person.isMale, person.x == 2 { return true }
      let fathers = person.father.map { readings[$0] } ?? ["01"]
      let mothers = person.mother.map { readings[$0] } ?? ["01"]
      return readings[child].contains { own in
        mothers.contains { mother in
          fathers.contains { father in
            if own.count == 1 {
              return mother.contains(own) || (!person.isMale && father.contains(own))
            }
            return mother.contains { m in father.contains { f in String([m, f].sorted()) == own } }
          }
        }
      }
    }
  }

  var recessive: (complete: String, incomplete: String) {
    onX
      ? (listed(["1", "11"], ["0", "00", "01"]), listed(["1", "11"], ["0", "1", "00", "01", "11"]))
      : (listed(["11"], ["00", "01"]), listed(["11"], ["00", "01", "11"]))
  }

  var dominant: (complete: String, incomplete: String) {
    (listed(["1", "01", "11"], ["0", "00"]), listed(["1", "01", "11"], ["0", "1", "00", "01", "11"]))
  }

  /// The proband carries it and both parents, genotyped, do not.
  var deNovo: String {
    func has(_ index: Int) -> Set<Bool> { Set(readings[index].map { $0.contains("1") }) }
    if has(0) == [false] { return "fail" }
    let parents = [people[0].father, people[0].mother]
    if parents.contains(where: { $0.map { has($0) == [true] } ?? false }) { return "fail" }
    if onX, people[0].x == 0 { return "unknown" }
    guard has(0) == [true] else { return "unknown" }
    return parents.allSatisfy { $0.map { has($0) == [false] } ?? false } ? "pass" : "unknown"
  }

  /// Of which parents the allele of a person can be: letters m and f, together for a homozygote.
  func origins(_ child: Int) -> Set<String> {
    let person = people[child]
    let fathers = person.father.map { readings[$0] } ?? ["01"]
    let mothers = person.mother.map { readings[$0] } ?? ["01"]
    var found: Set<String> = []
    for mother in mothers {
      for father in fathers {
        for m in mother {
          for f in father where readings[child].contains(String([m, f].sorted())) {
            found.insert((m == "1" ? "m" : "") + (f == "1" ? "f" : ""))
          }
        }
      }
    }
    return found
  }

  /// The allele of the affected is from one parent (`m` or `f`), and that of the unaffected is not.
  func imprinted(from parent: Character) -> String {
    var isUnknown = false
    for index in people.indices {
      if people[index].affected == -1 || (index > 0 && missing[index]) { continue }
      let yes = Set(origins(index).map { $0.contains(parent) })
      if yes.count == 2 {
        if index == 0 { isUnknown = true }
        continue
      }
      if let only = yes.first, only != (people[index].affected == 1) { return "fail" }
    }
    if !couldBeInherited() { return "fail" }
    return isUnknown ? "unknown" : "pass"
  }
}

/// Two variants of one family, autosomal.
struct OraclePair {
  let one: OracleRules
  let two: OracleRules
  /// For each person, whether one phase set has the two on two copies (true) or on one; nil where none tells.
  var phases: [Bool?] = []

  private func phase(_ index: Int) -> Bool? { phases.indices.contains(index) ? phases[index] : nil }

  /// `pass`, `possible`, `fail` or `unknown`.
  func answer(complete: Bool) -> String {
    let people = one.people
    var proband = "pass"
    for half in [one, two] {
      if !half.readings[0].contains("01") { return "fail" }
      if half.readings[0] != ["01"] { proband = proband == "pass" ? "unknown" : proband }
      if proband == "unknown" { return "unknown" }
      if !half.couldBeInherited() { return "fail" }
      for parent in [people[0].father, people[0].mother] {
        if let parent, people[parent].affected != 1, half.readings[parent] == ["11"] { return "fail" }
      }
    }
    // Each of the two is the mother's, the father's, or may be either's.
    let first = one.origins(0).subtracting(["mf", ""])
    let second = two.origins(0).subtracting(["mf", ""])
    var result = "pass"
    if let isInTrans = phase(0) {
      if !isInTrans { return "fail" }
    } else if first.count == 1, second.count == 1 {
      if first == second { return "fail" }
    } else {
      let parents = [people[0].father, people[0].mother]
      let isKnown = parents.allSatisfy { parent in
        parent.map { one.readings[$0].count == 1 && two.readings[$0].count == 1 } ?? false
      }
      if isKnown { return "fail" }
      result = "possible"
    }
    for index in people.indices.dropFirst() {
      let sets = [one.readings[index], two.readings[index]]
      if people[index].affected == 0, complete, isInTrans(index) { return "fail" }
      let isSibling =
        people[0].father != nil && people[index].father == people[0].father
        && people[0].mother != nil && people[index].mother == people[0].mother
      if people[index].affected == 1, isSibling, sets.contains(where: { $0 == ["00"] }) { return "fail" }
    }
    return result
  }

  /// Whether a person surely has the two on two copies.
  private func isInTrans(_ index: Int) -> Bool {
    let a = one.readings[index]
    let b = two.readings[index]
    guard !a.contains("00"), !b.contains("00") else { return false }
    if a == ["11"] || b == ["11"] { return true }
    guard a == ["01"], b == ["01"] else { return false }
    if let phase = phase(index) { return phase }
    let origins = [one.origins(index), two.origins(index)]
    return origins == [["m"], ["f"]] || origins == [["f"], ["m"]]
  }
}
