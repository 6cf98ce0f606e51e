import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite(.timeLimit(.minutes(20))) struct PEDTests {
  private func read(_ text: String, _ setting: Setting = Setting.all[0]) async throws -> Pedigree {
    let folder = try TemporaryFolder()
    return try await readPED(InputFile(path: try folder.write(text, to: "f.ped")), resources: setting.resources)
  }

  @Test(arguments: ["\n", "\r\n", ""]) func aFamilyIsReadWithItsCodes(lastLineEnd: String) async throws {
    let text =
      "#family id\n\nF1\tkid\tdad\tmum\t2\t2\nF1 dad 0 0 1 1\nF1  mum  gran  0  2  -9\nF2\tx\t0\t0\tother\t0"
      + lastLineEnd
    for setting in Setting.all {
      let pedigree = try await read(text, setting)
      #expect(pedigree.individuals.map(\.name) == ["kid", "dad", "mum", "x"])
      #expect(pedigree.individuals.map(\.sex) == [.female, .male, .female, .unknown])
      #expect(pedigree.individuals.map(\.affection) == [.affected, .unaffected, .unknown, .unknown])
      #expect(pedigree["kid"]?.father == "dad")
      // A mother's mother without a line of her own.
      #expect(pedigree["mum"]?.father == "gran")
      #expect(pedigree["gran"] == nil)
      #expect(pedigree["dad"]?.mother == nil)
      #expect(pedigree.families == ["F1", "F2"])
      #expect(pedigree.children(of: "mum").map(\.name) == ["kid"])
    }
  }

  @Test(arguments: [
    ("F b 0 0 1", "5 columns"), ("F b 0 0 1 1 A A", "8 columns"), ("F b 0 0 M 1", "sex"), ("F b 0 0 3 1", "sex"),
    ("F b 0 0 1 affected", "phenotype"), ("F b 0 0 1 -", "phenotype"), ("F 0 0 0 1 1", "named 0"),
    ("F a 0 0 1 1", "twice"), ("G a 0 0 1 1", "twice"), ("F b w 0 1 1", "female"), ("F b 0 m 1 1", "male"),
    ("F b p p 1 1", "same"), ("F b b 0 1 1", "itself"), ("G b a 0 1 1", "another family"),
  ])
  func aContradictionIsRefusedWithItsPlace(line: String, words: String) async throws {
    let before = "F a 0 0 1 1\nF w 0 0 2 1\nF m 0 0 1 1\n"
    let error = await failure { try await read(before + line + "\nF z 0 0 0 0\n") } as? InputError
    #expect(error?.kind == .malformed)
    #expect(error?.location.record == 4)
    #expect(error?.location.offset == before.utf8.count)
    #expect(error?.reason.contains(words) == true, "\(error?.reason ?? "taken")")
  }

  @Test func aCircleOfParentsIsRefused() async throws {
    let error = await failure { try await read("F a b 0 1 1\nF b c 0 1 1\nF c a 0 1 1\nF d c 0 1 1\n") } as? InputError
    #expect(error?.reason.contains("itself") == true)
  }

  @Test func aFileOfCommentsIsEmpty() async throws {
    let error = await failure { try await read("# nobody\n") } as? InputError
    #expect(error?.kind == .empty)
  }

  @Test(.enabled(if: SharedData.has("trio"))) func theTriosPedigreeIsRead() async throws {
    let names = SharedData.names(in: "trio").filter { $0.hasSuffix(".ped") }
    let input = InputFile(path: SharedData.path("trio/" + (try #require(names.first))))
    let pedigree = try await readPED(input, resources: RunResources(threads: 1))
    #expect(pedigree["NA12878"]?.father == "NA12891")
    #expect(pedigree["NA12878"]?.mother == "NA12892")
  }
}
