import GenomicFiles
import Genomics
import Variants

/// Puts the alleles of each haplotype together, transcript by transcript, as sorted records come.
///
/// A record that touches no CDS is looked at for its position alone. Of the others the called alleles are kept until the
/// reader is behind every transcript on which one that comes could change a codon or a frame together with them. So the
/// batches that are held back span at most a transcript, and seldom more than the codons up to the next stops of the
/// shifted frames.
final class HaplotypeScout: VariantScout {
  private let cache: AnnotationCache
  // Of the contig that is being read.
  private var contig: Contig?
  private var open: [Int: OpenTranscript] = [:]
  private var near: [Int] = []
  private var genotype = CalledGenotype()
  private var phaseSets: [[UInt8]: Int] = [:]
  // Of the file.
  private var batches: [Range<Int>] = []
  private var nextOrdinal = 0
  private var notes: [Int: RecordNote] = [:]
  private var counts = HaplotypeCounts()
  private var isFinished = false

  private struct Contig {
    var name: String
    var index: Int
    var spans: CodingSpans
    var namer: HGVSNamer
  }

  /// What is told of a record.
  private struct RecordNote {
    var entries: [(transcript: Int, entry: [UInt8])] = []
    var possible: [Int] = []
  }

  init(_ cache: AnnotationCache) { self.cache = cache }

  // MARK: Batches

  func look(at batch: VariantBatch) throws {
    let first = nextOrdinal
    try batch.withRecords { view in
      for run in batch.runs {
        begin(run.contig)
        for record in run.records {
          let start = view.position(of: record) - 1
          let end = start + view.column(.ref, of: record).count
          guard contig?.spans.touch(start, end) == true else { continue }
          close(before: start)
          try take(record, of: view, ordinal: first + record, in: batch)
        }
        close(before: view.position(of: run.records.upperBound - 1) - 1)
      }
    }
    nextOrdinal = first + batch.count
    batches.append(first..<nextOrdinal)
  }

  func finish() {
    closeAll()
    isFinished = true
  }

  func takeNotes() -> VariantNotes? {
    guard let batch = batches.first else { return nil }
    for transcript in open.values where transcript.firstOrdinal < batch.upperBound { return nil }
    batches.removeFirst()
    var entries: [Int: [UInt8]] = [:]
    for ordinal in notes.keys where batch.contains(ordinal) {
      guard let note = notes.removeValue(forKey: ordinal) else { continue }
      entries[ordinal - batch.lowerBound] = text(note)
      if !note.entries.isEmpty { counts.recordsGrouped += 1 }
      if !note.possible.isEmpty { counts.recordsPossiblyCompound += 1 }
    }
    defer { counts = HaplotypeCounts() }
    return VariantNotes(entries: entries, counts: counts)
  }

  /// The entries in the order of the cache, whatever order their transcripts were closed in.
  private func text(_ note: RecordNote) -> [UInt8] {
    var text: [UInt8] = []
    for (index, entry) in note.entries.enumerated().sorted(by: {
      ($0.element.transcript, $0.offset) < ($1.element.transcript, $1.offset)
    }).map(\.element.entry).enumerated() {
      text += index == 0 ? Array("\(HaplotypeEntry.key)=".utf8) : [UInt8(ascii: ",")]
      text += entry
    }
    for (index, transcript) in note.possible.sorted().enumerated() {
      if index > 0 {
        text.append(UInt8(ascii: ","))
      } else {
        if !text.isEmpty { text.append(UInt8(ascii: ";")) }
        text += Array("\(HaplotypeEntry.possibleKey)=".utf8)
      }
      HGVSText.append(cache.identifier(transcript), to: &text)
    }
    return text
  }

  // MARK: Contigs and transcripts

  private func begin(_ name: String) {
    if contig?.name == name { return }
    closeAll()
    phaseSets.removeAll()
    contig = cache.contigs.index(of: name).map {
      Contig(name: name, index: $0, spans: CodingSpans(cache, contig: $0), namer: HGVSNamer(cache, contig: $0))
    }
  }

  /// Closes the transcripts to which no record at `position` (from 0) or behind it can add.
  private func close(before position: Int) {
    guard !open.isEmpty else { return }
    for (index, transcript) in open where transcript.horizon < position { close(index, transcript) }
  }

  private func closeAll() {
    for (index, transcript) in open { close(index, transcript) }
  }

  private func close(_ index: Int, _ transcript: OpenTranscript) {
    open[index] = nil
    let outcome = transcript.outcome(&counts)
    guard var namer = contig?.namer else { return }
    for group in outcome.groups {
      var entry: [UInt8] = []
      HaplotypeEntry.append(group, transcript.map, in: cache, namer: &namer, to: &entry)
      for ordinal in Set(group.alleles.map(\.record.ordinal)) {
        notes[ordinal, default: RecordNote()].entries.append((index, entry))
      }
    }
    for ordinal in outcome.possiblyCompound { notes[ordinal, default: RecordNote()].possible.append(index) }
  }

  // MARK: Records

  private func take(_ record: Int, of view: VariantRecords, ordinal: Int, in batch: VariantBatch) throws {
    counts.recordsScouted += 1
    let scouted = ScoutedRecord(
      ordinal: ordinal, position: view.position(of: record), reference: view[view.column(.ref, of: record)],
      alternates: view[view.column(.alt, of: record)])
    try readCalls(of: scouted, record, view, in: batch)
    guard !scouted.calls.isEmpty, let contig else { return }
    let called = Set(scouted.calls.map(\.allele))
    // What each allele meets, by transcript.
    var isPlaced = [Bool](repeating: false, count: scouted.alternates.count)
    cache.transcripts(
      on: contig.index, near: (scouted.position - 1)..<(scouted.position - 1 + scouted.reference.count), into: &near)
    for index in near {
      guard let map = open[index]?.map ?? CodingMap(cache.transcript(index)) else { continue }
      var placements: [CodingMap.Placement?] = []
      var isTouched = false
      for (number, alternate) in scouted.alternates.enumerated() {
        guard called.contains(number + 1), let variant = alternate.variant else {
          placements.append(nil)
          continue
        }
        let placement = map.place(variant.start, variant.end)
        placements.append(placement)
        if placement != .outside {
          isTouched = true
          isPlaced[number] = true
        }
      }
      guard isTouched else { continue }
      open[index, default: OpenTranscript(map)].add(scouted, placements)
    }
    for call in scouted.calls {
      let alleles = call.set == .any ? call.ploidy : 1
      if isPlaced[call.allele - 1] {
        counts.allelesPlaced += alleles
      } else {
        counts.allelesNotPlaced["outsideCoding", default: 0] += alleles
      }
    }
  }

  /// Reads GT and PS of all samples.
  private func readCalls(
    of scouted: ScoutedRecord, _ record: Int, _ view: VariantRecords, in batch: VariantBatch
  ) throws {
    guard let place = Self.genotypeKey.withUnsafeBytes({ view.formatIndex(of: $0, of: record) }) else { return }
    let setPlace = Self.phaseSetKey.withUnsafeBytes { view.formatIndex(of: $0, of: record) }
    try view.forEachSample(of: record) { sample, column in
      counts.genotypes += 1
      // A value that is left out as trailing is missing.
      let text = value(place, of: column, in: view) ?? UnsafeRawBufferPointer(start: nil, count: 0)
      if CalledGenotype.isReference(text) { return }
      if text.isEmpty {
        counts.allelesIn += 1
        counts.allelesNotPlaced["missing", default: 0] += 1
        return
      }
      guard genotype.read(text, limit: scouted.alternates.count) else {
        throw InputError(
          .malformed, at: batch.location(of: record),
          "GT \(String(decoding: text.prefix(20), as: UTF8.self)) is no genotype of the record's alleles",
          remedy: "correct the line; apus vcf check finds all such lines")
      }
      var set = PhaseSet.contig
      if genotype.isPhased, let setPlace, let given = value(setPlace, of: column, in: view), !given.isEmpty,
        !given.elementsEqual(".".utf8)
      {
        let name = Array(given)
        let number = phaseSets[name] ?? phaseSets.count
        phaseSets[name] = number
        set = .given(number)
      }
      scouted.add(genotype, of: sample, phaseSet: set, &counts)
    }
  }

  private static let genotypeKey = Array("GT".utf8)
  private static let phaseSetKey = Array("PS".utf8)

  /// The value at a place of a sample's column; nil where the column ends before it.
  private func value(_ place: Int, of column: Range<Int>, in view: VariantRecords) -> UnsafeRawBufferPointer? {
    var start = column.lowerBound
    for _ in 0..<place {
      guard let end = view.firstIndex(of: UInt8(ascii: ":"), in: start..<column.upperBound) else { return nil }
      start = end + 1
    }
    return view[start..<(view.firstIndex(of: UInt8(ascii: ":"), in: start..<column.upperBound) ?? column.upperBound)]
  }
}
