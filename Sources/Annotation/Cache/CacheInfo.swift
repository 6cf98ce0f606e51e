import Genomics

/// What `apus cache info` tells.
public struct CacheInfo: Sendable, Codable {
  /// A contig that carries transcripts.
  public struct Contig: Sendable, Codable {
    /// The name.
    public var name: String
    /// Bases.
    public var length: Int
    /// The refget identifier, `SQ.` and 32 letters.
    public var refget: String?
  }

  /// A section of the file.
  public struct Section: Sendable, Codable {
    /// The name.
    public var name: String
    /// Bytes.
    public var bytes: Int
  }

  /// Names the content: SHA-256 of the head and the table of sections, which holds each section's digest.
  public var digest: String
  /// Bytes of the file.
  public var bytes: Int
  /// Whether every section was compared with its digest: done for files of up to 16 MiB; larger ones only when used.
  public var verified: Bool
  /// What the cache was made of.
  public var build: CacheBuild
  /// The contigs of the reference that carry transcripts.
  public var contigsWithGenes: [Contig]
  /// The sections, in order.
  public var sections: [Section]

  /// Files up to this many bytes are verified whole when somebody asks about them.
  static let verifiedBytes = 16 << 20

  /// Looks at a cache. Blocks.
  /// - Throws: `CacheError` of kind `damaged`.
  public init(_ cache: AnnotationCache) throws(CacheError) {
    verified = cache.size <= Self.verifiedBytes
    if verified { try cache.verify() }
    digest = cache.digest
    bytes = cache.size
    build = cache.build
    contigsWithGenes = cache.contigs.contigs.filter { $0.digest != nil }.map {
      Contig(name: $0.name, length: $0.length ?? 0, refget: $0.digest?.identifier)
    }
    sections = cache.sections.map { Section(name: $0.name, bytes: $0.bytes) }
  }

  /// Lines that people read.
  public var text: String {
    var lines = [
      "digest\t\(digest)", "bytes\t\(bytes)", "verified\t\(verified ? "all sections" : "head, provenance, contigs")",
      "assembly\t\(build.assembly ?? "unknown")", "assembly digest\t\(build.assemblyDigest)",
      "\(build.annotationFormat)\t\(build.annotation.name)\t\(build.annotation.sha256)",
      "fasta\t\(build.fasta.name)\t\(build.fasta.sha256)", "genes\t\(build.genes)",
      "transcripts\t\(build.transcripts)", "coding\t\(build.codingTranscripts)", "translates\t\(build.translates)",
    ]
    lines += build.flagged.sorted { $0.key < $1.key }.map { "flagged\t\($0.key)\t\($0.value)" }
    lines += build.skipped.sorted { $0.key < $1.key }.map { "skipped\t\($0.key)\t\($0.value)" }
    lines += contigsWithGenes.map { "contig\t\($0.name)\t\($0.length)\t\($0.refget ?? "")" }
    if !build.regulatory.isEmpty {
      lines.append("regulatory\t\(build.regulatoryFeatures)")
      lines += build.regulatory.map { "regulatory-file\t\($0.name)\t\($0.sha256)" }
    }
    for source in build.sources {
      lines.append(
        "source\t\(source.name)\t\(source.kept)\t\(source.fields.map(\.key).joined(separator: ","))")
      lines += source.files.map { "source-file\t\(source.name)\t\($0.name)\t\($0.sha256)" }
      lines += source.skipped.sorted { $0.key < $1.key }.map {
        "source-skipped\t\(source.name)\t\($0.key)\t\($0.value)"
      }
    }
    lines += sections.map { "section\t\($0.name)\t\($0.bytes)" }
    return lines.joined(separator: "\n") + "\n"
  }
}
