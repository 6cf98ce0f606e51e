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
  /// Which of the entries are told; nil where the fields do not say.
  let picks: ListedEntries?
  /// The annotator's marks of terms that the burden counts.
  let counted: UInt64
  /// The marks of terms that are listed, those counted among them.
  let listed: UInt64
  let listedTerms: Set<String>

  init(
    _ profile: SomaticProfile, _ layout: SomaticLayout, tumour: Int, normal: Int?, header: VCFHeader,
    annotator: ConsequenceAnnotator, entries: ConsequenceEntries
  ) {
    func marks(_ terms: [String]) -> UInt64 {
      Consequence.allCases.filter { terms.contains($0.term) }.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
    }
    self.profile = profile
    self.layout = layout
    self.tumour = tumour
    self.normal = normal
    asksStatus = layout == .varscan && (normal != nil || header.info["SS"] != nil)
    self.annotator = annotator
    self.entries = entries
    picks = ListedEntries(Set(profile.burden.terms + profile.burden.reported), annotator.entryFields)
    counted = marks(profile.burden.terms)
    listedTerms = Set(profile.burden.terms + profile.burden.reported)
    listed = marks(profile.burden.terms + profile.burden.reported)
  }

  /// Of several transcripts of a gene, the one that is told.
  func told(_ entries: [TranscriptConsequence]) -> [TranscriptConsequence] {
    var order: [String] = []
    var best: [String: TranscriptConsequence] = [:]
    for entry in entries where entry.terms.contains(where: listedTerms.contains) {
      guard let other = best[entry.gene] else {
        order.append(entry.gene)
        best[entry.gene] = entry
        continue
      }
      if Self.rank(entry) < Self.rank(other) { best[entry.gene] = entry }
    }
    return order.compactMap { best[$0] }
  }

  private static func rank(_ entry: TranscriptConsequence) -> Int { entry.isMANESelect ? 0 : entry.isCanonical ? 1 : 2 }
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
