import CWorkloadHTSlib

/// A coordinate-sorted BAM written while its records still arrive: they may come in any order within a window that
/// ``flush(before:)`` moves along.
final class AlignmentOutput {
  private let path: String
  private var file: UnsafeMutablePointer<htsFile>?
  private let header: UnsafeMutablePointer<sam_hdr_t>
  private var pending: [Pending] = []
  private var free: [UnsafeMutablePointer<bam1_t>] = []
  private var serial = 0
  private let readGroups: [[UInt8]]

  private struct Pending {
    var position: Int
    var serial: Int
    var record: UnsafeMutablePointer<bam1_t>
  }

  init(
    _ path: String, genome: Genome, sample: String, options: SequencingOptions, _ compression: Compression
  ) throws(WorkloadError) {
    self.path = path
    readGroups = (1...options.lanes).map { Array("\(options.flowcell).\($0).\(sample)".utf8) + [0] }
    let text = try Self.headerText(genome: genome, sample: sample, options: options)
    guard let parsed = sam_hdr_parse(text.utf8.count, text) else {
      throw WorkloadError("\(path): the header is not valid SAM")
    }
    header = parsed
    let mode = path.hasSuffix(".sam") ? "w" : "wb\(compression.level)"
    guard let opened = hts_open(path, mode) else { throw WorkloadError("\(path): cannot be created") }
    file = opened
    if compression.threads > 0, hts_set_threads(opened, Int32(compression.threads)) != 0 {
      throw WorkloadError("\(path): compression threads cannot be started")
    }
    guard sam_hdr_write(opened, header) == 0 else { throw WorkloadError("\(path): the header cannot be written") }
  }

  deinit {
    if let file { hts_close(file) }
    for item in pending { bam_destroy1(item.record) }
    for record in free { bam_destroy1(record) }
    sam_hdr_destroy(header)
  }

  private static func headerText(
    genome: Genome, sample: String, options: SequencingOptions
  ) throws(WorkloadError) -> String {
    var text = "@HD\tVN:1.6\tSO:coordinate\n"
    for contig in genome.contigs {
      text += "@SQ\tSN:\(contig.name)\tLN:\(contig.bases.count)\tM5:\(try md5(contig))\n"
    }
    for lane in 1...options.lanes {
      text += "@RG\tID:\(options.flowcell).\(lane).\(sample)\tSM:\(sample)\tLB:\(sample)-L1\tPL:ILLUMINA"
      text += "\tPU:\(options.flowcell).\(lane).\(options.index)\n"
    }
    return text + "@PG\tID:apus-workload\tPN:apus-workload\tVN:1\n"
  }

  /// The M5 of SAM: MD5 of the upper-case bases.
  private static func md5(_ contig: Contig) throws(WorkloadError) -> String {
    guard let context = hts_md5_init() else { throw WorkloadError("out of memory") }
    defer { hts_md5_destroy(context) }
    let upper = contig.bases.map { DNA.upper($0) }
    upper.withUnsafeBytes { hts_md5_update(context, $0.baseAddress, UInt($0.count)) }
    var digest = [UInt8](repeating: 0, count: 16)
    hts_md5_final(&digest, context)
    var text: [UInt8] = []
    for byte in digest {
      for nibble in [byte >> 4, byte & 15] { text.append(nibble < 10 ? 48 + nibble : 87 + nibble) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// One record's fields; bases and qualities (Phred) in the order of the reference.
  struct Record {
    var flag: UInt16
    /// Index of the contig, or −1.
    var contig: Int
    /// 0-based, or −1.
    var position: Int
    var mappingQuality: UInt8 = 0
    var mateContig = -1
    var matePosition = -1
    var templateLength = 0
    var editDistance: Int?
    var lane = 0
    /// `SA` tag.
    var other: String?
  }

  /// Queues a record. `name` is NUL-terminated. A record before the last flush would break the order.
  func append(
    _ record: Record, name: [UInt8], cigar: [UInt32], bases: UnsafeBufferPointer<UInt8>,
    qualities: UnsafeBufferPointer<UInt8>
  ) throws(WorkloadError) {
    guard let bam = free.popLast() ?? bam_init1() else { throw WorkloadError("out of memory") }
    let group = readGroups[record.lane]
    let made = name.withUnsafeBufferPointer { name in
      name.withMemoryRebound(to: CChar.self) { name in
        bases.withMemoryRebound(to: CChar.self) { bases in
          qualities.withMemoryRebound(to: CChar.self) { qualities in
            bam_set1(
              bam, name.count - 1, name.baseAddress, record.flag, Int32(record.contig), hts_pos_t(record.position),
              record.mappingQuality, cigar.count, cigar, Int32(record.mateContig), hts_pos_t(record.matePosition),
              hts_pos_t(record.templateLength), bases.count, bases.baseAddress, qualities.baseAddress,
              group.count + 16)
          }
        }
      }
    }
    var failed = made < 0
    if let distance = record.editDistance {
      var value = UInt8(clamping: distance)
      failed = failed || bam_aux_append(bam, "NM", CChar(67), 1, &value) != 0
    }
    failed = failed || bam_aux_append(bam, "RG", CChar(90), Int32(group.count), group) != 0
    if let other = record.other {
      let text = Array(other.utf8) + [0]
      failed = failed || bam_aux_append(bam, "SA", CChar(90), Int32(text.count), text) != 0
    }
    guard !failed else {
      bam_destroy1(bam)
      throw WorkloadError("\(path): htslib refused a record")
    }
    pending.append(Pending(position: record.position, serial: serial, record: bam))
    serial += 1
  }

  /// Writes what begins before a position of the current contig; nothing that comes later may begin before it.
  func flush(before limit: Int = .max) throws(WorkloadError) {
    pending.sort { ($0.position, $0.serial) < ($1.position, $1.serial) }
    var written = 0
    while written < pending.count, pending[written].position < limit {
      try write(pending[written].record)
      free.append(pending[written].record)
      written += 1
    }
    pending.removeFirst(written)
  }

  private func write(_ record: UnsafeMutablePointer<bam1_t>) throws(WorkloadError) {
    guard let file, sam_write1(file, header, record) >= 0 else {
      throw WorkloadError("\(path): writing failed; is the disk full?")
    }
  }

  /// Writes the rest and the `.bai`.
  func close() throws(WorkloadError) {
    try flush()
    guard let open = file else { return }
    file = nil
    guard hts_close(open) == 0 else { throw WorkloadError("\(path): writing failed; is the disk full?") }
    if !path.hasSuffix(".sam"), sam_index_build(path, 0) != 0 { throw WorkloadError("\(path): cannot be indexed") }
  }
}
