import Annotation
import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import Interpretation
import KnowledgeBase
import Reports
import Workflow

extension KbCommand {
  struct Query: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Look up a variant, a region or a gene.",
      discussion: """
        A variant is CHROM-POS-REF-ALT as a normalised VCF writes it, a VRS identifier (ga4gh:VA.…), or a genomic HGVS name
        (NC_000020.11:g.…); a region is CHROM:START-END, both ends in; anything else is a gene: its symbol in either case, or
        its identifier, whole. A name on a transcript (ENST….8:c.35G>T, NM_….4:c.…, …:n.…) needs -c: the cache's transcript
        of that version puts it on the genome, left-aligned. rsIDs are refused: neither base nor cache can look them up.
        AC and AN count people known at the site; whoever's data do not cover it is unknown, never reference. AF is among
        people whose callable regions cover the site.

        With an allele stand how many carriers' cases gave it each tier, and the latest class that somebody gave it.

        A gene's alleles are those that the annotation of somebody's case (apus run -c) places inside it: in an exon, an
        intron or a splice site of a transcript, not merely up- or downstream. The answer names the caches that annotated
        the base's cases, and counts the people whose cases were not annotated: their alleles are not found by gene. A gene
        that no annotation names is unknown to the base; nothing follows about it.

        Example:
          apus kb query lab.kb 20-10012714-TCTC-T --json
          apus kb query lab.kb 20:10000000-10010000
          apus kb query lab.kb JAG1 --indication R27
          apus kb query lab.kb 'NC_000020.11:g.10012715_10012717del' --by assay
          apus kb query lab.kb -c GRCh38.cache 'ENST00000254958.10:c.2026del'
        """)

    @Argument(help: "The base.")
    var kb: String

    @Argument(
      help: "CHROM-POS-REF-ALT, CHROM:START-END, ga4gh:VA.…, NC_…:g.…, or a gene's symbol or identifier.")
    var question: String

    @Option(
      name: [.customShort("c"), .long],
      help: "An annotation cache of the base's own assembly, for names on transcripts.")
    var cache: String?

    @Option(
      help:
        "Count in strata too: \(ContributionDetails.dimensions.joined(separator: ", ")). People of whom it is not told are in '.'."
    )
    var by: String?

    @Option(help: "Count people of this test code or R-code alone.")
    var indication: String?

    @Flag(help: "Answer in JSON.")
    var json = false

    @OptionGroup var shared: SharedOptions

    func validate() throws {
      if let by, !ContributionDetails.dimensions.contains(by) {
        throw ValidationError("--by takes one of \(ContributionDetails.dimensions.joined(separator: ", "))")
      }
    }

    func run() async throws {
      let (by, indication) = (by, indication)
      let resources = shared.resources
      let path = try baseName(kb)
      let (text, cache) = (question, cache)
      let isOnTranscript = cache != nil && TranscriptVariantName.isOne(text)
      let asked = isOnTranscript ? nil : Question(text)
      guard isOnTranscript || asked != nil else {
        if TranscriptVariantName.isOne(text) {
          throw RunError(.usage, "a name on a transcript needs an annotation cache; give -c, or ask by NC_…:g.…")
        }
        if let reason = Question.refusal(text) { throw RunError(.usage, reason) }
        throw RunError(
          .usage,
          "the question is no variant (CHROM-POS-REF-ALT), region (CHROM:START-END), VRS identifier or gene; correct it"
        )
      }
      let isJSON = json
      try await interruptible(resources) {
        let answer = try await resources.blocking.run {
          let base = try KnowledgeBase(path: path)
          let info = try base.info(countsAlleles: false)
          let question = try asked ?? Self.question(text, cache: cache ?? "", info, path: path)
          var scope: KnowledgeBase.GeneScope?
          if case .gene(let name) = question { scope = try base.scope(ofGene: name) }
          return KnowledgeBaseAnswer(
            info: info, scope: scope,
            answers: try base.answers(to: question, by: by, indication: indication), dimension: by,
            indication: indication)
        }
        print(isJSON ? String(decoding: answer.json.bytes, as: UTF8.self) : answer.table, terminator: "")
      }
    }

    /// The variant of a name on a transcript, as the base's files have it.
    private static func question(
      _ text: String, cache path: String, _ info: KnowledgeBase.Info, path base: String
    ) throws -> Question {
      let cache = try AnnotationCache(path: path)
      guard info.assemblyDigest == nil || info.assemblyDigest == cache.build.assemblyDigest else {
        throw CacheError(
          .otherReference, path: path, "the cache was built for another assembly than that of the base \(base)",
          remedy: "give a cache of the base's assembly (apus kb info)")
      }
      guard let name = TranscriptVariantName(text) else {
        throw RunError(.usage, "the name on a transcript cannot be read; give one such as ENST….8:c.35G>T")
      }
      do {
        let allele = try FamilialVariant(try name.genomic(cache), cache: cache).allele
        return .variant(
          contig: allele.contig, start: OneBasedPosition(allele.position).zeroBased.value,
          reference: allele.reference, alternate: allele.alternate)
      } catch let refusal as TranscriptVariantName.Refusal {
        if refusal.isUsage { throw RunError(.usage, refusal.description) }
        throw InputError(
          .mismatch, at: InputLocation(file: path), refusal.description, remedy: "check the transcript and its version")
      } catch let refusal as FamilialVariant.Refusal {
        throw InputError(
          .mismatch, at: InputLocation(file: path),
          "\(text) is not on the cache's reference: the bases that it tells are not there",
          remedy: "check the transcript's version")
      }
    }
  }
}
