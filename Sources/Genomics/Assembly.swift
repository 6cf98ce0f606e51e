/// A human reference assembly, told from the lengths of its chromosomes and never from a file's name.
public enum Assembly: String, Sendable, Hashable, Codable, CaseIterable {
  /// GRCh37, whatever the naming style (b37, hs37d5, hg19).
  case grch37 = "GRCh37"
  /// GRCh38.
  case grch38 = "GRCh38"

  /// The lengths in bases of chromosomes 1 to 22, X and Y (NCBI assembly reports GCF_000001405.25 and .40).
  private var lengths: [Int] {
    switch self {
    case .grch37:
      [
        249_250_621, 243_199_373, 198_022_430, 191_154_276, 180_915_260, 171_115_067, 159_138_663, 146_364_022,
        141_213_431, 135_534_747, 135_006_516, 133_851_895, 115_169_878, 107_349_540, 102_531_392, 90_354_753,
        81_195_210, 78_077_248, 59_128_983, 63_025_520, 48_129_895, 51_304_566, 155_270_560, 59_373_566,
      ]
    case .grch38:
      [
        248_956_422, 242_193_529, 198_295_559, 190_214_555, 181_538_259, 170_805_979, 159_345_973, 145_138_636,
        138_394_717, 133_797_422, 135_086_622, 133_275_309, 114_364_328, 107_043_718, 101_991_189, 90_338_345,
        83_257_441, 80_373_285, 58_617_616, 64_444_167, 46_709_983, 50_818_468, 156_040_895, 57_227_415,
      ]
    }
  }

  /// The length of a primary chromosome.
  /// - Parameter name: `1`…`22`, `X` or `Y`, as `ContigName.canonical` gives it.
  public func length(ofChromosome name: String) -> Int? {
    switch name {
    case "X": lengths[22]
    case "Y": lengths[23]
    default: Int(name).flatMap { (1...22).contains($0) ? lengths[$0 - 1] : nil }
    }
  }

  /// The assembly that every primary chromosome with a length in `contigs` agrees with.
  /// - Returns: nil where no primary chromosome has a length, or where they disagree with both assemblies.
  public init?(contigs: ContigDictionary) {
    let primary = contigs.contigs.compactMap { contig -> (name: String, length: Int)? in
      guard let name = ContigName.canonical(contig.name), name != "MT", let length = contig.length else { return nil }
      return (name, length)
    }
    guard !primary.isEmpty,
      let match = Self.allCases.first(where: { assembly in
        primary.allSatisfy { assembly.length(ofChromosome: $0.name) == $0.length }
      })
    else { return nil }
    self = match
  }
}
