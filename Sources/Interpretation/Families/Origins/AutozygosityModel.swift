#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The hidden Markov model of `bcftools roh` (Narasimhan et al. 2016, Bioinformatics 32:1749), for genotypes without
/// population frequencies: `-G 30 --AF-dflt 0.4`, distances in bases.
///
/// Two states, autozygous (the two copies are one ancestor's) and not; every site has the same alternate frequency f.
/// P(data | autozygous) = (1−f)·P(data | RR) + f·P(data | AA); P(data | not) = (1−f)²·P(data | RR) +
/// 2f(1−f)·P(data | RA) + f²·P(data | AA). The most likely path of states (Viterbi) is taken; bcftools 1.16 tells each
/// state of it one site late.
struct AutozygosityModel: Sendable {
  private let toAutozygous: Double
  private let fromAutozygous: Double
  /// P(genotype | state), of heterozygotes and of alternate homozygotes.
  private let heterozygous: (outbred: Double, autozygous: Double)
  private let homozygous: (outbred: Double, autozygous: Double)

  init(_ rules: ParentalOriginRules) {
    toAutozygous = rules[.modelToAutozygous]
    fromAutozygous = rules[.modelFromAutozygous]
    let (f, error) = (rules[.modelFrequency], pow(10, -0.1 * rules[.modelError]))
    func emission(_ rr: Double, _ ra: Double, _ aa: Double) -> (outbred: Double, autozygous: Double) {
      (rr * (1 - f) * (1 - f) + 2 * ra * f * (1 - f) + aa * f * f, rr * (1 - f) + aa * f)
    }
    heterozygous = emission(error, 1 - 2 * error, error)
    homozygous = emission(error, error, 1 - 2 * error)
  }

  /// The sites of each autozygous stretch, by index.
  ///
  /// Work and memory grow with the number of sites: a byte for each.
  /// - Parameter sites: of one chromosome, where the proband carries the alternate; ascending.
  func stretches(_ sites: [SiteGenotypes]) -> [Range<Int>] {
    guard !sites.isEmpty else { return [] }
    // Bit 0: from where the best path came that is outbred here; bit 1: the same of autozygous.
    var from = [UInt8](repeating: 0, count: sites.count)
    // Probabilities of the best paths, scaled to a sum of 1, so that they never underflow.
    var (outbred, autozygous) = (0.5, 0.5)
    let both = toAutozygous + fromAutozygous
    let decay = log1p(-both)
    var last = sites[0].position
    for index in sites.indices {
      let site = sites[index]
      // At the first site, and at one place twice, the distance counts as 1, as bcftools has it.
      let distance = Double(max(1, site.position - last))
      last = site.position
      let switched = -expm1(distance * decay) / both
      let enters = toAutozygous * switched
      let leaves = fromAutozygous * switched
      let emission = site.isHeterozygous ? heterozygous : homozygous
      var step: UInt8 = 0
      var (one, other) = (outbred * (1 - enters), autozygous * leaves)
      var nextOutbred = one
      if other > one {
        nextOutbred = other
        step |= 1
      }
      (one, other) = (outbred * enters, autozygous * (1 - leaves))
      var nextAutozygous = one
      if other > one {
        nextAutozygous = other
        step |= 2
      }
      nextOutbred *= emission.outbred
      nextAutozygous *= emission.autozygous
      let sum = nextOutbred + nextAutozygous
      (outbred, autozygous) = (nextOutbred / sum, nextAutozygous / sum)
      from[index] = step
    }
    var stretches: [Range<Int>] = []
    var isAutozygous = autozygous > outbred
    var end = sites.count
    for index in sites.indices.reversed() {
      let came = isAutozygous ? from[index] & 2 != 0 : from[index] & 1 != 0
      if isAutozygous, !came || index == 0 { stretches.append(index..<end) }
      if !isAutozygous { end = index }
      isAutozygous = came
    }
    return stretches.reversed()
  }
}
