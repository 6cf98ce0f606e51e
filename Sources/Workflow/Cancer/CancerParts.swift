import Interpretation
import Reports

/// Sections about a tumour.
struct CancerParts {
  let found: TumourAnalysis

  init(_ found: TumourAnalysis) { self.found = found }

  /// Variants that a page shows; the JSON has all.
  static let shownVariants = 500

  var all: [ClinicalReport.Part] { [overview, substitutions, signatures, fractions, variants] }

  // MARK: Words

  /// A text for people: the sample type `normal` is told as what it is, so that the word stands nowhere as a finding does.
  static func told(_ text: String) -> String {
    text.replacing("Tumour and normal", with: "Tumour and germline comparator")
      .replacing(/\b[Nn]ormal\b/, with: "germline comparator")
  }

  private static func words(_ code: String) -> String { told(code.replacing("-", with: " ")) }

  static func burden(_ burden: TumourBurden) -> String {
    if let value = burden.perMegabase {
      return
        "\(NumberFormat.decimals(2).string(value)) by megabase (\(burden.variants ?? 0) variants, \(burden.denominator))"
    }
    return "not told: \(burden.refused.map { words($0.rawValue) } ?? "unknown")"
  }

  static func signatures(_ fit: SignatureFit?) -> String {
    guard let fit else { return "no table was supplied (--signatures)" }
    if let refused = fit.refused { return "not told, with \(fit.version): \(words(refused.rawValue))" }
    let present = fit.exposures.count { $0.exposure > 0 }
    return
      "\(present) of \(fit.signatures) of \(fit.version) have an exposure, cosine similarity \(NumberFormat.decimals(3).string(fit.cosine ?? .nan))"
  }

  private static func percent(_ value: Double?) -> String { value.map { NumberFormat.percent(1).string($0) } ?? "" }

  // MARK: Overview

  private var overview: ClinicalReport.Part {
    var part = ClinicalReport.Part("tumour", "Tumour")
    let comparator = found.samples.normal
    part.fields = [
      .init("Tumour", found.samples.tumour),
      .init("Germline comparator", comparator ?? "none: the germline is not subtracted"),
      .init("Somatic variants", NumberFormat.grouped(found.counts.variants)),
      .init("Burden", Self.burden(found.burden)),
      .init("Terms that count in the burden", found.burden.terms.joined(separator: ", ")),
      .init("Sequenced", found.burden.assay.rawValue),
      .init("Reads are counted as", "\(found.layout.name.rawValue): \(Self.told(found.layout.fraction))"),
      .init("Rules", "\(found.rules.id), release \(found.rules.release), SHA-256 \(found.rules.digest)"),
      .init("Assembly", "\(found.reference.name ?? "neither GRCh37 nor GRCh38"), digest \(found.reference.digest)"),
    ]
    var rows = found.counts.byType.sorted { $0.key < $1.key }.map {
      ["Somatic variant: \($0.key)", NumberFormat.grouped($0.value)]
    }
    rows += found.counts.dropped.sorted { $0.key < $1.key }.map {
      ["Not counted: \(Self.words($0.key))", NumberFormat.grouped($0.value)]
    }
    rows.append(["Alternate alleles in the file", NumberFormat.grouped(found.counts.alleles)])
    part.tables = [
      .init(caption: "What became of every alternate allele", columns: ["What", "Alleles"], numbers: [1], rows: rows),
      .init(
        caption: "Warnings of the national case summary", columns: ["Warning", "State", "Value", "Limit", "From"],
        numbers: [2],
        rows: found.caseSummary.map {
          [Self.words($0.id), Self.words($0.state.rawValue), Self.percent($0.value), $0.limit, Self.told($0.detail)]
        }),
    ]
    return part
  }

  // MARK: Substitutions

  private var substitutions: ClinicalReport.Part {
    var part = ClinicalReport.Part("substitutions", "Substitutions")
    let catalogue = found.catalogue
    let skipped = catalogue.skipped.values.reduce(0, +)
    part.text = [
      "\(NumberFormat.grouped(catalogue.total)) single-base substitutions in 96 classes; \(NumberFormat.grouped(skipped)) are in none, with the reason below."
    ]
    var figure = ClinicalReport.Figure(
      kind: .groupedBars, title: "Single-base substitutions by class (SBS96)",
      description:
        "A bar a class: the change of the pyrimidine in its group, below each bar the base before, the changed base and the base behind.",
      x: "Base before, changed base, base behind", y: "Substitutions", labels: catalogue.bars.map(\.label),
      values: catalogue.bars.map { Double($0.count) })
    figure.groups = SubstitutionClass.substitutions.enumerated().map { place, change in
      ClinicalReport.Figure.Group(
        name: change, colour: SubstitutionClass.colours[place],
        ticks: catalogue.bars.filter { $0.substitution == change }.map { Self.context($0.label) })
    }
    part.figures = [figure]
    part.tables = [
      .init(
        caption: "Substitutions by the change of the pyrimidine", columns: ["Change", "Substitutions", "Share"],
        numbers: [1, 2],
        rows: SubstitutionClass.substitutions.map { change in
          let count = catalogue.six[change] ?? 0
          return [
            change, NumberFormat.grouped(count),
            catalogue.total == 0 ? "" : Self.percent(Double(count) / Double(catalogue.total)),
          ]
        })
    ]
    var others = catalogue.skipped.sorted { $0.key < $1.key }.map {
      ["In no class: \(Self.words($0.key))", NumberFormat.grouped($0.value)]
    }
    others += catalogue.doublets.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      ["Doublet \($0.key)", NumberFormat.grouped($0.value)]
    }
    if catalogue.adjacentUnphased > 0 {
      others.append(["Adjacent pairs that nobody phased, kept", NumberFormat.grouped(catalogue.adjacentUnphased)])
    }
    if !others.isEmpty {
      part.tables.append(
        .init(caption: "Beside the 96 classes", columns: ["What", "Number"], numbers: [1], rows: others))
    }
    return part
  }

  /// `ACA` of `A[C>A]A`.
  private static func context(_ label: String) -> String {
    let letters = Array(label)
    return letters.count == 7 ? String([letters[0], letters[2], letters[6]]) : label
  }

  // MARK: Signatures

  /// Exposures that the picture shows; the table has all above zero.
  private static let shownSignatures = 30

  private var signatures: ClinicalReport.Part {
    var part = ClinicalReport.Part("signatures", "Signatures")
    guard let fit = found.signatures else {
      part.text = ["Not supplied: \(Self.signatures(nil)). Exposures are unknown."]
      return part
    }
    part.text = [
      "Exposures are numbers of substitutions; nothing is said of what causes a signature. Intervals tell sampling error alone, not whether the table is the right one."
    ]
    part.fields = [
      .init("Table", "\(fit.version), \(fit.signatures) signatures, SHA-256 \(fit.digest)"),
      .init("Fit", Self.signatures(fit)), .init("Substitutions fitted", NumberFormat.grouped(fit.substitutions)),
      .init(
        "Sparse",
        fit.isSparse ? "signatures that the catalogue does without were dropped" : "no: all signatures of the table"),
      .init("Interval", fit.interval),
    ]
    guard fit.refused == nil else { return part }
    let present = fit.exposures.filter { $0.exposure > 0 }.sorted { $0.exposure > $1.exposure }
    let shown = Array(present.prefix(Self.shownSignatures))
    var figure = ClinicalReport.Figure(
      kind: .intervals, title: "Exposures of signatures",
      description: shown.count < present.count
        ? "The \(shown.count) largest of \(present.count) above zero, with their intervals."
        : "Those above zero, with their intervals.",
      x: "Substitutions", y: "Signature", labels: shown.map(\.signature), values: shown.map(\.exposure))
    figure.low = shown.map(\.low)
    figure.high = shown.map(\.high)
    part.figures = [figure]
    let whole = NumberFormat.decimals(1)
    part.tables = [
      .init(
        caption: "Exposures above zero",
        columns: ["Signature", "Substitutions", "From", "To", "Share", "Replicates above zero"],
        numbers: [1, 2, 3, 4, 5],
        rows: present.map {
          [
            $0.signature, whole.string($0.exposure), whole.string($0.low), whole.string($0.high),
            Self.percent($0.fraction), Self.percent($0.support),
          ]
        }, empty: "No signature has an exposure above zero.")
    ]
    return part
  }

  // MARK: Fractions

  private var fractions: ClinicalReport.Part {
    var part = ClinicalReport.Part("fractions", "Allele fractions")
    var figure = ClinicalReport.Figure(
      kind: .histogram, title: "Fractions of the variants in the tumour",
      description:
        "All somatic variants with a known fraction\(found.purity.peaks.isEmpty ? "." : "; lines at peaks of autosomal substitutions.")",
      x: "Variant allele fraction", y: "Variants", values: found.fractions.bins.map(Double.init))
    figure.binWidth = found.fractions.binWidth
    figure.marks = found.purity.peaks.map { .init(value: $0, label: NumberFormat.decimals(2).string($0)) }
    part.figures = found.fractions.known > 0 ? [figure] : []
    let purity = found.purity
    part.fields = [
      .init("Variants with a known fraction", NumberFormat.grouped(found.fractions.known)),
      .init("Without", NumberFormat.grouped(found.fractions.unknown)),
      .init(
        "Tumour content by the fractions",
        purity.purity.map {
          "\(Self.percent($0)), from \(Self.percent(purity.low)) to \(Self.percent(purity.high))"
        } ?? "unknown: \(purity.unknown.map { Self.words($0.rawValue) } ?? "not told")"),
      .init("Method", purity.method), .init("Takes for granted", Self.told(purity.limits)),
    ]
    if found.fractions.known == 0 { part.text = ["No variant has a known fraction: there is nothing to draw."] }
    return part
  }

  // MARK: Variants

  private var variants: ClinicalReport.Part {
    var part = ClinicalReport.Part("somatic-variants", "Variants in genes")
    let rows = found.rows.prefix(Self.shownVariants).map { cells in
      // CONTIG POS REF ALT TYPE IN_BURDEN GENES TERMS HGVSC HGVSP ALT_READS DEPTH FRACTION NORMAL_FRACTION DOMAINS
      let text = cells.map { $0 == "." ? "" : $0 }
      return [
        text[6], "\(text[0]):\(text[1]) \(text[2])>\(text[3])", text[7].replacing("&", with: ", "),
        [text[8], text[9]].filter { !$0.isEmpty }.joined(separator: "; "), text[10], text[11], text[12], text[13],
        text[5], text[14],
      ]
    }
    part.tables = [
      .init(
        caption: "Variants that change a protein or a splice site",
        columns: [
          "Gene", "Variant", "Consequence", "Names", "Reads", "Depth", "Fraction", "In the comparator", "In burden",
          "Domain",
        ], numbers: [4, 5, 6, 7], rows: Array(rows), empty: "No somatic variant has a listed consequence.")
    ]
    if found.variants.count > rows.count {
      part.text = [
        "\(NumberFormat.grouped(found.variants.count - rows.count)) further variants are in the JSON."
      ]
    }
    if found.domainEntries == nil { part.text.append("Domains: no list was supplied (--domains).") }
    return part
  }
}
