import CHTSlib
import Genomics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The index beside a compressed VCF or a BCF (`.tbi` or `.csi`), read by htslib. Blocks.
final class VariantIndex {
  private let path: String
  private let tabix: UnsafeMutablePointer<tbx_t>?
  private let binary: OpaquePointer?
  private let contigs: [String: Int32]

  /// Opens the index.
  /// - Parameter contigs: a BCF's contigs by their numbers; nil for VCF.
  /// - Throws: `InputError` of kind `unreadable` where there is none, of kind `malformed` where it is older than its data.
  init(of path: String, contigs: [String]?) throws(InputError) {
    self.path = path
    let silent = HTS_IDX_SILENT_FAIL
    if let contigs {
      tabix = nil
      binary = bcf_index_load3(path, nil, silent)
      self.contigs = Dictionary(
        contigs.enumerated().map { ($0.element, Int32($0.offset)) }, uniquingKeysWith: { first, _ in first })
    } else {
      tabix = tbx_index_load3(path, nil, silent)
      binary = nil
      self.contigs = [:]
    }
    guard tabix != nil || binary != nil else {
      throw InputError(
        .unreadable, at: InputLocation(file: path), "has no index, which regions need",
        remedy: "make one with bcftools index, or give the regions as targets, which read the whole file")
    }
  }

  deinit {
    if let tabix { tbx_destroy(tabix) }
    if let binary { hts_idx_destroy(binary) }
  }

  /// The stretches of the file that can hold records overlapping the regions; none for a contig without records.
  func stretches(_ regions: [Region]) -> [BGZFStretch] {
    var stretches: [BGZFStretch] = []
    for region in regions {
      let (start, end) = (Int64(region.start.value), Int64(region.end.value))
      let iterator: UnsafeMutablePointer<hts_itr_t>?
      if let tabix {
        let number = tbx_name2id(tabix, region.contig)
        guard number >= 0 else { continue }
        iterator = hts_itr_query(tabix.pointee.idx, number, start, end, tbx_readrec)
      } else {
        guard let binary, let number = contigs[region.contig] else { continue }
        iterator = hts_itr_query(binary, number, start, end, bcf_readrec)
      }
      guard let iterator else { continue }
      defer { hts_itr_destroy(iterator) }
      for place in 0..<Int(iterator.pointee.n_off) {
        let offset = iterator.pointee.off[place]
        stretches.append(BGZFStretch(start: offset.u, end: offset.v))
      }
    }
    return BGZFStretch.merged(stretches)
  }
}
