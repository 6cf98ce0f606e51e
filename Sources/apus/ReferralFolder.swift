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
  guard let folder = opendir(path) else {
    throw InputError(
      .unreadable, at: InputLocation(file: path), "the folder cannot be read: \(systemMessage(errno))",
      remedy: "give a folder of referrals")
  }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    if name.hasSuffix(".json"), !name.hasPrefix(".") { names.append(name) }
  }
  return names.sorted()
}
