import CHTSlib
import Genomics

/// htslib's form of a SAM header, read by many workers at once.
final class SharedSAMHeader: @unchecked Sendable {
  // htslib fills its lookup tables once, here; afterwards `sam_parse1` only reads them, as its own threads do.
  let pointer: UnsafeMutablePointer<sam_hdr_t>

  init(_ header: SAMHeader, path: String) throws {
    apus_hts_set_silent()
    let text = Array(header.decodingText.utf8)
    let parsed = text.withUnsafeBytes { bytes in
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
      var checks = SAMLineChecks()
      var start = 0
      while start < bytes.count {
        var end = start
        while bytes[end] != UInt8(ascii: "\n") { end += 1 }
        let location = InputLocation(
          file: path, record: firstLine + offsets.count, offset: chunk.dataOffset + start)
        line.removeAll(keepingCapacity: true)
        line.append(contentsOf: bytes[start..<(end > start && bytes[end - 1] == 13 ? end - 1 : end)])
        if let fault = line.withUnsafeBufferPointer({ checks.fault($0) }) {
          throw InputError(.malformed, at: location, fault, remedy: "correct the line, or make the file again")
        }
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
        if record.pointee.core.tid < 0 || record.pointee.core.mtid < 0 {
          try requireKnownContigs(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), location)
        }
        let encodedStart = encoded.count
        offsets.append(UInt32(truncatingIfNeeded: encodedStart))
        try encoded.append(record.pointee, at: location)
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
    for (column, title) in [(columns[2], "RNAME"), (columns[6], "RNEXT")] {
      let name = String(decoding: column, as: UTF8.self)
      guard name == "*" || (name == "=" && title == "RNEXT") || contigs.index(of: name) != nil else {
        throw InputError(
          .malformed, at: location, "\(title) \(SAMHeaderLine.shown(column)) is not in the header",
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
}
