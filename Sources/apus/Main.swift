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
  static func main() async {
    // A reader that went away is an error of the write, not the end of the process with partial files left behind.
    signal(SIGPIPE, SIG_IGN)
    let arguments = Array(CommandLine.arguments.dropFirst())
    exit(await run(arguments))
  }

  /// Runs the command off the main actor, so that the main thread does nothing but wait.
  nonisolated private static func run(_ arguments: [String]) async -> Int32 {
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
