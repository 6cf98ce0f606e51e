import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

/// The specification's own examples, valid and not, with random damage: each is taken or refused, nothing traps. CRAM is
/// htslib's to read, but its records are ours.
@Suite(.enabled(if: SharedData.has("spec")), .timeLimit(.minutes(10)))
struct SpecificationFuzzTests {
  enum Seeds: String, CaseIterable, Sendable {
    case sam, cram, vcf

    var folders: [String] {
      switch self {
      case .sam: ["spec/sam/passed", "spec/sam/failed"]
      case .cram: ["spec/cram/3.0/passed"]
      case .vcf: ["spec/vcf/4.1/passed", "spec/vcf/4.2/passed", "spec/vcf/4.2/failed"]
      }
    }

    var format: Format { self == .vcf ? .variants : .alignments }

    var paths: [String] {
      folders.flatMap { folder in
        SharedData.names(in: folder).filter { $0.hasSuffix("." + rawValue) }.map { SharedData.path("\(folder)/\($0)") }
      }
    }
  }

  private static func damage(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    for _ in 0..<random.pick([1, 1, 2, 5, 20]) where !bytes.isEmpty {
      let place = random.int(0...(bytes.count - 1))
      let end = min(bytes.count, place + random.int(1...60))
      switch random.int(0...5) {
      case 0: bytes[place] ^= 1 << UInt8(random.int(0...7))
      case 1: bytes[place] = random.pick([0, 0x7F, 0x80, 0xFF, 9, 10, 58])
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: random.int(0...bytes.count))
      case 4: bytes.replaceSubrange(place..<min(bytes.count, place + 4), with: [0xFF, 0xFF, 0xFF, 0x7F])
      default: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
      }
    }
  }

  @Test(arguments: Seeds.allCases) func aDamagedExampleIsTakenOrRefused(seeds: Seeds) async throws {
    var random = SplitMix64("damagedExample(\(seeds))")
    let folder = try TemporaryFolder()
    let fasta = folder("ce.fa")
    for suffix in ["", ".fai"] {
      try folder.write(try readFile(SharedData.path("spec/cram/ce.fa\(suffix)")), to: "ce.fa\(suffix)")
    }
    let paths = seeds.paths
    try #require(paths.count > 10)
    let examples = try paths.map { try readFile($0) }.filter { $0.count < 200_000 }
    let settings = SharedSettings()
    var refused = 0
    let rounds = seeds == .cram ? 600 : 2000
    for round in 0..<rounds {
      var bytes = random.pick(examples)
      Self.damage(&bytes, &random)
      do {
        _ = try await seeds.format.read(
          try folder.write(bytes, to: "in.\(seeds)"), settings[round], reference: seeds == .cram ? fasta : nil)
      } catch is InputError {
        refused += 1
      }
    }
    print("of \(rounds) damaged examples of \(seeds) \(refused) were refused")
    #expect(refused > rounds / 10)
  }
}
