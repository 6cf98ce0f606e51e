import ArgumentParser
import Batching
import GenomicFiles
import KnowledgeBase
import Reports

extension KbCommand {
  struct Query: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Look up a variant, a region or a gene.",
      discussion: """
        A variant is CHROM-POS-REF-ALT as a normalised VCF writes it, a VRS identifier (ga4gh:VA.…), or a genomic HGVS name
        (NC_000020.11:g.…); a region is CHROM:START-END, both ends in; anything else is a gene: its symbol in either case, or
        its identifier, whole. A name on a transcript (ENST….8:c.35G>T, NM_….4:c.…, …:n.…) needs -c: the cache's transcript
        of that version puts it on the genome, left-aligned.

        An rsID (rs123) needs -c, too: the base holds none. It is looked up in those of the cache's sources that keep rsIDs
        (--source dbsnp=FILE:ID, clinvar=FILE:RS; 78 where none does). One rsID names several alleles where a record has
        several alternates or an identifier was given twice: each of them is answered, and the answer says how many there
        are. An rsID that no source has is refused (65): it may have been merged into another.

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
          apus kb query lab.kb -c GRCh38.cache rs121918460
        """)

    @Argument(help: "The base.")
    var kb: String

    @Argument(
      help: "CHROM-POS-REF-ALT, CHROM:START-END, ga4gh:VA.…, NC_…:g.…, rs123, or a gene's symbol or identifier.")
    var question: String

    @Option(
      name: [.customShort("c"), .long],
      help: "An annotation cache of the base's own assembly, for names on transcripts and rsIDs.")
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
      let asked = try KbQuestion(question, cache: cache)
      let isJSON = json
      try await interruptible(resources) {
        let answer = try await resources.blocking.run {
          let base = try KnowledgeBase(path: path)
          let info = try base.info(countsAlleles: false)
          let (questions, identifier) = try asked.questions(info, base: path)
          var scope: KnowledgeBase.GeneScope?
          if case .gene(let name) = questions.first { scope = try base.scope(ofGene: name) }
          return KnowledgeBaseAnswer(
            info: info, scope: scope, identifier: identifier,
            answers: try base.answers(to: questions, by: by, indication: indication), dimension: by,
            indication: indication)
        }
        print(isJSON ? String(decoding: answer.json.bytes, as: UTF8.self) : answer.table, terminator: "")
      }
    }
  }
}
