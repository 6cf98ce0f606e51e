import Genomics

/// Puts transcripts into sections. The same input gives the same bytes.
struct CacheWriter {
  private var strings: [UInt8] = []
  private var places: [String: (Int, Int)] = [:]

  /// The cache's sections, but for the reference's bases.
  /// - Parameters:
  ///   - contigs: with the digest of each that carries transcripts.
  ///   - packed: the same contigs as they are packed.
  ///   - accessions: the RefSeq accession of each, where it has one.
  ///   - models: in the order of gene and transcript identifiers.
  ///   - regulatory: in any order.
  static func sections(
    contigs: [Contig], packed: [ReferencePacker.Contig], accessions: [String?], models: [TranscriptModel],
    regulatory: [RegulatoryModel]
  ) -> [(name: String, bytes: [UInt8])] {
    var writer = CacheWriter()
    let (index, runs) = writer.reference(packed, accessions)
    return writer.encode(contigs, models, regulatory) + [("refindex", index), ("refruns", runs)]
  }

  private mutating func reference(
    _ contigs: [ReferencePacker.Contig], _ accessions: [String?]
  ) -> (index: [UInt8], runs: [UInt8]) {
    var index: [UInt8] = []
    var runs: [UInt8] = []
    var first = 0
    for (contig, accession) in zip(contigs, accessions) {
      index.appendLittleEndian(UInt64(first))
      index.appendLittleEndian(UInt64(contig.length))
      index.appendLittleEndian(UInt32(runs.count / CacheRecords.packedRun))
      index.appendLittleEndian(UInt32(contig.runs.count))
      put(accession ?? "", &index)
      index += contig.sha256
      for run in contig.runs {
        for value in [run.start, run.end, Int(run.letter)] { runs.appendLittleEndian(UInt32(value)) }
      }
      first += contig.bytes
    }
    return (index, runs)
  }

  private mutating func encode(
    _ contigs: [Contig], _ models: [TranscriptModel], _ regulatory: [RegulatoryModel]
  ) -> [(name: String, bytes: [UInt8])] {
    var edits: [UInt8] = []
    var recoded: [UInt8] = []
    var mature: [UInt8] = []
    var genes: [UInt8] = []
    var transcripts: [UInt8] = []
    var exons: [UInt8] = []
    var bases: [UInt8] = []
    var byContig = [[(span: Range<Int>, transcript: Int)]](repeating: [], count: contigs.count)
    let numbers = Dictionary(contigs.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var gene = -1
    for (index, model) in models.enumerated() {
      if index == 0 || model.gene.id != models[index - 1].gene.id {
        gene += 1
        let gene = model.gene
        for text in [gene.id, gene.symbol, gene.biotype, gene.hgnc, gene.symbolSource] { put(text, &genes) }
        genes += [UInt8](repeating: 0, count: 8)
      }
      let contig = numbers[model.contig] ?? 0
      byContig[contig].append((model.span, index))
      for text in [model.id, model.version, model.biotype, model.protein] { put(text, &transcripts) }
      let coding = model.codingInBases ?? 0..<0
      let firstExon = exons.count / CacheRecords.exon
      for value in [
        gene, contig, model.span.lowerBound, model.span.upperBound, firstExon, model.exons.count, coding.lowerBound,
        coding.upperBound, Int(model.flags.rawValue),
        (model.isReverse ? 1 : 0) | model.phase << 8 | (model.coding.isEmpty ? 0 : 1 << 16),
      ] { transcripts.appendLittleEndian(UInt32(value)) }
      transcripts.appendLittleEndian(UInt64(bases.count))
      transcripts.appendLittleEndian(UInt32(model.bases.count))
      for value in [
        edits.count / CacheRecords.edit, recoded.count / CacheRecords.recoded,
        model.edits.count | model.recodedInBases.count << 16,
      ] { transcripts.appendLittleEndian(UInt32(value)) }
      let details = model.details
      for text in [details.counterpart, details.supportLevel, details.appris, details.consensus] {
        put(text, &transcripts)
      }
      transcripts.appendLittleEndian(UInt32(mature.count / CacheRecords.mature))
      transcripts.appendLittleEndian(UInt32(model.mature.count))
      for range in model.mature {
        mature.appendLittleEndian(UInt32(range.lowerBound))
        mature.appendLittleEndian(UInt32(range.upperBound))
      }
      for edit in model.edits {
        edits.appendLittleEndian(UInt32(edit.place))
        edits.appendLittleEndian(UInt32(edit.skipped))
        put(edit.letters, &edits)
      }
      for place in model.recodedInBases { recoded.appendLittleEndian(UInt32(place)) }
      put(model.exons, isReverse: model.isReverse, &exons)
      bases += model.bases
    }
    var contigTable: [UInt8] = []
    var intervals: [UInt8] = []
    var features: [UInt8] = []
    let byName = Dictionary(grouping: regulatory, by: \.contig)
    for (contig, spans) in zip(contigs, byContig) {
      put(contig.name, &contigTable)
      contigTable.appendLittleEndian(UInt64(contig.length ?? 0))
      contigTable += contig.digest.map { Array($0.sha512t24u.utf8) } ?? [UInt8](repeating: 0, count: 32)
      contigTable.appendLittleEndian(UInt32(intervals.count / CacheRecords.interval))
      contigTable.appendLittleEndian(UInt32(spans.count))
      contigTable.appendLittleEndian(UInt32(features.count / CacheRecords.regulatory))
      contigTable.appendLittleEndian(UInt32(byName[contig.name]?.count ?? 0))
      put(byName[contig.name] ?? [], &features)
      var greatest = 0
      for (span, transcript) in spans.sorted(by: {
        ($0.span.lowerBound, $0.transcript) < ($1.span.lowerBound, $1.transcript)
      }) {
        greatest = max(greatest, span.upperBound)
        for value in [span.lowerBound, span.upperBound, greatest, transcript] {
          intervals.appendLittleEndian(UInt32(value))
        }
      }
    }
    return [
      ("contigs", contigTable), ("strings", strings), ("genes", genes), ("transcripts", transcripts),
      ("exons", exons), ("intervals", intervals), ("bases", bases), ("edits", edits), ("recoded", recoded),
      ("mature", mature), ("regulatory", features),
    ]
  }

  private mutating func put(_ models: [RegulatoryModel], _ table: inout [UInt8]) {
    var greatest = 0
    for model in models.sorted(by: {
      ($0.range.lowerBound, $0.range.upperBound, $0.id, $0.kind.rawValue, $0.biotype)
        < ($1.range.lowerBound, $1.range.upperBound, $1.id, $1.kind.rawValue, $1.biotype)
    }) {
      greatest = max(greatest, model.range.upperBound)
      let strand = model.strand.map { $0 == .reverse ? 2 : 1 } ?? 0
      for value in [model.range.lowerBound, model.range.upperBound, greatest, model.kind.rawValue | strand << 8] {
        table.appendLittleEndian(UInt32(value))
      }
      put(model.id, &table)
      put(model.biotype, &table)
    }
  }

  private mutating func put(_ text: String, _ table: inout [UInt8]) {
    let place =
      places[text]
      ?? {
        let place = (strings.count, text.utf8.count)
        strings += Array(text.utf8)
        places[text] = place
        return place
      }()
    table.appendLittleEndian(UInt32(place.0))
    table.appendLittleEndian(UInt32(place.1))
  }

  private func put(_ ranges: [Range<Int>], isReverse: Bool, _ exons: inout [UInt8]) {
    var offset = isReverse ? ranges.reduce(0) { $0 + $1.count } : 0
    for range in ranges {
      if isReverse { offset -= range.count }
      for value in [range.lowerBound, range.upperBound, offset, 0] { exons.appendLittleEndian(UInt32(value)) }
      if !isReverse { offset += range.count }
    }
  }
}
