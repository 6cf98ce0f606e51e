public import Foundation

/// Another program that knows the truth.
public enum Peer {
  /// What a run of a program gave.
  public struct Output: Sendable {
    /// The exit code.
    public var status: Int32
    /// Standard output.
    public var text: String
    /// Standard error.
    public var errors: String
    /// The lines of standard output.
    public var lines: [String] { text.split(separator: "\n").map(String.init) }
  }

  /// The programs as found on the search path.
  private static func path(of program: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Whether all programs are installed; says so where one is not, since a test that needs it is then skipped.
  public static func areInstalled(_ programs: String...) -> Bool {
    for program in programs where path(of: program) == nil {
      print("SKIPPED: a test needs \(program), which is not installed")
      return false
    }
    return true
  }

  /// Runs a program to its end.
  public static func run(_ program: String, _ arguments: [String]) throws -> Output {
    struct Missing: Error { var program: String }
    guard let path = path(of: program) else { throw Missing(program: program) }
    let folder = try ScratchFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    // Files, not pipes: a full pipe would stop the program.
    let (output, errors) = (folder.path("out"), folder.path("err"))
    for file in [output, errors] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    try process.run()
    process.waitUntilExit()
    return Output(
      status: process.terminationStatus, text: try folder.text(of: "out"), errors: try folder.text(of: "err"))
  }

  /// Runs a program that must succeed, and gives its standard output.
  @discardableResult
  public static func output(_ program: String, _ arguments: String...) throws -> Output {
    struct Failed: Error { var command: [String], status: Int32, errors: String }
    let output = try run(program, arguments)
    guard output.status == 0 else {
      throw Failed(command: [program] + arguments, status: output.status, errors: output.errors)
    }
    return output
  }
}

/// A folder that is gone when the test is.
public final class ScratchFolder: Sendable {
  private let root: String

  /// Makes the folder.
  public init() throws {
    root = FileManager.default.temporaryDirectory.appendingPathComponent("apus-engines-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// The path of a file in it.
  public func path(_ name: String) -> String { root + "/" + name }

  /// Writes a file and gives its path.
  @discardableResult
  public func write(_ text: String, _ name: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  /// The text of a file in it.
  public func text(of name: String) throws -> String { String(decoding: try bytes(of: name), as: UTF8.self) }

  /// The bytes of a file in it.
  public func bytes(of name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path(name))) }

  /// The names of the files in it, hidden ones too.
  public var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).sorted() }
}

/// The folder of real data beside the package, or where `APUS_SHARED_DATA` says.
public enum SharedData {
  private static let root = ProcessInfo.processInfo.environment["APUS_SHARED_DATA"] ?? "../shared/data"

  /// Whether the folder is there; says so where it is not, since a test that needs it is then skipped.
  public static var isThere: Bool {
    let isThere = FileManager.default.fileExists(atPath: root + "/README.md")
    if !isThere { print("SKIPPED: a test needs the shared data, and \(root) is not there (set APUS_SHARED_DATA)") }
    return isThere
  }

  /// The path of a file in it.
  public static func path(_ name: String) -> String { root + "/" + name }

  /// The paths of the files in a folder of it.
  public static func files(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted().map { path(folder) + "/" + $0 }
  }
}
