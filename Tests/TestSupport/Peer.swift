import Foundation

/// Other programs that results are held against.
package enum Peer {
  /// What a command did.
  package struct Outcome: Sendable {
    package var code: Int32
    package var output: [UInt8]
    package var errors: String
    package var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// A command that was to succeed and did not.
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// Runs a shell command, whatever its exit code.
  package static func outcome(_ command: String, in folder: TemporaryFolder) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    // Both outputs go to files: a pipe that nobody empties would stop a talkative command.
    let name = UUID().uuidString
    let (output, errors) = (folder(".\(name).out"), folder(".\(name).err"))
    defer {
      try? FileManager.default.removeItem(atPath: output)
      try? FileManager.default.removeItem(atPath: errors)
    }
    process.arguments = ["-c", "{ \(command)\n} >'\(output)' 2>'\(errors)'"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus, output: try readFile(output),
      errors: String(decoding: try readFile(errors), as: UTF8.self))
  }

  /// Runs a shell command that has to succeed.
  @discardableResult
  package static func run(_ command: String, in folder: TemporaryFolder) throws -> Outcome {
    let outcome = try outcome(command, in: folder)
    guard outcome.code == 0 else {
      throw Failure(description: "`\(command)` ended with \(outcome.code): \(outcome.errors)")
    }
    return outcome
  }

  /// Whether programs are there, for `.enabled(if:)`; says loudly when one is not.
  package static func has(_ programs: String..., test: String = #fileID) -> Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let missing = programs.filter { program in
      !folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }
    if !missing.isEmpty { print("SKIPPED: tests in \(test) that need \(missing.joined(separator: ", "))") }
    return missing.isEmpty
  }
}
