import Testing

@testable import Genomics

@Suite struct ValueTests {
  @Test func anErrorIsOneLineWithWhatIsKnown() {
    func text(_ location: InputLocation) -> String {
      InputError(.malformed, at: location, "it is wrong", remedy: "make it right").description
    }
    #expect(text(InputLocation(file: "a.vcf")) == "a.vcf: it is wrong; make it right")
    #expect(text(InputLocation(file: "a.vcf", record: 7)) == "a.vcf:7: it is wrong; make it right")
    #expect(text(InputLocation(file: "-", offset: 0)) == "- (offset 0): it is wrong; make it right")
    #expect(
      text(InputLocation(file: "a.vcf", record: 7, offset: 99)) == "a.vcf:7 (offset 99): it is wrong; make it right")
  }

  @Test func kindsHaveStableCodes() {
    #expect(
      InputError.Kind.allCases.map(\.rawValue) == [
        "input-unreadable", "input-empty", "input-truncated", "input-checksum", "input-malformed", "input-mismatch",
        "input-unsupported", "reference-missing", "reference-mismatch",
      ])
  }

  @Test func positionsCountFromNoughtAndFromOne() {
    #expect(ZeroBasedPosition(0).oneBased == OneBasedPosition(1))
    #expect(OneBasedPosition(1).zeroBased == ZeroBasedPosition(0))
    #expect(OneBasedPosition(0).zeroBased == ZeroBasedPosition(-1))
    #expect(ZeroBasedPosition(3) < ZeroBasedPosition(4))
    #expect(OneBasedPosition(12).description == "12")
  }

  @Test func regionsAreHalfOpen() {
    func region(_ start: Int, _ end: Int, _ contig: String = "1") -> Region {
      Region(contig: contig, start: ZeroBasedPosition(start), end: ZeroBasedPosition(end))
    }
    #expect(region(9, 20).description == "1:10-20")
    #expect(region(9, 20).count == 11)
    #expect(region(0, 10).overlaps(region(9, 11)))
    #expect(!region(0, 10).overlaps(region(10, 11)))
    #expect(!region(0, 10).overlaps(region(5, 6, "2")))
    #expect(region(5, 6).contains(ZeroBasedPosition(5)))
    #expect(!region(5, 6).contains(ZeroBasedPosition(6)))
    #expect(!region(5, 5).contains(ZeroBasedPosition(5)))
  }

  @Test(
    arguments: [
      ("female", .female), ("F", .female), ("Male", .male), ("m", .male), ("", .unknown), ("unknown", .unknown),
      ("U", .unknown), ("other", nil), ("1", nil), ("woman", nil),
    ] as [(String, Sex?)])
  func aSheetsWordForSexIsRead(word: String, sex: Sex?) { #expect(Sex(sheet: word) == sex) }

  @Test func aPedigreesCodeForSexIsRead() {
    #expect(Sex(pedigree: "1") == .male)
    #expect(Sex(pedigree: "2") == .female)
    #expect(Sex(pedigree: "0") == .unknown)
  }

  @Test func aPedigreeKnowsItsMembersAndRefusesContradictions() throws {
    let father = Pedigree.Individual(family: "F", name: "father", sex: .male)
    let mother = Pedigree.Individual(family: "F", name: "mother", sex: .female)
    let child = Pedigree.Individual(family: "F", name: "child", father: "father", mother: "mother")
    let pedigree = try Pedigree([child, father, mother])
    #expect(pedigree.children(of: "father") == [child])
    #expect(pedigree["mother"] == mother)
    func refusal(_ individuals: [Pedigree.Individual]) -> Pedigree.Refusal? {
      do {
        _ = try Pedigree(individuals)
        return nil
      } catch { return error }
    }
    #expect(refusal([child]) == nil)
    #expect(refusal([child, child]) == Pedigree.Refusal(individual: 1, fault: .duplicate))
    var wrong = child
    wrong.father = "mother"
    wrong.mother = nil
    #expect(refusal([mother, wrong]) == Pedigree.Refusal(individual: 1, fault: .femaleFather("mother")))
    wrong.father = nil
    wrong.mother = "father"
    #expect(refusal([wrong, father]) == Pedigree.Refusal(individual: 0, fault: .maleMother("father")))
    // A family of a hundred thousand generations, and one whose first descends from its last.
    var line = (0..<100_000).map { Pedigree.Individual(family: "F", name: "\($0)", father: "\($0 + 1)") }
    #expect(refusal(line) == nil)
    line[99_999].father = "0"
    #expect(refusal(line)?.fault == .ownAncestor)
  }
}
