import ArgumentParser

/// How `apus run` goes about a sheet of many cases.
struct BatchOptions: ParsableArguments {
  @Option(
    name: .customLong("case"),
    help: """
      Run this case of the sheet alone; may be given several times. The batch's report is left to --report-only, so that \
      jobs may run side by side in one folder.
      """)
  var cases: [String] = []

  @Flag(
    help: """
      Run nothing: print what each case will need (tab-separated, a line a case: threads, memory, disk, minutes), from \
      the sizes of its files. --threads is the most that a case may have.
      """)
  var estimate = false

  @Flag(help: "Run nothing: write batch.html and batch.json from how each case of the sheet ended last.")
  var reportOnly = false

  @Option(
    help: """
      Memory that cases side by side may need together by their estimates, such as 16G; the default is what the process \
      may use (cgroup, Slurm's job, the machine). A case that needs more than a given --memory fails with 75.
      """)
  var memory: ByteSize?

  func validate() throws {
    if let memory, memory.bytes <= 0 { throw ValidationError("--memory takes a size such as 16G") }
    if estimate, reportOnly { throw ValidationError("give --estimate or --report-only, not both") }
    if reportOnly, !cases.isEmpty { throw ValidationError("--report-only tells of the whole sheet: leave out --case") }
  }
}
