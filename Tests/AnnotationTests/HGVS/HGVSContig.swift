import TestSupport

@testable import Annotation

/// The part of a contig that a transcript of the shared folder lies on, as far as its bases are known: those of exons
/// from the transcript, those that a table's names tell. The others are made up.
struct HGVSContig {
  static let margin = 2_000
  let alignment: HGVSSharedData.Alignment
  /// What stands at `bases[0]`, from 0.
  let origin: Int
  private(set) var bases: [UInt8]
  private(set) var isKnown: [Bool]
  private(set) var model: TranscriptModel

  /// - Parameter sequence: the transcript's; nil where it is not known, so that exons are made up too.
  init(_ alignment: HGVSSharedData.Alignment, _ sequence: String?, protein: String) {
    self.alignment = alignment
    var filler = SplitMix64(seed: 1)
    let letters =
      sequence.map { Array($0.utf8) }
      ?? filler.letters(alignment.blocks.map(\.transcript.upperBound).max() ?? 0, of: "ACGT")
    let low = alignment.blocks.map(\.contig.lowerBound).min() ?? 0
    let high = alignment.blocks.map(\.contig.upperBound).max() ?? 0
    origin = max(0, low - Self.margin)
    var random = SplitMix64(seed: UInt64(low))
    bases = random.letters(high + Self.margin - origin, of: "ACGT")
    isKnown = [Bool](repeating: false, count: bases.count)
    var edits: [TranscriptModel.Edit] = []
    // Places of the bases as the contig has them, spliced.
    var spliced = 0
    for block in alignment.blocks {
      var (place, inside) = (block.transcript.lowerBound, 0)
      for (operation, count) in block.operations {
        let own = operation == "I" ? [] : Array(letters[place..<(place + count)])
        if operation != "=" {
          edits.append(
            TranscriptModel.Edit(
              place: spliced, skipped: operation == "D" ? 0 : count, letters: String(decoding: own, as: UTF8.self)))
        }
        if operation != "D" {
          for index in 0..<count {
            let position =
              alignment.isReverse
              ? block.contig.upperBound - 1 - inside - index : block.contig.lowerBound + inside + index
            guard operation == "=" else { continue }
            bases[position - origin] = alignment.isReverse ? SyntheticGene.opposite(own[index]) : own[index]
            isKnown[position - origin] = sequence != nil
          }
          inside += count
          spliced += count
        }
        place += own.count
      }
    }
    let exons = alignment.blocks.map { [origin] in ($0.contig.lowerBound - origin)..<($0.contig.upperBound - origin) }
      .sorted { $0.lowerBound < $1.lowerBound }
    let parts = alignment.transcript.split(separator: ".")
    model = TranscriptModel(
      id: String(parts[0]), version: String(parts[1]), biotype: "protein_coding", protein: protein,
      gene: GeneModel(id: "G", symbol: "G", biotype: ""), contig: alignment.contig, isReverse: alignment.isReverse,
      exons: exons, coding: [], phase: 0, flags: [], line: 1)
    model.edits = edits
    guard let coding = alignment.coding else { return }
    let first = position(ofTranscript: coding.lowerBound), last = position(ofTranscript: coding.upperBound - 1)
    if let first, let last {
      model.coding = exons.compactMap {
        let part = $0.clamped(to: min(first, last)..<(max(first, last) + 1))
        return part.isEmpty ? nil : part
      }
    }
  }

  /// Where a base of the transcript stands in `bases`; nil for one that the contig lacks.
  func position(ofTranscript place: Int) -> Int? {
    for block in alignment.blocks where block.transcript.contains(place) {
      var (own, inside) = (block.transcript.lowerBound, 0)
      for (operation, count) in block.operations {
        if operation != "I", place < own + count {
          guard operation != "D" else { return nil }
          let offset = inside + place - own
          return (alignment.isReverse ? block.contig.upperBound - 1 - offset : block.contig.lowerBound + offset)
            - origin
        }
        if operation != "I" { own += count }
        if operation != "D" { inside += count }
      }
    }
    return nil
  }

  /// Sets bases that a name tells.
  /// - Returns: false where they contradict what is known.
  mutating func tell(_ letters: [UInt8], at position: Int) -> Bool {
    for (index, letter) in letters.enumerated() {
      let place = position - origin + index
      if isKnown[place], bases[place] != letter { return false }
      bases[place] = letter
      isKnown[place] = true
    }
    return true
  }

  /// Makes an unknown base another than `letter`, so that an indel beside it stays where it is.
  mutating func avoid(_ letter: UInt8, at position: Int) {
    let place = position - origin
    if !isKnown[place], bases[place] == letter { bases[place] = SyntheticGene.opposite(letter) }
    isKnown[place] = true
  }

  /// The model with its bases, ready for a cache.
  func finished() -> TranscriptModel {
    var model = model
    let spliced = model.exons.flatMap { bases[$0] }
    model.bases = model.isReverse ? spliced.reversed().map(SyntheticGene.opposite) : spliced
    return model
  }
}
