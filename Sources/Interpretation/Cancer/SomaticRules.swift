import Annotation
import GenomicFiles
import Genomics
import Variants

/// What every run of records is looked at with; the same for the whole file.
struct SomaticRules: Sendable {
  let profile: SomaticProfile
  let layout: SomaticLayout
  /// Sample columns, counted from 0.
  let tumour: Int
  let normal: Int?
  /// Whether INFO SS tells which records are somatic: VarScan's `somatic` writes it. Its single-sample commands do not, and
  /// a tumour alone may come from these.
  let asksStatus: Bool
  let annotator: ConsequenceAnnotator
  let entries: ConsequenceEntries
  /// The terms that the burden counts.
  let counted: ConsequenceSet
  /// Those that are listed, those counted among them.
  let listed: ConsequenceSet

  init(
    _ profile: SomaticProfile, _ layout: SomaticLayout, tumour: Int, normal: Int?, header: VCFHeader,
    annotator: ConsequenceAnnotator, entries: ConsequenceEntries
  ) {
    func terms(_ names: [String]) -> ConsequenceSet {
      var set = ConsequenceSet()
      for consequence in Consequence.allCases where names.contains(consequence.term) { set.insert(consequence) }
      return set
    }
    self.profile = profile
    self.layout = layout
    self.tumour = tumour
    self.normal = normal
    asksStatus = layout == .varscan && (normal != nil || header.info["SS"] != nil)
    self.annotator = annotator
    self.entries = entries
    counted = terms(profile.burden.terms)
    listed = terms(profile.burden.terms + profile.burden.reported)
  }
}

/// What a contig is to the counts.
struct SomaticContig: Sendable {
  let name: String
  let isAutosome: Bool
  /// Whether its substitutions are in the catalogue: 1–22 and X.
  let isInCatalogue: Bool
  let isInBurden: Bool
  let exons: ExonNeighbourhood

  init(_ name: String, _ cache: AnnotationCache, _ burden: SomaticProfile.Burden) {
    self.name = name
    let canonical = ContigName.canonical(name)
    isAutosome = canonical.flatMap { Int($0) } != nil
    isInCatalogue = isAutosome || canonical == "X"
    isInBurden = canonical.map(burden.chromosomes.contains) ?? false
    exons = ExonNeighbourhood(cache, contig: name)
  }
}
