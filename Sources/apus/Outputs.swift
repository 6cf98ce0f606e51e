import Batching
import GenomicFiles
import Workflow

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What every command does about its small outputs.
enum Outputs {
  /// Refuses outputs that exist, before any work is done; and an output that is an input or stands twice.
  static func refuse(_ paths: [String], inputs: [String], force: Bool) throws {
    for (index, path) in paths.enumerated() {
      if path != "-", inputs.contains(path) {
        throw RunError(.usage, "\(path) is an input and an output; name another output")
      }
      if path != "/dev/null", paths[..<index].contains(path) {
        throw RunError(.usage, "\(path) is named as two outputs; name each once")
      }
      try OutputFile.refuseExisting(path, force: force)
    }
  }

  /// Writes a small output whole; nil is no output.
  static func write(_ path: String?, _ bytes: [UInt8], _ force: Bool, _ resources: RunResources) async throws {
    guard let path else { return }
    let registry = resources.outputs
    try await resources.blocking.run { _ = try writeAtomically(bytes, to: path, force: force, registry: registry) }
  }
}

/// The terminal, if there is one.
enum Terminal {
  /// Whether standard error is a terminal, so that progress is drawn.
  static var isStandardError: Bool { isatty(STDERR_FILENO) == 1 }
}
