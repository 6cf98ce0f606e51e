public import Annotation
import Batching
public import GenomicFiles
public import Genomics
import Variants

/// Looks for familial variants in one person's VCF or gVCF.
///
/// An absent record is not callable: callers write none where they saw the reference, and none where they saw nothing.
///
/// - Parameters:
///   - sample: nil for the file's one sample.
///   - annotator: made with ``tieringOptions`` of the same cache; nil for one that is made here.
///   - reference: what records are normalised with: a FASTA that was held against the cache, or nil for the cache's bases.
///   - reads: bases of the person's alignments at a place (counted from 0); nil where none were given.
/// - Returns: the sample's name, and a finding a variant.
/// - Throws: `InputError`; `CacheError`, of kind `otherReference` where the file's contigs are not the cache's.
public func cascade(
  _ variants: [FamilialVariant], in path: String, sample: String? = nil, cache: AnnotationCache,
  annotator given: ConsequenceAnnotator? = nil, reference: (any ReferenceBases)? = nil,
  reads: ((_ contig: String, _ position: Int) -> ReadBases?)? = nil,
  resources: RunResources
) async throws -> (sample: String, findings: [CascadeFinding]) {
  let header = try await withVariants(of: InputFile(path: path), resources: resources) { $0.header }
  guard let name = sample ?? (header.samples.count == 1 ? header.samples[0] : nil) else {
    throw InputError(
      .mismatch, at: InputLocation(file: path), "the file has \(header.samples.count) samples, not one",
      remedy: "name the relative with --sample")
  }
  let column = try sampleColumn(name, header, path: path)
  // A variant that is asked for twice is looked for once.
  var alleles: [NormalisedAllele] = []
  for one in variants where !alleles.contains(one.allele) { alleles.append(one.allele) }
  let index = CandidateIndex(
    alleles.map {
      CandidateVariant(
        contig: $0.contig, position: $0.position, reference: $0.reference, alternate: $0.alternate, place: .other,
        calls: [])
    })
  let tap = RelativeTap(index, columns: [column])
  let annotator: ConsequenceAnnotator
  if let given {
    annotator = given
  } else {
    annotator = try await resources.blocking.run {
      try ConsequenceAnnotator(cache, input: path, options: tieringOptions)
    }
  }
  var job = familyJob(path, tap)
  job.annotator = HeldAgainst(annotator: annotator)
  _ = try await processVariants(job, reference: reference ?? cache, resources: resources)
  let found = tap.all[0]
  let asked = alleles
  let names = try await resources.blocking.run { try asked.map { try $0.consequences(annotator) } }
  return (
    name,
    variants.map { one in
      let number = alleles.firstIndex(of: one.allele) ?? 0
      var finding = CascadeFinding(one, found[number] ?? CallEvidence(), reads: reads)
      finding.consequences = names[number]
      return finding
    }
  )
}

extension CascadeFinding {
  init(
    _ variant: FamilialVariant, _ evidence: CallEvidence, reads: ((String, Int) -> ReadBases?)?
  ) {
    let allele = variant.allele
    self.init(
      asked: variant.text, contig: allele.contig, position: allele.position, reference: allele.reference,
      alternate: allele.alternate, status: .notCallable, basis: .nothing, words: "")
    let start = allele.position - 1
    let (call, outcome) = evidence.call(span: start..<(start + allele.reference.utf8.count))
    genotype = call.copies.isEmpty ? nil : call.text
    depth = call.depth
    alternateDepth = call.alternateDepth
    quality = call.quality
    switch outcome {
    case .ownRecord, .otherRecord: take(call)
    case .block:
      status = .absent
      basis = .referenceBlock
      words = "absent: reference called at depth \(call.depth.map(String.init) ?? "not told")"
    case .contradictory: words = "not callable: records of the file contradict one another"
    case .none:
      words = "not callable: the file has no record and no reference block of sufficient depth and quality there"
      if let reads { take(reads, start) }
    }
  }

  /// What a record tells.
  private mutating func take(_ call: PersonCall) {
    let told = depth.map { "depth \($0)" } ?? "depth not told"
    if call.copies.contains(.alternate) {
      status = .present
      basis = .record
      if call.copies.contains(.missing) {
        zygosity = .notKnown
      } else if call.copies.allSatisfy({ $0 == .alternate }) {
        zygosity = call.copies.count == 1 ? .hemizygous : .homozygous
      } else {
        zygosity = .heterozygous
      }
      words = "present: \((zygosity ?? .notKnown).rawValue), called at \(told)"
    } else if call.copies.isEmpty || call.copies.contains(.missing) {
      words = "not callable: the record there has no whole genotype that passed its filters"
    } else if ReferenceCallRule.suffices(depth, quality) {
      status = .absent
      basis = .record
      let other = call.copies.contains(.other) ? " or another allele" : ""
      words = "absent: reference\(other) called at \(told)"
    } else {
      words =
        "not callable: the reference is called at \(told), below \(ReferenceCallRule.depth) reads or quality \(ReferenceCallRule.quality)"
    }
  }

  /// What the alignments tell of a change of one base.
  private mutating func take(_ reads: (String, Int) -> ReadBases?, _ start: Int) {
    guard reference.utf8.count == 1, alternate.utf8.count == 1,
      let slot = Array("ACGT").firstIndex(of: Character(alternate)), let bases = reads(contig, start)
    else { return }
    depth = bases.depth
    alternateDepth = bases.counts[slot]
    if bases.counts[slot] > 0 {
      words =
        "not callable: \(bases.counts[slot]) of \(bases.depth) reads have the allele, and the file has no record of it"
    } else if bases.depth < ReferenceCallRule.depth {
      words = "not callable: \(bases.depth) reads there, fewer than \(ReferenceCallRule.depth)"
    } else {
      status = .absent
      basis = .reads
      words = "absent: no read of \(bases.depth) has the allele"
    }
  }
}
