import Foundation
import GRDB
import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

/// A base that a process is killed on, and what may enter and leave it.
private enum Scene {
  static let path = ProcessInfo.processInfo.environment["APUS_KILL_BASE"]

  /// Large enough that adding and withdrawing take some milliseconds each.
  static func part(_ name: String, key: PseudonymKey, seed: UInt64) throws -> ConsentedContribution {
    var random = SplitMix64(seed: seed)
    let reference = try Generated.reference()
    let observations = (0..<3000).map { index in
      Contribution.Observation(
        contig: reference.contigs[index % 4].digest, start: random.int(0...290_000), reference: "A", alternate: "C",
        form: .literal, genotype: AlleleGenotype([.reference, .this]), genes: GeneSet(text: "G\(index % 300)|"))
    }
    // The choice is of a later day than every withdrawal here.
    return try ConsentedContribution(
      Contribution(
        pseudonym: key.pseudonym(of: name), sex: .male, reference: reference, filters: .standard, callabilityBasis: nil,
        callable: [:], annotation: "cache", observations: observations),
      try Generated.permission(name, date: "2026-07-01"), key: key)
  }
}

@Suite("A process that is killed while it writes")
struct KillTests {
  /// Not a test of its own: the process that is killed.
  @Test("The one that is killed", .enabled(if: Scene.path != nil))
  func worker() throws {
    let base = try KnowledgeBase(path: try #require(Scene.path))
    // Changed pages go into the file long before the commit.
    try base.queue.inDatabase { try $0.execute(sql: "PRAGMA cache_size = 50") }
    let part = try Scene.part("P", key: base.key, seed: 2)
    try Data().write(to: URL(fileURLWithPath: try #require(Scene.path) + ".started"))
    // From whichever state it is in, so that a slow machine sees both ways begin.
    if try base.info(countsAlleles: false).contributions == 1 { _ = try base.add([part]) }
    while true {
      try WithdrawalTests.withdraw(["P"], from: base)
      _ = try base.add([part])
    }
  }

  @Test(
    "At 50 random moments of adding and withdrawing: clean, in one of the two states, and a retry completes",
    .enabled(if: Scene.path == nil && FileManager.default.fileExists(atPath: "/proc/self/exe")))
  func killed() throws {
    var random = SplitMix64()
    let folder = try TemporaryFolder()
    let path = folder("kb")
    let base = try KnowledgeBase.create(path: path, purpose: .research)
    let key = base.key
    let (other, part) = (try Scene.part("O", key: key, seed: 1), try Scene.part("P", key: key, seed: 2))
    _ = try base.add([other])
    let without = try base.digest()
    _ = try base.add([part])
    let with = try base.digest()
    // As long as this machine takes, as busy as it is, for both ways.
    let clock = ContinuousClock()
    let both = try clock.measure {
      try WithdrawalTests.withdraw(["P"], from: base)
      _ = try base.add([part])
    }
    let longest = max(120_000, Int(both / .microseconds(1)) * 2)
    try base.close()
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    var interrupted = 0
    var seen: Set<String> = []
    for moment in 0..<50 {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = ["--testing-library", "swift-testing", "--filter", "KillTests/worker"]
      process.environment = ProcessInfo.processInfo.environment.merging(["APUS_KILL_BASE": path]) { $1 }
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      while !FileManager.default.fileExists(atPath: path + ".started"), process.isRunning { usleep(500) }
      usleep(UInt32(random.int(0...min(longest, 2_000_000))))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      #expect(process.terminationReason == .uncaughtSignal)
      try? FileManager.default.removeItem(atPath: path + ".started")
      if FileManager.default.fileExists(atPath: path + "-journal") { interrupted += 1 }
      let again = try KnowledgeBase(path: path)
      let found = try again.verify()
      #expect(found.problems.isEmpty, "moment \(moment)")
      let digest = try #require(found.digest)
      #expect(digest == with || digest == without, "moment \(moment)")
      seen.insert(digest)
      // The retry, to its end.
      if digest == with {
        #expect(try WithdrawalTests.withdraw(["P"], from: again).certificate.digestAfter == without)
      }
      #expect(try again.add([part]) == [.added])
      #expect(try again.digest() == with)
      // The next one begins in the other state.
      if moment % 2 == 0 { try WithdrawalTests.withdraw(["P"], from: again) }
      try again.close()
    }
    // On a busy machine most are killed before or between their writes.
    #expect(interrupted > 0, "none was killed while it wrote")
    #expect(seen.count == 2)
  }
}
