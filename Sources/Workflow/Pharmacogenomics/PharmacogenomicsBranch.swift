import Alignments
import Annotation
import Batching
import GenomicFiles
import Genomics
import Interpretation
import Reports
import Service

extension BranchRunner {
  /// Calls the pharmacogenes that a test asks for, of the proband's germline sample.
  ///
  /// The gVCF is read where there is one: a position that a file does not have is never the reference. Beside a VCF, depth
  /// of the alignments tells positions without a record.
  func pharmacogenomics(
    _ one: SampleSheet.Case, _ samples: [SampleSummary], _ test: DirectoryTest
  ) async throws -> BranchResult {
    var result = BranchResult(branch: .pharmacogenomics)
    let asked = test.genes.isEmpty ? nil : Set(test.genes)
    let files = options.branchFiles
    result.inputs = [files.dosing?.file].compactMap { $0 }
    result.options["definitions"] = files.definitionsDigest
    let germline = one.samples.filter { $0.status == "germline" && ($0.gvcf ?? $0.vcf) != nil }
    let sample = CaseTierer.proband(germline)
    result.rules.append(
      RuleResult(
        id: "pharmacogenomics.sample", rule: "A germline sample of the proband has variants",
        outcome: sample == nil ? .unknown : .pass, isRequired: true,
        evidence: sample?.name
          ?? (germline.isEmpty ? "no VCF or gVCF of a germline sample" : "who the proband is is not told")))
    let outside = try await outsideCalls(sample, &result)
    result.rules.append(definitionsRule(asked, outside))
    guard let sample, let path = sample.gvcf ?? sample.vcf else {
      result.tellNothing(of: .pharmacogenomics, "no germline sample with variants is the proband")
      return result
    }
    var request = PharmacogenomicsRequest(
      variants: InputFile(path: path), sample: sample.name,
      definitions: files.definitions ?? DefinitionSet(genes: []), outsideCalls: outside, dosing: files.dosing?.content)
    request.asked = asked
    if sample.gvcf == nil, sample.bam != nil { request.depth = try await callable(sample, &request) }
    let found: PharmacogenomicsResult
    do {
      found = try await callPharmacogenes(request, reference: try await reference(), resources: resources)
    } catch let error as PharmacogenomicsError {
      throw RunError(.configuration, error.description)
    }
    try result.take(found, asked: asked, hasDefinitions: files.definitions != nil)
    result.method.append(
      "Read from \(sample.gvcf == nil ? "the VCF\(request.depth == nil ? "" : ", and depth of the alignments for positions without a record")" : "the gVCF"): positions that the input does not speak of are not called."
    )
    return result
  }

  private func outsideCalls(_ sample: SampleSheet.Sample?, _ result: inout BranchResult) async throws -> [OutsideCall] {
    guard let path = sample?.outsideCalls else { return [] }
    let (calls, file) = try await resources.blocking.run {
      let (bytes, sha256) = try fileDigest(path)
      return (
        try OutsideCall.parse(try readWhole(path), path: path), Manifest.File(path: path, bytes: bytes, sha256: sha256)
      )
    }
    result.inputs.append(file)
    return calls
  }

  /// Where depth suffices, as the run's own pass over the alignments found it.
  private func callable(
    _ sample: SampleSheet.Sample, _ request: inout PharmacogenomicsRequest
  ) async throws -> InputFile? {
    let path = layout.path("\(sample.name)/\(CaseLayout.alignments).callable.bed.gz")
    let isThere = await resources.blocking.run { if case .file = content(at: path) { true } else { false } }
    guard isThere else { return nil }
    request.callableDepth = DepthCollector.callableDepth
    return InputFile(path: path)
  }

  private func reference() async throws -> PharmacogenomicReference {
    let options = options
    let registry = resources.outputs
    return try await resources.blocking.run {
      if let cache = options.cache { return PharmacogenomicReference(try AnnotationCache(path: cache)) }
      guard let path = options.reference else {
        throw RunError(.configuration, "pharmacogenes need a proven assembly: give -f FASTA or -c CACHE")
      }
      let fasta = try FASTAReference(path: path, registry: registry)
      return PharmacogenomicReference(fasta, identity: try referenceIdentity(of: fasta, registry: registry))
    }
  }

  /// Whether every gene that is asked for can be called at all.
  private func definitionsRule(_ asked: Set<String>?, _ outside: [OutsideCall]) -> RuleResult {
    let rule = "What the test's genes are called by was supplied"
    let id = "pharmacogenomics.definitions"
    guard let set = options.branchFiles.definitions else {
      return RuleResult(
        id: id, rule: rule, outcome: .unknown, isRequired: true,
        evidence: "definitions of named alleles were not supplied (--definitions)")
    }
    let defined = Set(set.genes.map(\.gene)).subtracting(PharmacogenomicsRules.builtIn.outsideCallOnly)
    let missing = (asked ?? []).subtracting(defined).subtracting(outside.map(\.gene)).sorted()
    return RuleResult(
      id: id, rule: rule, outcome: missing.isEmpty ? .pass : .unknown, isRequired: true,
      evidence: missing.isEmpty
        ? "\(asked?.count ?? defined.count) of \(asked?.count ?? defined.count) genes"
        : "without definition or call of another program (outside_calls): \(missing.joined(separator: ", "))")
  }
}

extension BranchResult {
  /// What stands in the reports where a branch could make no result.
  mutating func tellNothing(of branch: CaseBranch, _ why: String) {
    var part = ClinicalReport.Part(branch.rawValue, branch == .cancer ? "Tumour" : "Pharmacogenes")
    part.text = ["Not assessed: \(why)."]
    parts = [part]
    summary = ["The analysis of \(branch.words) was not made: \(why)."]
    classes = [
      .init(name: branch == .cancer ? "Small somatic variants" : "Pharmacogenes", state: .notSupplied, detail: why)
    ]
  }

  /// - Parameter hasDefinitions: whether named alleles were supplied.
  /// - Throws: what encoding throws, a fault of the program.
  mutating func take(_ found: PharmacogenomicsResult, asked: Set<String>?, hasDefinitions: Bool) throws {
    let shown = PharmacogenomicsParts(found, asked: asked)
    parts = shown.all
    var members: [JSONValue.Member] = []
    if case .object(let all) = try JSONValue(encoding: found) {
      // What nobody asked for is not told: the table of DPYD is made for every sample.
      members = all.map { $0.name == "dpyd" && !shown.asksDPYD ? .init("dpyd", .null) : $0 }
    }
    document = Document(
      name: "pgx.json", json: .object(members),
      tables: [(PharmacogenomicsTables.name, PharmacogenomicsTables.multiQC(found, asked: asked))])
    let indeterminate =
      found.genes.filter { $0.outcome == .indeterminate }.map(\.gene)
      + (shown.asksDPYD && found.dpyd.outcome == .indeterminate && !found.genes.contains { $0.gene == "DPYD" }
        ? ["DPYD"] : [])
    rules.append(
      RuleResult(
        id: "pharmacogenomics.called", rule: "The data tell every gene that was asked for",
        outcome: indeterminate.isEmpty ? .pass : .warn, isRequired: false,
        evidence: indeterminate.isEmpty
          ? "no gene is indeterminate" : "indeterminate: \(indeterminate.joined(separator: ", "))"))
    let called = found.genes.count { $0.outcome == .called }
    summary = [
      "\(called) of \(found.genes.count) genes with definitions are called, \(found.outsideCalls.count) by another program; what was not tested is listed with each."
    ]
    if shown.asksDPYD {
      summary.append(
        found.dpyd.activityScore.map {
          "DPYD: the variants that laboratories test give a gene activity score of \($0) (\(found.dpyd.found.isEmpty ? "none of them found" : found.dpyd.found.joined(separator: ", ")))."
        } ?? "DPYD: the gene activity score is indeterminate: \(found.dpyd.reasons.joined(separator: "; ")).")
    }
    if !hasDefinitions {
      banners.append("Definitions of named alleles were not supplied: no gene's named alleles were assessed.")
    }
    let positions = found.genes.reduce(0) { $0 + $1.positions.count }
    let known = found.genes.reduce(0) { $0 + $1.positions.count { $0.call != nil } }
    classes = [
      .init(
        name: "Defining positions of named alleles", state: hasDefinitions ? .assessed : .notSupplied,
        detail: hasDefinitions ? "\(known) of \(positions) positions are called" : "no definitions (--definitions)"),
      .init(
        name: "Structural variants and copy number of pharmacogenes", state: .notAssessed,
        detail: found.outsideCalls.isEmpty
          ? "nothing here looks for them"
          : "by the calls of another program alone: \(found.outsideCalls.map(\.call.gene).joined(separator: ", "))"),
      .init(
        name: "Dosing", state: found.dosing.table == nil ? .notSupplied : .assessed,
        detail: found.dosing.table.map { "\($0.title), version \($0.version)" } ?? "no signed table (--dosing)"),
    ]
    limitations = found.limits
    provenance = [
      .init("Rules of named alleles", found.rules.namedAlleles), .init("Table of DPYD", found.rules.dpyd),
    ]
    if let digest = options["definitions"] {
      provenance.append(.init("Definitions", "\(found.definitions.count) files, SHA-256 of their list \(digest)"))
    }
    provenance += found.genes.map {
      .init("Definitions of \($0.gene)", "\($0.definitionSource) \($0.definitionVersion)")
    }
  }
}
