/// Writes VCF 4.2 records as GATK would, into bytes. Numbers are drawn so that they agree with one another:
/// AC and AN with the genotypes, AD with DP, PL and GQ with AD and GT, QD with QUAL.
struct VariantText {
  /// A genotype of one or two alleles; ``FamilyAlleles/absent`` twice is a person without this contig.
  typealias Genotype = (UInt8, UInt8)

  var random: SeededGenerator
  /// Mean depth of a diploid contig.
  let meanDepth: Double
  /// Whether genotypes are written with `|` in the order of the copies.
  let phased: Bool
  /// Part of the records that fail a filter.
  var failing = 0.05
  /// Finished lines.
  var text: [UInt8] = []
  // Reused between records.
  private var counts: [Int] = []
  private var samples: [UInt8] = []
  private var likelihoods: [Int] = []

  init(random: SeededGenerator, meanDepth: Double, phased: Bool) {
    self.random = random
    self.meanDepth = meanDepth
    self.phased = phased
  }

  /// Appends a record; `position` is 0-based, `passes` keeps a planted variant out of the failing ones.
  mutating func append(
    contig: [UInt8], position: Int, reference: [UInt8], alternates: [[UInt8]], genotypes: [Genotype],
    passes: Bool = false
  ) {
    let alleles = alternates.count + 1
    counts.removeAll(keepingCapacity: true)
    counts.append(contentsOf: repeatElement(0, count: alleles))
    samples.removeAll(keepingCapacity: true)
    var depth = 0
    var alternateDepth = 0
    var quality = 0
    var heterozygous = false
    for genotype in genotypes {
      samples.append(9)
      let sample = appendSample(genotype, alleles: alleles)
      depth += sample.depth
      alternateDepth += sample.carrying ? sample.depth : 0
      quality += sample.quality
      if genotype.1 != FamilyAlleles.absent, genotype.0 != genotype.1 { heterozygous = true }
    }

    text.append(contentsOf: contig)
    text.append(9)
    text.append(decimal: position + 1)
    text.append("\t.\t")
    text.append(contentsOf: reference)
    text.append(9)
    for (i, alternate) in alternates.enumerated() {
      if i > 0 { text.append(44) }
      text.append(contentsOf: alternate)
    }
    text.append(9)
    let fails = random.chance(failing) && !passes
    let hundredths = fails ? 3000 + random.below(6000) : max(3000, quality * 100 + random.below(100) - 36)
    text.append(fixed: hundredths, places: 2)
    text.append(9)
    let isSNP = reference.count == 1 && alternates.allSatisfy { $0.count == 1 }
    if !fails {
      text.append("PASS")
    } else if hundredths < 4000 {
      text.append("LowQual")
    } else if isSNP {
      text.append("VQSRTrancheSNP99.90to100.00")
    } else {
      text.append("VQSRTrancheINDEL99.00to99.90")
    }
    text.append(9)
    appendInfo(
      depth: depth, qualityByDepth: hundredths / max(1, alternateDepth), heterozygous: heterozygous, fails: fails)
    text.append("\tGT:AD:DP:GQ:PL")
    text.append(contentsOf: samples)
    text.append(10)
  }

  private mutating func appendInfo(depth: Int, qualityByDepth: Int, heterozygous: Bool, fails: Bool) {
    let number = counts.reduce(0, +)
    func appendPerAlternate(_ key: StaticString, fraction: Bool) {
      text.append(key)
      for i in 1..<counts.count {
        if i > 1 { text.append(44) }
        if fraction {
          text.append(fixed: number == 0 ? 0 : (counts[i] * 1000 + number / 2) / number, places: 3)
        } else {
          text.append(decimal: counts[i])
        }
      }
    }
    appendPerAlternate("AC=", fraction: false)
    appendPerAlternate(";AF=", fraction: true)
    text.append(";AN=")
    text.append(decimal: number)
    if heterozygous { appendRankSum(";BaseQRankSum=") }
    text.append(";DP=")
    text.append(decimal: depth + random.below(3))
    text.append(";ExcessHet=3.0103;FS=")
    text.append(fixed: fails ? random.below(80_000) : random.below(8_000), places: 3)
    appendPerAlternate(";MLEAC=", fraction: false)
    appendPerAlternate(";MLEAF=", fraction: true)
    text.append(";MQ=")
    text.append(
      fixed: fails ? 2500 + random.below(3000) : 6000 - (random.chance(0.2) ? random.below(900) : 0), places: 2)
    if heterozygous { appendRankSum(";MQRankSum=") }
    text.append(";QD=")
    text.append(fixed: qualityByDepth, places: 2)
    if heterozygous { appendRankSum(";ReadPosRankSum=") }
    text.append(";SOR=")
    text.append(fixed: 300 + random.below(1400), places: 3)
    text.append(";VQSLOD=")
    text.append(fixed: fails ? -random.below(6000) : 200 + random.below(2200), places: 2)
    text.append(";culprit=")
    switch random.below(4) {
    case 0: text.append("MQ")
    case 1: text.append("FS")
    case 2: text.append("QD")
    default: text.append("SOR")
    }
  }

  private mutating func appendRankSum(_ key: StaticString) {
    text.append(key)
    text.append(fixed: Int(random.normal() * 950), places: 3)
  }

  private mutating func appendSample(
    _ genotype: Genotype, alleles: Int
  ) -> (depth: Int, quality: Int, carrying: Bool) {
    let (a, b) = (Int(genotype.0), Int(genotype.1))
    let absent = Int(FamilyAlleles.absent)
    guard a != absent else {
      // No copy of the contig: nothing was called.
      samples.append(46)
      return (0, 0, false)
    }
    let haploid = b == absent
    counts[a] += 1
    if !haploid { counts[b] += 1 }
    let mean = haploid ? meanDepth / 2 : meanDepth
    let depth = max(4, Int(mean + mean.squareRoot() * 1.2 * random.normal()))
    // Reads of the first allele; a caller would not have called a het from less than a quarter.
    var first = haploid || a == b ? depth : depth / 2
    if !haploid, a != b {
      let spread = Double(depth).squareRoot() * 0.5 * random.normal()
      first = min(depth - depth / 4, max(depth / 4, Int(Double(depth) / 2 + spread)))
    }
    let stray = (haploid || a == b) && depth > 12 && random.chance(0.05) ? 1 : 0

    func reads(of allele: Int) -> Int {
      if haploid || a == b { return allele == a ? depth - stray : (allele == (a == 0 ? 1 : 0) ? stray : 0) }
      return allele == a ? first : allele == b ? depth - first : 0
    }
    if haploid {
      samples.append(decimal: a)
    } else {
      samples.append(decimal: phased ? a : min(a, b))
      samples.append(phased ? 124 : 47)
      samples.append(decimal: phased ? b : max(a, b))
    }
    samples.append(58)
    for allele in 0..<alleles {
      if allele > 0 { samples.append(44) }
      samples.append(decimal: reads(of: allele))
    }
    samples.append(58)
    samples.append(decimal: depth)
    samples.append(58)

    // Phred cost of a read under a genotype: 0 for its only allele, 3 for one of two, 30 for another.
    likelihoods.removeAll(keepingCapacity: true)
    for second in 0..<alleles {
      for other in 0..<(haploid ? 1 : second + 1) {
        var cost = 0
        for allele in 0..<alleles {
          let count = reads(of: allele)
          if haploid || other == second {
            cost += allele == second ? 0 : 30 * count
          } else {
            cost += count * (allele == second || allele == other ? 3 : 30)
          }
        }
        likelihoods.append(cost)
      }
    }
    let called = haploid ? a : max(a, b) * (max(a, b) + 1) / 2 + min(a, b)
    let least = likelihoods[called]
    var genotypeQuality = 99
    for i in likelihoods.indices where i != called {
      // VCF wants 0 at the call: one stray read must not overturn it.
      likelihoods[i] = max(1, likelihoods[i] - least)
      genotypeQuality = min(genotypeQuality, likelihoods[i])
    }
    likelihoods[called] = 0
    samples.append(decimal: genotypeQuality)
    samples.append(58)
    for (i, value) in likelihoods.enumerated() {
      if i > 0 { samples.append(44) }
      samples.append(decimal: value)
    }
    let carrying = a != 0 || (!haploid && b != 0)
    return (depth, carrying ? likelihoods[0] : 0, carrying)
  }
}
