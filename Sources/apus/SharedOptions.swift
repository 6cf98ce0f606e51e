public import ArgumentParser
import Batching
import GenomicFiles
public import Logging
import Variants

/// Options of every command.
struct SharedOptions: ParsableArguments {
  @Option(
    help: "CPU threads; the default is the cores that the process may use (affinity, cgroup, SLURM_CPUS_PER_TASK).")
  var threads: Int?

  @Option(help: "Decompressed bytes of a batch, such as 64K or 4M. Outputs never depend on it.")
  var batchSize: ByteSize = ByteSize(bytes: 1 << 20)

  @Option(help: "Format of log lines on standard error: text or json.")
  var logFormat: LogFormat = .text

  @Option(help: "Least level that is logged: trace, debug, info, notice, warning, error.")
  var logLevel: Logger.Level = .warning

  @Flag(help: "Replace outputs that exist.")
  var force = false

  func validate() throws {
    if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads takes a number from 1 to 1024") }
    guard RunResources.batchByteLimits.contains(batchSize.bytes) else {
      throw ValidationError("--batch-size takes 4K to 256M")
    }
  }

  var resources: RunResources {
    RunResources(threads: threads ?? ThreadBudget.availableProcessors(), batchBytes: batchSize.bytes)
  }

  var logger: Logger {
    Logger(label: "apus", factory: { _ in StandardErrorLog(logLevel: logLevel, format: logFormat) })
  }
}

extension SharedOptions {
  /// Says what was odd but legal in the inputs, with its count.
  func warn(_ counts: [String: Int]) {
    let logger = logger
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
      logger.warning("\(name)", metadata: ["count": "\(count)"])
    }
  }
}

extension SharedOptions {
  /// Says what a reader of the arguments may take otherwise than it is meant.
  func warn(_ notes: [String]) {
    let logger = logger
    for note in notes { logger.warning("\(note)") }
  }
}

extension SharedOptions {
  /// Lists problems on standard error: as `apus vcf check` prints them or, as JSON, the same in fields.
  func list(_ report: CheckReport) {
    guard logFormat == .json else { return StandardError.write(report.text()) }
    for problem in report.problems {
      StandardError.write(
        LogLine.json([
          ("level", .text(problem.severity.rawValue)), ("message", .text(problem.message)),
          ("code", .text(problem.code.name)), ("file", .text(report.path)),
          problem.record.map { ("record", .integer($0)) } ?? ("line", .integer(problem.line)),
          ("field", .text(problem.field)), ("section", .text(problem.section)),
        ]))
    }
  }
}

extension LogFormat: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}

/// A number of bytes as people write it: `65536`, `64K`, `4M`, `1GiB`; K, M and G are powers of 1,024.
struct ByteSize: ExpressibleByArgument {
  let bytes: Int

  init(bytes: Int) { self.bytes = bytes }

  init?(argument: String) {
    let digits = argument.prefix { $0.isNumber }
    let factors: [String: Int] = ["": 1, "b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
    var unit = argument.dropFirst(digits.count).lowercased()
    if unit.hasSuffix("ib") { unit.removeLast(2) } else if unit.count > 1, unit.hasSuffix("b") { unit.removeLast() }
    guard let number = Int(digits), let factor = factors[unit], number <= Int.max / factor else { return nil }
    bytes = number * factor
  }

  var defaultValueDescription: String { bytes % (1 << 20) == 0 ? "\(bytes >> 20)M" : "\(bytes)" }
}

/// A deflate level.
func validate(level: Int) throws {
  guard (1...9).contains(level) else { throw ValidationError("--compression-level takes 1 to 9") }
}
