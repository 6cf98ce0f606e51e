import GenomicFiles

/// A called genotype, as far as a somatic call needs it.
struct SomaticGenotype {
  /// Whether every allele is called.
  private(set) var isComplete = true
  private(set) var isPhased = false
  private let text: UnsafeRawBufferPointer

  init(_ text: UnsafeRawBufferPointer) {
    self.text = text
    for place in 0..<text.count {
      if text[place] == UInt8(ascii: ".") { isComplete = false }
      if text[place] == UInt8(ascii: "|") { isPhased = true }
    }
  }

  /// A bit for each copy that has an allele, the first in the lowest.
  func copies(of allele: Int) -> UInt8 {
    var mask: UInt8 = 0
    var copy = 0
    var value = -1
    for place in 0..<text.count {
      let byte = text[place]
      if byte == UInt8(ascii: "|") || byte == UInt8(ascii: "/") {
        // VCF 4.4 allows a sign before the first allele.
        if place == 0 { continue }
        if value == allele, copy < 8 { mask |= 1 << UInt8(copy) }
        copy += 1
        value = -1
      } else if byte &- UInt8(ascii: "0") < 10 {
        value = max(0, value) &* 10 &+ Int(byte &- UInt8(ascii: "0"))
      }
    }
    if value == allele, copy < 8 { mask |= 1 << UInt8(copy) }
    return mask
  }
}

extension HaplotypePhase {
  /// The phase of an allele: GT with PS, else the caller's own PGT and PID, else GT alone, which phases with its contig.
  init?(_ allele: Int, _ genotype: SomaticGenotype?, _ values: SampleValues, _ places: FormatPlaces) {
    let isPhased = genotype?.isPhased ?? false
    if isPhased, let genotype, let set = values.integer(places.phaseSet) {
      self.init(genotype.copies(of: allele), set: UInt64(bitPattern: Int64(set)))
    } else if let name = values.bytes(places.phaseName), let text = values.bytes(places.phasedGenotype) {
      let own = SomaticGenotype(text)
      guard own.isPhased else { return nil }
      self.init(own.copies(of: allele), set: Self.hash(name))
    } else if isPhased, let genotype {
      self.init(genotype.copies(of: allele), set: 1 << 63)
    } else {
      return nil
    }
  }

  private init?(_ copies: UInt8, set: UInt64) {
    guard copies != 0 else { return nil }
    self.init(set: set, haplotypes: copies)
  }

  /// FNV-1a: names of phase sets are compared between neighbours alone.
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
