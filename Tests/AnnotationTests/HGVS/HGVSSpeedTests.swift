import Foundation
import TestSupport
import Testing

@testable import Annotation

/// How fast names are made; a figure to read, not a limit.
@Suite struct HGVSSpeedTests {
  /// What this thread has had of a core: other work on the machine does not count.
  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  @Test func namesPerSecond() throws {
    var random = SplitMix64(seed: 7)
    let bases = random.letters(4 << 20, of: "ACGT")
    var models: [TranscriptModel] = []
    var start = 1_000
    while start + 30_000 < bases.count {
      // Nine exons of 150 bases over 25 kb.
      let exons = (0..<9).map { (start + $0 * 3_000)..<(start + $0 * 3_000 + 150) }
      var model = TranscriptModel(
        id: "ENST\(10_000_000_000 + start)", version: "2", biotype: "protein_coding",
        protein: "ENSP\(10_000_000_000 + start).2", gene: GeneModel(id: "G", symbol: "G", biotype: ""), contig: "1",
        isReverse: random.chance(0.5), exons: exons, coding: [(exons[1].lowerBound)..<(exons[7].upperBound)], phase: 0,
        flags: [], line: 1)
      model.coding = Array(exons[1...7])
      let spliced = exons.flatMap { bases[$0] }
      model.bases = model.isReverse ? spliced.reverseComplement : spliced
      models.append(model)
      start += 28_000
    }
    let cache = try HGVSCache(contigs: [("1", bases, "NC_000001.11")], models: models).cache
    // One in ten an indel, one in twenty in an exon.
    var alleles: [(position: Int, reference: [UInt8], alternate: [UInt8])] = []
    for _ in 0..<300_000 {
      var position = random.int(2_000...(bases.count - 32_000))
      if random.chance(0.05) {
        let model = random.pick(models)
        position = random.int(0...149) + random.pick(model.exons).lowerBound
      }
      let base = bases[position]
      switch random.int(0...19) {
      case 0: alleles.append((position + 1, [base], [base] + random.letters(random.int(1...3), of: "ACGT")))
      case 1: alleles.append((position + 1, Array(bases[position..<(position + random.int(2...4))]), [base]))
      default: alleles.append((position + 1, [base], [complement(base)]))
      }
    }
    var namer = HGVSNamer(cache, contig: 0)
    var output: [UInt8] = []
    output.reserveCapacity(1 << 16)
    var near: [Int] = []
    var names = 0
    let before = Self.seconds
    for allele in alleles {
      output.removeAll(keepingCapacity: true)
      allele.reference.withUnsafeBytes { reference in
        allele.alternate.withUnsafeBytes { alternate in
          _ = namer.isReference(position: allele.position, reference)
          namer.set(position: allele.position, reference: reference, alternate: alternate)
        }
      }
      namer.appendGenomic(to: &output)
      names += 1
      cache.transcripts(on: 0, near: allele.position..<(allele.position + 1), into: &near)
      for index in near {
        let length = output.count
        _ = namer.appendNames(on: cache.transcript(index), to: &output)
        // A name on the transcript, and one on the protein.
        if output.count > length + 1 { names += 1 }
        if output.last != UInt8(ascii: "|") { names += 1 }
      }
    }
    let seconds = Self.seconds - before
    print(
      "HGVS speed: \(names) names of \(alleles.count) alleles in \(seconds) s of a core, \(Int(Double(names) / seconds)) a second"
    )
    #expect(names > 500_000)
  }
}
