public import GenomicFiles
public import Genomics

/// The regions that coverage is told for, by contig.
public struct TargetRegions: Sendable, Hashable {
  /// One region of a contig.
  public struct Target: Sendable, Hashable {
    /// Where it is, 0-based and half-open; may be empty.
    public var places: Range<Int>
    /// The fourth column of the BED as written; nil where there is none.
    public var name: String?
  }

  /// The file that they come from.
  public let path: String
  /// By the contig's name, by start; of equal starts in the file's order, as mosdepth sorts them.
  public let byContig: [String: [Target]]
  /// The contigs' names in the file's order.
  private let names: [String]

  /// The features of a BED file, read with ``BEDColumns/regionAndName``.
  public init(_ features: [BEDFeature], path: String) {
    self.path = path
    var byContig: [String: [(Int, Target)]] = [:]
    var names: [String] = []
    for (number, feature) in features.enumerated() {
      let region = feature.region
      if byContig[region.contig] == nil { names.append(region.contig) }
      let target = Target(places: region.start.value..<region.end.value, name: feature.name)
      byContig[region.contig, default: []].append((number, target))
    }
    self.names = names
    self.byContig = byContig.mapValues { targets in
      targets.sorted { ($0.1.places.lowerBound, $0.0) < ($1.1.places.lowerBound, $1.0) }.map(\.1)
    }
  }

  /// Refuses regions that an alignment file cannot have reads in.
  ///
  /// - Throws: `InputError` of kind `mismatch` for a contig that the header does not have, or a region that ends behind
  ///   its contig (mosdepth stops with an error there).
  public func check(_ contigs: ContigDictionary) throws(InputError) {
    let location = InputLocation(file: path)
    for name in names {
      guard let contig = contigs[name] else {
        let other = contigs.alias(of: name).map { "; there it is \($0.name)" } ?? ""
        throw InputError(
          .mismatch, at: location, "contig \(name) is not in the header of the alignments\(other)",
          remedy: "give the targets of the assembly that the reads are aligned to, with its names of contigs")
      }
      guard let length = contig.length else { continue }
      for target in byContig[name] ?? [] where target.places.upperBound > length {
        throw InputError(
          .mismatch, at: location,
          "region \(name):\(target.places.lowerBound)-\(target.places.upperBound) ends behind its contig of \(length) bases",
          remedy: "give the targets of the assembly that the reads are aligned to")
      }
    }
  }
}
