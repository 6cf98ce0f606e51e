import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Partial files of runs that were killed: nobody else removes them, and `--resume` makes those outputs anew.
enum AbandonedFiles {
  /// Removes the partial files in a case's folder and below it whose process is no more.
  ///
  /// A process of another machine is not seen. Two machines that run one case in one folder at once are refused by the
  /// final name of what the other made, never given half a file.
  static func remove(below folder: String) throws {
    guard case .folder = content(at: folder) else { return }
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      guard let process = owner(of: name), kill(process, 0) != 0, errno == ESRCH else { continue }
      unlink(folder + "/" + name)
    }
  }

  /// The process of a partial file, `.NAME.PID-NUMBER.partial`; nil for another file.
  static func owner(of path: String) -> pid_t? {
    let name = path.split(separator: "/").last ?? ""
    guard name.hasPrefix("."), name.hasSuffix(".partial") else { return nil }
    let parts =
      name.split(separator: ".").dropLast().last?.split(separator: "-", omittingEmptySubsequences: false) ?? []
    guard parts.count == 2, UInt32(parts[1]) != nil, let process = pid_t(parts[0]), process > 0 else { return nil }
    return process
  }
}
