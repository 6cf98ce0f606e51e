import Foundation
import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

/// The process that is killed; not a test of its own.
@Suite("The process that is killed while it writes to PostgreSQL")
struct PostgreSQLWorker {
  static let address = ProcessInfo.processInfo.environment["APUS_KILL_POSTGRESQL"]
  static let started = ProcessInfo.processInfo.environment["APUS_KILL_STARTED"]

  @Test("The one that is killed", .enabled(if: address != nil))
  func worker() throws {
    let base = try KnowledgeBase(path: try #require(Self.address))
    let parts = try PostgreSQLTests.parts(base.key)
    try Data().write(to: URL(fileURLWithPath: try #require(Self.started)))
    while true {
      _ = try base.add(parts)
      try base.write { db in
        // Without a token, or the next choice would have to be later.
        try db.dropRows(of: Set(try db.integers("SELECT id FROM contribution WHERE id > 1")))
        let first = try base.people(db).filter { $0.id == 1 }
        try base.rewritePeople(first, db)
        try KnowledgeBase.seal(db)
      }
    }
  }
}

extension PostgreSQLTests {
  static func parts(_ key: PseudonymKey) throws -> [ConsentedContribution] {
    var random = SplitMix64(seed: 5)
    return try (1..<6).map { try Generated.contribution("P\($0)", key: key, using: &random, alleles: 20) }
  }

  private struct Stop: Error {}

  @Test("A second writer is told that the base is busy")
  func busy() throws {
    var random = SplitMix64()
    let first = try KnowledgeBase.create(path: try cluster.database("busy"), purpose: .research)
    let second = try KnowledgeBase(path: cluster.address("busy"))
    let part = try Generated.contribution("A", key: first.key, using: &random)
    _ = try first.add([part]) {
      let error = #expect(throws: KnowledgeBaseError.self) { try second.requireWritable() }
      #expect(error?.kind == .busy)
    }
    try second.requireWritable()
    let open = try OpenAddition(to: first)
    let error = #expect(throws: KnowledgeBaseError.self) { try OpenAddition(to: second) }
    #expect(error?.kind == .busy)
    open.rollBack()
    try second.requireWritable()
  }

  @Test("No base, another format, a base that is there already, no address: each is told apart")
  func kinds() throws {
    let address = try cluster.database("kinds")
    #expect(throws: KnowledgeBaseError.self) { try KnowledgeBase(path: address) }
    func kind(_ body: () throws -> Void) -> KnowledgeBaseError.Kind? {
      do {
        try body()
        return nil
      } catch { return (error as? KnowledgeBaseError)?.kind }
    }
    #expect(kind { _ = try KnowledgeBase(path: address) } == .missing)
    try KnowledgeBase.create(path: address, purpose: .clinical).close()
    #expect(try KnowledgeBase(path: address).purpose == .clinical)
    #expect(kind { _ = try KnowledgeBase.create(path: address, purpose: .research) } == .exists)
    try cluster.sql("UPDATE apus.meta SET value = '2' WHERE key = 'format'", in: "kinds")
    #expect(kind { _ = try KnowledgeBase(path: address) } == .configuration)
    #expect(kind { _ = try KnowledgeBase(path: "postgresql://[") } == .missing)
    try cluster.sql("DROP DATABASE IF EXISTS latin", in: "postgres")
    try cluster.sql("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'", in: "postgres")
    #expect(kind { _ = try KnowledgeBase.create(path: cluster.address("latin"), purpose: .research) } == .configuration)
    try cluster.sql("DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN PASSWORD 'guest'", in: "postgres")
    let guest = cluster.address("kinds").replacingOccurrences(
      of: "apus:\(PostgreSQLCluster.password)", with: "guest:guest")
    #expect(kind { _ = try KnowledgeBase(path: guest) } == .missing)
  }

  @Test("Refused, unreachable, unknown: unavailable, and no message has the password")
  func unavailable() throws {
    let address = try cluster.database("unavailable")
    try KnowledgeBase.create(path: address, purpose: .research).close()
    let wrong = "wrong-and-secret"
    let addresses = [
      cluster.address("unavailable", password: wrong), cluster.address("nobodys", password: wrong),
      "postgresql://apus:\(wrong)@127.0.0.1:1/unavailable",
      "postgresql://127.0.0.1:1/unavailable?user=apus&password=\(wrong)",
      "postgresql://apus:\(wrong)@127.0.0.1:port/unavailable", "postgresql://apus:\(wrong)%00@127.0.0.1/x",
    ]
    for (index, address) in addresses.enumerated() {
      let error = #expect(throws: KnowledgeBaseError.self) { try KnowledgeBase(path: address) }
      #expect(index == 5 ? error?.kind == .missing : error?.kind == .unavailable, "\(index)")
      #expect(!(error?.description.contains(wrong) ?? true))
      #expect(!KnowledgeBase.name(of: address).contains(wrong))
    }
    #expect(KnowledgeBase.name(of: address) == "postgresql://apus@127.0.0.1:\(cluster.port)/unavailable")
    #expect(try KnowledgeBase(path: address).path == KnowledgeBase.name(of: address))
    #expect(KnowledgeBase.name(of: "lab.kb") == "lab.kb")
  }

  @Test("A server that is started anew while a case is added: the base is as it was, and the next try completes")
  func restart() throws {
    var random = SplitMix64()
    let base = try KnowledgeBase.create(path: try cluster.database("restart"), purpose: .research)
    let parts = try (0..<3).map { try Generated.contribution("P\($0)", key: base.key, using: &random, alleles: 20) }
    _ = try base.add([parts[0]])
    let digest = try base.digest()
    for mode in ["fast", "immediate"] {
      let error = #expect(throws: KnowledgeBaseError.self) {
        try base.add([parts[1]]) {
          try cluster.stop(mode)
          try cluster.start()
        }
      }
      #expect(error?.kind == .unavailable)
      #expect(try base.digest() == digest)
    }
    // In the middle of an addition of one person at a time, which is not gone on with by itself.
    let open = try OpenAddition(to: base)
    #expect(try open.add(parts[1]) == .added)
    try cluster.stop("immediate")
    let down = #expect(throws: KnowledgeBaseError.self) { try KnowledgeBase(path: cluster.address("restart")) }
    #expect(down?.kind == .unavailable)
    try cluster.start()
    let lost = #expect(throws: KnowledgeBaseError.self) { try open.add(parts[2]) }
    #expect(lost?.kind == .unavailable)
    #expect(throws: KnowledgeBaseError.self) { try open.commit() }
    open.rollBack()
    #expect(try base.digest() == digest)
    #expect(try base.add(parts) == [.present, .added, .added])
    #expect(try base.verify().problems == [])
  }

  @Test("A failure while rows are copied leaves the base as it was")
  func givenUp() throws {
    var random = SplitMix64()
    let base = try KnowledgeBase.create(path: try cluster.database("given_up"), purpose: .research)
    _ = try base.add([try Generated.contribution("A", key: base.key, using: &random)])
    let digest = try base.digest()
    let part = try Generated.contribution("B", key: base.key, using: &random)
    #expect(throws: Stop.self) { try base.add([part]) { throw Stop() } }
    #expect(throws: Stop.self) {
      try base.write { db in
        try db.writeRows(of: 2) { row in
          try row(PersonTable.key(.labels), [1, 2, 3])
          throw Stop()
        }
      }
    }
    #expect(try base.digest() == digest)
    #expect(try base.add([part]) == [.added])
  }

  @Test(
    "A client that is killed at random moments: clean, in one of the states that were whole, and a retry completes",
    .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/exe")))
  func killed() throws {
    var random = SplitMix64()
    let address = try cluster.database("killed")
    let base = try KnowledgeBase.create(path: address, purpose: .research)
    let parts = try Self.parts(base.key)
    _ = try base.add([try Generated.contribution("P0", key: base.key, using: &random)])
    let without = try base.digest()
    _ = try base.add(parts)
    let with = try base.digest()
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    var seen: Set<String> = []
    for moment in 0..<8 {
      let started = folder("started-\(moment)")
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = ["--testing-library", "swift-testing", "--filter", "PostgreSQLWorker/worker"]
      process.environment = ProcessInfo.processInfo.environment.merging([
        "APUS_KILL_POSTGRESQL": address, "APUS_KILL_STARTED": started,
      ]) { $1 }
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      while !FileManager.default.fileExists(atPath: started), process.isRunning { usleep(500) }
      usleep(UInt32(random.int(0...150_000)))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      #expect(process.terminationReason == .uncaughtSignal)
      // The server sees soon that its client is gone.
      var tries = 0
      while tries < 200, (try? base.requireWritable()) == nil {
        usleep(20_000)
        tries += 1
      }
      let digest = try base.digest()
      #expect([without, with].contains(digest))
      #expect(try base.verify().problems == [])
      seen.insert(digest)
      #expect(try base.add(parts).count == parts.count)
      #expect(try base.digest() == with)
    }
    print("states seen after a kill: \(seen.count)")
  }
}
