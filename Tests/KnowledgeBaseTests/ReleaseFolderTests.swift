import Foundation
import GRDB
import GenomicFiles
import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("A release's folder")
struct ReleaseFolderTests {
  let folder: TemporaryFolder
  let resources = RunResources(threads: 2)
  init() throws { folder = try TemporaryFolder() }

  private var day: CalendarDate {
    get throws { try #require(CalendarDate("2026-11-22")) }
  }

  /// A base of people of whom many carry the same alleles.
  @discardableResult
  private func makeBase(
    _ name: String = "kb", people: Int = 40, first: Int = 0, purpose: KnowledgeBase.Purpose = .research
  ) throws -> KnowledgeBase {
    var random = SplitMix64(seed: UInt64(first + 7))
    let path = folder(name)
    let base =
      FileManager.default.fileExists(atPath: path)
      ? try KnowledgeBase(path: path) : try KnowledgeBase.create(path: path, purpose: purpose)
    let reference = try Generated.reference()
    let parts = try (first..<(first + people)).map { number in
      var observations: [Contribution.Observation] = []
      for (site, chance) in zip(Generated.sites, [0.9, 0.3, 0.05, 0.5, 0.5, 0.6, 0.4]) where random.chance(chance) {
        let isHom = random.chance(0.3)
        observations.append(
          Contribution.Observation(
            contig: reference.contigs[site.contig].digest, start: site.start, reference: "A", alternate: "G",
            form: .literal,
            genotype: AlleleGenotype(isHom ? [.this, .this] : [.reference, .this]),
            genes: GeneSet(text: "G1|ONE")))
      }
      var callable: [RefgetDigest: IntervalSet] = [:]
      for contig in reference.contigs { callable[contig.digest] = IntervalSet([0..<300_000]) }
      let participant = "P\(number)"
      return try ConsentedContribution(
        Contribution(
          pseudonym: base.key.pseudonym(of: participant), sex: random.pick([.female, .male]), reference: reference,
          filters: .standard, callabilityBasis: "depth>=10", callable: callable, annotation: "cache-a",
          observations: observations), try Generated.permission(participant), key: base.key)
    }
    _ = try base.add(parts)
    return base
  }

  private func release(
    _ name: String, base: String = "kb", options: ReleaseOptions? = nil, day: CalendarDate? = nil,
    today: CalendarDate? = nil, force: Bool = false,
    at moment: @escaping @Sendable (KnowledgeBase.ReleaseMoment) throws -> Void = { _ in }
  ) async throws -> ReleaseSummary {
    try await KnowledgeBase.release(
      folder(base), to: folder(name), options: try options ?? ReleaseOptions(policy: ReleasePolicy("nhs-central")),
      created: try day ?? self.day, today: try today ?? self.day, parquet: false, force: force, resources: resources,
      at: moment)
  }

  private func bytes(_ name: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder(name)) {
      files[file] = try readFile(folder(name) + "/" + file)
    }
    return files
  }

  @Test("The files say the same, and nothing below the minimum, and nobody")
  func files() async throws {
    let base = try makeBase(people: 60)
    let summary = try await release("out")
    #expect(summary.variants > 3)
    let names = try Set(FileManager.default.contentsOfDirectory(atPath: folder("out")))
    #expect(
      names == [
        "release.json", "frequencies.vcf.gz", "frequencies.vcf.gz.tbi", "frequencies.json.gz", "release.sqlite",
      ])
    let manifest = try #require(
      try JSONSerialization.jsonObject(with: Data(try readFile(folder("out/release.json")))) as? [String: Any])
    #expect(manifest["schema"] as? String == "apus-release/1")
    #expect(manifest["release"] as? String == summary.release)
    #expect(manifest["created"] as? String == "2026-11-22")
    #expect((manifest["people"] as? [String: Int])?["all"] == 60)
    for file in try #require(manifest["files"] as? [[String: Any]]) {
      let path = try #require(file["path"] as? String)
      #expect(file["sha256"] as? String == (try fileDigest(folder("out/" + path)).sha256))
    }
    let queue = try DatabaseQueue(path: folder("out/release.sqlite"))
    let rows = try await queue.read { try Row.fetchAll($0, sql: "SELECT * FROM variant ORDER BY id") }
    #expect(rows.count == summary.variants)
    for row in rows {
      let counts = try #require(
        try JSONSerialization.jsonObject(with: Data((row["counts"] as String).utf8)) as? [[String: Any]])
      for one in counts {
        for name in ["AC", "AN", "het", "hom", "hemi"] {
          if let figure = one[name] as? Int { #expect(figure == 0 || figure >= 8, "\(name) \(figure)") }
        }
        let untold = one["suppressed"] as? [String] ?? []
        for name in ["AC", "AF", "het", "hom", "hemi"] { #expect(untold.contains(name) == (one[name] == nil)) }
      }
    }
    // Against the base's own counts: the nearest 5, or nothing.
    for row in rows where row["contig"] == "1" {
      let answer = try #require(
        try base.answers(
          to: .variant(contig: "1", start: row["start"], reference: row["reference"], alternate: row["alternate"])
        ).first)
      let counts = try #require(
        try JSONSerialization.jsonObject(with: Data((row["counts"] as String).utf8)) as? [[String: Any]])
      #expect(counts.first?["AN"] as? Int == answer.counts.an)
      // Copies that are told as het + 2 hom err by the errors of both.
      let most = counts.first?["hom"] == nil ? 2 : 6
      if let copies = counts.first?["AC"] as? Int {
        #expect(abs(copies - answer.counts.ac) <= most, "\(answer.counts)")
      }
    }
    for (name, content) in try bytes("out") {
      for word in ["P1", folder.path, "pseudonym"] {
        #expect(String(decoding: content, as: UTF8.self).contains(word) == false, "\(name) holds \(word)")
      }
    }
  }

  @Test("The VCF is one that other programs read, and its index finds the records", .enabled(if: Peer.has("bcftools")))
  func vcf() async throws {
    try makeBase()
    let summary = try await release("out")
    let all = try Peer.run("bcftools view -H out/frequencies.vcf.gz", in: folder).text
    #expect(all.split(separator: "\n").count == summary.variants)
    let some = try Peer.run(
      "bcftools query -r 1:101-102 -f '%POS\\t%AC\\t%AN\\t%SUPPRESSED\\n' out/frequencies.vcf.gz", in: folder)
    #expect(some.text.hasPrefix("101\t"))
    #expect(some.errors.isEmpty)
  }

  @Test("The same people: the same bytes, also on another day; a newer release supersedes it")
  func again() async throws {
    try makeBase()
    let first = try await release("one")
    let later = try #require(CalendarDate("2027-01-01"))
    let second = try await release("two", day: later)
    #expect(second.isRepeated && second.release == first.release)
    #expect(try bytes("one") == bytes("two"))
    // A base of its own with the same people gives the same release on the same day.
    try makeBase("other")
    _ = try await release("three", base: "other")
    #expect(try bytes("one") == bytes("three"))
    try makeBase(people: 20, first: 40)
    let third = try await release("four", day: later)
    #expect(third.release != first.release)
    let manifest = try #require(
      try JSONSerialization.jsonObject(with: Data(try readFile(folder("four/release.json")))) as? [String: Any])
    #expect(manifest["supersedes"] as? [String] == [first.release])
    let entries = try KnowledgeBase(path: folder("kb")).releases()
    #expect(entries.map(\.isSuperseded) == [true, false])
    #expect(entries.map(\.release) == [first.release, third.release])
  }

  @Test("What may not be released: a clinical base, a stale one, a small one, one that a person came to since")
  func refusals() async throws {
    func refused(_ base: String) async throws {
      let before = try readFile(folder(base))
      let error = await #expect(throws: ReleaseError.self) { try await release("no", base: base) }
      #expect(error?.kind == .withheld)
      #expect(try folder.names.filter { $0.contains("no") } == [])
      #expect(try readFile(folder(base)) == before)
    }
    try makeBase("clinical", purpose: .clinical)
    try await refused("clinical")
    try makeBase("small", people: 7)
    try await refused("small")
    _ = try KnowledgeBase.create(path: folder("empty"), purpose: .research)
    try await refused("empty")
    try makeBase()
    _ = try await release("one")
    try makeBase(people: 1, first: 100)
    try await refused("kb")
    try makeBase("stale")
    let later = try #require(CalendarDate("2031-01-01"))
    await #expect(throws: PermissionError.self) { try await release("no", base: "stale", today: later) }
    #expect(try folder.names.filter { $0.contains("no") } == [])
  }

  @Test("What stands at the path is not replaced unless it is a release and that is asked for")
  func existing() async throws {
    try makeBase()
    _ = try await release("out")
    await #expect(throws: OutputError.self) { try await release("out") }
    #expect(try await release("out", force: true).isRepeated)
    try FileManager.default.createDirectory(atPath: folder("mine"), withIntermediateDirectories: true)
    try folder.write("x", to: "mine/file")
    await #expect(throws: OutputError.self) { try await release("mine", force: true) }
    #expect(try folder.read("mine/file") == Array("x".utf8))
  }

  @Test("Verify finds what was changed in the ledger, and nothing after releases, withdrawals and releases")
  func ledger() async throws {
    let base = try makeBase(people: 60)
    _ = try await release("one")
    #expect(try base.verify().problems == [])
    let day = try self.day
    let list = WithdrawalList((0..<20).map { WithdrawalList.Entry(participant: "P\($0)", date: day, line: $0 + 1) })
    _ = try base.withdraw(list, today: day)
    #expect(try base.verify().problems == [])
    _ = try await release("two")
    #expect(try base.verify().problems == [])
    let again = try await release("three")
    #expect(again.isRepeated)
    #expect(try bytes("two") == bytes("three"))
    #expect(try base.releases().map(\.holdsWithdrawn) == [true, false])
    for change in [
      "DELETE FROM release_member WHERE contribution = 30",
      "UPDATE release_member SET since = 2 WHERE contribution = 40",
      "DELETE FROM release_issue WHERE id = 1", "UPDATE release_issue SET people = people + 1",
      "UPDATE release_group SET people = people - 1", "UPDATE release_tranche SET minimum = 2",
      "DELETE FROM release_seal", "UPDATE release_cell SET label = 'U 1 2'", "DELETE FROM release_cell",
    ] {
      let name = "changed"
      try FileManager.default.copyItem(atPath: folder("kb"), toPath: folder(name))
      let changed = try KnowledgeBase(path: folder(name))
      let count = try await changed.queue.write { db in
        try db.execute(sql: change)
        return db.changesCount
      }
      if count > 0 { #expect(try changed.verify().problems != [], "\(change)") }
      try FileManager.default.removeItem(atPath: folder(name))
    }
  }

  private struct Stop: Error {}

  @Test("A process that dies at any moment of a release leaves a base that holds, and the next try is the release")
  func dead() async throws {
    let base = try makeBase()
    let digest = try base.digest()
    try FileManager.default.copyItem(atPath: folder("kb"), toPath: folder("reference"))
    _ = try await release("whole", base: "reference")
    let whole = try bytes("whole")
    let moments: [KnowledgeBase.ReleaseMoment] =
      (1...4).map { .row($0) } + [.stored, .written, .entered, .committed]
    for (index, moment) in moments.enumerated() {
      for pages in [2, 2000] {
        let name = "try\(index)-\(pages)"
        try FileManager.default.copyItem(atPath: folder("kb"), toPath: folder(name))
        // What a machine that stops would leave: the files as they are at that moment.
        let root = folder.path
        await #expect(throws: Stop.self) {
          try await release("\(name)-out", base: name) { now in
            guard now == moment else { return }
            for ending in ["", "-journal"] where FileManager.default.fileExists(atPath: "\(root)/\(name)\(ending)") {
              try FileManager.default.copyItem(
                atPath: "\(root)/\(name)\(ending)", toPath: "\(root)/\(name)-dead\(ending)")
            }
            throw Stop()
          }
        }
        #expect(!FileManager.default.fileExists(atPath: folder("\(name)-out")))
        for base in [name, "\(name)-dead"] {
          #expect(try KnowledgeBase(path: folder(base)).digest() == digest)
          let entries = try KnowledgeBase(path: folder(base)).releases()
          #expect(entries.count == (moment == .committed ? 1 : 0), "\(moment)")
          _ = try await release("\(base)-again", base: base)
          #expect(try bytes("\(base)-again") == whole, "\(moment)")
        }
      }
    }
    #expect(try folder.names.filter { $0.hasSuffix(".partial") } == [])
  }
}
