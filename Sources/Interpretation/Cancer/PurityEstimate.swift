#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the fractions of somatic variants say of the share of tumour cells.
public struct PurityEstimate: Sendable, Hashable, Codable {
  /// Why there is no estimate.
  public enum Unknown: String, Sendable, Hashable, Codable, CaseIterable {
    case germlineNotSubtracted = "germline-not-subtracted"
    case noFractions = "no-fractions"
    case tooFewVariants = "too-few-variants"
    case noPeak = "no-peak-in-range"
    case severalPeaks = "several-peaks"
    case unstable = "unstable-peak"
  }

  /// The share of tumour cells, 0 to 1; nil where it cannot be told.
  public var purity: Double?
  /// The interval's ends; nil with `purity`.
  public var low: Double?
  /// See `low`.
  public var high: Double?
  /// Why there is none.
  public var unknown: Unknown?
  /// Variants that it rests on.
  public var variants: Int
  /// Peaks of the fractions, ascending.
  public var peaks: [Double]
  /// How it is made.
  public var method: String
  /// What it takes for granted.
  public var limits: String

  static let method =
    "twice the fraction at the only peak of a Gaussian kernel density of the fractions of autosomal single-base substitutions; the interval from a Poisson bootstrap of the binned fractions"
  static let limits =
    "taken for granted: the peak is of clonal heterozygous variants in regions with two copies in tumour and normal. Copy number, subclones, a caller's limit of detection and capture bias move or hide the peak. Not a pathologist's estimate, and no substitute for one"

  /// Estimates from the fractions of autosomal substitutions of sufficient depth.
  init(_ fractions: FractionHistogram, isSubtracted: Bool, isKnown: Bool, _ rules: SomaticProfile.Purity) {
    method = Self.method
    limits = Self.limits
    variants = fractions.total
    peaks = []
    guard isSubtracted else {
      unknown = .germlineNotSubtracted
      return
    }
    guard isKnown else {
      unknown = .noFractions
      return
    }
    guard variants >= max(1, rules.leastVariants) else {
      unknown = .tooFewVariants
      return
    }
    let density = KernelDensity(bandwidth: rules.bandwidth)
    peaks = density.peaks(of: fractions.counts.map(Double.init), prominence: rules.prominence)
    guard peaks.count <= 1 else {
      unknown = .severalPeaks
      return
    }
    guard let peak = peaks.first, peak >= rules.lowestPeak, peak <= rules.highestPeak else {
      unknown = .noPeak
      return
    }
    var random = SeededNumbers(seed: UInt64(rules.seed))
    var found: [Double] = []
    for _ in 0..<rules.replicates {
      let replicate = fractions.counts.map { Double(random.poisson(Double($0))) }
      let all = density.peaks(of: replicate, prominence: rules.prominence)
      if all.count == 1 { found.append(all[0]) }
    }
    found.sort()
    // A peak that replicates often lose, or split, is not one that the data show.
    guard Double(found.count) >= 0.9 * Double(rules.replicates), !found.isEmpty else {
      unknown = .unstable
      return
    }
    let tail = (1 - rules.coverage) / 2
    let ends = (min(peak, Quantile.of(found, tail)), max(peak, Quantile.of(found, 1 - tail)))
    guard 2 * (ends.1 - ends.0) <= rules.widestInterval else {
      unknown = .unstable
      return
    }
    purity = min(1, 2 * peak)
    low = min(1, 2 * ends.0)
    high = min(1, 2 * ends.1)
  }
}

/// A Gaussian kernel density over the fine bins of a ``FractionHistogram``.
private struct KernelDensity {
  private let kernel: [Double]

  init(bandwidth: Double) {
    let width = 1 / Double(FractionHistogram.fine)
    let reach = Int((4 * bandwidth / width).rounded(.up))
    kernel = (0...reach).map { exp(-0.5 * pow(Double($0) * width / bandwidth, 2)) }
  }

  /// The density at the middle of each bin, not scaled.
  private func density(_ counts: [Double]) -> [Double] {
    var density = [Double](repeating: 0, count: counts.count)
    for (bin, count) in counts.enumerated() where count > 0 {
      for other in max(0, bin - kernel.count + 1)..<min(counts.count, bin + kernel.count) {
        density[other] += count * kernel[abs(other - bin)]
      }
    }
    return density
  }

  /// The places of peaks that stand far enough above the lower of the two sides' higher valleys, ascending.
  func peaks(of counts: [Double], prominence share: Double) -> [Double] {
    let density = density(counts)
    guard let highest = density.max(), highest > 0 else { return [] }
    var peaks: [Double] = []
    for bin in density.indices {
      let before = bin > 0 ? density[bin - 1] : 0
      let behind = bin + 1 < density.count ? density[bin + 1] : 0
      // Of a flat top, its first bin.
      guard density[bin] > before, density[bin] >= behind else { continue }
      let valley = max(valley(density, bin, -1), valley(density, bin, 1))
      guard density[bin] - valley >= share * highest else { continue }
      // The vertex of the parabola through three bins.
      let curve = before - 2 * density[bin] + behind
      let shift = curve < 0 ? 0.5 * (before - behind) / curve : 0
      peaks.append((Double(bin) + 0.5 + shift) / Double(FractionHistogram.fine))
    }
    return peaks
  }

  /// The lowest density on one side before it rises above the peak; 0 where it never does.
  private func valley(_ density: [Double], _ peak: Int, _ direction: Int) -> Double {
    var lowest = density[peak]
    var bin = peak + direction
    while density.indices.contains(bin) {
      if density[bin] > density[peak] { return lowest }
      lowest = min(lowest, density[bin])
      bin += direction
    }
    return 0
  }
}
