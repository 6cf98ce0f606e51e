import EngineTestSupport
import Genomics
import Interpretation

/// A person of the oracle: plain numbers, and nothing of the engine's.
struct OraclePerson {
  var name: String
  var isMale: Bool
  /// 1 affected, 0 unaffected, -1 not known.
  var affected: Int
  var father: Int?
  var mother: Int?
  /// 1 or 2; 0 where not measured.
  var x: Int
}

/// Families and genotypes by chance, as letters.
enum OracleFamily {
  static func draw(_ random: inout SeededGenerator) -> [OraclePerson] {
    func affection(_ random: inout SeededGenerator) -> Int { random.pick([1, 0, 0, 0, -1]) }
    func x(_ isMale: Bool, _ random: inout SeededGenerator) -> Int { random.oneIn(12) ? 0 : isMale ? 1 : 2 }
    let isMale = random.oneIn(2)
    var people = [OraclePerson(name: "P", isMale: isMale, affected: 1, father: nil, mother: nil, x: x(isMale, &random))]
    let shape = random.int(0...5)
    if shape > 0 {
      people.append(OraclePerson(name: "M", isMale: false, affected: affection(&random), x: x(false, &random)))
      people[0].mother = 1
    }
    if shape > 1 {
      people.append(OraclePerson(name: "F", isMale: true, affected: affection(&random), x: x(true, &random)))
      people[0].father = 2
    }
    if shape > 3 {
      let isMale = random.oneIn(2)
      people.append(
        OraclePerson(
          name: "S", isMale: isMale, affected: affection(&random), father: 2, mother: 1, x: x(isMale, &random)))
    }
    return people
  }

  static func family(_ people: [OraclePerson]) -> Family {
    Family(
      people.map { person in
        Family.Member(
          person.name, sex: person.isMale ? .male : .female,
          affection: person.affected == 1 ? .affected : person.affected == 0 ? .unaffected : .unknown,
          father: person.father, mother: person.mother, xCopies: person.x == 0 ? .unmeasured : .measured(person.x))
      }, proband: 0)
  }

  /// Genotypes, more often than not those that parents could give.
  static func genotypes(_ people: [OraclePerson], onX: Bool, _ random: inout SeededGenerator) -> [String] {
    var letters: [[Int]] = people.map { person in
      onX && person.isMale ? [random.int(0...1)] : [random.int(0...1), random.int(0...1)]
    }
    for (index, person) in people.enumerated() where !random.oneIn(4) {
      let mother = person.mother.map { random.pick(letters[$0]) } ?? random.int(0...1)
      let father = person.father.map { random.pick(letters[$0]) } ?? random.int(0...1)
      letters[index] = letters[index].count == 1 ? [mother] : [father, mother].sorted()
    }
    return letters.map { copies in
      if random.oneIn(12) { return copies.count == 1 ? "." : "./." }
      return copies.map { random.oneIn(25) ? "." : String($0) }.joined(separator: "/")
    }
  }
}
