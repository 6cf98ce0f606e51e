import Foundation
import GRDB
import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

/// The base that a process is killed on.
private let killed = ProcessInfo.processInfo.environment["APUS_KILL_MIGRATION"]

@Suite("Bringing a base of an older format to this one")
struct MigrationTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private struct Stop: Error {}

  static func migrate(_ path: String, backup: String? = nil, beforeCommit: () throws -> Void = {}) throws
    -> KnowledgeBase.Migration
  {
    try KnowledgeBase.migrate(
      path: path, backup: backup, today: try Generated.day("2026-11-22"), program: "9.9", steps: FormatStep.all,
      beforeCommit: beforeCommit)
  }

  /// A base of format 3 with something in every table; its digest, and answers of today's that it was made of.
  private func three(_ name: String = "kb") throws -> (digest: String, answers: [KnowledgeBase.Answer]) {
    let now = try VerificationTests.filled(folder("now.\(name)"), people: 6, alleles: 20)
    let answers = try Self.answers(now)
    let digest = try now.digest()
    try now.close()
    try FormatThree.make(folder(name), of: folder("now.\(name)"))
    return (digest, answers)
  }

  private static func answers(_ base: KnowledgeBase) throws -> [KnowledgeBase.Answer] {
    try base.answers(to: Generated.names.map { .region(contig: $0, 0..<300_000) }, by: "assay")
  }

  @Test(
    "It is refused until it is migrated on purpose; then digest and answers are what they were, and it is remembered")
  func migrated() throws {
    let (digest, answers) = try three()
    let error = #expect(throws: KnowledgeBaseError.self) { try KnowledgeBase(path: folder("kb")) }
    #expect(error?.kind == .configuration && error?.description.contains("apus kb migrate") == true)
    let before = try readFile(folder("kb"))
    let found = try Self.migrate(folder("kb"), backup: folder("old.kb"))
    #expect(found.from == 3 && found.to == Schema.version && found.steps.count == Schema.version - 3)
    #expect(found.digest == digest && found.isBackedUp)
    let base = try KnowledgeBase(path: folder("kb"))
    #expect(try base.digest() == digest)
    #expect(try base.verify().problems.isEmpty)
    #expect(try Self.answers(base) == answers)
    let changes = try base.info().formatChanges
    #expect(changes.first == FormatChange(format: 4, previous: 3, date: "2026-11-22", program: "9.9"))
    #expect(try base.info().format == Schema.version)
    // It is used on as any other.
    var random = SplitMix64()
    _ = try base.add([try Generated.contribution("NEW", key: base.key, using: &random)])
    try WithdrawalTests.withdraw(["NEW"], from: base)
    #expect(try base.digest() == digest)
    #expect(try base.verify().problems.isEmpty)
    // The copy is the base as it was: of the old format, and good for another try.
    #expect(try KnowledgeBase(path: folder("old.kb"), formats: 3...3).key.bytes == base.key.bytes)
    #expect(try Self.migrate(folder("old.kb")).digest == digest)
    #expect(before != (try readFile(folder("kb"))))
  }

  @Test("Again it changes nothing, not a byte, and makes no copy")
  func twice() throws {
    let (digest, _) = try three()
    _ = try Self.migrate(folder("kb"))
    let bytes = try readFile(folder("kb"))
    let again = try Self.migrate(folder("kb"), backup: folder("old.kb"))
    #expect(again.steps.isEmpty && again.digest == digest && !again.isBackedUp)
    #expect(try readFile(folder("kb")) == bytes)
    #expect(!FileManager.default.fileExists(atPath: folder("old.kb")))
  }

  @Test("A newer format, and those that know too little, are refused and stay as they are", arguments: [1, 2, 5, 99])
  func otherFormats(format: Int) throws {
    let base = try KnowledgeBase.create(path: folder("kb"), purpose: .research)
    try base.queue.write { try $0.execute(sql: "PRAGMA user_version = \(format)") }
    // A program that has it open does not write to it either.
    var random = SplitMix64()
    let part = try Generated.contribution("A", key: base.key, using: &random)
    #expect(throws: KnowledgeBaseError.self) { try base.add([part]) }
    #expect(throws: KnowledgeBaseError.self) { try OpenAddition(to: base) }
    try base.close()
    let bytes = try readFile(folder("kb"))
    let error = #expect(throws: KnowledgeBaseError.self) { try Self.migrate(folder("kb"), backup: folder("old.kb")) }
    #expect(error?.kind == .configuration)
    #expect(error?.description.contains(format > 4 ? "a later one" : "add the cases again") == true)
    #expect(try readFile(folder("kb")) == bytes)
    #expect(!FileManager.default.fileExists(atPath: folder("old.kb")))
  }

  @Test(
    "A damaged base is told, and stays as it was",
    arguments: [
      "UPDATE withdrawal SET date = '2020-01-01'", "DELETE FROM classification",
      "UPDATE contribution SET sex = sex || 'x'",
      "UPDATE meta SET value = value || 'x' WHERE key = 'seal'",
      "UPDATE person_2 SET data = zeroblob(length(data)) WHERE id = (SELECT max(id) FROM person_2)",
      "DELETE FROM person_3 WHERE id = (SELECT max(id) FROM person_3)", "CREATE TABLE more (a)",
    ])
  func damaged(change: String) throws {
    _ = try three()
    let queue = try DatabaseQueue(path: folder("kb"))
    try queue.write { try $0.execute(sql: change) }
    try queue.close()
    let error = #expect(throws: KnowledgeBaseError.self) { try Self.migrate(folder("kb")) }
    #expect(error?.kind == .damaged)
    let after = try DatabaseQueue(path: folder("kb"))
    #expect(try after.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 3)
    #expect(try after.read { try !$0.tableExists("migration") })
  }

  @Test("A backup that cannot be made stops it")
  func backup() throws {
    _ = try three()
    try folder.write("something", to: "old.kb")
    let bytes = try readFile(folder("kb"))
    for name in [folder("old.kb"), folder("nowhere/old.kb")] {
      #expect(throws: KnowledgeBaseError.self) { try Self.migrate(folder("kb"), backup: name) }
      #expect(try readFile(folder("kb")) == bytes)
    }
    #expect(try folder.read("old.kb") == Array("something".utf8))
  }

  @Test("What a base remembers of its formats is under its seal")
  func planted() throws {
    _ = try three()
    _ = try Self.migrate(folder("kb"))
    for change in [
      "DELETE FROM migration", "UPDATE migration SET date = '2020-01-01'", "UPDATE migration SET program = '1'",
      "UPDATE migration SET previous = 2", "UPDATE migration SET format = 5",
      "INSERT INTO migration VALUES (9, 8, 'a', 'b', 'c')",
    ] {
      try? FileManager.default.removeItem(atPath: folder("copy"))
      try FileManager.default.copyItem(atPath: folder("kb"), toPath: folder("copy"))
      let base = try KnowledgeBase(path: folder("copy"))
      try base.queue.write { try $0.execute(sql: change) }
      #expect(try !base.verify().problems.isEmpty, "\(change)")
      try base.close()
    }
  }

  @Test("A process that dies before the commit, with half-written pages on disk: the base has its old format")
  func dead() throws {
    let (digest, _) = try three()
    let before = try readFile(folder("kb"))
    // More pages than the cache holds, so that they go into the file before the commit.
    let step = FormatStep(from: 3, summary: "much", seal: FormatStep.three.seal) { db in
      try db.run("PRAGMA cache_size = 5; CREATE TABLE much (a BLOB)")
      for _ in 0..<400 { try db.execute("INSERT INTO much VALUES (zeroblob(8000))") }
      try db.run("DROP TABLE much")
      try FormatStep.three.change(db)
    }
    #expect(throws: Stop.self) {
      try KnowledgeBase.migrate(
        path: folder("kb"), backup: nil, today: try Generated.day("2026-11-22"), program: "9.9", steps: [step]
      ) {
        for ending in ["", "-journal"] {
          try FileManager.default.copyItem(atPath: folder("kb") + ending, toPath: folder("dead") + ending)
        }
        throw Stop()
      }
    }
    #expect(try readFile(folder("dead")) != before, "the test did not catch the base half-written")
    for name in ["kb", "dead"] {
      #expect(throws: KnowledgeBaseError.self) { try KnowledgeBase(path: folder(name)) }
      #expect(try Self.migrate(folder(name)).digest == digest)
      #expect(try KnowledgeBase(path: folder(name)).verify().problems.isEmpty)
    }
  }

  /// Not a test of its own: the process that is killed.
  @Test("The one that is killed", .enabled(if: killed != nil))
  func worker() throws {
    let path = try #require(killed)
    try Data().write(to: URL(fileURLWithPath: path + ".started"))
    _ = try Self.migrate(path)
    try Data().write(to: URL(fileURLWithPath: path + ".ended"))
    while true { usleep(1000) }
  }

  @Test(
    "Killed at random moments: the old format or the new one, clean, and a retry completes",
    .enabled(if: killed == nil && FileManager.default.fileExists(atPath: "/proc/self/exe")))
  func killedAtRandom() throws {
    var random = SplitMix64()
    let (digest, _) = try three()
    let whole = try readFile(folder("kb"))
    let clock = ContinuousClock()
    let once = try clock.measure { _ = try Self.migrate(folder("kb")) }
    let longest = max(20_000, Int(once / .microseconds(1)) * 2)
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    for moment in 0..<12 {
      let path = folder("killed")
      for ending in ["", "-journal", ".started", ".ended"] {
        try? FileManager.default.removeItem(atPath: path + ending)
      }
      try folder.write(whole, to: "killed")
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = ["--testing-library", "swift-testing", "--filter", "MigrationTests/worker"]
      process.environment = ProcessInfo.processInfo.environment.merging(["APUS_KILL_MIGRATION": path]) { $1 }
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      while !FileManager.default.fileExists(atPath: path + ".started"), process.isRunning { usleep(200) }
      usleep(UInt32(random.int(0...min(longest, 1_000_000))))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      #expect(process.terminationReason == .uncaughtSignal, "moment \(moment)")
      let isDone = FileManager.default.fileExists(atPath: path + ".ended")
      let again = try Self.migrate(path)
      #expect(again.digest == digest, "moment \(moment)")
      // Who was told that it is done finds it done.
      if isDone { #expect(again.steps.isEmpty) }
      let found = try KnowledgeBase(path: path).verify()
      #expect(found.problems.isEmpty && found.digest == digest, "moment \(moment)")
    }
  }
}
