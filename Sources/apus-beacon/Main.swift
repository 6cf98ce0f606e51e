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
      if let unbuilt = Unbuilt.fault(in: arguments) {
        throw ServiceError(.usage, unbuilt, remedy: "see apus-beacon --help")
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

/// Flags of the contract that this version does not have.
enum Unbuilt {
  /// What is wrong with the arguments; nil when they use nothing that is not built.
  static func fault(in arguments: [String]) -> String? {
    let isAsked = arguments.prefix { $0 != "--" }.contains { $0 == "--kb" || $0.hasPrefix("--kb=") }
    return isAsked ? "--kb (serving a live base) is not built yet in this version; serve a release with --release" : nil
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
