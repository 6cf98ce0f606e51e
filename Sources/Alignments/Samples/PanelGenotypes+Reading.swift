public import GenomicFiles
import Genomics

/// Reads a single sample's genotypes at a panel's sites from a VCF.
///
/// Records with FILTER `PASS` or `.`, two called alleles that are REF or the panel's ALT, count; a record with ALT `.`
/// and REF calls counts as the reference. A site without a record is unknown, and so is what a reference block spans.
/// - Throws: `InputError`: not exactly one sample, contigs with other names or lengths than the panel's, another REF at
///   a site; what reading found.
public func readPanelGenotypes(_ input: InputFile, panel: SitePanel, resources: RunResources) async throws
  -> PanelGenotypes
{
  try await withVariants(of: input, resources: resources) { reader in
    guard reader.header.samples.count == 1 else {
      throw InputError(
        .mismatch, at: InputLocation(file: input.path),
        "the file has \(reader.header.samples.count) samples, and genotypes of one are compared",
        remedy: "take one sample out with bcftools view -s")
    }
    var parsing = try PanelGenotypesParsing(panel, path: input.path)
    while let batch = try await reader.next() { try parsing.add(batch) }
    return PanelGenotypes(path: input.path, panel: panel.digest, alternates: parsing.alternates)
  }
}

private struct PanelGenotypesParsing {
  let panel: SitePanel
  let names: ContigDictionary
  private(set) var alternates: [Int8]

  init(_ panel: SitePanel, path: String) throws(InputError) {
    self.panel = panel
    guard let names = ContigDictionary(panel.contigs.map { Contig(name: $0.name, length: $0.length) }) else {
      throw InputError(
        .malformed, at: InputLocation(file: panel.path), "a contig stands twice", remedy: "make the sites again")
    }
    self.names = names
    alternates = Array(repeating: -1, count: panel.count)
  }

  mutating func add(_ batch: VariantBatch) throws {
    try batch.withRecords { view in
      for run in batch.runs {
        if let refusal = names.disagreement(
          run.contig, declaredLength: batch.header.contigs[run.contig]?.length,
          at: batch.location(of: run.records.lowerBound))
        {
          throw InputError(
            .mismatch, at: refusal.location, refusal.reason.replacingReference,
            remedy: "give sites and genotypes of one assembly with one style of contig names")
        }
        guard let number = names.index(of: run.contig) else { continue }
        let contig = panel.contigs[number]
        for record in run.records {
          guard let offset = contig.sites.index(at: view.position(of: record) - 1) else { continue }
          let site = contig.sites[offset]
          guard view[view.column(.ref, of: record)].first.map({ $0 & 0xDF }) == SitePanel.bases[Int(site.reference)]
          else {
            throw InputError(
              .mismatch, at: batch.location(of: record),
              "REF is not that of the site in \(panel.path)", remedy: "give sites and genotypes of one assembly")
          }
          if let found = alternateCount(view, record, site) { alternates[contig.firstIndex + offset] = Int8(found) }
        }
      }
    }
  }

  private func alternateCount(_ view: VariantRecords, _ record: Int, _ site: SitePanel.Site) -> Int? {
    let filter = view[view.column(.filter, of: record)]
    guard view.column(.ref, of: record).count == 1,
      filter.elementsEqual("PASS".utf8) || filter.elementsEqual(".".utf8)
    else { return nil }
    let wanted = [SitePanel.bases[Int(site.alternate)]]
    let alleles = view[view.column(.alt, of: record)].split(separator: UInt8(ascii: ","))
    let index = alleles.firstIndex { $0.map { $0 & 0xDF } == wanted }.map { $0 + 1 }
    let keys = view[view.column(.format, of: record)].split(separator: UInt8(ascii: ":"))
    guard let column = keys.firstIndex(where: { $0.elementsEqual("GT".utf8) }) else { return nil }
    let values = view[view.samples(of: record)].split(
      separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard column < values.count, let genotype = Genotype(text: values[column]), genotype.ploidy == 2 else {
      return nil
    }
    var count = 0
    for allele in genotype.alleles {
      switch allele {
      case 0: continue
      case let allele? where allele == index: count += 1
      default: return nil
      }
    }
    return count
  }
}

extension [SitePanel.Site] {
  /// The site at a place counted from 0, by halving.
  fileprivate func index(at position: Int) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].position < position { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].position == position ? low : nil
  }
}

extension String {
  /// What compares with a panel's contigs speaks of the sites, not of a reference.
  fileprivate var replacingReference: String {
    hasSuffix("the reference") ? String(dropLast("the reference".count)) + "the sites" : self
  }
}
