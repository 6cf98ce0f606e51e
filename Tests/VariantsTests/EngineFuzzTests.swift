import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Testing
import Variants

/// Ten thousand damaged files through everything at once: selected, normalised, split, counted and written.
@Suite struct EngineFuzzTests {
  private static let cases = 5000
  private static let pieces: [[UInt8]] = [
    "\t", "\n", "\r\n", ",", ";", ":", "=", ".", "*", "<DEL>", "<*>", "0/1", "1|", "./.", "-1", "99999999999", "1e400",
    "nan", "N", "acgt", "GT", "AD=", "A,C,G", "%3B", "\u{0}", "é", "#CHROM", "##", "APUS_ORIG=", "\"",
  ].map { Array($0.utf8) }

  private func damage(_ text: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = text
    // The header's fate is the smaller part: most edits fall on records.
    let body = bytes.firstRange(of: Array("#CHROM".utf8))?.lowerBound ?? 0
    for _ in 0...random.int(0...3) {
      guard bytes.count > body + 2 else { break }
      let place = random.oneIn(12) ? random.int(0...(bytes.count - 1)) : random.int(body...(bytes.count - 1))
      let end = min(bytes.count, place + random.int(1...12))
      switch random.int(0...5) {
      case 0: bytes[place] = UInt8(random.int(0...255))
      case 1: bytes[place] = random.pick(Self.pieces)[0]
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: random.pick(Self.pieces), at: place)
      case 4: bytes.insert(contentsOf: bytes[place..<end], at: random.int(body...(bytes.count - 1)))
      default: bytes.replaceSubrange(place..<end, with: random.pick(Self.pieces))
      }
    }
    return bytes
  }

  @Test(.timeLimit(.minutes(20)), arguments: seeds(2))
  func `a damaged file is refused, or every record of it is accounted for`(seed: UInt64) async throws {
    var generator = VCFGenerator(seed: seed)
    let folder = try ScratchFolder()
    var refused = 0
    var kept = 0
    var file = generator.file(6, mostAlternates: 3)
    var reference = try FASTAReference(path: folder.write(file.fasta, "0.fa"), registry: OutputRegistry())
    let expressions = ["QUAL>5 || DP>3", "FMT/DP>10 & GT=\"alt\"", "AF[*]<0.4 | INFO/IR=\".\"", "N_ALT>1 && AC>=0"]
    for number in 0..<Self.cases {
      if number % 500 == 499 {
        file = generator.file(6, mostAlternates: 3)
        reference = try FASTAReference(path: folder.write(file.fasta, "\(number).fa"), registry: OutputRegistry())
      }
      let text = damage(Array(file.text.utf8), &generator.random)
      try Data(text).write(to: URL(fileURLWithPath: folder.path("in.vcf")))
      let resources = RunResources(threads: 2, batchBytes: generator.random.pick([4096, 1 << 20]))
      let output = OutputPlan(path: folder.path("o.vcf"), container: .plain, force: true, hashes: false)
      var job = VariantJob(input: InputFile(path: folder.path("in.vcf")), output: output)
      job.normalises = generator.random.oneIn(2)
      job.splits = job.normalises && generator.random.oneIn(2)
      job.referenceCheck = generator.random.pick(ReferenceCheck.allCases)
      job.stats = VariantStatsOptions()
      if generator.random.oneIn(2) {
        var selection = VariantSelection()
        selection.expression = generator.random.pick(expressions)
        selection.excludes = generator.random.oneIn(2)
        if generator.random.oneIn(3) { selection.softFilter = VariantSelection.SoftFilter(name: "LOW") }
        if generator.random.oneIn(3) { selection.samples = .only(["s1"]) }
        job.selection = selection
      }
      do {
        let result = try await processVariants(
          job, reference: job.normalises ? reference : nil, resources: resources)
        _ = try await result.pending?.commit()
        let written = try folder.bytes(of: "o.vcf").split(separator: UInt8(ascii: "\n")).count { $0.first != 35 }
        let lines = text.split(separator: UInt8(ascii: "\n")).count { $0.first != 35 }
        #expect(result.counts.balances, "seed \(seed), case \(number)")
        #expect(result.counts.recordsOut == written, "seed \(seed), case \(number)")
        #expect(result.counts.recordsIn == lines, "seed \(seed), case \(number)")
        kept += 1
      } catch is InputError {
        refused += 1
      } catch is FilterError {
        // A header that lost what the expression asks for.
        refused += 1
      }
    }
    #expect(refused > Self.cases / 20 && kept > Self.cases / 20, "seed \(seed): \(refused) refused, \(kept) taken")
  }
}
