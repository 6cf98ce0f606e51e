import GenomicFiles
public import Genomics

/// What a case was made from and by: versions, options, digests of inputs and outputs (DESIGN.md decision 9).
///
/// It holds no time, machine, thread count or batch size: the same inputs and options give the same bytes.
public struct Manifest: Codable, Sendable, Equatable {
  /// A file with its digest.
  public struct File: Codable, Sendable, Hashable {
    /// An input's path as the sheet gives it (relative to its folder where it is so there); an output's path from the case folder.
    public var path: String
    /// Stored bytes.
    public var bytes: Int
    /// SHA-256 of the stored bytes, 64 hexadecimal digits.
    public var sha256: String
  }

  /// One piece of work that stands or is redone as a whole.
  public struct Unit: Codable, Sendable, Equatable {
    /// Its name within the case, such as `S1/alignments`.
    public var name: String
    /// What decides its results beside its inputs, by name.
    public var options: [String: String]
    /// What it read.
    public var inputs: [File]
    /// What it wrote.
    public var outputs: [File]
  }

  /// The identity of the reference.
  public struct Reference: Codable, Sendable, Equatable {
    /// The path as given.
    public var path: String
    /// `GRCh37`, `GRCh38`; nil for anything else.
    public var assembly: Assembly?
    /// The digest of the whole assembly: the GA4GH digest of its sequence collection, 32 letters.
    public var assemblyDigest: String
    /// The contigs in order.
    public var contigs: [Contig]

    /// One contig.
    public struct Contig: Codable, Sendable, Equatable {
      /// Its name.
      public var name: String
      /// Its length in bases.
      public var length: Int
      /// Its GA4GH refget digest, `SQ.` and 32 letters.
      public var refget: String
    }
  }

  /// A policy, named so that it can be found again.
  public struct PolicyVersion: Codable, Sendable, Equatable {
    /// Its name.
    public var id: String
    /// SHA-256 of its text, 64 hexadecimal digits.
    public var sha256: String
  }

  /// `apus-manifest/2`.
  public var schema = Manifest.currentSchema
  /// The case.
  public var caseName: String
  /// Whether every unit of the case is done; false while running and after a failure.
  public var isComplete: Bool
  /// Versions of Apus and of the libraries that decide bytes, by name.
  public var versions: [String: String]
  /// The reference; nil for a run without one.
  public var reference: Reference?
  /// The quality policy that the verdicts were made with; nil for none.
  public var policy: PolicyVersion?
  /// The units that are done, in the order of the sheet.
  public var units: [Unit]

  /// 2: the reference names the digest of the whole assembly.
  static let currentSchema = "apus-manifest/2"

  enum CodingKeys: String, CodingKey {
    case schema
    case caseName = "case"
    case isComplete = "complete"
    case versions, reference, policy, units
  }
}
