import GenomicFiles
import Genomics
import Interpretation
import Reports
import Service

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a case was interpreted with: `interpretation.json`. With the other files of the case's folder it is all that
/// tiering it again needs, without sheet and raw data. It holds no genotype and nobody's name.
struct CaseInterpretation: Sendable, Hashable, Codable {
  /// `apus-interpretation/1`.
  static let currentSchema = "apus-interpretation/1"
  /// The file's name in the case's folder.
  static let name = "interpretation.json"

  /// One person of the family, by the names of samples.
  struct Person: Sendable, Hashable, Codable {
    var name: String
    var father: String?
    var mother: String?
    var sex: Sex
    var affection: Affection
  }

  /// A file of calls.
  struct Calls: Sendable, Hashable, Codable {
    /// From the case's folder.
    var path: String
    /// Whether its records were split and annotated, so that they are put together again before they are read.
    var isSplit: Bool
  }

  var schema = Self.currentSchema
  var caseName: String
  var people: [Person]
  var proband: String
  /// In the order in which they are read.
  var calls: [Calls]
  /// Where the alleles of the proband's file start; nil where that cannot be told by its records.
  var index: String?
  /// Measured copies of X, by name.
  var xCopies: [String: Int]
  /// Where depth suffices for a call of the reference, by name; paths from the case's folder.
  var callable: [String: String]
  /// The caller's files as they were given, copied into the case's folder; paths from there.
  var copyNumbers: String?
  var structural: String?
  var repeats: [String]
  /// The test of the referral; nil for a case without one, which is tiered by all panels given.
  var testCode: String?
  var panels: PanelSet
  /// Numbers of the test's panels that were not given.
  var missingPanels: [String]
  /// Parts of the test's target that are neither genes nor panels.
  var unreadTargets: [String]
  /// The profile's identifier and the digest of its text.
  var profile: String
  var profileDigest: String
  /// The digest of the cache's content.
  var cache: String
  /// The cache's path as the run was given it: where it lies there still, it need not be given to see what changed.
  var cachePath: String?
  /// The candidates with their calls (``KeptCandidates``), and what reading the files told beside them; nil where they
  /// do not stand for all calls.
  var candidates: String?
  var reading: FamilyReading.Record?

  enum CodingKeys: String, CodingKey {
    case schema
    case caseName = "case"
    case people, proband, calls, index, xCopies, callable, copyNumbers, structural, repeats, testCode, panels,
      missingPanels
    case unreadTargets, profile, profileDigest, cache, cachePath, candidates, reading
  }

}

extension CaseInterpretation {
  /// The document: keys in order, the same for the same content.
  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// Reads the file of a case's folder. Blocks.
  /// - Throws: `InputError` for a file that is missing, or of another schema.
  init(folder: String) throws {
    let path = "\(folder)/\(Self.name)"
    guard case .file = content(at: path) else {
      throw InputError(
        .unreadable, at: InputLocation(file: path), "the case does not say what it was interpreted with",
        remedy: "run it again with panels: this version of apus run writes \(Self.name) beside tiers.json")
    }
    let bytes = try readWhole(path)
    // Refuses a key that stands twice, which the decoder would not.
    _ = try JSONTree(parsing: bytes, path: path)
    guard let one = try? JSONDecoder().decode(Self.self, from: Data(bytes)), one.schema == Self.currentSchema else {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the file is not \(Self.currentSchema)",
        remedy: "run the case again with this version")
    }
    let paths =
      one.calls.map(\.path) + one.callable.values
      + [one.copyNumbers, one.structural, one.index, one.candidates].compactMap { $0 }
      + one.repeats
    for inner in paths where inner.hasPrefix("/") || inner.split(separator: "/").contains("..") {
      throw InputError(
        .malformed, at: InputLocation(file: path), "\(inner) lies outside the case's folder",
        remedy: "run the case again with this version")
    }
    self = one
  }

  /// The family as a pedigree.
  func pedigree(path: String) throws -> Pedigree {
    do {
      return try Pedigree(
        people.map {
          Pedigree.Individual(
            family: caseName, name: $0.name, father: $0.father, mother: $0.mother, sex: $0.sex, affection: $0.affection)
        })
    } catch {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the family contradicts itself: \(error.fault)",
        remedy: "run the case again")
    }
  }
}
