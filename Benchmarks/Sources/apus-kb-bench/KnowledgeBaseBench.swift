import ArgumentParser
import Foundation
import Genomics
import KnowledgeBase
import Service
import SyntheticBase

/// Times a base of synthetic people: a line a measurement, name, tab, value, tab, unit.
@main
struct KnowledgeBaseBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apus-kb-bench", abstract: "Times adding, asking and withdrawing on a base of synthetic people.",
    discussion: """
      Example: apus-kb-bench --people 100 --alleles 500000 --base bench.kb
      """)

  @Option(help: "People.")
  var people = 20

  @Option(help: "Alleles of each.")
  var alleles = 500_000

  @Option(help: "Questions of each kind.")
  var questions = 500

  @Option(
    help: "The base: a file that does not exist yet, or the address of a database without a base. It is left there.")
  var base: String

  @Flag(help: "Read everything again at the end, too: digest and verify.")
  var verify = false

  @Flag(help: "The base was left by an earlier run: it is asked, and nothing is added or withdrawn.")
  var existing = false

  func run() throws {
    guard people >= 2, alleles >= 1000, questions >= 10 else {
      throw ValidationError("--people is at least 2, --alleles 1000, --questions 10")
    }
    guard let today = CalendarDate(secondsSince1970: Int(Date().timeIntervalSince1970)) else {
      throw ValidationError("the clock is not set")
    }
    let synthetic = SyntheticPeople()
    if existing { return try ask(try KnowledgeBase(path: base), synthetic) }
    let kb = try KnowledgeBase.create(path: base, purpose: .research)
    var additions: [Double] = []
    for number in 0..<people {
      let person = try synthetic.person(number, alleles: alleles, key: kb.key, today: today)
      additions.append(try seconds { _ = try kb.add([person]) })
    }
    tell("add-first", additions[0], "s")
    tell("add-median", additions.sorted()[people / 2], "s")
    tell("add-last", additions[people - 1], "s")
    // A server has its own files.
    let size = (try? FileManager.default.attributesOfItem(atPath: base)[.size]) as? Int
    let observations = try kb.info(countsAlleles: false).observations
    tell("observations", Double(observations), "alleles of people")
    if let size { tell("bytes-per-observation", Double(size) / Double(observations), "bytes") }
    try ask(kb, synthetic)
    let list = WithdrawalList([WithdrawalList.Entry(participant: "SYN-0", date: today, line: 1)])
    let withdrawal = try seconds { _ = try kb.withdraw(list, today: today) }
    tell("withdraw", withdrawal, "s")
    tell("withdraw-per-add", withdrawal / additions.sorted()[people / 2], "x")
    if verify {
      let digest = try seconds { _ = try kb.digest() }
      tell("digest", digest, "s")
      tell("refold-throughput", Double(observations) / digest, "alleles of people per s")
      tell("verify", try seconds { _ = try kb.verify() }, "s")
    }
  }

  /// Asks the three kinds of question, of a file that the system has in memory: what it drops in the minutes of adding is
  /// the machine's own.
  private func ask(_ kb: KnowledgeBase, _ synthetic: SyntheticPeople) throws {
    if let file = FileHandle(forReadingAtPath: base) {
      while let part = try file.read(upToCount: 1 << 22), !part.isEmpty {}
      try file.close()
    }
    var random = Generator(state: 7)
    try ask("point", of: kb) {
      let contig = "\(random.next() % 22 + 1)"
      return .variant(contig: contig, start: Int(random.next() % 129_000_000), reference: "A", alternate: "C")
    }
    let symbols = synthetic.symbols
    try ask("gene", of: kb) { .gene(symbols[Int(random.next() % UInt64(symbols.count))]) }
    let identifiers = try kb.answers(to: .region(contig: "7", 1_000_000..<1_200_000)).compactMap(\.vrs)
    // Few alleles leave the region empty.
    guard !identifiers.isEmpty else { return }
    try ask("vrs", of: kb) { .allele(vrs: identifiers[Int(random.next() % UInt64(identifiers.count))]) }
  }

  /// Times questions, and tells the median and the 99th percentile.
  private func ask(_ name: String, of kb: KnowledgeBase, _ make: () -> Question) throws {
    var times: [Double] = []
    for _ in 0..<questions {
      let question = make()
      times.append(try seconds { _ = try kb.answers(to: question) })
    }
    times.sort()
    tell("\(name)-p50", times[questions / 2] * 1000, "ms")
    tell("\(name)-p99", times[questions * 99 / 100] * 1000, "ms")
  }

  private func seconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let begin = clock.now
    try body()
    return (clock.now - begin) / .seconds(1)
  }

  private func tell(_ name: String, _ value: Double, _ unit: String) {
    print("\(name)\t\(String(format: "%.4g", value))\t\(unit)")
  }
}
