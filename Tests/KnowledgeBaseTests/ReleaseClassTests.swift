import Foundation
import GRDB
import GenomicFiles
import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("Classifications in a release's folder")
struct ReleaseClassTests {
  let folder: TemporaryFolder
  let resources = RunResources(threads: 2)
  init() throws { folder = try TemporaryFolder() }

  /// Alleles and how many of a hundred people carry each: the last one in too few.
  private static let sites: [(contig: Int, start: Int, carriers: Int)] = [
    (0, 100, 100), (0, 101, 60), (0, 500, 40), (3, 70, 50), (0, 140_000, 5),
  ]

  private func makeBase(_ name: String = "kb", people: Range<Int> = 0..<120) throws -> KnowledgeBase {
    let path = folder(name)
    let base =
      FileManager.default.fileExists(atPath: path)
      ? try KnowledgeBase(path: path) : try KnowledgeBase.create(path: path, purpose: .research)
    let reference = try Generated.reference()
    let parts = try people.map { number in
      var callable: [RefgetDigest: IntervalSet] = [:]
      for contig in reference.contigs { callable[contig.digest] = IntervalSet([0..<300_000]) }
      let observations = Self.sites.filter { number % 120 < $0.carriers }.map { site in
        Contribution.Observation(
          contig: reference.contigs[site.contig].digest, start: site.start, reference: "A", alternate: "G",
          form: .literal, genotype: AlleleGenotype([.reference, .this]), genes: nil)
      }
      let participant = "P\(number)"
      return try ConsentedContribution(
        Contribution(
          pseudonym: base.key.pseudonym(of: participant), sex: .female, reference: reference, filters: .standard,
          callabilityBasis: "depth>=10", callable: callable, annotation: nil, observations: observations),
        try Generated.permission(participant), key: base.key)
    }
    _ = try base.add(parts)
    return base
  }

  private func event(
    _ site: Int, _ name: String, _ laboratory: String, id: String?, kind: ClassificationEvent.Kind = .germline,
    participant: String? = nil, day: String = "2024-05-06"
  ) throws -> ClassificationEvent.Entry {
    let place = Self.sites[site]
    return ClassificationEvent.Entry(
      event: ClassificationEvent(
        contig: Generated.names[place.contig], start: place.start, reference: "A", alternate: "G", kind: kind,
        classification: name, date: try Generated.day(day), revision: 0, criteria: ["PVS1"], laboratory: laboratory,
        versions: [:], id: id), participant: participant)
  }

  private func release(_ name: String, base: String = "kb") async throws -> ReleaseSummary {
    try await KnowledgeBase.release(
      folder(base), to: folder(name), options: ReleaseOptions(policy: try ReleasePolicy("nhs-central")),
      created: try Generated.day("2026-11-22"), today: try Generated.day("2026-11-22"), resources: resources)
  }

  /// What the SQLite file tells, by place: the totals of germline and of oncogenicity.
  private func told(_ name: String) async throws -> [String: [String: [String: Int]]] {
    let queue = try DatabaseQueue(path: folder("\(name)/release.sqlite"))
    let rows = try await queue.read {
      try Row.fetchAll($0, sql: "SELECT contig, start, classifications FROM variant").map {
        ("\($0["contig"] as String)-\($0["start"] as Int)", $0["classifications"] as String?)
      }
    }
    try queue.close()
    var told: [String: [String: [String: Int]]] = [:]
    for (place, text) in rows {
      guard let text else { continue }
      let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      #expect(Set(json.keys).isSubset(of: ["totals", "oncogenicity"]))
      let oncogenicity = json["oncogenicity"] as? [String: Any]
      told[place] = [
        "germline": json["totals"] as? [String: Int] ?? [:],
        "oncogenicity": oncogenicity?["totals"] as? [String: Int] ?? [:],
      ]
    }
    return told
  }

  private func bytes(_ name: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder(name)) {
      files[file] = try readFile(folder(name) + "/" + file)
    }
    return files
  }

  @Test("Classes of eight cases and more, rounded; of listed alleles alone; and nothing else of any event")
  func files() async throws {
    let base = try makeBase()
    var entries: [ClassificationEvent.Entry] = []
    for number in 0..<13 {
      entries.append(try event(0, "Pathogenic", "LAB-ONE", id: "CASE\(number)", participant: "P\(number)"))
    }
    for number in 0..<7 { entries.append(try event(0, "Likely_pathogenic", "LAB-TWO", id: "CASE\(number)")) }
    // Without numbers they are no more than two cases.
    for day in 1...20 {
      for laboratory in ["LAB-ONE", "LAB-TWO"] {
        entries.append(
          try event(0, "Benign", laboratory, id: nil, day: "2024-01-\(day < 10 ? "0" : "")\(day)"))
      }
    }
    for number in 0..<8 {
      entries.append(try event(1, "Benign", "LAB-ONE", id: "CASE\(number)", kind: .oncogenicity))
      entries.append(try event(1, "Benign", "LAB-TWO", id: "CASE\(number)", kind: .oncogenicity))
      entries.append(try event(4, "Pathogenic", "LAB-ONE", id: "CASE\(number)"))
    }
    for number in 0..<7 { entries.append(try event(2, "Pathogenic", "LAB-ONE", id: "CASE\(number)")) }
    _ = try base.classify(entries)
    _ = try await release("out")
    #expect(
      try await told("out") == [
        "1-100": ["germline": ["Pathogenic": 15], "oncogenicity": [:]],
        "1-101": ["germline": [:], "oncogenicity": ["Benign": 15]],
      ])
    let sqlite = String(decoding: try readFile(folder("out/release.sqlite")), as: UTF8.self)
    let manifest = String(decoding: try readFile(folder("out/release.json")), as: UTF8.self)
    for word in ["LAB-ONE", "LAB-TWO", "CASE1", "2024", "PVS1", "Likely_pathogenic", "140000"] {
      #expect(!sqlite.contains(word) && !manifest.contains(word), "\(word)")
    }
    #expect(manifest.contains("rounded numbers of cases"))
    // Without events there is no word of classes.
    _ = try makeBase("plain")
    _ = try await release("plain-out", base: "plain")
    #expect(try await told("plain-out") == [:])
    #expect(!String(decoding: try readFile(folder("plain-out/release.json")), as: UTF8.self).contains("of cases"))
  }

  @Test("The VCF has the totals by the East hub's names, readable to others", .enabled(if: Peer.has("bcftools")))
  func vcf() async throws {
    let base = try makeBase()
    _ = try base.classify(
      try (0..<20).flatMap { number in
        [
          try event(0, "Pathogenic", "L", id: "\(number)"),
          try event(0, "Uncertain_significance", "L", id: "\(number)"),
          try event(1, "Oncogenic", "L", id: "\(number)", kind: .oncogenicity),
        ]
      })
    _ = try await release("out")
    let format = "'%POS %TOTAL_GERMLINE %TOTAL_ONCOGENICITY\\n'"
    let found = try Peer.run(
      "bcftools query -f \(format) out/frequencies.vcf.gz; zcat out/frequencies.json.gz", in: folder)
    #expect(found.text.contains("101 Pathogenic(20)|Uncertain_significance(20) .\n"))
    #expect(found.text.contains("102 . Oncogenic(20)\n"))
    #expect(found.text.contains("501 . .\n"))
    #expect(
      found.text.contains(#""classifications":{"totals":{"Pathogenic":20,"Uncertain_significance":20}}"#))
    #expect(found.errors.isEmpty)
  }

  @Test("Events alone make no new release; they come with the next people, and no withdrawal changes them")
  func history() async throws {
    let base = try makeBase()
    let first = try (0..<9).map { try event(0, "Pathogenic", "L", id: "\($0)", participant: "P\($0)") }
    _ = try base.classify(first)
    let one = try await release("one")
    #expect(try await told("one")["1-100"]?["germline"] == ["Pathogenic": 10])
    _ = try base.classify(try (9..<30).map { try event(0, "Pathogenic", "L", id: "\($0)", participant: "P\($0)") })
    let again = try await release("again")
    #expect(again.isRepeated && again.release == one.release)
    #expect(try bytes("one") == bytes("again"))
    _ = try makeBase(people: 120..<240)
    #expect(try await !release("two").isRepeated)
    #expect(try await told("two")["1-100"]?["germline"] == ["Pathogenic": 30])
    #expect(try await release("two-again").isRepeated)
    #expect(try bytes("two") == bytes("two-again"))
    // People whom the events are of withdraw: the numbers stay, so they tell nothing of it.
    let day = try Generated.day("2026-11-22")
    let list = WithdrawalList((0..<12).map { WithdrawalList.Entry(participant: "P\($0)", date: day, line: $0 + 1) })
    #expect(try base.withdraw(list, today: day).certificate.detachedClassifications == 12)
    #expect(try await !release("three").isRepeated)
    #expect(try await told("three")["1-100"]?["germline"] == ["Pathogenic": 30])
    #expect(try base.verify().problems == [])
    // Up to which event a release counted is sealed.
    try await base.queue.write {
      try $0.execute(sql: "UPDATE meta SET value = '9 0' WHERE key = 'release.events.3'")
    }
    let error = await #expect(throws: KnowledgeBaseError.self) { try await release("four") }
    #expect(error?.kind == .damaged)
  }

  @Test("What is told follows from the events' content: not from their order, nor from whom they name")
  func content() async throws {
    var random = SplitMix64()
    let names = ClassificationEvent.classes(of: .germline)
    var entries: [ClassificationEvent.Entry] = []
    for _ in 0..<400 {
      entries.append(
        try event(
          random.int(0...4), random.pick(names), random.pick(["A", "B"]),
          id: random.chance(0.1) ? nil : "\(random.int(0...30))", day: "2025-01-\(random.int(10...28))"))
    }
    // The figures by the definition, without boxes: distinct cases, from eight on, to the nearest five.
    var expected: [String: [String: Int]] = [:]
    for (index, site) in Self.sites.enumerated() where site.carriers >= 8 {
      for name in names {
        let own = entries.map(\.event).filter {
          $0.start == site.start && $0.contig == Generated.names[site.contig] && $0.classification == name
        }
        let count = Set(own.map { "\($0.laboratory) \($0.id ?? "none")" }).count
        if count >= 8 {
          expected["\(Generated.names[site.contig])-\(site.start)", default: [:]][name] = (count + 2) / 5 * 5
        }
      }
      #expect(index < 4)
    }
    #expect(expected.values.reduce(0) { $0 + $1.count } > 10)
    var made: Set<[UInt8]> = []
    for (index, isAttached) in [false, true].enumerated() {
      let base = try makeBase("kb\(index)")
      for entry in entries.shuffled(using: &random) {
        var entry = entry
        if isAttached { entry.participant = "P\(random.int(0...119))" }
        _ = try base.classify([entry])
      }
      _ = try await release("out\(index)", base: "kb\(index)")
      #expect(try await told("out\(index)").mapValues { $0["germline"] ?? [:] } == expected)
      made.insert(try readFile(folder("out\(index)/release.json")))
    }
    #expect(made.count == 1)
  }
}
