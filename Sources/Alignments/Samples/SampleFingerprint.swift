#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
public import GenomicFiles
public import Genomics

/// One sample's genotypes at a panel's sites, small enough to keep and compare. It tells who somebody is as well as
/// their genome does: it is kept and sent like one.
public struct SampleFingerprint: Sendable, Equatable, Codable {
  /// A mean and a standard deviation; nil where nothing was counted.
  public struct Spread: Sendable, Equatable, Codable {
    /// The mean.
    public var mean: Double
    /// The standard deviation of the values, not of the mean.
    public var deviation: Double

    init?(_ values: [Double]) {
      guard !values.isEmpty else { return nil }
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      self.mean = Self.rounded(mean)
      deviation = Self.rounded((values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot())
    }

    private static func rounded(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }
  }

  /// `apus-fingerprint/1`.
  public var schema = SampleFingerprint.schema
  /// The panel's digest: only fingerprints of one panel can be compared.
  public var panel: String
  /// Genotypes of the autosomes' sites in the panel's order: alternate alleles, `.` where unknown.
  public var autosomes: String
  /// Genotypes of the sites of X outside of the pseudoautosomal regions, likewise.
  public var chromosomeX: String
  /// Depth at the autosomes' sites.
  public var depth: Spread?
  /// Depth at those with a genotype.
  public var calledDepth: Spread?
  /// The share of the alternate allele at those with genotype 1.
  public var heterozygousBalance: Spread?
  /// The share of autosomal sites whose alleles are shared as in no genotype.
  public var between: Double
  /// Depth at sites of X outside of the pseudoautosomal regions.
  public var depthX: Spread?
  /// Depth at sites of Y outside of them.
  public var depthY: Spread?
  /// The number of those sites of Y.
  public var sitesY: Int
  /// The fraction of another person's reads; nil where unknown.
  public var contamination: Double?
  /// The karyotype that depth is evidence of, or `unknown`.
  public var karyotype: String

  /// The schema's name.
  public static let schema = "apus-fingerprint/1"

  /// The fingerprint of a pass.
  public init(_ counts: SiteCounts, _ header: SAMHeader, contamination: Double?, karyotype: String) {
    panel = counts.panel.digest
    var autosomes: [UInt8] = []
    var chromosomeX: [UInt8] = []
    var (depths, called, balances): ([Double], [Double], [Double]) = ([], [], [])
    var (depthsX, depthsY): ([Double], [Double]) = ([], [])
    var between = 0
    counts.forEachSite(header) { _, _, place, alleles in
      let letter = alleles.genotype.map { UInt8(ascii: "0") + UInt8($0) } ?? UInt8(ascii: ".")
      let depth = Double(alleles.depth)
      switch place {
      case .autosome:
        autosomes.append(letter)
        depths.append(depth)
        if alleles.genotype != nil { called.append(depth) }
        if alleles.genotype == 1 {
          balances.append(Double(alleles.alternate) / Double(alleles.reference + alleles.alternate))
        }
        if alleles.isBetween { between += 1 }
      case .onlyX:
        chromosomeX.append(letter)
        depthsX.append(depth)
      case .onlyY: depthsY.append(depth)
      case .other: break
      }
    }
    self.autosomes = String(decoding: autosomes, as: UTF8.self)
    self.chromosomeX = String(decoding: chromosomeX, as: UTF8.self)
    depth = Spread(depths)
    calledDepth = Spread(called)
    heterozygousBalance = Spread(balances)
    self.between = depths.isEmpty ? 0 : (1e4 * Double(between) / Double(depths.count)).rounded() / 1e4
    depthX = Spread(depthsX)
    depthY = Spread(depthsY)
    sitesY = depthsY.count
    self.contamination = contamination.map { (1e5 * $0).rounded() / 1e5 }
    self.karyotype = karyotype
  }

  /// The fingerprint as JSON, one line.
  public var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Every value is a finite number or text, so encoding cannot fail.
    guard let data = try? encoder.encode(self) else { preconditionFailure("a fingerprint is plain values") }
    return Array(data) + [10]
  }

  /// Reads a fingerprint.
  /// - Throws: `InputError` of kind `malformed` where it is none, or of another version.
  public init(bytes: [UInt8], path: String) throws(InputError) {
    func refuse(_ reason: String) -> InputError {
      InputError(.malformed, at: InputLocation(file: path), reason, remedy: "make it again with apus bam --sites")
    }
    guard let found = try? JSONDecoder().decode(SampleFingerprint.self, from: Data(bytes)) else {
      throw refuse("the file is not a fingerprint")
    }
    guard found.schema == Self.schema else { throw refuse("the fingerprint is not \(Self.schema)") }
    let letters = Set("012.".utf8)
    guard found.autosomes.utf8.allSatisfy(letters.contains), found.chromosomeX.utf8.allSatisfy(letters.contains) else {
      throw refuse("a genotype is none of 0, 1, 2 and .")
    }
    self = found
  }

  /// Genotypes 0, 1, 2 and unknown ones, of a text of genotypes.
  static func counts(_ genotypes: String) -> (
    homozygousReference: Int, heterozygous: Int, homozygousAlternate: Int, unknown: Int
  ) {
    var counts = [0, 0, 0, 0]
    for letter in genotypes.utf8 { counts[letter == UInt8(ascii: ".") ? 3 : Int(letter - UInt8(ascii: "0"))] += 1 }
    return (counts[0], counts[1], counts[2], counts[3])
  }
}
