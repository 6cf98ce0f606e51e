import ArgumentParser
import CValgrind
import HotLoops

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Prints a line a loop: name, tab, what a pass does.")

  func run() {
    for loop in HotLoop.all { print("\(loop.name)\t\(loop.summary)") }
  }
}

struct PrepareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare", abstract: "Makes the data of all loops, where they are not there yet.",
    discussion: "Example: apus-hotloops prepare --data loops/")

  @Option(help: "The folder to make.")
  var data: String

  func run() throws {
    let data = HotLoopData(folder: data)
    try waiting { try await data.prepare() }
  }
}

struct CountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "count", abstract: "Runs a loop's passes between callgrind's start and stop; prints what they saw.",
    discussion: """
      Example: valgrind --tool=callgrind --instr-atstart=no apus-hotloops count vcf-scan --data loops/
      """)

  @Argument(help: "The loop.")
  var loop: String

  @Option(help: "The folder that prepare made.")
  var data: String

  @Flag(help: "A pass more, which is 20 % of them: a regression that the thresholds have to find.")
  var plant = false

  func run() throws {
    guard apus_valgrind_is_built_in() != 0 else {
      throw ValidationError("built without valgrind's header (Debian: valgrind); install it and build again")
    }
    let loop = try HotLoop.named(loop)
    let data = HotLoopData(folder: data)
    let passes = HotLoop.passes + (plant ? 1 : 0)
    // What is made once and kept is not the loop's.
    let seen = try waiting { try await loop.pass(over: data) }
    apus_callgrind_start()
    try waiting { for _ in 0..<passes { _ = try await loop.pass(over: data) } }
    apus_callgrind_stop()
    print("seen\t\(seen)")
    if apus_valgrind_is_running() == 0 { print("counted\tno: not under valgrind") }
  }
}
