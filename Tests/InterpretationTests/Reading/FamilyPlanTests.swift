import Genomics
import Testing

@testable import Interpretation

@Suite struct FamilyPlanTests {
  private func plan(
    _ people: [Pedigree.Individual], _ samples: [[String]], proband: String? = nil, xCopies: [String: Int] = [:]
  ) throws -> FamilyPlan {
    try FamilyPlan(
      FamilyInput(
        pedigree: try Pedigree(people), pedigreePath: "ped", files: samples.indices.map { "file\($0)" },
        proband: proband, xCopies: xCopies), samples: samples)
  }

  private let trio: [Pedigree.Individual] = [
    .init(family: "1", name: "F", sex: .male, affection: .unaffected),
    .init(family: "1", name: "P", father: "F", mother: "M", sex: .female, affection: .affected),
    .init(family: "1", name: "M", sex: .female, affection: .unaffected),
  ]

  @Test("Members have the pedigree's order, parents by place, and copies of X as measured, never by the declared sex")
  func members() throws {
    let plan = try plan(trio, [["M", "P", "F"]], xCopies: ["P": 2])
    #expect(plan.family.members.map(\.name) == ["F", "P", "M"])
    #expect(plan.family.proband == 1)
    #expect(plan.family.members[1].father == 0 && plan.family.members[1].mother == 2)
    #expect(plan.family.members.map(\.xCopies) == [.unmeasured, .measured(2), .unmeasured])
    #expect(plan.files[0].columns == [2, 1, 0])
  }

  @Test("A relative without data is told and is no member")
  func withoutData() throws {
    let plan = try plan(trio, [["P"], ["M", "other"]])
    #expect(plan.family.members.map(\.name) == ["P", "M"])
    #expect(plan.family.members[0].father == nil && plan.family.members[0].mother == 1)
    #expect(plan.withoutData == ["F"] && plan.otherSamples == 1)
    #expect(plan.main == 0 && plan.carriers == [0])
  }

  @Test("Of several affected the one with a parent and no child is the proband; else --proband has to tell")
  func proband() throws {
    var people = trio
    people[2].affection = .affected
    #expect(try plan(people, [["P", "M", "F"]]).family.proband == 1)
    #expect(try plan(people, [["P", "M", "F"]]).carriers == [1, 2])
    #expect(try plan(people, [["P", "M", "F"]], proband: "M").family.proband == 2)
    people.append(.init(family: "1", name: "S", father: "F", mother: "M", affection: .affected))
    #expect(throws: InputError.self) { try plan(people, [["P", "M", "F", "S"]]) }
    #expect(try plan(people, [["P", "M", "F", "S"]], proband: "S").family.proband == 3)
  }

  @Test("Files that do not belong to the pedigree are refused as a mismatch")
  func refusals() throws {
    var unaffected = trio
    unaffected[1].affection = .unaffected
    let cases: [([Pedigree.Individual], [[String]], String?, [String: Int])] = [
      (trio, [["P"], ["P", "M"]], nil, [:]),  // a sample twice
      (trio, [["P"], ["stranger"]], nil, [:]),
      (unaffected, [["P", "M", "F"]], nil, [:]),
      (trio, [["M", "F"]], nil, [:]),
      (trio, [["M", "F"]], "P", [:]),
      (trio, [["P"]], "nobody", [:]),
      (trio, [["P"]], nil, ["M": 2]),
      (
        trio + [.init(family: "2", name: "Q", affection: .unaffected)], [["P"], ["Q"]], nil, [:]
      ),
    ]
    for (people, samples, proband, copies) in cases {
      let error = #expect(throws: InputError.self) {
        try plan(people, samples, proband: proband, xCopies: copies)
      }
      #expect(error?.kind == .mismatch)
    }
  }
}
