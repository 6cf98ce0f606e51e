import GenomicFiles
import Genomics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The names of a folder's `.json` files, sorted; hidden ones are left out. Blocks.
/// - Throws: `InputError` of kind `unreadable` where it is no folder.
func jsonFiles(in path: String) throws(InputError) -> [String] {
  try folderNames(in: path).filter { $0.hasSuffix(".json") }
}

/// The names in a folder, sorted; hidden ones are left out. Blocks.
/// - Throws: `InputError` of kind `unreadable` where it is no folder.
func folderNames(in path: String) throws(InputError) -> [String] {
  guard let folder = opendir(path) else {
    throw InputError(
      .unreadable, at: InputLocation(file: path), "the folder cannot be read: \(systemMessage(errno))",
      remedy: "give a folder that is there")
  }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    if !name.hasPrefix(".") { names.append(name) }
  }
  return names.sorted()
}
