import Foundation

/// The folder of real data that some tests use where it is there: `APUS_SHARED_DATA`, or `../shared/data` beside the
/// package.
package enum SharedData {
  private static var root: String {
    if let given = ProcessInfo.processInfo.environment["APUS_SHARED_DATA"], !given.isEmpty { return given }
    // This file is Tests/TestSupport/SharedData.swift in the package.
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return package.deletingLastPathComponent().appendingPathComponent("shared/data").path
  }

  package static func path(_ name: String) -> String { root + "/" + name }

  /// Whether a file or folder is there, for `.enabled(if:)`; says loudly when it is not.
  package static func has(_ name: String, test: String = #fileID) -> Bool {
    if FileManager.default.fileExists(atPath: path(name)) { return true }
    print("SKIPPED: tests in \(test) that need shared data \(name); set APUS_SHARED_DATA to the folder that holds it")
    return false
  }

  /// The names in a folder, sorted.
  package static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(folder))) ?? []).sorted()
  }
}
