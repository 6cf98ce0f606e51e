import BeaconService
import Foundation
import GRDB
import Reports
import TestSupport
import Testing

@Suite("Folders that are served, and that are not")
struct ReleaseFolderTests {
  private func kind(_ path: String) -> ServiceError.Kind? {
    do {
      _ = try ReleaseDatabase(ReleaseFolder(path: path))
      return nil
    } catch { return error.kind }
  }

  @Test("A whole release opens")
  func whole() throws {
    let folder = try TemporaryFolder()
    let release = try SyntheticRelease(in: folder, variants: 100)
    #expect(kind(release.path) == nil)
    let before = try folder.names
    let bytes = try readFile(release.path + "/release.sqlite")
    _ = try ReleaseDatabase(ReleaseFolder(path: release.path))
    // Nothing is written beside it or into it.
    #expect(try folder.names == before)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: release.path).sorted() == ["release.json", "release.sqlite"])
    #expect(try readFile(release.path + "/release.sqlite") == bytes)
  }

  @Test("No folder, no manifest, a manifest of another schema or purpose")
  func manifests() throws {
    let folder = try TemporaryFolder()
    #expect(kind(folder("none")) == .missing)
    #expect(kind(folder.path) == .damaged)
    for (index, (name, value, expected))
      in ([
        ("purpose", "clinical", .notPermitted), ("purpose", "other", .notPermitted),
        ("schema", "apus-release/2", .configuration), ("schema", 1, .damaged), ("variants", 99, .damaged),
        ("variants", "x", .damaged), ("release", .null, .damaged), ("contigs", [["name": "20"]], .damaged),
        ("contigs", [["name": "1", "length": 5]], .damaged), ("policy", "x", .damaged),
      ] as [(String, JSONValue, ServiceError.Kind)]).enumerated()
    {
      let release = try SyntheticRelease(in: folder, name: "r\(index)", variants: 100) { members in
        if let place = members.firstIndex(where: { $0.name == name }) { members[place].value = value }
      }
      #expect(kind(release.path) == expected, "\(name)")
    }
  }

  @Test("A release on a reference without a name is served, by its contigs' names and digests alone")
  func unnamed() async throws {
    let folder = try TemporaryFolder()
    let release = try SyntheticRelease(in: folder, variants: 100) { members in
      if let place = members.firstIndex(where: { $0.name == "assembly" }) { members[place].value = .null }
    }
    let database = try ReleaseDatabase(ReleaseFolder(path: release.path))
    #expect(database.contigs.find("chr20")?.name == "20" && database.contigs.find("NC_000020.11") == nil)
    #expect(!ReleaseContigs.isAssembly("GRCh38", of: database.manifest))
    #expect(ReleaseContigs.isAssembly("SQCOL.synthetic", of: database.manifest))
  }

  @Test("A knowledge base is not served, whatever its manifest says")
  func knowledgeBase() throws {
    let folder = try TemporaryFolder()
    let release = try SyntheticRelease(in: folder, variants: 20, applicationID: 0x4150_5553)
    #expect(kind(release.path) == .damaged)
  }

  @Test("A clinical release is refused before its rows are looked at")
  func clinical() throws {
    let folder = try TemporaryFolder()
    let release = try SyntheticRelease(in: folder, variants: 50) { members in
      if let place = members.firstIndex(where: { $0.name == "purpose" }) { members[place].value = "clinical" }
    }
    try FileManager.default.removeItem(atPath: release.path + "/release.sqlite")
    #expect(kind(release.path) == .notPermitted)
  }

  @Test("Any changed, cut or lengthened byte of the database is found")
  func damage() throws {
    let folder = try TemporaryFolder()
    let release = try SyntheticRelease(in: folder, variants: 100)
    let path = release.path + "/release.sqlite"
    let whole = try readFile(path)
    var random = SplitMix64()
    for _ in 0..<20 {
      var bytes = whole
      bytes[random.int(0...(bytes.count - 1))] ^= UInt8(1 << random.int(0...7))
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      #expect(kind(release.path) == .damaged)
    }
    try Data(whole.dropLast()).write(to: URL(fileURLWithPath: path))
    #expect(kind(release.path) == .damaged)
    try Data(whole + [0]).write(to: URL(fileURLWithPath: path))
    #expect(kind(release.path) == .damaged)
    try FileManager.default.removeItem(atPath: path)
    #expect(kind(release.path) == .missing)
    try Data(whole).write(to: URL(fileURLWithPath: path))
    #expect(kind(release.path) == nil)
  }

  @Test("A manifest that names a file outside the folder, or none of the database, is refused")
  func files() throws {
    let folder = try TemporaryFolder()
    let release = try SyntheticRelease(in: folder, variants: 50)
    let path = release.path + "/release.json"
    let text = String(decoding: try readFile(path), as: UTF8.self)
    for name in ["../release/release.sqlite", "other.sqlite", "/etc/passwd"] {
      let changed = text.replacingOccurrences(of: "\"release.sqlite\"", with: "\"\(name)\"")
      try Data(changed.utf8).write(to: URL(fileURLWithPath: path))
      #expect(kind(release.path) == .damaged, "\(name)")
    }
  }

  @Test("The genes of a variant are found with and without an index for it")
  func geneIndex() async throws {
    let site = try TestSite(variants: 500)
    let indexed = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: site.release.path + "/release.sqlite", toPath: indexed("release.sqlite"))
    let queue = try DatabaseQueue(path: indexed("release.sqlite"))
    try await queue.write { try $0.execute(sql: "CREATE INDEX gene_variant ON gene(variant)") }
    let isNeeded = try await queue.read { try GeneIndex($0) == nil }
    #expect(isNeeded)
    for variant in site.release.variants.prefix(50) {
      let answer = try await site.get("/g_variants/\(variant.vrs)?requestedGranularity=record")
      #expect(answer.results.first?["molecularAttributes"]?["geneIds"] == [.string(variant.gene)])
    }
  }

  @Test("Counts are read alike by the quick reader and the general one")
  func quickCounts() throws {
    var random = SplitMix64()
    let names = ["AC", "AN", "het", "hom", "hemi"]
    for _ in 0..<2_000 {
      var strata: [JSONValue] = []
      for _ in 0..<random.int(0...4) {
        var members: [JSONValue.Member] = [
          .init("dimension", .string(random.pick(["all", "sex", "indication", "ré\"gion"]))),
          .init("stratum", .string(random.pick(["all", "XX", "R149.1", "a\\b", "é"]))),
        ]
        var suppressed: [JSONValue] = []
        for name in names {
          if random.chance(0.6) {
            members.append(.init(name, .integer(random.pick([0, 5, 10, 99_999, 123_456_789_012]))))
          } else if random.chance(0.5) {
            suppressed.append(.string(name))
          }
        }
        if random.chance(0.5) { members.append(.init("AF", .number(random.pick([0.0375, 1e-05, 0.5])))) }
        if !suppressed.isEmpty { members.append(.init("suppressed", .array(suppressed))) }
        if random.chance(0.1) { members.append(.init("more", .null)) }
        members.shuffle(using: &random)
        strata.append(.object(members))
      }
      let json = JSONValue.array(strata)
      // Spaces send it to the general reader.
      let quick = try StratumCounts.list(String(decoding: json.compact, as: UTF8.self))
      let general = try StratumCounts.list(String(decoding: json.bytes, as: UTF8.self))
      #expect(quick == general && quick.count == strata.count)
      for (counts, stratum) in zip(quick, strata) {
        #expect(counts.alleleCount == stratum["AC"]?.whole && counts.hemizygous == stratum["hemi"]?.whole)
        #expect(counts.suppressed == (stratum["suppressed"]?.elements ?? []).compactMap(\.text))
      }
    }
  }
}
