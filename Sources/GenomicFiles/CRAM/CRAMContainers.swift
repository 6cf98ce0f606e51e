import Batching
import CHTSlib
import Genomics

/// What the workers that decode a CRAM share.
final class CRAMContext: Sendable {
  let path: String
  /// The start of a small CRAM: definition and header.
  let head: [UInt8]
  let contigs: ContigDictionary
  let reference: CRAMReference?

  /// - Throws: `InputError` where the FASTA is not the one that the header names, or cannot be used.
  init(path: String, definition: [UInt8], header: SAMHeader, reference: DecodingReference?) async throws {
    apus_hts_set_silent()
    self.path = path
    let head = definition + CRAMHeader.container(for: header)
    self.head = head
    contigs = header.contigs
    guard let reference else {
      self.reference = nil
      return
    }
    try await reference.require(header, path: path)
    let isSorted = header.sortOrder == "coordinate"
    self.reference = try await reference.resources.blocking.run {
      guard
        let reference = CRAMReference(reference.fasta, isSorted: isSorted, empty: head + CRAMHeader.endOfFile)
      else {
        throw InputError(
          .referenceMissing, at: InputLocation(file: reference.fasta.path), "htslib cannot read the FASTA's index",
          remedy: "make the index again with samtools faidx")
      }
      return reference
    }
  }
}

/// Containers on their way to a worker, which decodes them as a small CRAM of their own.
struct CRAMContainers: Sendable {
  private let piece: CRAMCutter.Piece
  private let context: CRAMContext

  init(_ piece: CRAMCutter.Piece, _ context: CRAMContext) {
    self.piece = piece
    self.context = context
  }

  /// Decodes the containers into BAM encoding.
  ///
  /// CPU work, but for the reference: htslib reads the bases that a slice spans from the FASTA, some 50 kB for 10,000
  /// reads of a whole genome.
  func decode() throws -> AlignmentBatch {
    try requireChecksums()
    if let batch = try records(ignoringReferenceDigests: false) { return batch }
    throw try refusal()
  }

  /// Checks the CRC-32 of every block.
  private func requireChecksums() throws {
    var record = piece.firstRecord + 1
    try piece.bytes.withUnsafeBytes { bytes in
      for (header, place) in piece.headers {
        let end = place + header.size + header.length
        let container = UnsafeRawBufferPointer(rebasing: bytes[..<end])
        var start = place + header.size
        for _ in 0..<header.blocks {
          do throws(CRAMContainerHeader.Fault) {
            start = try CRAMBlock(container, at: start).end
          } catch {
            let location = InputLocation(
              file: context.path, record: record, offset: piece.offset + start, offsetBase: .file)
            let remedy = "the file is damaged: fetch it again and compare its checksum"
            if case .checksum = error {
              throw InputError(.checksum, at: location, "a block's CRC-32 differs from its data", remedy: remedy)
            }
            throw InputError(.malformed, at: location, "a block does not fit its container", remedy: remedy)
          }
        }
        record += header.records
      }
    }
  }

  /// All records; nil where htslib gives fewer or others than the containers declare.
  private func records(ignoringReferenceDigests: Bool) throws -> AlignmentBatch? {
    guard let record = bam_init1(), let file = open() else {
      throw OutputError(
        .failed, path: context.path, reason: "no memory for decoding CRAM", remedy: "give the job more memory")
    }
    defer {
      bam_destroy1(record)
      close(file)
    }
    if ignoringReferenceDigests { _ = apus_hts_set_ignore_md5(file) }
    guard context.reference?.attach(to: file) ?? true, let header = sam_hdr_read(file) else { return nil }
    defer { sam_hdr_destroy(header) }
    let encoded = ByteBuffer(capacity: 4 * piece.bytes.count)
    var offsets: [UInt32] = []
    while true {
      let status = sam_read1(file, header, record)
      // -1 is the end, less is an error; but some errors are told as an end, so that records are counted too.
      guard status >= 0 else {
        guard status == -1, offsets.count == piece.records else { return nil }
        break
      }
      guard offsets.count < piece.records, encoded.count <= UInt32.max else { return nil }
      let location = self.location(of: offsets.count)
      let start = encoded.count
      offsets.append(UInt32(start))
      try encoded.append(record.pointee, at: location)
      let size = encoded.count - start
      guard let base = encoded.bytes.baseAddress else { continue }
      if let fault = AlignmentRecord(base: base + start + 4, size: size - 4).fault(
        contigCount: context.contigs.contigs.count)
      {
        throw InputError(.malformed, at: location, fault, remedy: "make the file again")
      }
    }
    return AlignmentBatch(
      chunk: Chunk(owning: encoded, dataOffset: 0), offsets: offsets, firstRecord: piece.firstRecord,
      path: context.path, storedOffset: piece.offset)
  }

  private func open() -> UnsafeMutablePointer<htsFile>? {
    // Records without a stored name are named after the file.
    CRAMReference.open([context.head, piece.bytes, CRAMHeader.endOfFile], name: context.path)
  }

  private func close(_ file: UnsafeMutablePointer<htsFile>) {
    if let reference = context.reference {
      reference.close(file)
    } else {
      _ = hts_close(file)
    }
  }

  /// Which container a record is of, for errors.
  private func location(of index: Int) -> InputLocation {
    var records = 0
    var offset = piece.offset
    for (header, place) in piece.headers where records <= index {
      offset = piece.offset + place
      records += header.records
    }
    return InputLocation(file: context.path, record: piece.firstRecord + index + 1, offset: offset, offsetBase: .file)
  }

  /// Why containers whose checksums are right cannot be decoded.
  private func refusal() throws -> InputError {
    let location = location(of: 0)
    let mapped = piece.headers.first { $0.header.contig != -1 }
    guard let reference = context.reference else {
      guard mapped != nil else { return damaged(location) }
      return InputError(
        .referenceMissing, at: location, "the CRAM needs the reference that it was made with",
        remedy: "give its FASTA with -f; Apus fetches none from the network")
    }
    for (header, _) in piece.headers where context.contigs.contigs.indices.contains(header.contig) {
      let name = context.contigs.contigs[header.contig].name
      if reference.contigs.index(of: name) == nil { return missing("contig \(name)", location) }
    }
    if try records(ignoringReferenceDigests: true) != nil, let (header, _) = mapped {
      let name =
        context.contigs.contigs.indices.contains(header.contig)
        ? "\(context.contigs.contigs[header.contig].name):\(header.start)-\(header.start + header.span - 1)" : "a slice"
      return InputError(
        .referenceMismatch, at: location,
        "the MD5 of the reference's bases of \(name) is not the one that the CRAM holds",
        remedy: "give the FASTA that the file was made with")
    }
    let absent = context.contigs.contigs.filter { reference.contigs.index(of: $0.name) == nil }
    if let first = absent.first, mapped?.header.contig == -2 {
      return missing("one of \(absent.count) contigs that it lacks, \(first.name) the first,", location)
    }
    return damaged(location)
  }

  private func missing(_ what: String, _ location: InputLocation) -> InputError {
    InputError(
      .referenceMissing, at: location, "the CRAM needs \(what) of the reference, which \(path) does not have",
      remedy: "give the FASTA that the file was made with")
  }

  private var path: String { context.reference?.path ?? "" }

  private func damaged(_ location: InputLocation) -> InputError {
    InputError(
      .malformed, at: location, "the records of a container cannot be decoded",
      remedy: "the file is damaged: fetch it again, or make it again")
  }
}
