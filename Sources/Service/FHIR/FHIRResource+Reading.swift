import Genomics

extension FHIRResource {
  private static let remedy = "give FHIR R4 as JSON: one resource, a Bundle, or NDJSON with a resource a line"

  /// Reads a file: one resource, a Bundle (its entries, Bundles in Bundles too) or NDJSON.
  /// - Throws: `InputError` where the file is not JSON, or something in it is no resource. It holds no value of the file.
  static func read(_ bytes: [UInt8], file: String) throws(InputError) -> [FHIRResource] {
    let single: JSONTree
    do {
      single = try JSONTree(parsing: bytes, path: file)
    } catch {
      // Several documents, one a line: NDJSON. Anything else keeps the error of the whole file.
      let lines = bytes.split(separator: 0x0A).filter { line in line.contains { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }
      }
      guard lines.count > 1, (try? JSONTree(parsing: Array(lines[0]), path: file)) != nil else { throw error }
      return try readLines(bytes, file: file)
    }
    return try resources(in: single, file: file, ordinal: nil, fullURL: nil)
  }

  private static func readLines(_ bytes: [UInt8], file: String) throws(InputError) -> [FHIRResource] {
    var resources: [FHIRResource] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      guard line.contains(where: { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }) else { continue }
      let tree: JSONTree
      do {
        tree = try JSONTree(parsing: Array(line), path: file)
      } catch {
        var error = error
        // A line's offset would mislead; its number says where.
        error.location = InputLocation(file: file, record: index + 1)
        throw error
      }
      resources += try Self.resources(in: tree, file: file, ordinal: index + 1, fullURL: nil)
    }
    return resources
  }

  private static func resources(
    in tree: JSONTree, file: String, ordinal: Int?, fullURL: String?, depth: Int = 0
  ) throws(InputError) -> [FHIRResource] {
    let location = InputLocation(file: file, record: ordinal)
    guard let type = tree.text("resourceType"), !type.isEmpty else {
      throw InputError(.malformed, at: location, "no resourceType: this is no FHIR resource", remedy: remedy)
    }
    guard type == "Bundle" else {
      return [FHIRResource(file: file, ordinal: ordinal, fullURL: fullURL, body: tree)]
    }
    guard depth < 4 else {
      throw InputError(.malformed, at: location, "Bundles stand too deep in one another", remedy: remedy)
    }
    var resources: [FHIRResource] = []
    for (index, entry) in (tree["entry"]?.elements ?? []).enumerated() {
      guard let resource = entry["resource"] else {
        // An entry without a resource is a deletion or a response (R4 2.36): it would change what stands elsewhere.
        throw InputError(
          .unsupported, at: InputLocation(file: file, record: ordinal ?? index + 1),
          "a Bundle's entry holds no resource", remedy: "give a Bundle whose entries are resources")
      }
      if let method = entry.text("request", "method"), method == "DELETE" {
        throw InputError(
          .unsupported, at: InputLocation(file: file, record: ordinal ?? index + 1),
          "a Bundle's entry deletes a resource", remedy: "give a Bundle whose entries are resources")
      }
      resources += try Self.resources(
        in: resource, file: file, ordinal: ordinal ?? index + 1, fullURL: entry.text("fullUrl"), depth: depth + 1)
    }
    return resources
  }
}
