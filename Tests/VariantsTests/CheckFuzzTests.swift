import EngineTestSupport
import Foundation
import Testing
import Variants

/// Files with random damage: nothing traps, the report does not depend on threads or batches, and what htslib refuses
/// is refused.
@Suite struct CheckFuzzTests {
  /// A file of a version with most kinds of field in it.
  static func base(_ version: VCFVersion, records: Int, _ random: inout SeededGenerator) -> [UInt8] {
    var lines = ["##fileformat=VCFv\(version.name)"]
    lines += CheckRecordTests.header(version).split(separator: "\n").map(String.init)
    lines.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts1\ts2")
    var position = 1
    for index in 0..<records {
      position += random.int(1...3)
      // Since 4.4 a deletion needs more than this makes.
      let alts = random.pick(["C", "C,G", "ACC", version <= .v43 ? "<DEL>" : "<*>", "*", "A[1:5[", "."])
      let count = alts == "." ? 0 : alts.split(separator: ",").count
      func list(_ number: Int, _ text: String) -> String {
        Array(repeating: text, count: max(1, number)).joined(separator: ",")
      }
      let info = random.pick([
        ".", "DP=\(index)", "AC=\(list(count, "1"));AF=\(list(count, "0.5"))", "DB;S1=a%3Bb", "F1=1e-3;I2=1,2",
      ])
      let genotypes = (count + 1) * (count + 2) / 2
      let samples = (0..<2).map { _ in
        random.pick(["0/0", "0|0", "./."]) + ":\(random.int(0...99)):" + list(genotypes, "\(random.int(0...9))")
      }
      lines.append(
        "1\t\(position)\t\(random.pick([".", "rs\(index)"]))\tA\t\(alts)\t\(random.pick([".", "3.5"]))\tPASS\t\(info)\tGT:DP:PL\t"
          + samples.joined(separator: "\t"))
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  static func mutate(_ text: inout [UInt8], _ random: inout SeededGenerator) {
    for _ in 0..<random.int(1...3) {
      let place = random.int(0...(text.count - 1))
      switch random.int(1...7) {
      case 1: text[place] = UInt8(random.int(0...255))
      case 2: text.remove(at: place)
      case 3: text.insert(random.pick(Array("\t\n,;:=.<>[]\"%|/#0A\r ".utf8)), at: place)
      case 4: text[place] = random.pick(Array("\t\n,;:=.<>[]\"%|/#0A- ".utf8))
      case 5: text.removeSubrange(place..<min(text.count, place + random.int(1...60)))
      case 6:
        text.insert(
          contentsOf: text[place..<min(text.count, place + random.int(1...60))], at: random.int(0...(text.count - 1)))
      default:
        let other = random.int(0...(text.count - 1))
        text.swapAt(place, other)
      }
      if text.isEmpty { text = [10] }
    }
  }

  @Test(arguments: seeds(4))
  func `random damage is never fatal, and the report never depends on the batches`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let folder = try ScratchFolder()
    let path = folder.path("f.vcf")
    for number in 0..<500 {
      let version = random.pick(VCFVersion.allCases)
      var text = Self.base(version, records: 40, &random)
      if number > 0 { Self.mutate(&text, &random) }
      try Data(text).write(to: URL(fileURLWithPath: path))
      let report = try await checkFile(path, threads: 2)
      let other = try await checkFile(path, threads: random.pick([1, 7]), batchBytes: 4096)
      #expect(report.text() == other.text(), "seed \(seed), case \(number)")
      if number == 0 { #expect(report.errors == 0, "\(report.text())") }
    }
  }

  /// What bcftools says that it skips or changes is no refusal; an exit code other than 0 is, and so are htslib's errors.
  @Test(.enabled(if: Peer.areInstalled("bcftools")), arguments: seeds(2))
  func `damage that htslib refuses is refused`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed &+ 77)
    let folder = try ScratchFolder()
    let path = folder.path("f.vcf")
    var refused = 0
    for number in 0..<200 {
      let version = random.pick(VCFVersion.allCases)
      var text = Self.base(version, records: 12, &random)
      Self.mutate(&text, &random)
      try Data(text).write(to: URL(fileURLWithPath: path))
      let peer = try Peer.run("bcftools", ["view", "-o", "/dev/null", path])
      guard peer.status != 0 else { continue }
      // htslib 1.16 does not know the mark before the first allele, which 4.4 brought.
      if version >= .v44, peer.errors.contains("Couldn't read GT data") { continue }
      refused += 1
      let report = try await checkFile(path, isStrict: true)
      #expect(report.errors > 0, "seed \(seed), case \(number): \(peer.errors)")
    }
    print("htslib refused \(refused) of 200 damaged files")
  }

  @Test(arguments: [1, 2, 7])
  func `a large file gives the same bytes at any threads`(threads: Int) async throws {
    var random = SeededGenerator(seed: 5)
    var text = Self.base(.v43, records: 4000, &random)
    for _ in 0..<40 { Self.mutate(&text, &random) }
    let expected = try await checkText(text, threads: 1, batchBytes: 8 << 20, limit: 20)
    for batchBytes in [4096, 64 << 10, 1 << 20] {
      let report = try await checkText(text, threads: threads, batchBytes: batchBytes, limit: 20)
      #expect(Self.bare(report) == Self.bare(expected), "\(threads) threads, \(batchBytes) bytes")
    }
    #expect(expected.errors > 0)
  }

  /// The report without the path, which is another folder's.
  private static func bare(_ report: CheckReport) -> String {
    report.text().replacingOccurrences(of: report.path, with: "")
  }
}
