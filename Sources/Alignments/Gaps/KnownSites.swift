import Batching
public import GenomicFiles
public import Genomics

/// Known pathogenic places, so that a gap tells which of them it hides.
public struct KnownSites: Sendable, Hashable {
  /// One place.
  public struct Site: Sendable, Hashable {
    /// The first base of the reference allele, counted from 0.
    public var position: Int
    /// The record's identifier; for ClinVar its variation.
    public var id: String
  }

  /// The file that they come from.
  public let path: String
  /// By the contig's name, ascending.
  public let byContig: [String: [Site]]

  /// Sites in any order.
  public init(path: String, _ sites: [String: [Site]]) {
    self.path = path
    byContig = sites.mapValues { sites in sites.sorted { ($0.position, $0.id) < ($1.position, $1.id) } }
  }

  /// The sites in a range, ascending.
  func sites(_ contig: String, _ places: Range<Int>) -> ArraySlice<Site> {
    guard let sites = byContig[contig] else { return [] }
    func first(from position: Int) -> Int {
      var (low, high) = (0, sites.count)
      while low < high {
        let middle = (low + high) / 2
        if sites[middle].position < position { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return sites[first(from: places.lowerBound)..<first(from: places.upperBound)]
  }

  /// Refuses sites whose contigs the alignments name otherwise.
  public func check(_ contigs: ContigDictionary) throws(InputError) {
    for name in byContig.keys.sorted() where contigs[name] == nil {
      guard let other = contigs.alias(of: name) else { continue }
      throw InputError(
        .mismatch, at: InputLocation(file: path), "contig \(name) is named \(other.name) in the alignments",
        remedy: "give the known variants of the same assembly, with its names of contigs")
    }
  }
}

/// Reads the records of a ClinVar VCF whose `CLNSIG` says pathogenic or likely pathogenic, conflicting ones not.
///
/// - Parameter models: sites outside of these exons are not kept.
/// - Throws: `InputError` for a damaged or malformed file.
public func readClinVarSites(_ input: InputFile, in models: ExonModels, resources: RunResources) async throws
  -> KnownSites
{
  let islands = models.byContig.mapValues { ExonIsland.islands($0).map(\.places) }
  let sites = try await withVariants(of: input, resources: resources) { reader in
    var sites: [String: [KnownSites.Site]] = [:]
    while let batch = try await reader.next() {
      try await resources.budget.withThread {
        batch.withRecords { records in
          for run in batch.runs {
            let kept = run.records.compactMap { pathogenicSite(records, $0, in: islands[run.contig]) }
            if !kept.isEmpty { sites[run.contig, default: []] += kept }
          }
        }
      }
    }
    return sites
  }
  return KnownSites(path: input.path, sites)
}

/// A record's site, where it lies in an exon and is pathogenic.
private func pathogenicSite(_ records: VariantRecords, _ record: Int, in islands: [Range<Int>]?) -> KnownSites.Site? {
  let position = records.position(of: record) - 1
  guard let islands, contains(islands, position) else { return nil }
  let info = records[records.column(.info, of: record)]
  guard
    let field = info.split(separator: UInt8(ascii: ";")).first(where: { $0.starts(with: "CLNSIG=".utf8) })
  else { return nil }
  let words = field.dropFirst(7).split { "/|,".utf8.contains($0) }
  let isPathogenic = words.contains {
    $0.elementsEqual("Pathogenic".utf8) || $0.elementsEqual("Likely_pathogenic".utf8)
  }
  guard isPathogenic else { return nil }
  let id = records[records.column(.id, of: record)]
  return KnownSites.Site(position: position, id: String(decoding: id, as: UTF8.self))
}

/// Whether one of the ranges, which ascend and do not overlap, holds a position.
private func contains(_ ranges: [Range<Int>], _ position: Int) -> Bool {
  var (low, high) = (0, ranges.count)
  while low < high {
    let middle = (low + high) / 2
    if ranges[middle].upperBound <= position { low = middle + 1 } else { high = middle }
  }
  return low < ranges.count && ranges[low].contains(position)
}
