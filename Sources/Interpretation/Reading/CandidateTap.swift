public import Annotation
public import GenomicFiles
import Genomics
import Synchronization
public import Variants

/// Why an allele of the proband's file is no candidate. Every allele read is a candidate or counted here.
public enum CandidateDrop: String, Sendable, Hashable, CaseIterable, Comparable {
  /// None of the terms of the profile, nothing known of it, and no change of a panel gene's exons or splice sites.
  case noListedConsequence = "no-listed-consequence"
  /// Nobody asked for carries it.
  case notCarried = "not-carried"
  /// The same allele in another record of the file: its calls are compared with the first's.
  case duplicate = "duplicate-allele"
  /// A symbolic allele or a breakend: not a small variant.
  case structural = "structural"
  /// `*`, which is told by the deletion's own record.
  case overlappingDeletion = "overlapping-deletion"
  /// A record of the reference: a gVCF's block, or a site without alternate.
  case referenceRecord = "reference-record"
  /// Bases that are not known, REF itself, or no allele at all.
  case notAnnotated = "not-annotated"

  /// By name.
  public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

/// Takes from an annotated file the alleles that may matter to tiering.
///
/// Most records are left out by the annotator's marks, without reading text. A pass of `apus run` can hold one, too.
public final class CandidateTap: VariantTap {
  /// What was taken.
  struct Taken: Sendable {
    var candidates: [CandidateVariant] = []
    var dropped: [CandidateDrop: Int] = [:]
    var starts = AlleleStarts()
    /// Whether a record holds bases beside `<NON_REF>` or `<*>`: unless these are left behind, it is not normalised.
    var hasUnspecified = false
  }

  let marks: UInt64
  let reading: AlleleReading
  let places: ContigPlaces
  /// Each member's sample column; nil for a member of another file.
  let columns: [Int?]
  /// Indices of the members of whom one at least has to carry an allele.
  let carriers: [Int]
  /// Whose genotypes tell of runs of homozygosity and of disomy; nil where nobody asks.
  let origins: SiteReader.Columns?
  let originRules: ParentalOriginRules?
  private let taken = Mutex(Taken())
  private let collector: Mutex<OriginCollector?>

  /// - Parameters:
  ///   - annotator: what annotates the file, with `fields` among those of its entries.
  ///   - columns: each member's sample column in the file; nil for a member of another file.
  ///   - carriers: indices of the members of whom one at least has to carry an allele.
  public convenience init?(
    _ criteria: CandidateCriteria, annotator: ConsequenceAnnotator, places: ContigPlaces, columns: [Int?],
    carriers: [Int]
  ) {
    self.init(
      criteria, annotator: annotator, places: places, columns: columns, carriers: carriers, origins: nil, rules: nil)
  }

  /// - Parameters:
  ///   - origins: the proband's and the parents' columns, where runs and disomy are asked for.
  ///   - rules: of these.
  init?(
    _ criteria: CandidateCriteria, annotator: ConsequenceAnnotator, places: ContigPlaces, columns: [Int?],
    carriers: [Int], origins: SiteReader.Columns?, rules: ParentalOriginRules?
  ) {
    guard let reading = AlleleReading(criteria, annotator: annotator) else { return nil }
    self.reading = reading
    self.places = places
    self.columns = columns
    self.carriers = carriers
    marks = criteria.marks
    self.origins = origins
    originRules = rules
    collector = Mutex(
      origins.flatMap { origins in
        rules.map {
          OriginCollector(rules: $0, hasFather: origins.father != nil, hasMother: origins.mother != nil)
        }
      })
  }

  /// Work on one run.
  public func begin(contig: String, header: VCFHeader) -> any VariantTapRun {
    CandidateTapRun(tap: self, contig: contig)
  }

  func take(_ part: Taken) {
    taken.withLock { taken in
      taken.candidates += part.candidates
      taken.dropped.merge(part.dropped, uniquingKeysWith: +)
      taken.starts.append(part.starts)
      taken.hasUnspecified = taken.hasUnspecified || part.hasUnspecified
    }
  }

  func take(_ sites: [SiteGenotypes], on contig: String) {
    _ = collector.withLock { $0?.add(sites, on: contig) }
  }

  /// What was taken of runs and disomy; nil where nobody asked.
  func takeOrigins() -> (chromosomes: [ChromosomeOrigins], scattered: Set<String>)? {
    collector.withLock { collector in
      guard let chromosomes = collector?.chromosomes() else { return nil }
      return (chromosomes, collector?.scattered ?? [])
    }
  }

  /// What was taken, in the file's order.
  var all: Taken { taken.withLock { $0 } }
}

private struct CandidateTapRun: VariantTapRun {
  let tap: CandidateTap
  let contig: String
  private let isMitochondrial: Bool
  private var taken = CandidateTap.Taken()
  // Apart from `taken`, whose dictionaries would be asked at every record.
  private var starts: [UInt32] = []
  private var isWhole = true
  private var dropped = CandidateDropCounts()
  private var sites: SiteReader?

  init(tap: CandidateTap, contig: String) {
    self.tap = tap
    self.contig = contig
    let place = tap.places.place(on: contig, 0..<1)
    isMitochondrial = place == .mitochondrial
    if place == .autosome, let origins = tap.origins, let rules = tap.originRules {
      sites = SiteReader(origins, rules)
    }
  }

  func deliver() throws {
    var taken = taken
    taken.starts.append(starts, on: contig, isWhole: isWhole)
    taken.dropped = dropped.named
    tap.take(taken)
    if let sites { tap.take(sites.sites, on: contig) }
  }

  private mutating func drop(_ reason: CandidateDrop) { dropped.add(reason) }

  mutating func look(at record: TappedRecord) throws {
    starts.append(UInt32(clamping: record.position - 1))
    sites?.look(at: record)
    let isOne = record.alternates.count == 1 || record.alternates.allSatisfy(Base.isVCFBase)
    // One alternate of bases, as nearly all are, without anything that matters: counted and gone.
    if isOne, record.marks & tap.marks == 0 {
      return drop(kind(record.alternates).map(Self.drop) ?? .notAnnotated)
    }
    let isJoined = !isOne && record.alternates.contains(UInt8(ascii: ","))
    if isJoined { isWhole = false }
    var samples: RecordSamples?
    var found: AnnotationEntries?
    for (index, part) in record.alternates.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      .enumerated()
    {
      let alternate = UnsafeRawBufferPointer(rebasing: part)
      let kind = kind(alternate)
      guard kind == .bases else {
        if isJoined, kind == .unspecified { taken.hasUnspecified = true }
        drop(kind.map(Self.drop) ?? .notAnnotated)
        continue
      }
      guard record.marks & tap.marks != 0 else {
        drop(.noListedConsequence)
        continue
      }
      let read = samples ?? RecordSamples(record.original, record.record)
      samples = read
      let number = record.allele ?? index + 1
      let carries = tap.carriers.contains { member in
        guard let fields = tap.columns[member].map({ read.fields($0) }) else { return false }
        if fields.genotype?.alleles.contains(number) ?? false { return true }
        // Of mitochondria any level counts, also where the caller's genotype is the reference.
        return isMitochondrial && fields.alleleDepth(number) ?? 0 > 0
      }
      guard carries else {
        drop(.notCarried)
        continue
      }
      var annotation = found ?? AnnotationEntries(record.annotation)
      add(record, alternate, &annotation, read, number: number, place: index + 1)
      found = annotation
    }
  }

  private func kind(_ alternate: UnsafeRawBufferPointer) -> AlternateAlleleKind? { AlternateAlleleKind(alternate) }

  private static func drop(_ kind: AlternateAlleleKind) -> CandidateDrop {
    switch kind {
    case .bases: .noListedConsequence
    case .none, .unspecified: .referenceRecord
    case .overlappingDeletion: .overlappingDeletion
    case .symbolic, .breakend: .structural
    }
  }

  /// - Parameters:
  ///   - number: the alternate's in the record as read.
  ///   - place: the alternate's in the record as annotated; both counted from 1.
  private mutating func add(
    _ record: TappedRecord, _ alternate: UnsafeRawBufferPointer,
    _ annotation: inout AnnotationEntries, _ read: RecordSamples, number: Int, place: Int
  ) {
    guard annotation.value(of: AlleleReading.consequences) != nil else { return drop(.notAnnotated) }
    guard let told = tap.reading.read(&annotation, allele: place) else { return drop(.noListedConsequence) }
    let (position, reference, bases) = Self.trimmed(record.position, record.reference, alternate)
    let start = position - 1
    // Kept, it could not be told again from the record's own place.
    if position != record.position || bases.utf8.count != alternate.count { isWhole = false }
    taken.candidates.append(
      CandidateVariant(
        contig: contig, position: position, reference: reference, alternate: bases,
        place: tap.places.place(on: contig, start..<(start + reference.utf8.count)),
        filter: CandidateVariant.Filter(text: record.filter), transcripts: told.transcripts,
        frequencies: told.frequencies, known: told.known,
        calls: tap.columns.map { column in
          guard let column else { return .unknown }
          return read.call(column, allele: number) { $0 ? .record : .jointRecord }
        }))
  }

  /// The allele without bases that both sides share, but for the first: records that the engine leaves joined may have more.
  private static func trimmed(
    _ position: Int, _ reference: UnsafeRawBufferPointer, _ alternate: UnsafeRawBufferPointer
  ) -> (Int, String, String) {
    var (ref, alt) = (reference.map(Base.uppercased)[...], alternate.map(Base.uppercased)[...])
    var position = position
    while ref.count > 1, alt.count > 1, ref.last == alt.last {
      ref.removeLast()
      alt.removeLast()
    }
    while ref.count > 1, alt.count > 1, ref.first == alt.first {
      ref.removeFirst()
      alt.removeFirst()
      position += 1
    }
    return (position, String(decoding: ref, as: UTF8.self), String(decoding: alt, as: UTF8.self))
  }
}
