import ArgumentParser
import BeaconService
import Foundation

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
    // A client that went away is an error of the write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    exit(await run(Array(CommandLine.arguments.dropFirst())))
  }

  private static func run(_ arguments: [String]) async -> Int32 {
    do {
      if LiveBase.isAsked(in: arguments) {
        throw ServiceError(
          .usage, LiveBase.fault, remedy: "make a release (apus kb release) and serve it with --release")
      }
      var command = try ApusBeacon.parseAsRoot(arguments)
      guard var asynchronous = command as? any AsyncParsableCommand else {
        try command.run()
        return 0
      }
      try await asynchronous.run()
      return 0
    } catch {
      return Failure(error).report()
    }
  }
}

/// A live base, which is not served: see Docs/beacon.md, "Why no live base".
enum LiveBase {
  static let fault =
    "--kb is refused: counts of a live base change by one person, and two answers, however they are rounded, would "
    + "tell of whom"

  static func isAsked(in arguments: [String]) -> Bool {
    arguments.prefix { $0 != "--" }.contains { $0 == "--kb" || $0.hasPrefix("--kb=") }
  }
}

/// An error as a person and a scheduler are told of it: a line and an exit code of CLI.md.
struct Failure {
  private let code: Int32
  private let text: String

  init(_ error: any Error) {
    if let error = error as? ServiceError {
      code = error.kind.exitCode
      text = "apus-beacon: error: \(error)\n"
    } else {
      let status = ApusBeacon.exitCode(for: error)
      code = status.rawValue
      if status == .success {
        text = ApusBeacon.fullMessage(for: error) + "\n"
      } else if error is ExitCode {
        text = ""
      } else {
        let message = ApusBeacon.message(for: error)
        text = "apus-beacon: error: \(message.isEmpty ? "\(error)" : message); see apus-beacon --help\n"
      }
    }
  }

  /// Prints the failure and returns the exit code.
  func report() -> Int32 {
    let output = code == 0 ? FileHandle.standardOutput : FileHandle.standardError
    output.write(Data(text.utf8))
    return code
  }
}
