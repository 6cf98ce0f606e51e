@testable import Alignments

/// The definitions of coverage counted base by base with lists of reads at each position.
struct NaiveCoverage {
  private struct Base {
    var name: String
    var quality: Int
    var isUnknown: Bool
    var isGood: Bool
    var isPlain: Bool
    var isYield: Bool
  }

  var counts: [CoverageCounts] = []
  var q30Overlap = 0
  var q30 = 0

  init(_ file: PairedAlignments) {
    for (index, contig) in file.contigs.enumerated() {
      var piles = [[Base]](repeating: [], count: contig.bases.count)
      var counts = CoverageCounts()
      for line in file.lines where line.contig == index && !line.has(4) && !line.has(0x100) {
        let isKept = !line.has(0x600)
        var isGood = false
        if line.quality == 0, Self.isAdapter(line) {
          counts.adapter += line.aligned.count
        } else if line.quality < 20 {
          counts.lowMappingQuality += line.aligned.count
        } else if line.has(0x400) {
          counts.duplicate += line.aligned.count
        } else if !line.has(1) || line.has(8) {
          counts.unpaired += line.aligned.count
        } else {
          isGood = !line.has(0x200)
        }
        let bases = Array(line.bases.utf8)
        for (read, position) in line.aligned {
          piles[position].append(
            Base(
              name: line.name, quality: line.qualities[read], isUnknown: bases[read] == UInt8(ascii: "N"),
              isGood: isGood, isPlain: isKept && line.quality > 10, isYield: isKept && !line.has(0x800)))
        }
      }
      for (position, pile) in piles.enumerated() {
        let yield = pile.filter { $0.isYield && $0.quality >= 30 }
        q30Overlap += yield.count - Set(yield.map(\.name)).count
        guard !"Nn".utf8.contains(contig.bases[position]) else { continue }
        count(pile, &counts)
      }
      self.counts.append(counts)
    }
    for line in file.lines where !line.has(0xF00) { q30 += line.qualities.count { $0 >= 30 } }
  }

  private func count(_ pile: [Base], _ counts: inout CoverageCounts) {
    let good = pile.filter(\.isGood)
    let raw = good.filter { $0.quality > 2 }.prefix(250)
    counts.rawDepths[raw.count] += 1
    for base in raw { counts.qualities[base.quality] += 1 }
    let seen = good.filter { $0.quality >= 20 && !$0.isUnknown }
    let names = Set(seen.map(\.name)).count
    counts.lowBaseQuality += good.count - seen.count
    counts.overlap += seen.count - names
    counts.depths[min(names, 250)] += 1
    counts.capped += max(0, names - 250)
    if Set(pile.filter(\.isPlain).map(\.name)).count >= 15 { counts.plainAtAsked += 1 }
  }

  private static func isAdapter(_ line: PairedAlignment) -> Bool {
    var read = Array(line.bases)
    let complement: [Character: Character] = ["A": "T", "C": "G", "G": "C", "T": "A"]
    if line.has(0x10) { read = read.reversed().map { complement[$0] ?? $0 } }
    guard read.count >= 16 else { return false }
    for adapter in AdapterReads.adapters.map(Array.init) {
      for letters in [adapter, adapter.reversed().map { complement[$0] ?? $0 }] {
        for start in 0...(letters.count - 16) {
          let piece = letters[start..<(start + 16)]
          guard piece.count(where: { $0 == "N" }) <= 1 else { continue }
          if zip(piece, read).count(where: { $0 != $1 }) <= 1 { return true }
        }
      }
    }
    return false
  }
}

/// Read starts by GC, counted with plain slices.
struct NaiveGC {
  var windows = [Int](repeating: 0, count: 101)
  var reads = [Int](repeating: 0, count: 101)
  var bases = [Int](repeating: 0, count: 101)
  var errors = [Int](repeating: 0, count: 101)

  init(_ file: PairedAlignments) {
    for (index, contig) in file.contigs.enumerated() {
      let reference = Array(String(decoding: contig.bases, as: UTF8.self).uppercased().utf8)
      let share = { (start: Int) -> Int? in
        guard start < reference.count - 100 else { return 0 }
        let window = reference[start..<(start + 100)]
        if window.count(where: { $0 == UInt8(ascii: "N") }) > 4 { return nil }
        return window.count { "GC".utf8.contains($0) }
      }
      for start in stride(from: 1, to: reference.count - 100, by: 1) { if let bin = share(start) { windows[bin] += 1 } }
      for line in file.lines where line.contig == index && !line.has(4) {
        let start = line.has(0x10) ? line.position + line.referenceLength - 1 - 100 : line.position
        guard start > 0, let bin = share(start) else { continue }
        let read = Array(line.bases.utf8)
        reads[bin] += 1
        bases[bin] += read.count
        errors[bin] +=
          line.aligned.count { read[$0.read] != reference[$0.position] }
          + line.cigar.filter { "ID".contains($0.code) }.reduce(0) { $0 + $1.length }
      }
    }
  }
}
