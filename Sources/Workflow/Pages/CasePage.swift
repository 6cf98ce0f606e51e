import Alignments
import ApusVersion
import Genomics
import Reads
import Reports
import Variants

/// The page of one case.
enum CasePage {
  static func page(_ summary: CaseSummary, reference: Manifest.Reference?, versions: [String: String]) throws -> String
  {
    var sections = [
      ReportSection(id: "overview", heading: "Overview", blocks: [.table(overview(summary))]),
      ReportSection(id: "agreement", heading: "Do the files belong together?", blocks: agreement(summary)),
    ]
    sections += summary.parts.map(\.section)
    for sample in summary.samples { sections.append(contentsOf: try self.sections(sample)) }
    sections.append(
      ReportSection(id: "provenance", heading: "Provenance", blocks: provenance(summary, reference, versions)))
    return try renderHTML(
      ReportDocument(
        title: "Case \(summary.name)",
        subtitle:
          "\(summary.samples.count == 1 ? "1 sample" : "\(summary.samples.count) samples")\(reference?.assembly.map { ", \($0.rawValue)" } ?? "")",
        banners: [banner(summary)]
          + (summary.notes.isEmpty ? [] : [Banner(.warn, heading: "Read first", lines: summary.notes)]),
        sections: sections,
        footer: [
          "Apus \(apusVersion). Evidence for decision support by qualified staff; nothing on this page is a statement about a person's health.",
          "Data that were not supplied were not assessed; an absent result is not a result.",
        ]))
  }

  private static func banner(_ summary: CaseSummary) -> Banner {
    switch summary.state {
    case .hold:
      Banner(
        .hold, heading: "Results are PROVISIONAL",
        lines: summary.holdReasons + [
          "Resolve the reasons and run again. Nothing of this case can be contributed while it is held."
        ])
    case .ready: Banner(.ready, heading: "No rule holds this case", lines: [])
    case .failed: Banner(.fail, heading: "The case could not be run", lines: [])
    case .pending: Banner(.warn, heading: "The case has not ended", lines: [])
    }
  }

  /// A row a sample: what was supplied, and the figures that are looked at first.
  private static func overview(_ summary: CaseSummary) -> ReportTable {
    ReportTable(
      caption: "Samples of the case",
      columns: [
        Column("Sample"), Column("Files agree"), .number("Reads"), .number("Q30 bases", unit: "%"),
        .number("Mean depth", unit: "×"), .number("≥ 15×", unit: "% of bases"), .number("Variant records"),
      ],
      rows: summary.samples.map { sample in
        let reads = sample.results.reads?.summary.before_filtering
        let total = sample.results.alignments?.coverage?.last
        return [
          .text(sample.sample.name), .outcome(outcome(sample.verdict.verdict)),
          reads.map { .count($0.total_reads) } ?? .none,
          reads.map { .number(100 * $0.q30_rate, .decimals(2)) } ?? .none,
          total.map { .number($0.mean, .decimals(2)) } ?? .none,
          total?.percentAtLeast["15"].map { .number($0, .decimals(2)) } ?? .none,
          sample.results.variants.map { .count($0.counts.recordsOut) } ?? .none,
        ]
      })
  }

  /// A table a sample of what was assessed, and once what was not.
  private static func agreement(_ summary: CaseSummary) -> [ReportBlock] {
    let ofCase: [ReportBlock] =
      summary.rules.isEmpty
      ? []
      : [
        .outcomes(
          caption: "Rules for the case",
          summary.rules.map { OutcomeRow(rule: $0.rule, outcome: outcome($0.outcome), evidence: $0.evidence) })
      ]
    let assessed =
      ofCase
      + summary.samples.map { sample -> ReportBlock in
        .outcomes(
          caption: "Rules for \(sample.sample.name)",
          sample.verdict.rules.filter { $0.outcome != .notAssessed }.map {
            OutcomeRow(rule: $0.rule, outcome: outcome($0.outcome), evidence: $0.evidence)
          })
      }
    var open: [String] = []
    for rule in summary.samples.flatMap(\.verdict.rules) where rule.outcome == .notAssessed && !open.contains(rule.rule)
    {
      open.append(rule.rule)
    }
    guard !open.isEmpty else { return assessed }
    return assessed + [.group(heading: "Not assessed by this version", [.list(open)])]
  }

  static func outcome(_ verdict: VerdictOutcome) -> Outcome {
    switch verdict {
    case .pass: .pass
    case .warn: .warn
    case .fail: .fail
    case .unknown: .unknown
    case .notAssessed: .notAssessed
    }
  }

  private static func sections(_ sample: SampleSummary) throws(ReportError) -> [ReportSection] {
    let name = sample.sample.name
    var sections: [ReportSection] = []
    var about: [Definition] = [
      Definition("Sex as declared", .text(sample.sample.sex.rawValue)),
      Definition("Status", .text(sample.sample.statusTold)),
    ]
    if !sample.sample.role.isEmpty { about.append(Definition("Role", .text(sample.sample.role))) }
    for (key, value) in sample.sample.extra.sorted(by: { $0.key < $1.key }) {
      about.append(Definition(key, .text(value)))
    }
    let missing = [
      ("reads (FASTQ)", sample.results.reads == nil), ("alignments (BAM)", sample.results.alignments == nil),
      ("variants (VCF or gVCF)", sample.results.variants == nil),
      ("reference blocks (gVCF)", sample.sample.gvcf == nil),
    ].filter(\.1).map(\.0)
    if !missing.isEmpty { about.append(Definition("Not supplied", .text(missing.joined(separator: ", ")))) }
    sections.append(ReportSection(id: "sample-\(name)", heading: name, blocks: [.definitions(about)]))
    if let reads = sample.results.reads {
      sections.append(
        ReportSection(
          id: "reads-\(name)", heading: "\(name): reads",
          blocks: ReadPages.digest(reads)))
    }
    if let alignments = sample.results.alignments {
      sections.append(
        ReportSection(
          id: "alignments-\(name)", heading: "\(name): alignments",
          blocks: try AlignmentPages.figures(alignments) + [AlignmentPages.link(sample: name)]
            + AlignmentPages.coverage(alignments) + AlignmentPages.definitions(alignments)))
    }
    if let variants = sample.results.variants {
      sections.append(
        ReportSection(id: "variants-\(name)", heading: "\(name): variants", blocks: VariantPages.blocks(variants)))
    }
    if let blocks = sample.results.referenceBlocks {
      sections.append(
        ReportSection(
          id: "reference-blocks-\(name)", heading: "\(name): reference blocks",
          blocks: VariantPages.referenceBlocks(blocks)))
    }
    return sections
  }

  private static func provenance(_ summary: CaseSummary, _ reference: Manifest.Reference?, _ versions: [String: String])
    -> [ReportBlock]
  {
    var definitions = versions.sorted { $0.key < $1.key }.map { Definition("Version of \($0.key)", .code($0.value)) }
    if let reference {
      definitions.append(Definition("Reference", .text(reference.path)))
      definitions.append(
        Definition(
          "Assembly", .text(reference.assembly?.rawValue ?? "neither GRCh37 nor GRCh38 by the lengths of its contigs")))
      definitions.append(Definition("Assembly digest", .code(reference.assemblyDigest)))
    }
    var blocks: [ReportBlock] = [
      .definitions(definitions),
      .text("manifest.json beside this page holds the options of each step and the SHA-256 of every input and output."),
    ]
    if let reference {
      let shown = reference.contigs.prefix(100)
      let table = ReportBlock.table(
        ReportTable(
          caption: "Reference sequences and their GA4GH refget digests",
          columns: [Column("Contig"), .number("Length"), Column("Digest")],
          rows: shown.map { [.text($0.name), .count($0.length), .code($0.refget)] }))
      let rest = reference.contigs.count - shown.count
      blocks.append(
        .details(
          summary: "Reference sequences",
          [table] + (rest > 0 ? [.text("\(rest) further sequences are in manifest.json.")] : [])))
    }
    return blocks
  }
}
