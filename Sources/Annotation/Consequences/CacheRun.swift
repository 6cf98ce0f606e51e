import Genomics
import Variants

/// Annotates the records of one run: consequences first, then what the sources know.
struct CacheRun: VariantRunAnnotator {
  private var consequences: ConsequenceRun
  private var known: KnownLookup
  private var neighbours: CodonNeighbours?
  private var cursor: ReferenceCursor?
  private let hasSources: Bool
  private(set) var marks: UInt64 = 0

  init(annotator: ConsequenceAnnotator, contig: String) {
    consequences = ConsequenceRun(annotator: annotator, contig: contig)
    let number = annotator.cache.contigs.index(of: contig)
    known = KnownLookup(annotator.cache.sources, contig: number, name: contig)
    cursor = number.map { [cache = annotator.cache] in ReferenceCursor(cache.reference, $0) }
    hasSources = !annotator.cache.sources.isEmpty
    neighbours = number.flatMap { CodonNeighbours(annotator.cache, contig: $0) }
    consequences.keepsMissense = neighbours != nil
  }

  mutating func annotate(
    position: Int, reference: UnsafeRawBufferPointer, alternates: UnsafeRawBufferPointer, info: UnsafeRawBufferPointer,
    into output: inout [UInt8]
  ) throws {
    let first = output.count
    output += Self.consequenceKey
    let hasConsequences = try consequences.annotate(
      position: position, reference: reference, alternates: alternates, info: info, into: &output)
    if !hasConsequences { output.removeSubrange(first...) }
    marks = consequences.seen.rawValue
    guard hasSources, var cursor else { return }
    defer { self.cursor = cursor }
    do {
      try known.append(
        position: position, reference: reference, alternates: alternates,
        base: {
          let base = cursor.base($0)
          return base == 0 ? nil : base
        }, first: first, to: &output)
      if known.hasClassified { marks |= ConsequenceAnnotator.classifiedMark }
      if !consequences.missense.isEmpty {
        let before = output.count
        try neighbours?.append(consequences.missense, base: { cursor.base($0) }, first: first, to: &output)
        if output.count > before { marks |= ConsequenceAnnotator.classifiedMark }
      }
    } catch is CanonicalAllele.Refusal {
      throw consequences.otherReference(position)
    }
  }

  private static let consequenceKey = Array("\(CSQEntry.key)=".utf8)

  var counts: AnnotationCounts {
    var counts = consequences.counts
    counts.sources = known.counts
    neighbours?.add(to: &counts.sources)
    return counts
  }
}
