import ArgumentParser
import GenomicFiles
import Workflow

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@main
enum Main {
  /// Not asynchronous: the main thread of an asynchronous `main` ends in libdispatch's `sigsuspend` with an empty mask,
  /// where a signal's default action would end the process with its partial files left behind.
  static func main() {
    // A reader that went away is an error of the write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    // So is a file that reaches the limit of sizes.
    signal(SIGXFSZ, SIG_IGN)
    blockWatchedSignals()
    let arguments = Array(CommandLine.arguments.dropFirst())
    Task.detached { exit(await run(arguments)) }
    while true { pause() }
  }

  private static func run(_ arguments: [String]) async -> Int32 {
    do {
      if let unbuilt = Unbuilt.fault(in: arguments) { throw RunError(.usage, unbuilt) }
      var command = try Apus.parseAsRoot(arguments)
      guard var asynchronous = command as? any AsyncParsableCommand else {
        try command.run()
        return 0
      }
      try await asynchronous.run()
      return 0
    } catch {
      return Failure(error).report(logFormat: LogFormat(arguments: arguments))
    }
  }
}
