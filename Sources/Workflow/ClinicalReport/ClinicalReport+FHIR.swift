import Service

extension ClinicalReport {
  /// The report as a FHIR DiagnosticReport.
  /// - Parameter issued: the moment of issue, ISO 8601 with its zone.
  /// - Returns: the file, or why the report lacks what a DiagnosticReport needs.
  func fhir(issued: String) -> Result<[UInt8], ReportForFHIRError> {
    guard let assembly = exchange.assembly.flatMap({ ReportForFHIR.Assembly(rawValue: $0) }) else {
      return .failure(.field("assembly", "is neither GRCh37 nor GRCh38"))
    }
    var report = ReportForFHIR(
      id: "\(id)-v\(version)".replacing("_", with: "-"), identifier: .init(system: "urn:apus:report", value: id),
      status: fhirStatus, issued: issued, subject: exchange.subject.map { .init(system: $0.label, value: $0.value) },
      performerODS: exchange.laboratory ?? "",
      specimens: exchange.specimens.map { .init(system: $0.label, value: $0.value) }, assembly: assembly,
      conclusion: summary.joined(separator: " "))
    report.version = String(version)
    report.assignerODS = exchange.laboratory
    report.order = exchange.order
    report.authoriser = authoriser?.name
    if supersedes != nil {
      report.replaces = .init(system: "urn:apus:report", value: "\(id)-v\(supersedes ?? 0)")
      report.amendmentReason = reason
    }
    report.study = exchange.study
    report.notes = method + limitations + classes.map { "\($0.name): \($0.state.rawValue); \($0.detail)" }
    report.variants = findings.compactMap { one in
      guard let allele = one.allele else { return nil }
      var variant = ReportForFHIR.Variant(
        contig: allele.contig, position: allele.position, reference: allele.reference, alternate: allele.alternate)
      variant.geneID = allele.hgnc
      variant.geneSymbol = one.gene
      variant.transcript = allele.transcript
      variant.codingHGVS = allele.hgvsc
      variant.proteinHGVS = allele.hgvsp
      variant.depth = allele.depth
      if let copies = allele.copies, copies.count == 2 {
        switch (copies[0], copies[1]) {
        case (1, 1): variant.zygosity = .hemizygous
        case (let alternate, let all) where alternate == all && all > 1: variant.zygosity = .homozygous
        case (1..., _): variant.zygosity = .heterozygous
        default: break
        }
      }
      variant.evidence = [one.tier].compactMap { $0 } + one.basis
      return variant
    }
    do {
      return .success(try report.file())
    } catch {
      return .failure(error)
    }
  }

  private var fhirStatus: ReportForFHIR.Status {
    switch status {
    case .draft, .amendedDraft: .preliminary
    case .final: .final
    case .amended: .amended
    }
  }
}
