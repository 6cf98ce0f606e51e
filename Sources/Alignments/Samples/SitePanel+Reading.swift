public import GenomicFiles
import Genomics

/// Reads sites from a VCF: single-base variants with one alternate allele, FILTER `PASS` or `.`, and the alternate
/// allele's frequency in INFO `AF`. Other records are left out and counted; `AF_popmax`, `CAF` and their like are not
/// read, since only the whole population's frequency fits the model.
/// - Throws: `InputError`: no site at all, a frequency that is none, more than ``SitePanel/mostSites`` sites, a contig
///   under two names; what reading found.
public func readSitePanel(_ input: InputFile, resources: RunResources) async throws -> SitePanel {
  try await withVariants(of: input, resources: resources) { reader in
    var parsing = SitePanelParsing(path: input.path, header: reader.header)
    while let batch = try await reader.next() { try parsing.add(batch) }
    return try parsing.panel()
  }
}

private struct SitePanelParsing {
  let path: String
  let header: VCFHeader
  private var contigs: [String: SitePanel.ContigSites] = [:]
  private var leftOut: [String: Int] = [:]
  private var count = 0

  init(path: String, header: VCFHeader) {
    self.path = path
    self.header = header
  }

  mutating func add(_ batch: VariantBatch) throws {
    try batch.withRecords { view in
      for run in batch.runs {
        var sites: [SitePanel.Site] = []
        for record in run.records {
          if let site = try site(view, record, batch.location(of: record)) { sites.append(site) }
        }
        let length = header.contigs[run.contig]?.length
        contigs[run.contig, default: SitePanel.ContigSites(name: run.contig, length: length, sites: [])].sites += sites
        count += sites.count
      }
    }
    guard count <= SitePanel.mostSites else {
      throw InputError(
        .unsupported, at: InputLocation(file: path), "the file has more than \(SitePanel.mostSites) sites",
        remedy: "give common variants alone: some 10,000 to 100,000 tell all there is to tell")
    }
  }

  private mutating func site(_ view: VariantRecords, _ record: Int, _ location: InputLocation) throws -> SitePanel.Site?
  {
    guard let reference = Self.base(view[view.column(.ref, of: record)]),
      let alternate = Self.base(view[view.column(.alt, of: record)]), reference != alternate
    else {
      leftOut["sites-left-out-not-biallelic-single-base", default: 0] += 1
      return nil
    }
    let filter = view[view.column(.filter, of: record)]
    guard filter.elementsEqual("PASS".utf8) || filter.elementsEqual(".".utf8) else {
      leftOut["sites-left-out-filtered", default: 0] += 1
      return nil
    }
    let info = view[view.column(.info, of: record)]
    guard let field = info.split(separator: UInt8(ascii: ";")).first(where: { $0.starts(with: "AF=".utf8) }) else {
      leftOut["sites-left-out-without-AF", default: 0] += 1
      return nil
    }
    let text = String(decoding: field.dropFirst(3), as: UTF8.self)
    if text == "." {
      leftOut["sites-left-out-without-AF", default: 0] += 1
      return nil
    }
    guard let frequency = Double(text), frequency >= 0, frequency <= 1, view.position(of: record) >= 1 else {
      throw InputError(
        .malformed, at: location, "AF is not one frequency from 0 to 1, or POS is 0", remedy: "correct the record")
    }
    return SitePanel.Site(
      position: view.position(of: record) - 1, reference: reference, alternate: alternate, frequency: frequency)
  }

  func panel() throws -> SitePanel {
    guard count > 0 else {
      throw InputError(
        .empty, at: InputLocation(file: path), "no record is a single-base variant of two alleles with AF in INFO",
        remedy: "give sites with population frequencies, such as bcftools view -m2 -M2 -v snps makes of gnomAD's")
    }
    var names: [String: String] = [:]
    for name in contigs.keys.sorted() {
      guard let chromosome = ContigName.canonical(name) else { continue }
      if let other = names.updateValue(name, forKey: chromosome) {
        throw InputError(
          .malformed, at: InputLocation(file: path), "contigs \(other) and \(name) are the same chromosome",
          remedy: "give a file with one style of contig names")
      }
    }
    return SitePanel(path: path, contigs: contigs.sorted { $0.key < $1.key }.map(\.value), leftOut: leftOut)
  }

  static func base(_ allele: UnsafeRawBufferPointer) -> UInt8? {
    guard allele.count == 1 else { return nil }
    return SitePanel.bases.firstIndex(of: allele[0] & 0xDF).map { UInt8($0) }
  }
}
