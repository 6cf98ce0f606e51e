import Foundation
import GenomicFiles
import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

/// Tests of bases in PostgreSQL: one after the other, since some stop the server.
@Suite("A base in PostgreSQL", .serialized, .enabled(if: PostgreSQLCluster.isInstalled))
struct PostgreSQLTests {
  let cluster: PostgreSQLCluster
  let folder: TemporaryFolder

  init() throws {
    cluster = try PostgreSQLCluster.shared.get()
    folder = try TemporaryFolder()
  }

  /// The same people in both stores.
  struct Twins {
    let file: KnowledgeBase
    let server: KnowledgeBase

    func add(_ parts: [ConsentedContribution]) throws {
      let expected = try file.add(parts)
      #expect(try server.add(parts) == expected)
    }

    func withdraw(_ list: WithdrawalList) throws {
      let today = try Generated.day("2026-11-21")
      let expected = try file.withdraw(list, today: today)
      #expect(try server.withdraw(list, today: today) == expected)
    }

    /// Every kind of question has the same answer.
    func areEqual(_ random: inout SplitMix64) throws {
      #expect(try server.digest() == file.digest())
      #expect(try server.info() == file.info())
      let info = try file.info()
      guard info.contributions > 0 else { return }
      var questions: [Question] = Generated.names.map { .region(contig: $0, 0..<300_000) }
      questions += ["ONE", "G2", "two", "nobody's"].map(Question.gene)
      for site in Generated.sites {
        let name = Generated.names[site.contig]
        questions.append(
          .variant(contig: name, start: site.start, reference: "A", alternate: random.pick(["C", "G", "CT", "T"])))
      }
      for vrs in try file.answers(to: questions[0]).compactMap(\.vrs) { questions.append(.allele(vrs: vrs)) }
      for question in questions {
        let dimension = random.pick(ContributionDetails.dimensions + [nil])
        let indication = random.pick(["R27", nil, nil])
        let expected = try file.answers(to: question, by: dimension, indication: indication)
        #expect(try server.answers(to: question, by: dimension, indication: indication) == expected)
        if case .gene(let name) = question { #expect(try server.scope(ofGene: name) == file.scope(ofGene: name)) }
      }
    }
  }

  func twins(_ name: String) throws -> Twins {
    let file = try KnowledgeBase.create(path: folder("\(name).kb"), purpose: .research)
    let server = try KnowledgeBase.create(path: try cluster.database(name), purpose: .research, key: file.key)
    return Twins(file: file, server: server)
  }

  static func events() throws -> [ClassificationEvent.Entry] {
    try ["Pathogenic", "Benign"].map { name in
      ClassificationEvent.Entry(
        event: ClassificationEvent(
          contig: "1", start: 100, reference: "A", alternate: "C", kind: .germline, classification: name,
          date: try Generated.day("2026-05-01"), revision: 0, criteria: ["PM2"], laboratory: "699M0", versions: [:]),
        participant: "P1")
    }
  }

  @Test("Random sequences of adding, withdrawing and adding again: digests and every answer are those of SQLite")
  func sequences() throws {
    var random = SplitMix64()
    var (additions, withdrawals, isEverEmpty) = (0, 0, false)
    for round in 0..<3 {
      let twins = try twins("sequences_\(round)")
      var held: Set<String> = []
      var gone: [String: Int] = [:]
      for step in 0..<16 {
        let names = (0..<random.int(1...3)).map { _ in "P\(random.int(0...4))" }
        let name = names[0]
        let day = gone[name] ?? 0
        if held.contains(name) {
          // One may be named who is not there.
          let leaving = Set(names)
          let date = try Generated.day("2026-02-\(day + 10)")
          try twins.withdraw(
            WithdrawalList(
              leaving.sorted().enumerated().map { WithdrawalList.Entry(participant: $1, date: date, line: $0 + 1) }))
          for one in leaving where held.remove(one) != nil { withdrawals += 1 }
          for one in leaving { gone[one] = max(gone[one] ?? 0, day + 1) }
        } else {
          let plain = try Generated.plain(name, key: twins.file.key, using: &random, alleles: 12)
          let part = try ConsentedContribution(
            plain, try Generated.permission(name, date: "2026-02-\(day + 10)"), key: twins.file.key)
          try twins.add([part])
          held.insert(name)
          additions += 1
        }
        if step == 9, !held.isEmpty {
          let expected = try twins.file.classify(Self.events())
          #expect(try twins.server.classify(Self.events()) == expected)
        }
        try twins.areEqual(&random)
        isEverEmpty = isEverEmpty || held.isEmpty
      }
      let found = try twins.server.verify()
      #expect(found.problems == [])
      #expect(found == (try twins.file.verify()))
    }
    #expect(additions > 20 && withdrawals > 10 && isEverEmpty)
  }

  @Test("People in two boxes: counted, verified and withdrawn as in one")
  func boxes() throws {
    var random = SplitMix64()
    let twins = try twins("boxes")
    let parts = try (0..<270).map {
      try Generated.contribution("P\($0)", key: twins.file.key, using: &random, alleles: 3)
    }
    try twins.add(parts)
    #expect(PostgreSQLSchema.box(of: 256) != PostgreSQLSchema.box(of: 257))
    try twins.areEqual(&random)
    try twins.withdraw(try WithdrawalTests.list(["P3", "P255", "P256", "P269"]))
    try twins.areEqual(&random)
    #expect(try twins.server.verify().problems == [])
  }

  @Test("Adding twice changes nothing; another reference, other data of a person and the withdrawn are refused")
  func refusals() throws {
    var random = SplitMix64()
    let twins = try twins("refusals")
    let part = try Generated.contribution("P", key: twins.file.key, using: &random)
    try twins.add([part])
    try twins.add([part])
    let other = try Generated.contribution("P", key: twins.file.key, using: &random)
    #expect(throws: KnowledgeBaseError.self) { try twins.server.add([other]) }
    try twins.withdraw(try WithdrawalTests.list(["P"]))
    #expect(throws: PermissionError.self) { try twins.server.add([part]) }
    try twins.areEqual(&random)
  }

  @Test("Choices read again: the same outcomes, stale bases, withdrawals")
  func recheck() throws {
    var random = SplitMix64()
    let twins = try twins("recheck")
    try twins.add(try (0..<4).map { try Generated.contribution("P\($0)", key: twins.file.key, using: &random) })
    var denied = ConsentRecord(participant: "P2")
    denied.withdrawn = "2026-07-01"
    let today = try Generated.day("2026-11-21")
    for withdraws in [false, true] {
      let expected = try twins.file.recheck([denied], today: today, withdraws: withdraws)
      #expect(try twins.server.recheck([denied], today: today, withdraws: withdraws) == expected)
      #expect(try twins.server.staleness(today: today) == twins.file.staleness(today: today))
      try twins.areEqual(&random)
    }
  }

  @Test("A release and its ledger are the same bytes, before and after people left")
  func releases() async throws {
    var random = SplitMix64()
    let twins = try twins("releases")
    func people(_ range: Range<Int>) throws -> [ConsentedContribution] {
      try range.map { try Generated.contribution("P\($0)", key: twins.file.key, using: &random, alleles: 40) }
    }
    try twins.add(try people(0..<60))
    let resources = RunResources(threads: 2)
    let day = try Generated.day("2026-11-22")
    var variants = 0
    for round in 0..<3 {
      var summaries: [String] = []
      var files: [[String: [UInt8]]] = []
      for (base, name) in [(folder("releases.kb"), "file"), (cluster.address("releases"), "server")] {
        let path = folder("\(name)-\(round)")
        var summary = try await KnowledgeBase.release(
          base, to: path, options: ReleaseOptions(policy: try ReleasePolicy("nhs-central")), created: day, today: day,
          resources: resources)
        variants = summary.variants
        summary.path = ""
        summaries.append("\(summary)")
        var bytes: [String: [UInt8]] = [:]
        for file in try FileManager.default.contentsOfDirectory(atPath: path) {
          bytes[file] = try readFile("\(path)/\(file)")
        }
        files.append(bytes)
      }
      #expect(summaries[0] == summaries[1])
      #expect(files[0] == files[1], "round \(round)")
      #expect(try twins.server.releases() == twins.file.releases())
      #expect(try twins.server.verify().problems == [])
      if round == 0 { try twins.withdraw(try WithdrawalTests.list((0..<12).map { "P\($0)" })) }
      if round == 1 { try twins.add(try people(60..<90)) }
    }
    #expect(variants > 3)
  }

  @Test("A copy from PostgreSQL to a file and back is the same base")
  func copies() throws {
    var random = SplitMix64()
    let twins = try twins("copies")
    try twins.add(try (0..<5).map { try Generated.contribution("P\($0)", key: twins.file.key, using: &random) })
    _ = try twins.server.classify(Self.events())
    try WithdrawalTests.withdraw(["P0"], from: twins.server)
    try twins.server.backUp(to: folder("copy.kb"))
    let copy = try KnowledgeBase(path: folder("copy.kb"))
    #expect(copy.key.pseudonym(of: "P1") == twins.server.key.pseudonym(of: "P1"))
    #expect(try copy.verify() == twins.server.verify())
    let address = try cluster.database("copies_again")
    try copy.backUp(to: address)
    let again = try KnowledgeBase(path: address)
    #expect(try again.verify() == twins.server.verify())
    try Twins(file: copy, server: again).areEqual(&random)
    // The withdrawn are not let in through a copy.
    let part = try Generated.contribution("P0", key: again.key, using: &random)
    #expect(throws: PermissionError.self) { try again.add([part]) }
    let exists = #expect(throws: KnowledgeBaseError.self) { try copy.backUp(to: address) }
    #expect(exists?.kind == .exists)
    #expect(throws: KnowledgeBaseError.self) { try again.backUp(to: folder("copy.kb")) }
    #expect(try folder.names == ["copies.kb", "copy.kb"])
  }
}
