import GenomicFiles
import Genomics

/// What of a contig decides about a record's context and inheritance.
struct ContigPlace {
  private enum Chromosome {
    case autosome, x, y, mitochondrial, other
  }

  private let chromosome: Chromosome
  /// The pseudoautosomal regions; nil where they are not known.
  private let pseudoautosomal: [Range<Int>]?

  init(_ name: String, header: VCFHeader) {
    let canonical = ContigName.canonical(name)
    switch canonical {
    case nil: chromosome = .other
    case "X": chromosome = .x
    case "Y": chromosome = .y
    case "MT": chromosome = .mitochondrial
    default: chromosome = .autosome
    }
    if let canonical, chromosome == .x || chromosome == .y, let length = header.contigs[name]?.length {
      pseudoautosomal = PseudoautosomalRegions.entry(chromosome: canonical, length: length)?.ranges
    } else {
      pseudoautosomal = nil
    }
  }

  /// - Parameter start: the record's place, counted from 0.
  @inline(__always)
  func place(at start: Int) -> StatsContext.Place {
    switch chromosome {
    case .autosome: return .autosome
    case .x:
      guard let pseudoautosomal else { return .elsewhere }
      return pseudoautosomal.contains { $0.contains(start) } ? .elsewhere : .nonPARX
    case .y, .mitochondrial, .other: return .elsewhere
    }
  }

  func inheritance(at start: Int) -> Inheritance {
    switch chromosome {
    case .x, .y:
      guard let pseudoautosomal else { return .unknown }
      if pseudoautosomal.contains(where: { $0.contains(start) }) { return .bothParents }
      return chromosome == .x ? .chromosomeX : .chromosomeY
    case .mitochondrial: return .mitochondrial
    case .autosome, .other: return .bothParents
    }
  }
}
