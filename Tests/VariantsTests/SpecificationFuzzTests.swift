import EngineTestSupport
import Foundation
import Testing
import Variants

/// The specification's own examples with random damage: nothing traps, and the report does not depend on the batches.
@Suite(.enabled(if: SharedData.isThere), .timeLimit(.minutes(10)))
struct SpecificationFuzzTests {
  @Test(arguments: seeds(2))
  func `a damaged example of the specification is checked to its end`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed &+ 4711)
    let paths = try ["4.1/passed", "4.1/failed", "4.2/passed", "4.2/failed"].flatMap {
      try SharedData.files("spec/vcf/\($0)").filter { $0.hasSuffix(".vcf") }
    }
    let examples = try paths.map { Array(try Data(contentsOf: URL(fileURLWithPath: $0))) }.filter { $0.count > 100 }
    try #require(examples.count > 300)
    let folder = try ScratchFolder()
    let path = folder.path("f.vcf")
    var clean = 0
    for number in 0..<600 {
      var text = random.pick(examples)
      CheckFuzzTests.mutate(&text, &random)
      try Data(text).write(to: URL(fileURLWithPath: path))
      let report = try await checkFile(path, threads: 2)
      let other = try await checkFile(path, threads: 1, batchBytes: 4096)
      #expect(report.text() == other.text(), "seed \(seed), case \(number)")
      // What goes to a terminal is printable.
      #expect(!report.text().utf8.contains { $0 < 32 && $0 != 10 }, "seed \(seed), case \(number)")
      clean += report.errors == 0 ? 1 : 0
    }
    #expect(clean < 500)
  }
}
