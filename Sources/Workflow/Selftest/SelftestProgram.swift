import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The installed program, run as people run it, in a folder of its own.
struct SelftestProgram: Sendable {
  /// What a run left.
  struct Outcome: Sendable {
    /// The exit code; 128 and the signal's number where a signal ended it.
    var code: Int32
    var output: String
    var errors: String
    /// The first line of standard error.
    var firstError: String { String(errors.prefix { $0 != "\n" }) }
  }

  let path: String
  let folder: String

  /// Runs it to its end. Blocks.
  /// - Throws: `RunError` where it cannot be started.
  func run(_ arguments: [String]) throws -> Outcome {
    let (output, errors) = (folder + "/.output", folder + "/.errors")
    defer {
      unlink(output)
      unlink(errors)
    }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, ".output", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, ".errors", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var pointers: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var process: pid_t = 0
    // Names in the outputs are the same wherever the check runs: the program starts in the folder, which it has from this
    // process (a file action that changes the folder is a GNU extension that Swift does not see).
    let here = open(".", O_RDONLY | O_CLOEXEC)
    guard here >= 0 else { throw failure(systemMessage(errno)) }
    defer { close(here) }
    guard chdir(folder) == 0 else { throw failure(systemMessage(errno)) }
    let status = posix_spawn(&process, path, &actions, nil, &pointers, environ)
    guard fchdir(here) == 0 else { throw failure(systemMessage(errno)) }
    guard status == 0 else { throw failure(systemMessage(status)) }
    var ending: Int32 = 0
    while waitpid(process, &ending, 0) < 0 {
      guard errno == EINTR else { throw failure(systemMessage(errno)) }
    }
    // Signal in the low seven bits, exit code in the next eight (wait.h has macros, which Swift does not see).
    let signal = ending & 0x7F
    return Outcome(
      code: signal == 0 ? ending >> 8 & 0xFF : 128 + signal, output: try text(output), errors: try text(errors))
  }

  private func text(_ path: String) throws -> String { String(decoding: try readWhole(path), as: UTF8.self) }

  private func failure(_ reason: String) -> RunError {
    RunError(.internalFault, "the program could not be run by its own check: \(reason); check the installation")
  }

  /// The program that this process is.
  static var own: String {
    #if canImport(Darwin)
      var size: UInt32 = 0
      _NSGetExecutablePath(nil, &size)
      var name = [CChar](repeating: 0, count: Int(size))
      guard _NSGetExecutablePath(&name, &size) == 0 else { return CommandLine.arguments[0] }
      return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #else
      // The very file, also where another has taken its name since.
      return "/proc/self/exe"
    #endif
  }
}
