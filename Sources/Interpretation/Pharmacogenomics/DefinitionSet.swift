import GenomicFiles
import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Allele definitions, phenotype tables and exemptions of a folder.
public struct DefinitionSet: Sendable {
  /// One file of the set, by its name without the folder.
  public struct Source: Sendable, Hashable, Encodable {
    /// The name.
    public var name: String
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    public var sha256: String
  }

  /// The genes, by symbol, in alphabetical order.
  public var genes: [GeneDefinition]
  /// Phenotype tables by gene.
  public var phenotypes: [String: PhenotypeTable]
  /// Exemptions by gene.
  public var exemptions: [String: DefinitionExemption]
  /// The files that it was read from, by name.
  public var sources: [Source]

  /// A set.
  public init(
    genes: [GeneDefinition], phenotypes: [String: PhenotypeTable] = [:],
    exemptions: [String: DefinitionExemption] = [:], sources: [Source] = []
  ) {
    self.genes = genes.sorted { $0.gene < $1.gene }
    self.phenotypes = phenotypes
    self.exemptions = exemptions
    self.sources = sources
  }

  /// The ending of a definition's file name.
  static let ending = "_translation.json"

  /// Reads a folder laid out as PharmCAT's: `alleles/GENE_translation.json`, `phenotypes/GENE.json` and
  /// `exemptions.json`; or the definitions' folder itself, with the others beside it or in it. Blocks.
  /// - Throws: `PharmacogenomicsError` where there is no definition; `InputError`.
  public init(folder: String) throws {
    func isFolder(_ path: String) -> Bool { if case .folder = content(at: path) { true } else { false } }
    func names(_ path: String) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".json") }.sorted()
    }
    let alleles = isFolder(folder + "/alleles") ? folder + "/alleles" : folder
    guard isFolder(alleles) else {
      throw InputError(
        .unreadable, at: InputLocation(file: folder), "is no folder", remedy: "give the folder of the definitions")
    }
    let parent = alleles == folder ? folder + "/.." : folder
    var sources: [Source] = []
    func read(_ path: String, _ name: String) throws -> [UInt8] {
      let bytes = try readWhole(path)
      sources.append(Source(name: name, sha256: digest(ofBytes: bytes)))
      return bytes
    }
    var genes: [GeneDefinition] = []
    for name in try names(alleles) where name.hasSuffix(Self.ending) {
      let path = alleles + "/" + name
      let gene = try GeneDefinition.parse(try read(path, name), path: path)
      guard !genes.contains(where: { $0.gene == gene.gene }) else {
        throw InputError(
          .mismatch, at: InputLocation(file: path), "\(gene.gene) is defined by two files", remedy: "keep one of them")
      }
      genes.append(gene)
    }
    guard !genes.isEmpty else {
      throw PharmacogenomicsError(
        .noDefinitions, "\(folder): no file is named GENE\(Self.ending); give the folder of PharmCAT's definitions")
    }
    var phenotypes: [String: PhenotypeTable] = [:]
    if let tables = [folder + "/phenotypes", parent + "/phenotypes"].first(where: isFolder) {
      for name in try names(tables) {
        let path = tables + "/" + name
        let table = try PhenotypeTable.parse(try read(path, name), path: path)
        guard phenotypes.updateValue(table, forKey: table.gene) == nil else {
          throw InputError(
            .mismatch, at: InputLocation(file: path), "\(table.gene) has two tables", remedy: "keep one of them")
        }
      }
    }
    var exemptions: [String: DefinitionExemption] = [:]
    if let path = [folder + "/exemptions.json", parent + "/exemptions.json"].first(where: isRegularFile) {
      exemptions = try DefinitionExemption.parse(try read(path, "exemptions.json"), path: path)
    }
    self.init(
      genes: genes, phenotypes: phenotypes, exemptions: exemptions, sources: sources.sorted { $0.name < $1.name })
  }
}
