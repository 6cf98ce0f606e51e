import Annotation
import GenomicFiles
import Genomics
import Interpretation
import KnowledgeBase
import Workflow

/// What `kb query` is asked: by what the base itself knows, or by a name that a cache turns into alleles.
enum KbQuestion: Sendable {
  case plain(Question)
  case transcript(TranscriptVariantName, cache: String)
  case identifier(RSIdentifier, cache: String)

  /// - Throws: `RunError` of kind `usage`.
  init(_ text: String, cache: String?) throws {
    if let identifier = RSIdentifier(text), let cache {
      self = .identifier(identifier, cache: cache)
    } else if TranscriptVariantName.isOne(text) {
      guard let cache else {
        throw RunError(.usage, "a name on a transcript needs an annotation cache; give -c, or ask by NC_…:g.…")
      }
      guard let name = TranscriptVariantName(text) else {
        throw RunError(.usage, "the name on a transcript cannot be read; give one such as ENST….8:c.35G>T")
      }
      self = .transcript(name, cache: cache)
    } else if let question = Question(text) {
      self = .plain(question)
    } else if let reason = Question.refusal(text) {
      throw RunError(.usage, RSIdentifier(text) == nil ? reason : "\(reason); give -c")
    } else {
      throw RunError(
        .usage,
        "the question is no variant (CHROM-POS-REF-ALT), region (CHROM:START-END), VRS identifier or gene; correct it"
      )
    }
  }

  /// An rsID, and what it names by a cache's sources.
  struct IdentifierScope: Sendable {
    var identifier: RSIdentifier
    var alleles: [IdentifiedAllele]
    /// The sources that have rsIDs.
    var sources: [String]
  }

  /// What the base is asked. Blocks.
  /// - Parameters:
  ///   - info: of the base.
  ///   - path: the base's.
  func questions(
    _ info: KnowledgeBase.Info, base path: String
  ) throws -> (questions: [Question], identifier: IdentifierScope?) {
    switch self {
    case .plain(let question): return ([question], nil)
    case .transcript(let name, let file):
      return ([try Self.question(name, try Self.cache(file, info, base: path))], nil)
    case .identifier(let identifier, let file):
      let scope = try Self.scope(of: identifier, try Self.cache(file, info, base: path))
      let questions = scope.alleles.map { allele in
        Question.variant(
          contig: allele.contig, start: allele.position.zeroBased.value, reference: allele.reference,
          alternate: allele.alternate)
      }
      return (questions, scope)
    }
  }

  /// A cache of the base's assembly.
  private static func cache(_ path: String, _ info: KnowledgeBase.Info, base: String) throws -> AnnotationCache {
    let cache = try AnnotationCache(path: path)
    guard info.assemblyDigest == nil || info.assemblyDigest == cache.build.assemblyDigest else {
      throw CacheError(
        .otherReference, path: path,
        "the cache was built for another assembly than that of the base \(KnowledgeBase.name(of: base))",
        remedy: "give a cache of the base's assembly (apus kb info)")
    }
    return cache
  }

  private static func scope(of identifier: RSIdentifier, _ cache: AnnotationCache) throws -> IdentifierScope {
    let (alleles, sources) = try cache.alleles(of: identifier)
    guard !alleles.isEmpty else {
      throw InputError(
        .mismatch, at: InputLocation(file: cache.path),
        "\(identifier) is in none of the sources that keep rsIDs (\(sources.joined(separator: ", "))); nothing follows",
        remedy: "check the number: it may have been merged into another, or be newer than the sources")
    }
    return IdentifierScope(identifier: identifier, alleles: alleles, sources: sources)
  }

  /// The variant of a name on a transcript, as the base's files have it.
  private static func question(_ name: TranscriptVariantName, _ cache: AnnotationCache) throws -> Question {
    do {
      let allele = try FamilialVariant(try name.genomic(cache), cache: cache).allele
      return .variant(
        contig: allele.contig, start: OneBasedPosition(allele.position).zeroBased.value,
        reference: allele.reference, alternate: allele.alternate)
    } catch let refusal as TranscriptVariantName.Refusal {
      if refusal.isUsage { throw RunError(.usage, refusal.description) }
      throw InputError(
        .mismatch, at: InputLocation(file: cache.path), refusal.description,
        remedy: "check the transcript and its version")
    } catch is FamilialVariant.Refusal {
      throw InputError(
        .mismatch, at: InputLocation(file: cache.path),
        "\(name.text) is not on the cache's reference: the bases that it tells are not there",
        remedy: "check the transcript's version")
    }
  }
}
