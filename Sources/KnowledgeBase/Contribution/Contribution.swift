public import Genomics

/// What one person brings to a knowledge base: immutable, and named by the digest of its content.
///
/// It holds no identifier. The person stands in it as a pseudonym that only the base's key can make, and the pseudonym
/// is no part of the content's digest, so that the same data have the same digest in every base.
public struct Contribution: Sendable, Hashable {
  /// An alternate allele that the person carries.
  public struct Observation: Sendable, Hashable {
    /// The contig.
    public var contig: RefgetDigest
    /// Where `reference` begins, interbase, from 0 (VCF's POS − 1 of the normalised record).
    public var start: Int
    /// The reference bases, upper case.
    public var reference: String
    /// The alternate bases, upper case.
    public var alternate: String
    /// What the allele's VRS 2.0 identifier follows from.
    public var form: AlleleForm
    /// The person's genotype.
    public var genotype: AlleleGenotype
    /// The genes that the contribution's annotation places the allele in; nil where it says nothing of the allele.
    public var genes: GeneSet?
    /// The tier that the case gave the allele in this person; nil for none.
    public var tier: String?

    /// An observation.
    public init(
      contig: RefgetDigest, start: Int, reference: String, alternate: String, form: AlleleForm,
      genotype: AlleleGenotype, genes: GeneSet? = nil, tier: String? = nil
    ) {
      self.contig = contig
      self.start = start
      self.reference = reference
      self.alternate = alternate
      self.form = form
      self.genotype = genotype
      self.genes = genes
      self.tier = tier
    }

    /// An observation of an allele whose identifier somebody else computed.
    public init(
      contig: RefgetDigest, start: Int, reference: String, alternate: String, vrs: String, genotype: AlleleGenotype,
      genes: GeneSet? = nil
    ) {
      self.init(
        contig: contig, start: start, reference: reference, alternate: alternate, form: .stated(vrs),
        genotype: genotype, genes: genes)
    }
  }

  /// Who, for the base that the pseudonym was made for.
  public let pseudonym: Pseudonym
  /// Sex as declared; decides the expected ploidy of X and Y.
  public let sex: Sex
  /// The reference's contigs.
  public let reference: ReferenceContigs
  /// What a record had to pass to be taken in.
  public let filters: FilterConfiguration
  /// What callability was derived from, such as `depth>=10`; nil where nothing told: absent is then unknown.
  public let callabilityBasis: String?
  /// Where an absent record means the reference, by contig.
  public let callable: [RefgetDigest: IntervalSet]
  /// The digest of the annotation cache that named the alleles' genes; nil for alleles that were not annotated.
  public let annotation: String?
  /// What is told beside variants: strata and versions.
  public let details: ContributionDetails
  /// The alleles, by contig digest, place, reference and alternate.
  public let observations: ObservationList

  /// A contribution; the observations may be in any order, an allele that stands twice is kept once. Genes without the
  /// cache that named them are nobody's word, and are left out.
  public init(
    pseudonym: Pseudonym, sex: Sex, reference: ReferenceContigs, filters: FilterConfiguration,
    callabilityBasis: String?, callable: [RefgetDigest: IntervalSet], annotation: String? = nil,
    details: ContributionDetails = ContributionDetails(), observations: some Sequence<Observation>
  ) {
    var list = ObservationList()
    for (contig, part) in Dictionary(grouping: observations, by: \.contig) {
      list.add(
        annotation != nil
          ? part
          : part.map { one in
            var one = one
            one.genes = nil
            return one
          }, of: contig)
    }
    self.init(
      pseudonym: pseudonym, sex: sex, reference: reference, filters: filters, callabilityBasis: callabilityBasis,
      callable: callable, annotation: annotation, details: details, list: list)
  }

  /// A contribution of alleles that are packed already.
  init(
    pseudonym: Pseudonym, sex: Sex, reference: ReferenceContigs, filters: FilterConfiguration,
    callabilityBasis: String?, callable: [RefgetDigest: IntervalSet], annotation: String?,
    details: ContributionDetails = ContributionDetails(), list: ObservationList
  ) {
    self.pseudonym = pseudonym
    self.sex = sex
    self.reference = reference
    self.filters = filters
    self.callabilityBasis = callabilityBasis
    self.callable = callabilityBasis == nil ? [:] : callable.filter { !$0.value.ranges.isEmpty }
    self.annotation = annotation
    var details = details
    details.phenotypes = Set(details.phenotypes).sorted()
    self.details = details
    observations = list
  }
}
