import CWorkloadHTSlib

extension Genome {
  /// Writes FASTA with 60 bases a line, and `.fai` (and `.gzi`) beside it.
  public func writeFASTA(_ path: String, _ compression: Compression = Compression()) throws(WorkloadError) {
    let container = Container.forName(path, asked: compression.container)
    guard container != .gzip else {
      throw WorkloadError("\(path): plain gzip has no index; use bgzf or plain")
    }
    let file = try OutputFile(path, compression)
    var text: [UInt8] = []
    for contig in contigs {
      text.append(">")
      text.append(text: contig.name)
      text.append(10)
      var start = 0
      while start < contig.bases.count {
        let end = min(start + 60, contig.bases.count)
        text.append(contentsOf: contig.bases[start..<end])
        text.append(10)
        start = end
        if text.count > 1 << 20 {
          try file.write(text)
          text.removeAll(keepingCapacity: true)
        }
      }
    }
    try file.write(text)
    try file.close()
    guard fai_build(path) == 0 else { throw WorkloadError("\(path): cannot be indexed") }
  }

  /// Reads a FASTA, plain or BGZF. An index is made beside it when there is none.
  public static func readFASTA(_ path: String) throws(WorkloadError) -> Genome {
    guard let index = fai_load(path) else { throw WorkloadError("\(path): not a readable FASTA") }
    defer { fai_destroy(index) }
    var contigs: [Contig] = []
    for i in 0..<faidx_nseq(index) {
      guard let name = faidx_iseq(index, i) else { throw WorkloadError("\(path): contig \(i) has no name") }
      var length: hts_pos_t = 0
      guard let bases = faidx_fetch_seq64(index, name, 0, hts_pos_t.max >> 8, &length), length >= 0 else {
        throw WorkloadError("\(path): contig \(String(cString: name)) cannot be read")
      }
      defer { free(bases) }
      let bytes = UnsafeRawBufferPointer(start: bases, count: Int(length))
      contigs.append(Contig(name: String(cString: name), bases: Array(bytes)))
    }
    return Genome(contigs: contigs)
  }
}
