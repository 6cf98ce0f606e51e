import GenomicFiles
public import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension GeneDefinition {
  /// Reads a definition in PharmCAT's JSON form (`GENE_translation.json`, format version 2).
  ///
  /// The format is its publisher's: fields that are not used are left alone.
  /// - Throws: `InputError` of kind `malformed` or `unsupported`.
  public static func parse(_ bytes: [UInt8], path: String) throws(InputError) -> GeneDefinition {
    let remedy = "give PharmCAT's named allele definitions (alleles/GENE_translation.json)"
    let file: File
    do {
      file = try JSONDecoder().decode(File.self, from: Data(bytes))
    } catch {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the file is no allele definition\(describe(error))", remedy: remedy)
    }
    guard file.formatVersion == nil || file.formatVersion == "2" else {
      throw InputError(
        .unsupported, at: InputLocation(file: path), "the format version is \(file.formatVersion ?? "")",
        remedy: "give definitions of format version 2")
    }
    let flagged = file.namedAlleles.contains { $0.reference == true }
    do {
      return try GeneDefinition(
        gene: file.gene, source: file.source ?? "unknown", version: file.version, genomeBuild: file.genomeBuild,
        chromosome: file.chromosome,
        positions: file.variants.map {
          DefiningPosition(
            contig: $0.chromosome, position: OneBasedPosition($0.position), rsid: $0.rsid,
            reference: $0.ref.uppercased(), alternates: $0.alts.map { $0.uppercased() })
        },
        alleles: file.namedAlleles.enumerated().map { index, allele in
          NamedAllele(
            name: allele.name, bases: allele.alleles.map { $0?.uppercased() },
            // The first row is the reference where none is marked (section 10.1, step 1).
            isReference: flagged ? allele.reference == true : index == 0,
            isStructural: allele.structuralVariant ?? false)
        },
        coreNames: file.suballelesMap ?? [:])
    } catch {
      throw InputError(.malformed, at: InputLocation(file: path), error.description, remedy: remedy)
    }
  }

  private struct File: Decodable {
    struct Variant: Decodable {
      var chromosome: String
      var position: Int
      var rsid: String?
      var ref: String
      var alts: [String]
    }
    struct Allele: Decodable {
      var name: String
      var alleles: [String?]
      var reference: Bool?
      var structuralVariant: Bool?
    }
    var formatVersion: String?
    var source: String?
    var version: String
    var gene: String
    var chromosome: String
    var genomeBuild: String
    var variants: [Variant]
    var namedAlleles: [Allele]
    var suballelesMap: [String: String]?
  }
}

/// Where decoding failed, as words behind a clause; nothing of the file's values.
func describe(_ error: any Error) -> String {
  guard let error = error as? DecodingError else { return ": it is not JSON" }
  let (context, what): (DecodingError.Context, String) =
    switch error {
    case .keyNotFound(let key, let context): (context, "lacks \(key.stringValue)")
    case .typeMismatch(_, let context): (context, "has another type")
    case .valueNotFound(_, let context): (context, "is null")
    case .dataCorrupted(let context): (context, context.codingPath.isEmpty ? "is not JSON" : "is not known")
    @unknown default: (.init(codingPath: [], debugDescription: ""), "is not JSON")
    }
  let place = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
  return ": \(place.isEmpty ? "it" : place) \(what)"
}
