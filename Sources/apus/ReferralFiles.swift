import Foundation
import Genomics

/// The files named `referral.json` in a folder and its subfolders, by path; or the file itself. Blocks.
///
/// Links to folders are not followed: they could lead in a circle, or out of the cases.
/// - Throws: `InputError` of kind `unreadable` for a folder that cannot be read, so that no case is passed over.
func referrals(in path: String) throws -> [String] {
  var isFolder: ObjCBool = false
  guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
    throw InputError(
      .unreadable, at: InputLocation(file: path), "there is no such folder", remedy: "give the folder of the cases")
  }
  guard isFolder.boolValue else { return [path] }
  var found: [String] = []
  var folders = [path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path]
  while let folder = folders.popLast() {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw InputError(
        .unreadable, at: InputLocation(file: folder), "the folder cannot be read", remedy: "check its permissions")
    }
    for name in names {
      let inside = "\(folder)/\(name)"
      let type = try? FileManager.default.attributesOfItem(atPath: inside)[.type] as? FileAttributeType
      if type == .typeDirectory {
        folders.append(inside)
      } else if name == "referral.json" {
        found.append(inside)
      }
    }
  }
  return found.sorted()
}
