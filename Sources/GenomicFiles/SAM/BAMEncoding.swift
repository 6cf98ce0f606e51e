import CHTSlib
import Genomics

extension ByteBuffer {
  /// Appends a record of htslib's in BAM encoding; in memory htslib pads the name, the file does not.
  func append(_ record: bam1_t, at location: InputLocation) throws {
    let core = record.core
    let nameLength = Int(core.l_qname) - Int(core.l_extranul)
    let rest = Int(record.l_data) - Int(core.l_qname)
    // More operations than n_cigar_op can count go to the CG tag, and a clip over all bases with a skip over what they
    // span stand in their place (SAM specification, section 4.2.2).
    let isLong = core.n_cigar > 0xFFFF
    let cigarBytes = 4 * Int(core.n_cigar)
    let size = AlignmentRecord.fixedSize + nameLength + rest + (isLong ? 16 : 0)
    guard let data = record.data else { return }
    // htslib takes longer numbers; BAM and SAM 1.6 (section 1.4) do not.
    guard Int32(exactly: core.pos) != nil, Int32(exactly: core.mpos) != nil, Int32(exactly: core.isize) != nil else {
      throw InputError(
        .malformed, at: location, "POS, PNEXT or TLEN is beyond 2147483647", remedy: "leave the read out")
    }
    let cigar = Cigar(base: data + Int(core.l_qname), count: Int(core.n_cigar))
    let room = spare(4 + size)
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
    commit(4 + size)
  }
}

extension UnsafeMutableRawBufferPointer {
  fileprivate func copyBytes(at offset: Int, from bytes: [UInt8]) {
    for (index, byte) in bytes.enumerated() { self[offset + index] = byte }
  }
}
