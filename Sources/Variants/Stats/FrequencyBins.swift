import GenomicFiles

/// The bins of allele frequency. Bin 0 is for singletons and for alleles of unknown frequency.
struct FrequencyBins: Sendable {
  /// The number of bins, bin 0 included.
  let count: Int
  /// The borders given; nil for bcftools' own.
  private let borders: [Float]?

  /// - Parameter samples: the number of samples in the header, which bcftools makes its bins from.
  init(borders: [Float]?, samples: Int) {
    self.borders = borders
    count = borders?.count ?? max(101, samples + 1)
  }

  /// The bin of a frequency, 1 or more.
  @inline(__always)
  func index(of frequency: Float) -> Int {
    let frequency = frequency > 0 ? min(frequency, 1) : 0
    guard let borders else { return 1 + Int(frequency * Float(count - 2)) }
    var index = 1
    while index < borders.count - 1, frequency >= borders[index] { index += 1 }
    return index
  }

  /// The bin of a missing frequency in a tag. bcftools 1.16 looks for it by halves among its borders as if it were a number,
  /// and ends in the middle; without borders it crashes.
  var missingIndex: Int { borders == nil ? 0 : 1 + (count - 2) / 2 }

  /// The frequency that stands for a bin in the text.
  func value(of index: Int) -> Double {
    guard let borders else { return Double(index - 1) / Double(count - 1) }
    return Double((borders[index] + borders[index - 1]) * 0.5)
  }
}

extension SiteAlleles {
  /// What INFO says of the alleles' frequencies.
  enum FrequencySource {
    /// The bins are set.
    case known
    /// Genotypes decide.
    case unknown
    /// The alternates of AC are more than AN.
    case contradiction
  }

  /// Sets the bins from AC and AN where a record has both; where AC has another number of values than the record has
  /// alternates, all alleles go to bin 0.
  mutating func readCounts(_ info: StatsInfo, _ view: VariantRecords, _ bins: FrequencyBins) -> FrequencySource {
    guard case .text(let numberText) = info.alleleNumber,
      let number = StatsNumber.integer(view.bytes, numberText), number >= 0
    else { return .unknown }
    switch info.alleleCounts {
    case .absent: return .unknown
    case .flag: return .known
    case .text(let text):
      var allele = 0
      var sum = 0
      view.forEachPart(of: text, separator: UInt8(ascii: ",")) { part in
        allele += 1
        guard allele < count else { return true }
        // A missing count is negative, and so in the first bin, as in htslib.
        let value = StatsNumber.integer(view.bytes, part)
        calls[allele] = value ?? -1
        sum += value ?? Int(Int32.min)
        return true
      }
      guard allele == count - 1 else {
        for allele in 0..<count { calls[allele] = 0 }
        return .known
      }
      guard sum <= number else { return .contradiction }
      for allele in 1..<max(1, count) {
        let value = calls[allele]
        self.bins[allele] =
          value == 1 ? 0 : number == 0 ? 1 : bins.index(of: Float(value) / Float(number))
        calls[allele] = 0
      }
      return .known
    }
  }

  /// Sets the bins from a tag of frequencies; bin 0 where it is missing or has another number of values.
  mutating func readFrequencies(_ info: StatsInfo, _ view: VariantRecords, _ bins: FrequencyBins) {
    guard case .text(let text) = info.frequencies else { return }
    var allele = 0
    view.forEachPart(of: text, separator: UInt8(ascii: ",")) { part in
      allele += 1
      guard allele < count else { return true }
      let value = VCFNumber.float(view[part]).map(Float.init) ?? .nan
      self.bins[allele] = value.isNaN ? bins.missingIndex : bins.index(of: value)
      return true
    }
    if allele != count - 1 { for allele in 0..<count { self.bins[allele] = 0 } }
  }

  /// Sets the bins from the calls counted in the record's genotypes.
  mutating func assignBinsFromCalls(_ bins: FrequencyBins) {
    var total = 0
    for allele in 0..<count { total += calls[allele] }
    for allele in 1..<max(1, count) {
      let value = calls[allele]
      self.bins[allele] = value == 1 ? 0 : total == 0 ? 1 : bins.index(of: Float(value) / Float(total))
    }
  }
}
