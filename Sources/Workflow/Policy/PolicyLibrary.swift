import GenomicFiles

extension Policy {
  /// The policies that come with Apus, by name.
  public static let builtInNames = ["gel-rare-disease", "gel-newborn", "ga4gh-wgs"]

  /// A policy by its name, or of a file: what has a slash or ends in .yaml or .yml is a path.
  ///
  /// Blocks: use the blocking executor.
  /// - Throws: `RunError` of kind `configuration` for a name or content that is not known; `InputError` for a file that
  ///   cannot be read.
  public static func named(_ name: String) throws -> Policy {
    if let text = builtIns[name] { return try Policy(yaml: text, path: "policy \(name)") }
    guard name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") else {
      throw RunError(
        .configuration,
        "there is no policy \(name); there are \(builtInNames.joined(separator: ", ")), and files that end in .yaml")
    }
    let bytes = try readWhole(name, limit: 1 << 20)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RunError(.configuration, "\(name) is no policy: it is not UTF-8")
    }
    return try Policy(yaml: text, path: name)
  }

  /// The nine alignment metrics of the standard, by its identifiers, with the metric here that measures each.
  private static let ga4ghMetrics: [(id: String, metric: String, unit: String, source: String)] = [
    ("yield_bp_q30", "yield_bp_q30", "bases", "GA4GH definition"),
    ("mean_autosome_coverage", "cov.ga4gh.mean", "x", "GA4GH definition"),
    ("pct_autosomes_15x", "cov.ga4gh.pct15", "percent", "GA4GH definition"),
    ("mad_autosome_coverage", "cov.ga4gh.mad", "x", "GA4GH definition"),
    ("pct_reads_mapped", "pct_reads_mapped", "percent", "GA4GH definition"),
    ("pct_reads_properly_paired", "pct_reads_properly_paired", "percent", "GA4GH definition"),
    ("mean_insert_size", "mean_insert_size", "bases", "GA4GH definition"),
    ("insert_size_std_deviation", "insert_size_std_deviation", "bases", "GA4GH definition"),
    (
      "cross_contamination_rate", "contam.fraction", "fraction",
      "GA4GH asks for VerifyBamID2; measured is the fraction of this program's own method, without its ancestry model"
    ),
  ]

  static let builtIns: [String: String] = [
    "gel-rare-disease": """
    schema: apus-policy/1
    id: gel-rare-disease
    title: NHS Genomic Medicine Service, rare disease, germline whole genome
    source: Genomics England, Rare Disease Genome Analysis Guide, quality control page
    reference: GRCh38
    territory: whole reference genome
    filters: >-
      mapping quality above 10 (not 10), duplicates out, mates' overlap once. The source also trims adapters and 3' ends
      below a mean of 15 and clips semi-aligned ends before it counts; what the aligner left is not trimmed here.
    rules:
      - id: checksum
        metric: input.md5_matches
        unit: boolean
        operator: ">="
        limit: 1
        otherwise: FAIL
        source: md5 of the delivered file matches
      - id: coverage-15x
        metric: cov.gel_rd.pct15
        unit: percent
        operator: ">="
        limit: 95
        otherwise: FAIL
        required: true
        exempt: [saliva]
        source: at least 95 % of the reference genome at 15x or more; saliva is exempt
      - id: yield-q30
        metric: bases.q30_yield_nodup
        unit: bases
        operator: ">"
        limit: 85e9
        otherwise: FAIL
        required: true
        source: more than 85 Gb of Q30 bases, duplicates out, mates' overlap once
      - id: contamination
        metric: contam.fraction
        unit: fraction
        operator: "<="
        limit: 0.03
        otherwise: FAIL
        required: true
        source: germline contamination above 3 % fails (VerifyBamID at the source)

    """,
    "gel-newborn": """
    schema: apus-policy/1
    id: gel-newborn
    title: Generation Study, newborn genomes
    source: Genomics England, Generation Study pipeline guide, sequencing data quality page
    reference: GRCh38
    territory: autosomes
    filters: mapping quality above 10 (not 10), duplicates out, mates' overlap once
    rules:
      - id: checksum
        metric: input.md5_matches
        unit: boolean
        operator: ">="
        limit: 1
        otherwise: FAIL
        source: md5 of the delivered file matches
      - id: coverage-15x
        metric: cov.gel_nb.pct15
        unit: percent
        operator: ">="
        limit: 95
        otherwise: FAIL
        required: true
        source: 95 % of the autosomal genome at 15x or more
      - id: yield-q30
        metric: bases.q30_yield_nodup
        unit: bases
        operator: ">"
        limit: 85e9
        otherwise: FAIL
        required: true
        source: more than 85 Gb of Q30 bases after removal of duplicates
      - id: contamination
        metric: contam.fraction
        unit: fraction
        operator: "<="
        limit: 0.015
        otherwise: FAIL
        required: true
        source: above 1.5 % the case pauses (VerifyBamID2 at the source)

    """,
    "ga4gh-wgs": """
    schema: apus-policy/1
    id: ga4gh-wgs
    title: GA4GH quality control of whole genomes, the nine alignment metrics
    source: GA4GH quality-control-wgs, release 1; the standard sets no limits
    reference: GRCh38
    territory: autosomes without gaps
    filters: as each metric's definition says
    rules:
    \(ga4ghMetrics.map { rule in
      "  - {id: \(rule.id), metric: \(rule.metric), unit: \(rule.unit), source: \"\(rule.source)\"}"
    }.joined(separator: "\n"))

    """,
  ]
}
