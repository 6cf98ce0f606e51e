import Genomics
import Interpretation
import Testing

struct FamilyTests {
  static func pedigree() throws -> Pedigree {
    try Pedigree([
      .init(family: "A", name: "P", father: "F", mother: "M", sex: .male, affection: .affected),
      .init(family: "A", name: "F", sex: .male, affection: .unaffected),
      .init(family: "A", name: "M", sex: .female, affection: .affected),
      .init(family: "B", name: "X", sex: .female, affection: .unaffected),
    ])
  }

  @Test func membersStandAsTheirSamplesDo() throws {
    let family = try Family(
      try Self.pedigree(), proband: "P", samples: ["M", "P", "F"], xCopies: ["P": 1], path: "a.ped")
    #expect(family.members.map(\.name) == ["M", "P", "F"])
    #expect(family.proband == 1)
    #expect(family.members[1].father == 2)
    #expect(family.members[1].mother == 0)
    #expect(family.members[0].affection == .affected)
    #expect(family.members.map(\.xCopies) == [.unmeasured, .measured(1), .unmeasured])
  }

  @Test func aParentWhoIsNotAtHandIsAbsent() throws {
    let family = try Family(try Self.pedigree(), proband: "P", samples: ["P", "M"], path: "a.ped")
    #expect(family.members[0].father == nil)
    let result = try tierer(family).tier([])
    #expect(result.banners.contains("A parent of the proband is not at hand: de novo is not assessable."))
  }

  @Test(arguments: [
    (["M", "F"], "the proband is not in the pedigree, or not among the samples"),
    (["P", "Q"], "sample 2 is not in the pedigree"), (["P", "X"], "sample 2 is of another family"),
    (["P", "P"], "a sample is given twice"),
  ])
  func whoDoesNotBelongIsRefused(_ samples: [String], _ reason: String) throws {
    let error = #expect(throws: InputError.self) {
      try Family(try Self.pedigree(), proband: "P", samples: samples, path: "a.ped")
    }
    #expect(error?.kind == .mismatch)
    #expect(error?.reason == reason)
  }

  @Test func aProbandWhoIsNotAffectedIsTold() throws {
    let family = Family([Families.person("P", .female, .unaffected, x: 2)], proband: 0)
    let result = try tierer(family).tier([try candidate([call("0/1")])])
    #expect(result.variants[0].highest == .tier1)
    #expect(result.banners.contains { $0.hasPrefix("The pedigree has the proband as unaffected") })
  }
}
