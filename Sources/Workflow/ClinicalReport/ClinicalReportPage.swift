import ApusVersion
import Reports

/// The page of a report, for screen and print; printed pages are numbered "n / m".
enum ClinicalReportPage {
  static func page(_ report: ClinicalReport) throws -> String {
    var sections = [
      ReportSection(
        id: "identity", heading: "Patient, specimen and request",
        blocks: [
          .definitions(
            definitions(report.patient, missing: "no referral was given: the patient is not identified here")),
          .group(heading: "Specimens", [.definitions(definitions(report.specimens, missing: "not told"))]),
          .group(heading: "Request", [.definitions(definitions(report.referral, missing: "no referral was given"))]),
        ] + turnaround(report)),
      ReportSection(id: "result", heading: "Result", blocks: result(report)),
    ]
    sections += (report.parts ?? []).map(\.section)
    sections += [
      ReportSection(
        id: "near-misses", heading: "Near misses",
        blocks: [
          .text(
            "Variants without a tier, or below the tier that they could have, and why. They are told because a rule that fails for want of data is no evidence against a variant."
          )
        ] + nearMisses(report)),
      ReportSection(
        id: "assessed", heading: "What was assessed",
        blocks: [
          .table(
            ReportTable(
              caption: "Classes of variants", columns: [Column("Class"), Column("State"), Column("Detail")],
              rows: report.classes.map {
                [.text($0.name), .status(status($0.state), $0.state.rawValue), .text($0.detail)]
              }))
        ] + gaps(report)),
      ReportSection(id: "quality", heading: "Verdicts on the data", blocks: [verdicts(report)]),
      ReportSection(id: "limitations", heading: "Method and limitations", blocks: method(report)),
      ReportSection(
        id: "provenance", heading: "Panels, data and versions",
        blocks: [
          .definitions(definitions(report.panels, missing: "no panel was applied")),
          .definitions(report.provenance.map { Definition($0.label, .code($0.value)) }),
        ]),
    ]
    if report.nearMissCount == 0, report.nearMisses.isEmpty { sections.removeAll { $0.id == "near-misses" } }
    return try renderHTML(
      ReportDocument(
        title: "Genomic report \(report.id)", subtitle: subtitle(report), banners: banners(report), sections: sections,
        footer: [
          "\(ClinicalReport.caveat) Evidence for qualified staff; nothing here is a statement about a person's health.",
          "Report \(report.id), version \(report.version), \(report.status.rawValue). Apus \(apusVersion).",
        ]))
  }

  private static func subtitle(_ report: ClinicalReport) -> String {
    var parts = ["version \(report.version)", report.status.rawValue]
    if let supersedes = report.supersedes { parts.append("in place of version \(supersedes)") }
    if let authoriser = report.authoriser { parts.append("authorised by \(authoriser.name) on \(authoriser.date)") }
    return parts.joined(separator: ", ")
  }

  private static func banners(_ report: ClinicalReport) -> [Banner] {
    var banners: [Banner] = []
    if !report.holds.isEmpty {
      banners.append(Banner(.hold, heading: "PROVISIONAL: the case is on HOLD", lines: report.holds))
    }
    if !report.status.isAuthorised {
      banners.append(
        Banner(.warn, heading: "DRAFT", lines: ["Nobody has authorised it. \(ClinicalReport.caveat)"]))
    }
    if let reason = report.reason {
      banners.append(Banner(.warn, heading: "Amended: why", lines: [reason]))
    }
    if !report.banners.isEmpty {
      banners.append(Banner(.warn, heading: "Read first", lines: report.banners))
    }
    return banners
  }

  private static func definitions(_ fields: [ClinicalReport.Field], missing: String) -> [Definition] {
    fields.isEmpty ? [Definition("Not told", .text(missing))] : fields.map { Definition($0.label, .text($0.value)) }
  }

  private static func turnaround(_ report: ClinicalReport) -> [ReportBlock] {
    guard !report.turnaround.isEmpty else { return [] }
    return [
      .table(
        ReportTable(
          caption: "Turnaround\(report.asOf.map { ", as of \($0)" } ?? ""): calendar days",
          columns: [
            Column("Table"), Column("Category"), .number("Standard", unit: "days"), Column("State"), Column("Detail"),
          ],
          rows: report.turnaround.map {
            [
              .text($0.table), .text($0.category ?? "not established"), $0.standard.map { .count($0) } ?? .none,
              .text($0.state), .text($0.detail),
            ]
          }))
    ]
  }

  private static func result(_ report: ClinicalReport) -> [ReportBlock] {
    var blocks: [ReportBlock] = report.summary.map { .text($0) }
    guard !report.findings.isEmpty else { return blocks }
    blocks.append(
      .table(
        ReportTable(
          caption: "Variants in tiers",
          columns: [
            Column("Tier"), Column("Gene"), Column("Variant"), Column("Consequence"), Column("Genotypes"),
            Column("Basis"), Column("To know"),
          ],
          rows: report.findings.map { one in
            [
              .text(one.tier ?? ""), .text(one.gene), .text(([one.variant] + one.names).joined(separator: "; ")),
              .text(one.consequence ?? ""),
              .text(one.genotypes.map { "\($0.label) \($0.value)" }.joined(separator: "; ")),
              .text(one.basis.joined(separator: "; ")), .text(one.notes.joined(separator: "; ")),
            ]
          }, rowHeader: 2)))
    blocks.append(
      .details(
        summary: "Evidence, rule by rule",
        report.findings.map { .group(heading: "\($0.gene): \($0.variant)", [.list($0.evidence)]) }))
    return blocks
  }

  private static func nearMisses(_ report: ClinicalReport) -> [ReportBlock] {
    var blocks: [ReportBlock] = [
      .table(
        ReportTable(
          caption: "Near misses",
          columns: [Column("Would be"), Column("Gene"), Column("Variant"), Column("Genotypes"), Column("Why not")],
          rows: report.nearMisses.map { one in
            [
              .text(one.tier ?? ""), .text(one.gene), .text(([one.variant] + one.names).joined(separator: "; ")),
              .text(one.genotypes.map { "\($0.label) \($0.value)" }.joined(separator: "; ")),
              .text(one.basis.joined(separator: "; ")),
            ]
          }, rowHeader: 2))
    ]
    if report.nearMissCount > report.nearMisses.count {
      blocks.append(
        .text(
          "\(NumberFormat.grouped(report.nearMissCount - report.nearMisses.count)) further near misses are in tiers.json."
        ))
    }
    return blocks
  }

  private static func gaps(_ report: ClinicalReport) -> [ReportBlock] {
    guard !report.gaps.isEmpty else { return [] }
    return [
      .table(
        ReportTable(
          caption: "Gaps in genes of the panels",
          columns: [
            Column("Sample"), Column("Gene"), .number("Bases of exons"), .number("Bases in gaps"),
            Column("Risk of mis-mapping"),
          ],
          rows: report.gaps.map {
            [
              .text($0.sample), .text($0.gene), .count($0.bases), .count($0.gapBases),
              $0.risk.map { .text($0) } ?? .none,
            ]
          }, rowHeader: 1))
    ]
  }

  private static func verdicts(_ report: ClinicalReport) -> ReportBlock {
    .outcomes(
      caption: "Verdict on each sample",
      report.verdicts.map {
        OutcomeRow(
          rule: $0.sample, outcome: CasePage.outcome($0.verdict),
          evidence: $0.reasons.isEmpty ? "no rule stands out" : $0.reasons.joined(separator: "; "))
      })
  }

  private static func method(_ report: ClinicalReport) -> [ReportBlock] {
    [
      .group(heading: "Method", [.list(report.method)]),
      .group(heading: "Limitations", [.list(report.limitations)]),
    ]
  }

  private static func status(_ state: ClinicalReport.VariantClass.State) -> Status {
    switch state {
    case .assessed: .pass
    case .failed: .fail
    case .notSupplied, .notAssessed: .notAssessed
    }
  }
}
