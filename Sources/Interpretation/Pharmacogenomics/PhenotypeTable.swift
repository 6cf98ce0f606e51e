import GenomicFiles
public import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a publisher says that diplotypes of a gene mean. Apus quotes it and adds nothing.
public struct PhenotypeTable: Sendable, Hashable {
  /// What the table says of one diplotype.
  public struct Entry: Sendable, Hashable {
    /// The phenotype, in the table's words.
    public var phenotype: String?
    /// The activity score, as the table writes it.
    public var activityScore: String?
  }

  /// The gene.
  public var gene: String
  /// The table's version, as its publisher writes it.
  public var version: String
  /// The function of an allele, in the table's words.
  public var functions: [String: String]
  /// The activity value of an allele, as the table writes it; empty for genes without.
  public var activityValues: [String: String]
  private var entries: [[String]: Entry]

  /// A table.
  /// - Parameter entries: by the two alleles of a diplotype (one for a haploid), in any order.
  public init(
    gene: String, version: String, functions: [String: String] = [:], activityValues: [String: String] = [:],
    entries: [(alleles: [String], entry: Entry)] = []
  ) {
    self.gene = gene
    self.version = version
    self.functions = functions
    self.activityValues = activityValues
    self.entries = Dictionary(entries.map { ($0.alleles.sorted(), $0.entry) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether the gene is judged by activity scores.
  public var usesActivity: Bool { !activityValues.isEmpty }

  /// What the table says of alleles; nil where it has no such row.
  public func entry(for alleles: [String]) -> Entry? { entries[alleles.sorted()] }

  /// An allele's activity as a number; nil where the table has none (`n/a`).
  public func activity(of allele: String) -> Double? { activityValues[allele].flatMap(Double.init) }

  /// Reads a table in PharmCAT's JSON form (`phenotypes/GENE.json`).
  /// - Throws: `InputError` of kind `malformed`.
  public static func parse(_ bytes: [UInt8], path: String) throws(InputError) -> PhenotypeTable {
    func refuse(_ reason: String) -> InputError {
      InputError(
        .malformed, at: InputLocation(file: path), reason,
        remedy: "give PharmCAT's phenotype tables (phenotypes/GENE.json)")
    }
    let file: File
    do {
      file = try JSONDecoder().decode(File.self, from: Data(bytes))
    } catch {
      throw refuse("the file is no phenotype table\(describe(error))")
    }
    var entries: [(alleles: [String], entry: Entry)] = []
    var seen: [[String]: Entry] = [:]
    for row in file.diplotypes ?? [] {
      var alleles: [String] = []
      for (name, copies) in row.diplotypekey {
        guard (1...2).contains(copies) else { throw refuse("a diplotype has \(copies) copies of \(name)") }
        alleles += Array(repeating: name, count: copies)
      }
      guard (1...2).contains(alleles.count) else { throw refuse("a diplotype has \(alleles.count) alleles") }
      let entry = Entry(phenotype: row.phenotype ?? row.generesult, activityScore: row.activityScore)
      if let other = seen.updateValue(entry, forKey: alleles.sorted()), other != entry {
        throw refuse("the table says two things of \(alleles.sorted().joined(separator: "/"))")
      }
      entries.append((alleles, entry))
    }
    var functions: [String: String] = [:]
    for allele in file.namedAlleles ?? [] { functions[allele.name] = allele.functionValue }
    if functions.isEmpty, file.activityValues?.isEmpty ?? true { functions = file.haplotypes ?? [:] }
    return PhenotypeTable(
      gene: file.gene, version: file.version, functions: functions, activityValues: file.activityValues ?? [:],
      entries: entries)
  }

  private struct File: Decodable {
    struct Row: Decodable {
      var diplotypekey: [String: Int]
      var phenotype: String?
      var generesult: String?
      var activityScore: String?
    }
    struct Allele: Decodable {
      var name: String
      var functionValue: String?
    }
    var gene: String
    var version: String
    var haplotypes: [String: String]?
    var activityValues: [String: String]?
    var diplotypes: [Row]?
    var namedAlleles: [Allele]?
  }
}
