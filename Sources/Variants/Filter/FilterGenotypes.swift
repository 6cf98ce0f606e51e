/// What GT says of each sample of one record.
final class FilterGenotypes {
  /// `GenotypeClass` by raw value.
  let classes: UnsafeMutablePointer<UInt8>
  /// The first two alleles; -1 where missing or not there.
  let alleles: UnsafeMutablePointer<(Int32, Int32)>
  /// How often each allele is called, of those below `most`. Memory of its own, for a class's arrays are checked for
  /// exclusive access at every use.
  private let counts: UnsafeMutablePointer<Int>
  private let totals: UnsafeMutablePointer<Totals>
  private static let most = 4096

  private struct Totals {
    var greatest = -1
    var missing = 0
  }

  /// The greatest allele that a sample has.
  var greatest: Int { totals.pointee.greatest }
  /// The samples with a missing allele that stands first or behind `/`.
  var missingCount: Int { totals.pointee.missing }

  init(samples: Int) {
    counts = .allocate(capacity: Self.most)
    counts.initialize(repeating: 0, count: Self.most)
    totals = .allocate(capacity: 1)
    totals.initialize(to: Totals())
    classes = .allocate(capacity: max(1, samples))
    alleles = .allocate(capacity: max(1, samples))
    classes.initialize(repeating: 0, count: max(1, samples))
    alleles.initialize(repeating: (-1, -1), count: max(1, samples))
  }

  deinit {
    classes.deallocate()
    alleles.deallocate()
    counts.deallocate()
    totals.deallocate()
  }

  func begin() {
    let used = min(Self.most, totals.pointee.greatest + 1)
    if used > 0 { counts.update(repeating: 0, count: used) }
    totals.pointee = Totals()
  }

  func drop(_ sample: Int) {
    classes[sample] = GenotypeClass.missing.rawValue
    alleles[sample] = (-1, -1)
    totals.pointee.missing += 1
  }

  /// Reads GT from `position` to the end of the field.
  @inline(__always)
  func read(_ sample: Int, _ bytes: UnsafePointer<UInt8>, _ position: inout Int, _ end: Int) {
    // `0/1`, by far the most frequent form.
    if position + 3 <= end, position + 3 == end || bytes[position + 3] == 58 || bytes[position + 3] == 9 {
      let (a, b) = (bytes[position] &- UInt8(ascii: "0"), bytes[position + 2] &- UInt8(ascii: "0"))
      let mark = bytes[position + 1]
      if a < 10, b < 10, mark == UInt8(ascii: "/") || mark == UInt8(ascii: "|") {
        position += 3
        count(Int(a))
        count(Int(b))
        alleles[sample] = (Int32(a), Int32(b))
        let genotype: GenotypeClass =
          a == b
          ? (a == 0 ? .homozygousReference : .homozygousAlternate)
          : (a == 0 || b == 0 ? .heterozygousReference : .heterozygousAlternates)
        classes[sample] = genotype.rawValue
        return
      }
    }
    readAny(sample, bytes, &position, end)
  }

  @inline(never)
  private func readAny(_ sample: Int, _ bytes: UnsafePointer<UInt8>, _ position: inout Int, _ end: Int) {
    var ploidy = 0
    var (hasReference, isHeterozygous, isMissing, isCounted) = (false, false, false, false)
    var previous = -1
    var pair: (Int32, Int32) = (-1, -1)
    var isPhased = false
    while position < end, bytes[position] != 58, bytes[position] != 9 {
      let byte = bytes[position]
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "|") {
        isPhased = byte == UInt8(ascii: "|")
        position += 1
        continue
      }
      var allele = -1
      if byte &- UInt8(ascii: "0") < 10 {
        allele = 0
        while position < end, bytes[position] &- UInt8(ascii: "0") < 10 {
          // No record has a million alleles.
          allele = min(1_000_000, 10 * allele + Int(bytes[position] &- UInt8(ascii: "0")))
          position += 1
        }
        count(allele)
      } else {
        position += 1
        if !isCounted, !(isPhased && ploidy > 0) { isCounted = true }
      }
      if ploidy == 0 { pair.0 = Int32(allele) } else if ploidy == 1 { pair.1 = Int32(allele) }
      // What follows the first missing allele does not tell the class.
      if allele < 0 { isMissing = true }
      if !isMissing {
        if allele == 0 { hasReference = true }
        if ploidy > 0, allele != previous { isHeterozygous = true }
        previous = allele
      }
      ploidy += 1
    }
    if isCounted { totals.pointee.missing += 1 }
    alleles[sample] = pair
    let genotype: GenotypeClass
    if isMissing || ploidy == 0 {
      genotype = .missing
    } else if ploidy == 1 {
      genotype = hasReference ? .haploidReference : .haploidAlternate
    } else if !isHeterozygous {
      genotype = hasReference ? .homozygousReference : .homozygousAlternate
    } else {
      genotype = hasReference ? .heterozygousReference : .heterozygousAlternates
    }
    classes[sample] = genotype.rawValue
  }

  @inline(__always)
  private func count(_ allele: Int) {
    if allele > totals.pointee.greatest { totals.pointee.greatest = allele }
    if allele < Self.most { counts[allele] += 1 }
  }

  /// How often an allele is called.
  func count(of allele: Int) -> Int { allele < Self.most ? counts[allele] : 0 }
}
