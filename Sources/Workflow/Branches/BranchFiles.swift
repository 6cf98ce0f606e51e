import GenomicFiles
import Genomics
import Interpretation

/// What `apus run` takes for pharmacogenomics and for tumours, by paths.
public struct BranchOptions: Sendable {
  /// The folder of named allele definitions, as PharmCAT lays it out.
  public var definitions: String?
  /// The signed dosing table.
  public var dosing: String?
  /// The table of signatures.
  public var signatures: String?
  /// Its version, as results name it.
  public var signaturesVersion: String?
  /// Whether signatures that a catalogue does without are dropped.
  public var isSparse = false
  /// Lists of domains.
  public var domains: String?
  /// Somatic rules; the shipped ones without.
  public var somaticProfile: String?

  /// Nothing.
  public init() {}
}

/// What the options of branches hold, read once for the run.
struct BranchFiles: Sendable {
  /// A file with its digest and content.
  struct Given<Content: Sendable>: Sendable {
    var content: Content
    var file: Manifest.File
  }

  var definitions: DefinitionSet?
  var dosing: Given<DosingTable>?
  var signatures: Given<SignatureTable>?
  var domains: Given<DomainLists>?
  var somaticProfile: Given<SomaticProfile>?

  /// Nothing.
  init() {}

  /// Reads what the options name. Blocks.
  /// - Throws: `InputError`; `RunError` of kind `configuration` for a dosing table that is not signed, or definitions that
  ///   are none.
  init(_ options: BranchOptions) throws {
    func given<Content: Sendable>(_ path: String?, _ read: (String) throws -> Content) throws -> Given<Content>? {
      guard let path else { return nil }
      let content = try read(path)
      let (bytes, sha256) = try fileDigest(path)
      return Given(content: content, file: Manifest.File(path: path, bytes: bytes, sha256: sha256))
    }
    do {
      definitions = try options.definitions.map { try DefinitionSet(folder: $0) }
      dosing = try given(options.dosing) { try DosingTable(path: $0) }
    } catch let error as PharmacogenomicsError {
      throw RunError(.configuration, error.description)
    }
    signatures = try given(options.signatures) { try SignatureTable(file: $0, version: options.signaturesVersion) }
    domains = try given(options.domains) { try DomainLists(file: $0) }
    somaticProfile = try given(options.somaticProfile) { try SomaticProfile(file: $0) }
  }

  /// Names the definitions: the digest of the list of their names and digests.
  var definitionsDigest: String? {
    definitions.map { set in
      digest(ofBytes: Array(set.sources.map { "\($0.sha256)  \($0.name)\n" }.joined().utf8))
    }
  }
}
