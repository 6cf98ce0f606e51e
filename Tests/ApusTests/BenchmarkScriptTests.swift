import TestSupport
import Testing

@Suite("What Scripts/bench writes")
struct BenchmarkScriptTests {
  @Test(
    "bench.json, the README's table of it, and thresholds that a planted 20 % fails", .enabled(if: Peer.has("python3")))
  func script() throws {
    let folder = try TemporaryFolder()
    // unittest tells of its tests on standard error.
    let outcome = try Peer.outcome("python3 '\(Command.package)/Scripts/Benchmarking/tests.py'", in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("\nOK"))
  }
}
