public import GenomicFiles
public import Genomics

/// Whether a panel's sites can be places of the alignments (CLI.md, "Contigs").
extension SitePanel {
  /// Refuses sites of another assembly or another style of names.
  ///
  /// Contigs that the alignments do not have under any name are left out, as long as others are there.
  /// - Throws: `InputError` of kind `mismatch` that names both sides.
  public func require(_ header: SAMHeader, path alignments: String) throws(InputError) {
    let location = InputLocation(file: path)
    var isAnyThere = false
    for contig in contigs {
      if let other = header.contigs.alias(of: contig.name) {
        throw InputError(
          .mismatch, at: location, "contig \(contig.name) is named \(other.name) in \(alignments)",
          remedy: "give sites with the names that the alignments use (bcftools annotate --rename-chrs)")
      }
      guard let there = header.contigs[contig.name] else { continue }
      isAnyThere = true
      guard let length = there.length else { continue }
      if let declared = contig.length, declared != length {
        throw InputError(
          .mismatch, at: location,
          "contig \(contig.name) is \(declared) bases long in its header and \(length) in \(alignments)",
          remedy: "give sites of the assembly that the alignments were made with")
      }
      if let last = contig.sites.last, last.position >= length {
        throw InputError(
          .mismatch, at: location,
          "site \(contig.name):\(last.position + 1) lies behind the \(length) bases of the contig in \(alignments)",
          remedy: "give sites of the assembly that the alignments were made with")
      }
    }
    guard isAnyThere else {
      throw InputError(
        .mismatch, at: location, "no contig of the sites is in \(alignments)",
        remedy: "give sites of the assembly that the alignments were made with")
    }
  }

  /// Refuses sites whose REF is not the reference's base. Blocks.
  /// - Throws: `InputError` of kind `mismatch` with the first such site; what reading the reference found.
  public func require(_ reference: FASTAReference) throws {
    for contig in contigs where reference.contigs[contig.name] != nil {
      for site in contig.sites {
        let base = try reference.bases(
          of: Region(
            contig: contig.name, start: ZeroBasedPosition(site.position), end: ZeroBasedPosition(site.position + 1)))
        guard base.first != Self.bases[Int(site.reference)] else { continue }
        // A base that is any of several says nothing against REF.
        if let base = base.first, !Self.bases.contains(base) { continue }
        throw InputError(
          .mismatch, at: InputLocation(file: path),
          "REF of site \(contig.name):\(site.position + 1) is not the base of \(reference.path)",
          remedy: "give sites of the assembly that the alignments were made with")
      }
    }
  }
}
