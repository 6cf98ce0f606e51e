public import GenomicFiles
public import Genomics
public import Variants

/// Adds `CSQ` to the records of a VCF, from a cache.
public struct ConsequenceAnnotator: VariantAnnotator {
  let cache: AnnotationCache
  /// The path of the file annotated, for errors.
  let input: String
  let layout: CSQLayout
  let choice: TranscriptChoice?
  /// The places on the laboratory's list, by transcript.
  let ranks: [Int: Int]
  /// Identifiers on the laboratory's list that no transcript of the cache has.
  public let missingFromList: [String]

  /// Annotates from a cache, which is checked first: a small one whole, a large one but for the reference's bases, of
  /// which `require` checks a contig's when it comes, and the chunks of sources, each checked when it is used. Blocks.
  /// - Parameter input: the path of the file annotated, for errors.
  /// - Throws: `CacheError` of kind `damaged`.
  public init(
    _ cache: AnnotationCache, input: String, options: ConsequenceOptions = ConsequenceOptions()
  ) throws(CacheError) {
    if cache.size <= CacheInfo.verifiedBytes {
      try cache.verify()
    } else {
      try cache.verifyGenes()
    }
    self.cache = cache
    self.input = input
    layout = CSQLayout(options.fields)
    choice = options.choice
    (ranks, missingFromList) = options.choice?.list?.resolved(in: cache) ?? ([:], [])
  }

  /// The bit of `marks` that tells that a source with the field `CLNSIG` knows an allele of the record, or another one
  /// that changes the same codon. The bits of consequences are those of ``ConsequenceSet``.
  public static let classifiedMark: UInt64 = 1 << 63

  /// The cache's reference, and the sources it holds.
  public var source: AnnotationCache { cache }
  /// The fields of an entry of `CSQ`, in order.
  public var entryFields: [CSQField] { layout.fields }
  /// Names the cache's content.
  public var digest: String { cache.digest }
  /// `CSQ`, then the fields of the sources.
  public var fields: [(key: String, headerLine: String)] {
    [(CSQEntry.key, layout.headerLine)] + cache.sources.flatMap { $0.build.infoFields }
  }

  /// Refuses a contig that the cache's reference lacks, names otherwise, or has with another length; checks the
  /// contig's bases in the cache when it comes first. Blocks.
  /// - Throws: `CacheError` of kind `otherReference` that names both, or `damaged`.
  public func require(contig: String, declaredLength: Int?, at location: InputLocation) throws {
    let place = "\(location.file)" + (location.record.map { ":\($0)" } ?? "")
    let remedy = "use the cache of the reference that \(location.file) was made with"
    if let index = cache.contigs.index(of: contig) {
      guard let declaredLength, let length = cache.contigs.contigs[index].length, length != declaredLength else {
        return try cache.requireReference(index)
      }
      throw CacheError(
        .otherReference, path: cache.path,
        "contig \(contig) is \(declaredLength) bases long in \(place) and \(length) in the cache's reference",
        remedy: remedy)
    }
    if let other = cache.contigs.alias(of: contig) {
      throw CacheError(
        .otherReference, path: cache.path,
        "contig \(contig) of \(place) is named \(other.name) in the cache's reference",
        remedy: "give files with one style of contig names")
    }
    throw CacheError(
      .otherReference, path: cache.path, "contig \(contig) of \(place) is not in the cache's reference",
      remedy: remedy)
  }

  /// Refuses a reference that is not the cache's: every contig of both names has the same length, those with genes the
  /// same bases.
  /// - Throws: `CacheError` of kind `otherReference` that names both.
  public func require(_ identity: ReferenceIdentity, path: String) throws(CacheError) {
    let remedy = "use a cache made of this FASTA"
    for contig in cache.contigs.contigs {
      guard let other = identity.contigs.first(where: { $0.name == contig.name }) else {
        guard contig.digest != nil else { continue }
        let alias = ContigDictionary(identity.contigs)?.alias(of: contig.name)?.name
        throw CacheError(
          .otherReference, path: cache.path,
          "contig \(contig.name) of the cache's reference is "
            + (alias.map { "named \($0) in \(path)" } ?? "not in \(path)"),
          remedy: remedy)
      }
      guard contig.length == other.length else {
        throw CacheError(
          .otherReference, path: cache.path,
          "contig \(contig.name) is \(contig.length ?? 0) bases long in the cache's reference and \(other.length ?? 0) in \(path)",
          remedy: remedy)
      }
      if let digest = contig.digest, let found = other.digest, digest != found {
        throw CacheError(
          .otherReference, path: cache.path,
          "contig \(contig.name) is \(digest.identifier) in the cache's reference and \(found.identifier) in \(path)",
          remedy: remedy)
      }
    }
  }

  /// Work on one run of records.
  public func begin(contig: String) -> any VariantRunAnnotator {
    CacheRun(annotator: self, contig: contig)
  }
}
