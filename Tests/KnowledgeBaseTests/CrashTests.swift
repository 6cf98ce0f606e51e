import Foundation
import GRDB
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("What interrupts an addition leaves the base as it was")
struct CrashTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private struct Stop: Error {}

  @Test("A failure at the last moment rolls everything back")
  func failure() throws {
    var random = SplitMix64()
    let base = try KnowledgeBase.create(path: folder("kb"), purpose: .research)
    _ = try base.add([try Generated.contribution("A", key: base.key, using: &random)])
    let digest = try base.digest()
    let part = try Generated.contribution("B", key: base.key, using: &random)
    #expect(throws: Stop.self) { try base.add([part]) { throw Stop() } }
    #expect(try base.digest() == digest)
    #expect(try base.info().contributions == 1)
  }

  @Test("A process that dies with half-written pages and a journal on disk: the next one finds the base as it was")
  func dead() throws {
    var random = SplitMix64()
    let path = folder("kb")
    let base = try KnowledgeBase.create(path: path, purpose: .research)
    _ = try base.add([try Generated.contribution("A", key: base.key, using: &random)])
    let digest = try base.digest()
    let before = try readFile(path)
    // A page cache this small spills changed pages into the file long before the commit.
    try base.queue.inDatabase { try $0.execute(sql: "PRAGMA cache_size = 5") }
    let parts = try (0..<400).map { try Generated.contribution("B\($0)", key: base.key, using: &random) }
    #expect(throws: Stop.self) {
      try base.add(parts) {
        for ending in ["", "-journal"] {
          try FileManager.default.copyItem(atPath: path + ending, toPath: folder("dead") + ending)
        }
        throw Stop()
      }
    }
    #expect(try readFile(folder("dead")) != before, "the test did not catch the base half-written")
    #expect(try KnowledgeBase(path: folder("dead")).digest() == digest)
  }

  @Test("An addition that takes people one at a time: all of them or none, also where it is given up half-way")
  func oneAtATime() throws {
    var random = SplitMix64()
    let path = folder("kb")
    let base = try KnowledgeBase.create(path: path, purpose: .research)
    let parts = try (0..<4).map { try Generated.contribution("P\($0)", key: base.key, using: &random) }
    let empty = try base.digest()
    let given = try OpenAddition(to: base)
    for part in parts { #expect(try given.add(part) == .added) }
    let other = try KnowledgeBase(path: path)
    #expect(throws: KnowledgeBaseError.self) { try OpenAddition(to: other) }
    given.rollBack()
    #expect(try base.digest() == empty)
    let taken = try OpenAddition(to: base)
    for part in parts { #expect(try taken.add(part) == .added) }
    #expect(try taken.add(parts[0]) == .present)
    try taken.commit()
    taken.rollBack()
    let scratch = try KnowledgeBase(inMemory: base.key)
    _ = try scratch.add(parts.reversed())
    #expect(try KnowledgeBase(path: path).digest() == (try scratch.digest()))
  }

  @Test("A base of another format is refused by both numbers, and is no damage")
  func otherFormat() throws {
    let base = try KnowledgeBase.create(path: folder("kb"), purpose: .research)
    try base.queue.write { try $0.execute(sql: "PRAGMA user_version = 1") }
    let error = #expect(throws: KnowledgeBaseError.self) { try KnowledgeBase(path: folder("kb")) }
    #expect(error?.kind == .configuration)
    #expect(error?.description.contains("format 1") ?? false)
    #expect(error?.description.contains("format \(Schema.version)") ?? false)
  }

  @Test("A second writer is told that the base is busy")
  func busy() throws {
    var random = SplitMix64()
    let first = try KnowledgeBase.create(path: folder("kb"), purpose: .research)
    let second = try KnowledgeBase(path: folder("kb"))
    let part = try Generated.contribution("A", key: first.key, using: &random)
    _ = try first.add([part]) {
      let error = #expect(throws: KnowledgeBaseError.self) { try second.requireWritable() }
      #expect(error?.kind == .busy)
    }
    try second.requireWritable()
  }

  @Test(
    "What is no base is refused by name", arguments: ["", "not a database at all, but long enough to be looked at"])
  func notABase(content: String) throws {
    try folder.write(content, to: "kb")
    let error = #expect(throws: KnowledgeBaseError.self) { try KnowledgeBase(path: folder("kb")) }
    #expect(error?.kind == .damaged)
    #expect(throws: KnowledgeBaseError.self) { try KnowledgeBase.create(path: folder("kb"), purpose: .research) }
    #expect(throws: KnowledgeBaseError.self) { try KnowledgeBase(path: folder("missing")) }
  }
}
