import Foundation
import TestSupport

/// The built command, run as a person runs it.
struct Command {
  /// What a run left.
  struct Result {
    var code: Int32
    var output: String
    var errors: String
    /// The first line of standard error.
    var firstError: String { String(errors.prefix { $0 != "\n" }) }
  }

  /// The package's root.
  static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The executable that the package's build put beside its tests.
  static var path: String {
    let tests =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("apus").path
  }

  /// Starts the command; `Process` ends with it.
  static func start(_ arguments: [String], in folder: TemporaryFolder, name: String = UUID().uuidString) throws
    -> Process
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardInput = FileHandle.nullDevice
    for (stream, ending) in [("out", ".out"), ("err", ".err")] {
      let file = folder("." + name + ending)
      _ = FileManager.default.createFile(atPath: file, contents: nil)
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
      if stream == "out" { process.standardOutput = handle } else { process.standardError = handle }
    }
    try process.run()
    return process
  }

  /// Runs the command to its end.
  @discardableResult
  static func run(_ arguments: [String], in folder: TemporaryFolder) throws -> Result {
    let name = UUID().uuidString
    let process = try start(arguments, in: folder, name: name)
    process.waitUntilExit()
    return try finish(process, in: folder, name: name)
  }

  /// Reads what an ended run printed.
  static func finish(_ process: Process, in folder: TemporaryFolder, name: String) throws -> Result {
    let output = String(decoding: try folder.read("." + name + ".out"), as: UTF8.self)
    let errors = String(decoding: try folder.read("." + name + ".err"), as: UTF8.self)
    for ending in [".out", ".err"] { try FileManager.default.removeItem(atPath: folder("." + name + ending)) }
    return Result(code: process.terminationStatus, output: output, errors: errors)
  }

  /// Every regular file below a folder, by its path from there, with its bytes.
  static func files(below path: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    guard let walker = FileManager.default.enumerator(atPath: path) else { return files }
    for case let name as String in walker where walker.fileAttributes?[.type] as? FileAttributeType == .typeRegular {
      files[name] = try readFile(path + "/" + name)
    }
    return files
  }
}

/// A folder of `TestData`.
func testData(_ name: String) -> String { Command.package + "/TestData/" + name }

/// The committed synthetic trio, in a folder of the test's own: a run keeps the reference's digests beside it.
func copyOfTrio(in folder: TemporaryFolder) throws -> String {
  let trio = folder("trio")
  try FileManager.default.copyItem(atPath: Command.package + "/TestData/trio", toPath: trio)
  return trio
}
