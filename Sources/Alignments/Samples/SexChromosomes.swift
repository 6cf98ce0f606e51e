public import GenomicFiles
import Genomics

/// Evidence of how many copies of each chromosome a sample has, from where alignments begin. Evidence, never a verdict
/// on a person: mosaics, losses of age and tumours look like other karyotypes.
public struct SexChromosomes: Sendable, Equatable {
  /// One autosome's depth beside that of all.
  public struct Autosome: Sendable, Equatable {
    /// `1` to `22`.
    public var name: String
    /// Median of its stretches over the median of all autosomes' stretches; nil where too few.
    public var relative: Double?
    /// What it is evidence of.
    public var evidence: Evidence
  }

  /// What an autosome's relative depth is evidence of.
  public enum Evidence: String, Sendable {
    /// 0.9 to 1.1 of the others.
    case asOthers = "as-others"
    /// 1.25 or more.
    case gain = "gain-possible"
    /// 0.75 or less.
    case loss = "loss-possible"
    /// Between.
    case unclear = "unclear"
    /// Too little was seen.
    case unknown = "unknown"
  }

  /// Copies of X: two times its median over that of the autosomes; nil where unknown.
  public var copiesX: Double?
  /// Copies of Y, likewise, in its euchromatin.
  public var copiesY: Double?
  /// `XX`, `XY`, `XXY`, `X0`, `XYY`, `XXX` or `unknown`.
  public var karyotype: String
  /// Why it is unknown; nil where it is not.
  public var reason: String?
  /// How pseudoautosomal regions are known: `digest`, `length`; nil where they are not.
  public var basis: String?
  /// The autosomes in order.
  public var autosomes: [Autosome]
  /// Median alignments in a million bases of the autosomes.
  public var medianPerBin: Int

  /// Median alignments in a million bases below which all is unknown.
  public static let leastPerBin = 30
  /// Stretches with alignments that are needed: of all autosomes, of one autosome, of X, of Y.
  public static let leastBins = (autosomes: 500, autosome: 20, x: 100, y: 15)
  /// The share of autosomal stretches within half and twice the median below which depth is not even: targeted
  /// sequencing, a part of the genome, or a damaged library.
  public static let leastEven = 0.85

  /// Y's euchromatin ends at the heterochromatin that assemblies leave as 30 million N (UCSC gap tracks).
  static let euchromatinEnd = [59_373_566: 28_819_361, 57_227_415: 26_673_214]

  /// What the stretches tell.
  public init(_ bins: ChromosomeBins, _ header: SAMHeader) {
    var stretches: [String: [UInt32]] = [:]
    var contigs: [String: Int] = [:]
    for (chromosome, contig) in bins.contigs {
      contigs[chromosome] = contig
      stretches[chromosome] = Array(bins.whole(contig))
    }
    let names = (1...22).map(String.init)
    let all = names.flatMap { stretches[$0] ?? [] }.filter { $0 > 0 }
    let median = Self.median(all)
    medianPerBin = Int(median)
    let even = all.filter { 2 * Double($0) >= median && Double($0) <= 2 * median }.count
    var refusal: String?
    if all.count < Self.leastBins.autosomes {
      refusal = "too few stretches of autosomes with alignments"
    } else if median < Double(Self.leastPerBin) {
      refusal = "too few alignments"
    } else if Double(even) < Self.leastEven * Double(all.count) {
      refusal = "depth is not even along the autosomes"
    }
    autosomes = names.filter { contigs[$0] != nil }.map { name in
      let seen = (stretches[name] ?? []).filter { $0 > 0 }
      guard refusal == nil, seen.count >= Self.leastBins.autosome else {
        return Autosome(name: name, relative: nil, evidence: .unknown)
      }
      let relative = Self.median(seen) / median
      return Autosome(name: name, relative: relative, evidence: Self.evidence(relative))
    }
    karyotype = "unknown"
    if let refusal {
      reason = refusal
      return
    }
    func copies(_ chromosome: String, least: Int, end: Int?) -> Double? {
      guard let contig = contigs[chromosome] else { return nil }
      let regions = PseudoautosomalRanges(
        chromosome, header.contigs.contigs[contig].name, header, bins.options)
      guard let ranges = regions.ranges else { return nil }
      basis = basis == "length" ? "length" : regions.basis
      let length = ChromosomeBins.binLength
      let kept = bins.whole(contig).indices.filter { bin in
        let stretch = (bin * length)..<((bin + 1) * length)
        return !ranges.contains { $0.overlaps(stretch) } && stretch.upperBound <= end ?? Int.max
      }
      guard kept.count >= least else { return nil }
      return 2 * Self.median(kept.map { bins.whole(contig)[$0] }) / median
    }
    copiesX = copies("X", least: Self.leastBins.x, end: nil)
    copiesY = copies(
      "Y", least: Self.leastBins.y,
      end: contigs["Y"].flatMap { header.contigs.contigs[$0].length }.flatMap { Self.euchromatinEnd[$0] } ?? 0)
    guard let copiesX, let copiesY else {
      reason = "X or Y is not one of GRCh37 or GRCh38, or not in the header"
      return
    }
    let whole = (Self.whole(copiesX, Self.bandsX), Self.whole(copiesY, Self.bandsY))
    guard let x = whole.0, let y = whole.1 else {
      reason = "depth of X or Y is between whole copies"
      return
    }
    guard let name = Self.names["\(x) \(y)"] else {
      reason = "\(x) copies of X and \(y) of Y have no name here"
      return
    }
    karyotype = name
  }

  private static let names = ["2 0": "XX", "1 1": "XY", "2 1": "XXY", "1 0": "X0", "1 2": "XYY", "3 0": "XXX"]

  /// Copies that count as whole ones. Y's stretches are fewer and more repeated, so its bands are wider.
  static let bandsX: [ClosedRange<Double>] = [0...0.25, 0.8...1.2, 1.75...2.25, 2.7...3.3]
  static let bandsY: [ClosedRange<Double>] = [0...0.2, 0.65...1.35, 1.65...2.4]

  private static func whole(_ copies: Double, _ bands: [ClosedRange<Double>]) -> Int? {
    bands.firstIndex { $0.contains(copies) }
  }

  private static func evidence(_ relative: Double) -> Evidence {
    if relative >= 1.25 { return .gain }
    if relative <= 0.75 { return .loss }
    return relative >= 0.9 && relative <= 1.1 ? .asOthers : .unclear
  }

  private static func median(_ values: [UInt32]) -> Double {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2
  }
}
