import Crypto
import Foundation

/// A release folder whose files are what its manifest says.
package struct ReleaseFolder: Sendable {
  /// The path as the user gave it.
  package let path: String
  /// What the manifest says.
  package let manifest: ReleaseManifest

  /// The file that is served.
  package static let databaseName = "release.sqlite"

  /// The path of the file that is served.
  package var database: String { path + "/" + Self.databaseName }

  /// Opens a folder, and reads every file that the manifest names to compare its digest.
  /// - Throws: `ServiceError`; `notPermitted` where the release is not for research.
  package init(path: String) throws(ServiceError) {
    self.path = path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      throw ServiceError(
        .missing, path: path, "there is no such folder", remedy: "name the folder that apus kb release made")
    }
    let manifestPath = path + "/release.json"
    guard FileManager.default.fileExists(atPath: manifestPath) else {
      throw ServiceError(
        .damaged, path: path, "the folder is no release: it has no release.json, which is written last",
        remedy: "name the folder that apus kb release made, or let it run to its end")
    }
    let bytes: [UInt8]
    do { bytes = Array(try Data(contentsOf: URL(fileURLWithPath: manifestPath))) } catch {
      throw ServiceError(.missing, path: manifestPath, "the file cannot be read", remedy: "check its permissions")
    }
    manifest = try ReleaseManifest(json: bytes, path: manifestPath)
    guard manifest.files.contains(where: { $0.path == Self.databaseName }) else {
      throw ServiceError(
        .damaged, path: manifestPath, "the manifest has no digest of \(Self.databaseName)",
        remedy: "make the release again")
    }
    for file in manifest.files { try verify(file) }
  }

  private func verify(_ file: ReleaseManifest.File) throws(ServiceError) {
    let name = path + "/" + file.path
    guard !file.path.hasPrefix("/"), !file.path.split(separator: "/").contains("..") else {
      throw ServiceError(
        .damaged, path: path, "the manifest names a file outside the folder", remedy: "make the release again")
    }
    guard let handle = FileHandle(forReadingAtPath: name) else {
      throw ServiceError(
        .missing, path: name, "the manifest names it, and it cannot be read", remedy: "copy the whole folder")
    }
    defer { try? handle.close() }
    var hash = SHA256()
    var count = 0
    do {
      while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
        hash.update(data: chunk)
        count += chunk.count
      }
    } catch {
      throw ServiceError(.failed, path: name, "the file could not be read to its end", remedy: "check the disk")
    }
    guard count == file.bytes, hexadecimal(hash.finalize()) == file.sha256 else {
      throw ServiceError(
        .damaged, path: name, "the file is not what the manifest says (\(count) bytes, \(file.bytes) expected)",
        remedy: "copy the release again from where it was made")
    }
  }
}

/// Digits of bytes, in lower case.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}
