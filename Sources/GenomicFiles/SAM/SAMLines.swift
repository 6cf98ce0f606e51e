import CHTSlib
import Genomics

/// htslib's form of a SAM header, read by many workers at once.
final class SharedSAMHeader: @unchecked Sendable {
  // htslib fills its lookup tables once, here; afterwards `sam_parse1` only reads them, as its own threads do.
  let pointer: UnsafeMutablePointer<sam_hdr_t>

  init(_ text: [UInt8], path: String) throws {
    apus_hts_set_silent()
    // Unmapped reads need no header, and an empty one is not parsed but made.
    let parsed =
      text.isEmpty
      ? sam_hdr_init()
      : text.withUnsafeBytes { bytes in
        sam_hdr_parse(bytes.count, bytes.baseAddress?.assumingMemoryBound(to: CChar.self))
      }
    guard let parsed else {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the header cannot be parsed", remedy: "correct the header lines")
    }
    pointer = parsed
    _ = sam_hdr_name2tid(pointer, "*")
  }

  deinit { sam_hdr_destroy(pointer) }
}

/// Whole lines of SAM text, to be parsed by a worker.
final class SAMLines: @unchecked Sendable {
  private let chunk: Chunk
  private let header: SharedSAMHeader
  private let contigs: ContigDictionary
  private let firstRecord: Int
  private let firstLine: Int
  private let path: String
  let count: Int

  init(
    chunk: Chunk, header: SharedSAMHeader, contigs: ContigDictionary, firstRecord: Int, firstLine: Int, path: String
  ) {
    self.chunk = chunk
    self.header = header
    self.contigs = contigs
    self.firstRecord = firstRecord
    self.firstLine = firstLine
    self.path = path
    count = chunk.withBytes { bytes in
      var feeds: [UInt32] = []
      bytes.appendLineFeeds(to: &feeds)
      return feeds.count
    }
  }

  /// Parses the lines into BAM encoding.
  func parse() throws -> AlignmentBatch {
    guard let record = bam_init1() else {
      throw OutputError(.failed, path: path, reason: "no memory for a record", remedy: "give the job more memory")
    }
    defer { bam_destroy1(record) }
    let encoded = ByteBuffer(capacity: chunk.count)
    var offsets: [UInt32] = []
    offsets.reserveCapacity(count)
    try chunk.withBytes { bytes in
      // htslib parses in place and wants a NUL at the line's end.
      var line: [UInt8] = []
      var start = 0
      while start < bytes.count {
        var end = start
        while bytes[end] != UInt8(ascii: "\n") { end += 1 }
        let location = InputLocation(
          file: path, record: firstLine + offsets.count, offset: chunk.dataOffset + start)
        line.removeAll(keepingCapacity: true)
        line.append(contentsOf: bytes[start..<(end > start && bytes[end - 1] == 13 ? end - 1 : end)])
        line.append(0)
        let status = line.withUnsafeMutableBytes { buffer in
          var text = kstring_t(
            l: buffer.count - 1, m: buffer.count, s: buffer.baseAddress?.assumingMemoryBound(to: CChar.self))
          return sam_parse1(&text, header.pointer, record)
        }
        guard status >= 0 else {
          throw InputError(
            .malformed, at: location, "the line is no alignment of SAM 1.6",
            remedy: "correct the line, or make the file again")
        }
        // htslib takes longer numbers; BAM and SAM 1.6 (section 1.4) do not.
        let core = record.pointee.core
        guard Int32(exactly: core.pos) != nil, Int32(exactly: core.mpos) != nil, Int32(exactly: core.isize) != nil
        else {
          throw InputError(
            .malformed, at: location, "POS, PNEXT or TLEN is beyond 2,147,483,647",
            remedy: "correct the line, or make the file again")
        }
        if record.pointee.core.tid < 0 || record.pointee.core.mtid < 0 {
          try requireKnownContigs(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), location)
        }
        let encodedStart = encoded.count
        offsets.append(UInt32(truncatingIfNeeded: encodedStart))
        try append(record.pointee, to: encoded, location)
        try validate(UnsafeRawBufferPointer(rebasing: encoded.bytes[encodedStart...]), location)
        start = end + 1
      }
    }
    return AlignmentBatch(
      chunk: Chunk(owning: encoded, dataOffset: chunk.dataOffset), offsets: offsets, firstRecord: firstRecord,
      path: path)
  }

  /// Refuses names that the header does not declare. htslib only warns of them and makes the read an unmapped one.
  private func requireKnownContigs(_ line: UnsafeRawBufferPointer, _ location: InputLocation) throws {
    let columns = line.split(separator: UInt8(ascii: "\t"), maxSplits: 7, omittingEmptySubsequences: false)
    guard columns.count == 8 else { return }
    for column in [columns[2], columns[6]] {
      let name = String(decoding: column, as: UTF8.self)
      guard name == "*" || name == "=" || contigs.index(of: name) != nil else {
        throw InputError(
          .malformed, at: location, "the reference sequence \(name) is not in the header",
          remedy: "add its @SQ line with samtools reheader, or make the file again")
      }
    }
  }

  private func validate(_ encoded: UnsafeRawBufferPointer, _ location: InputLocation) throws {
    guard let base = encoded.baseAddress,
      let fault = AlignmentRecord(base: base + 4, size: encoded.count - 4).fault(contigCount: contigs.contigs.count)
    else { return }
    throw InputError(.malformed, at: location, fault, remedy: "correct the line, or make the file again")
  }

  /// Appends a record of htslib's in BAM encoding; in memory htslib pads the name, the file does not.
  private func append(_ record: bam1_t, to encoded: ByteBuffer, _ location: InputLocation) throws {
    let core = record.core
    let nameLength = Int(core.l_qname) - Int(core.l_extranul)
    let rest = Int(record.l_data) - Int(core.l_qname)
    // More operations than n_cigar_op can count go to the CG tag, and a clip over all bases with a skip over what they
    // span stand in their place (SAM specification, section 4.2.2).
    let isLong = core.n_cigar > 0xFFFF
    let cigarBytes = 4 * Int(core.n_cigar)
    let size = AlignmentRecord.fixedSize + nameLength + rest + (isLong ? 16 : 0)
    guard let data = record.data else { return }
    let cigar = Cigar(base: data + Int(core.l_qname), count: Int(core.n_cigar))
    let room = encoded.spare(4 + size)
    func store<T: FixedWidthInteger>(_ value: T, _ offset: Int) {
      room.storeBytes(of: value.littleEndian, toByteOffset: offset, as: T.self)
    }
    store(Int32(size), 0)
    store(core.tid, 4)
    store(Int32(truncatingIfNeeded: core.pos), 8)
    store(UInt8(nameLength), 12)
    store(core.qual, 13)
    store(core.bin, 14)
    store(isLong ? 2 : UInt16(core.n_cigar), 16)
    store(core.flag, 18)
    store(core.l_qseq, 20)
    store(core.mtid, 24)
    store(Int32(truncatingIfNeeded: core.mpos), 28)
    store(Int32(truncatingIfNeeded: core.isize), 32)
    guard let target = room.baseAddress else { return }
    (target + 36).copyMemory(from: data, byteCount: nameLength)
    if isLong {
      var span = 0
      for operation in cigar where operation.consumesReference { span += operation.length }
      guard core.l_qseq < 1 << 28, span < 1 << 28 else {
        throw InputError(
          .unsupported, at: location, "the alignment of \(cigar.count) operations spans more than BAM can say",
          remedy: "leave the read out")
      }
      let fixed = 36 + nameLength
      store(UInt32(core.l_qseq) << 4 | 4, fixed)
      store(UInt32(span) << 4 | 3, fixed + 4)
      let afterCigar = rest - cigarBytes
      (target + fixed + 8).copyMemory(from: data + Int(core.l_qname) + cigarBytes, byteCount: afterCigar)
      let tag = fixed + 8 + afterCigar
      room.copyBytes(at: tag, from: [UInt8(ascii: "C"), UInt8(ascii: "G"), UInt8(ascii: "B"), UInt8(ascii: "I")])
      store(core.n_cigar, tag + 4)
      (target + tag + 8).copyMemory(from: data + Int(core.l_qname), byteCount: cigarBytes)
    } else {
      (target + 36 + nameLength).copyMemory(from: data + Int(core.l_qname), byteCount: rest)
    }
    encoded.commit(4 + size)
  }
}

extension UnsafeMutableRawBufferPointer {
  fileprivate func copyBytes(at offset: Int, from bytes: [UInt8]) {
    for (index, byte) in bytes.enumerated() { self[offset + index] = byte }
  }
}
