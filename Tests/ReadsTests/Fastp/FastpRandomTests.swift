import EngineTestSupport
import Foundation
import Reads
import Testing

/// Random options over random reads: what no table of cases thinks of.
@Suite(.enabled(if: FastpPeer.isInstalled), .serialized)
struct FastpRandomTests {
  /// Options that fastp takes too. What differs on purpose is left out.
  private func options(_ random: inout SeededGenerator, isPaired: Bool) -> ReadOptions {
    var options = random.readOptions()
    options.dropsDuplicates = false
    options.keepsEmptyReads = false
    // fastp's names of instruments are others; it takes no adapter of three bases, and no two that are found and given.
    if options.polyG == .automatic { options.polyG = .never }
    for adapter in [\ReadOptions.Adapters.sequence1, \.sequence2]
    where options.adapters[keyPath: adapter].map({ $0.count < 4 }) == true {
      options.adapters[keyPath: adapter] = nil
    }
    if options.adapters.sequence1 == nil || options.adapters.sequence2 == nil {
      options.adapters.sequence2 = options.adapters.sequence1
    }
    options.adapters.detects = !isPaired
    // fastp takes 1 to 36 for the front, and says so of all, but 1 to 30 for the others.
    for window in [\ReadOptions.cutFront, \.cutTail, \.cutRight] {
      guard let mean = options[keyPath: window]?.meanQuality else { continue }
      options[keyPath: window]?.meanQuality = min(30, mean)
    }
    options.overlap.shortest = max(1, options.overlap.shortest)
    options.correctsBases = options.correctsBases && isPaired
    if var identifiers = options.molecularIdentifiers {
      identifiers.length = max(1, identifiers.length)
      if !isPaired, [.index2, .read2].contains(identifiers.place) { identifiers.place = .read1 }
      options.molecularIdentifiers = identifiers
    }
    return options
  }

  private func pairs(_ random: inout SeededGenerator) -> GeneratedPairs {
    GeneratedPairs(
      count: 400, length: random.pick([1, 5, 20, 40, 100, 151, 600]), variesLength: random.oneIn(2),
      insert: random.pick([(5, 4), (30, 20), (60, 50), (150, 90), (700, 300)]),
      qualities: random.pick([[35, 44, 58, 70], (0...41).map { $0 + 33 }, [73], (0...93).map { $0 + 33 }]),
      errorIn: random.pick([10, 50, 1000]), uncalledIn: random.pick([5, 100, 10_000]))
  }

  @Test(arguments: seeds(16))
  func `fastp does the same whatever it is asked for`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let isPaired = random.oneIn(2)
    let generated = try FastpSet("random-\(seed)", pairs(&random), seed: seed)
    let set = isPaired ? generated : generated.single
    let options = options(&random, isPaired: isPaired)
    let theirs = try FastpPeer.theirs(set, options.fastpArguments(isPaired: isPaired))
    let ours = try await FastpPeer.ours(set, options).result
    let areEqual = ours.reads == theirs.reads
    #expect(areEqual, "\(options)")
    let differences = ReportDifferences(ours: ours.report, theirs: theirs.report).found
    #expect(differences.isEmpty, "\(differences.prefix(5)) \(options)")
  }
}
