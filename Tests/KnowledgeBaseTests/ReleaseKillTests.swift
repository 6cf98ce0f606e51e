import Foundation
import GenomicFiles
import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

/// A base that a process is killed on while it releases.
private enum Scene {
  static let path = ProcessInfo.processInfo.environment["APUS_KILL_RELEASE"]

  static func release(_ path: String, to folder: String) async throws {
    let day = try Generated.day("2026-11-22")
    _ = try await KnowledgeBase.release(
      path, to: folder, options: ReleaseOptions(policy: try ReleasePolicy("nhs-central")), created: day, today: day,
      resources: RunResources(threads: 1))
  }
}

@Suite("A process that is killed while it releases")
struct ReleaseKillTests {
  /// Not a test of its own: the process that is killed.
  @Test("The one that is killed", .enabled(if: Scene.path != nil))
  func worker() async throws {
    let path = try #require(Scene.path)
    try Data().write(to: URL(fileURLWithPath: path + ".started"))
    try await Scene.release(path, to: path + "-out")
    try Data().write(to: URL(fileURLWithPath: path + ".ended"))
    try await Task.sleep(for: .seconds(60))
  }

  @Test(
    "At 50 random moments of a release: the base is clean, the folder is whole or not there, and the next try gives the same",
    .enabled(if: Scene.path == nil && FileManager.default.fileExists(atPath: "/proc/self/exe")))
  func killed() async throws {
    var random = SplitMix64()
    let folder = try TemporaryFolder()
    let base = try KnowledgeBase.create(path: folder("kb"), purpose: .research)
    let reference = try Generated.reference()
    let callable = Dictionary(uniqueKeysWithValues: reference.contigs.map { ($0.digest, IntervalSet([0..<300_000])) })
    let places = (0..<1500).map { _ in random.int(0...290_000) }
    _ = try base.add(
      try (0..<20).map { number in
        let observations = places.enumerated().filter { _ in random.chance(0.6) }.map { index, start in
          Contribution.Observation(
            contig: reference.contigs[index % 4].digest, start: start, reference: "A", alternate: "C", form: .literal,
            genotype: AlleleGenotype([.reference, .this]), genes: nil)
        }
        return try ConsentedContribution(
          Contribution(
            pseudonym: base.key.pseudonym(of: "P\(number)"), sex: .male, reference: reference, filters: .standard,
            callabilityBasis: "depth>=10", callable: callable, annotation: nil, observations: observations),
          try Generated.permission("P\(number)"), key: base.key)
      })
    let digest = try base.digest()
    try base.close()
    try FileManager.default.copyItem(atPath: folder("kb"), toPath: folder("whole"))
    try await Scene.release(folder("whole"), to: folder("expected"))
    let expected = try bytes(folder("expected"))
    // How long a release takes in a process of its own: other tests are at work in this one.
    try FileManager.default.copyItem(atPath: folder("kb"), toPath: folder("timed"))
    let timed = try self.start(folder("timed"))
    let start = ContinuousClock.now
    while !FileManager.default.fileExists(atPath: folder("timed.ended")), timed.isRunning { usleep(500) }
    let span = min(start.duration(to: .now), .seconds(1))
    kill(timed.processIdentifier, SIGKILL)
    timed.waitUntilExit()
    var (unfinished, entered) = (0, 0)
    for moment in 0..<50 {
      let path = folder("kb-\(moment)")
      try FileManager.default.copyItem(atPath: folder("kb"), toPath: path)
      let process = try self.start(path)
      usleep(UInt32(span / .microseconds(1)) * UInt32(random.int(0...130)) / 100)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      #expect(process.terminationReason == .uncaughtSignal)
      let again = try KnowledgeBase(path: path)
      #expect(try again.verify().problems == [], "moment \(moment)")
      #expect(try again.digest() == digest, "moment \(moment)")
      let isEntered = try !again.releases().isEmpty
      entered += isEntered ? 1 : 0
      try again.close()
      if FileManager.default.fileExists(atPath: path + "-out") {
        #expect(isEntered)
        #expect(try bytes(path + "-out") == expected, "moment \(moment)")
      } else {
        unfinished += 1
      }
      try await Scene.release(path, to: path + "-again")
      #expect(try bytes(path + "-again") == expected, "moment \(moment)")
    }
    #expect(unfinished > 10 && entered < 50, "too few were killed while they released: \(unfinished), \(entered)")
  }

  /// Starts the worker on a base, and waits until it begins.
  private func start(_ path: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(
      fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    process.arguments = ["--testing-library", "swift-testing", "--filter", "ReleaseKillTests/worker"]
    process.environment = ProcessInfo.processInfo.environment.merging(["APUS_KILL_RELEASE": path]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    while !FileManager.default.fileExists(atPath: path + ".started"), process.isRunning { usleep(500) }
    return process
  }

  private func bytes(_ path: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: path) {
      files[file] = try readFile(path + "/" + file)
    }
    return files
  }
}
