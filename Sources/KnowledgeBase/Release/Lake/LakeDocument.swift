import GenomicFiles
import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `lake.json`: which generation of a lake holds, and of what base it is.
struct LakeDocument: Codable, Sendable, Hashable {
  static let schema = "apus-lake/2"

  /// A contig of the reference.
  struct Contig: Codable, Sendable, Hashable {
    var name: String
    var length: Int
    var refget: String
  }

  var schema: String
  var generation: Int
  /// The base's digest, to which the Parquet files must come.
  var digest: String
  var purpose: String
  var assembly: String?
  var assemblyDigest: String?
  var filters: String
  var contigs: [Contig]

  /// The folder of a generation.
  static func folder(_ generation: Int) -> String { "generation-\(generation)" }

  /// Reads a lake's document; nil where there is no lake.
  /// - Throws: `InputError` for one that cannot be read.
  static func read(_ lake: String) throws -> LakeDocument? {
    let path = lake + "/lake.json"
    guard case .file = content(at: path) else { return nil }
    guard let document = try? JSONDecoder().decode(Self.self, from: Data(try readWhole(path))),
      document.schema == schema
    else {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the file is no lake's document of schema \(schema)",
        remedy: "name a lake that apus kb export wrote, or another folder")
    }
    return document
  }

  var bytes: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }
  }

  /// The reference; nil where a contig is none.
  var reference: ReferenceContigs? {
    let entries = contigs.compactMap { contig in
      RefgetDigest(sha512t24u: contig.refget).map {
        ReferenceContigs.Entry(name: contig.name, length: contig.length, digest: $0)
      }
    }
    guard entries.count == contigs.count else { return nil }
    return ReferenceContigs(assembly: assembly.flatMap { Assembly(rawValue: $0) }, contigs: entries)
  }
}
