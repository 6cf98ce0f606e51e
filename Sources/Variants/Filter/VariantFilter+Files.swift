#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Genomics

extension VariantFilter {
  /// The lines of a text file, each up to its first blank; empty ones are left out.
  /// - Throws: `InputError` of kind `unreadable`.
  public static func lines(_ path: String) throws -> [String] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw InputError(
        .unreadable, at: InputLocation(file: path), "the file cannot be read", remedy: "check the name and permissions")
    }
    return data.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let word = line.prefix { $0 > 32 }
      return line.isEmpty || word.isEmpty ? nil : String(decoding: word, as: UTF8.self)
    }
  }
}
