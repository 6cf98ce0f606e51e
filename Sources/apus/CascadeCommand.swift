import Alignments
import Annotation
import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import Interpretation
import Workflow

/// `apus cascade`.
struct CascadeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cascade", abstract: "Look for known familial variants in a relative.",
    discussion: """
      A variant is present, absent or not callable. An absent record is not callable: it is absent only where the
      reference is called with 10 reads and quality 20 or more, in a record, in a reference block of a gVCF, or, for a
      change of one base, by reads of --bam of which none has it.

      Variants are contig-position-ref-alt, contig:position:ref:alt, or HGVS on the genome; REF is held against the cache.

      Example:
        apus cascade SISTER.g.vcf.gz -c GRCh38.cache --familial NC_000020.11:g.10644500_10644501del -o SISTER.cascade.json
      """)

  @Argument(help: "The relative's VCF or gVCF.")
  var input: String

  @Option(
    name: [.customShort("c"), .long], help: "Annotation cache, made by apus cache build: it proves the assembly.")
  var cache: String

  @Option(parsing: .upToNextOption, help: ArgumentHelp("Variants that were found in the family.", valueName: "variant"))
  var familial: [String]

  @Option(name: [.customShort("f"), .long], help: "Reference FASTA to normalise with; the cache's bases without.")
  var fasta: String?

  @Option(help: "The relative's sample, where the file has several.")
  var sample: String?

  @Option(help: "The relative's alignments, BAM or CRAM (with -f), read once from end to end.")
  var bam: String?

  @Option(name: [.customShort("o"), .long], help: "Findings as JSON.")
  var output: String

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if input == "-" { throw ValidationError("give the VCF by its path: it is read twice") }
    if familial.isEmpty { throw ValidationError("give one --familial at least") }
  }

  func run() async throws {
    let resources = shared.resources
    let command = self
    try await interruptible(resources) { try await command.work(resources) }
  }

  private func work(_ resources: RunResources) async throws {
    try Outputs.refuse([output], inputs: [input, cache] + [fasta, bam].compactMap { $0 }, force: shared.force)
    let annotation = try await TierCommand.annotator(cache: cache, fasta: fasta, input: input, resources)
    let source = annotation.annotator.source
    let variants = try familial.map { text in
      do {
        return try FamilialVariant(text, cache: source)
      } catch let refusal as FamilialVariant.Refusal {
        if refusal.isUsage { throw RunError(.usage, refusal.description) }
        throw InputError(
          .mismatch, at: InputLocation(file: cache), refusal.description, remedy: "check the variant and its assembly")
      }
    }
    let bases = try await counts(variants, annotation.reference, resources)
    let (name, findings) = try await cascade(
      variants, in: input, sample: sample, cache: source, annotator: annotation.annotator,
      reference: annotation.reference,
      reads: bases.map { bases in { contig, position in bases[contig]?[position] } }, resources: resources)
    let report = CascadeReport(cache: source, sample: name, findings: findings, usedReads: bam != nil)
    try await Outputs.write(output, try report.json(), shared.force, resources)
  }

  /// Bases of the alignments at variants of one base, by contig and place counted from 0; nil without alignments.
  private func counts(
    _ variants: [FamilialVariant], _ reference: FASTAReference?, _ resources: RunResources
  ) async throws -> [String: [Int: ReadBases]]? {
    guard let bam else { return nil }
    var sites: [String: [SitePanel.Site]] = [:]
    let letters = Array("ACGT")
    for allele in Set(variants.map(\.allele)) {
      guard allele.reference.count == 1, allele.alternate.count == 1,
        let ref = letters.firstIndex(of: Character(allele.reference)),
        let alt = letters.firstIndex(of: Character(allele.alternate)),
        // Two changes of one base are one place.
        sites[allele.contig]?.contains(where: { $0.position == allele.position - 1 }) != true
      else { continue }
      sites[allele.contig, default: []].append(
        SitePanel.Site(
          position: allele.position - 1, reference: UInt8(ref), alternate: UInt8(alt), frequency: 0.5))
    }
    guard !sites.isEmpty else { return [:] }
    let panel = SitePanel(
      path: bam, contigs: sites.sorted { $0.key < $1.key }.map { SitePanel.ContigSites(name: $0.key, sites: $0.value) })
    var job = AlignmentJob(input: InputFile(path: bam, progress: ProgressCounter()))
    job.collect = [SiteCounts.name]
    job.options.samples.sites = panel
    job.reference = reference
    let wanted = sample
    let result = try await processAlignments(job, resources: resources) { header in
      guard let wanted, !header.samples.isEmpty, !header.samples.contains(wanted) else { return }
      throw InputError(
        .mismatch, at: InputLocation(file: bam), "its read groups name another sample than \(wanted)",
        remedy: "give this person's alignments")
    }
    guard result.isSorted != false, let counted = result[SiteCounts.self] else {
      throw InputError(
        .malformed, at: InputLocation(file: bam), "the records are not in coordinate order",
        remedy: "sort the file, for example with samtools sort")
    }
    var bases: [String: [Int: ReadBases]] = [:]
    for contig in counted.panel.contigs {
      for (number, site) in contig.sites.enumerated() {
        bases[contig.name, default: [:]][site.position] = ReadBases(counted.bases(at: contig.firstIndex + number))
      }
    }
    return bases
  }
}
