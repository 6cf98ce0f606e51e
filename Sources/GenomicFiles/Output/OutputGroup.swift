import Batching
import CCompression

final class FilledGroup: @unchecked Sendable {
  // One holder at a time: the appender fills, a worker compresses, the writer writes.
  private let lease: Lease<OutputGroup>
  init(_ lease: consuming Lease<OutputGroup>) { self.lease = lease }
  var storage: OutputGroup { lease.storage }
}

/// Sixteen blocks' worth of an output's bytes, and what became of them.
final class OutputGroup {
  /// A record for the coordinate index.
  struct Mark {
    /// Where its bytes end in `input`.
    var offset: Int
    /// Its contig's place in `contigs`.
    var contig: Int
    var start: Int
    var end: Int
  }

  /// What htslib puts into a BGZF block, so that even incompressible bytes fit one (BGZF_BLOCK_SIZE).
  static let blockBytes = 0xFF00
  static let capacity = 16 * blockBytes

  let input = ByteBuffer(capacity: OutputGroup.capacity)
  let output = ByteBuffer(capacity: 256 << 10)
  /// Stored sizes of the blocks in `output`, in order.
  var blockSizes: [Int] = []
  /// Where the header ends, if it does so here; no record stands before it.
  var headerEnd: Int?
  /// In the order of `offset`.
  private(set) var marks: [Mark] = []
  private(set) var contigs: [String] = []
  private var compressor: (pointer: OpaquePointer, level: Int)?
  private var deflater: FASTQDeflater?
  private var fields: (deflater: FieldDeflater, level: Int)?

  deinit { if let compressor { libdeflate_free_compressor(compressor.pointer) } }

  func reset() {
    input.clear()
    output.clear()
    blockSizes.removeAll(keepingCapacity: true)
    headerEnd = nil
    marks.removeAll(keepingCapacity: true)
    contigs.removeAll(keepingCapacity: true)
  }

  /// Takes the entries from `first` on whose bytes end by `limit`.
  /// - Parameter shift: what their places are moved by.
  /// - Returns: the first entry that is left.
  func mark(_ entries: IndexEntries, from first: Int, endingBy limit: Int, shiftedBy shift: Int) -> Int {
    let records = entries.records
    var next = first
    for contig in entries.contigs.indices {
      let last = entries.records(of: contig).upperBound
      guard next < last else { continue }
      guard records[next].endOfBytes <= limit else { break }
      if contigs.last != entries.contigs[contig].name { contigs.append(entries.contigs[contig].name) }
      while next < last, records[next].endOfBytes <= limit {
        let record = records[next]
        marks.append(
          Mark(offset: record.endOfBytes + shift, contig: contigs.count - 1, start: record.start, end: record.end))
        next += 1
      }
    }
    return next
  }

  /// Compresses `input` to `output`, as the plan wants it.
  func compress(_ plan: OutputPlan) throws {
    switch plan.container {
    case .plain: return
    case .bgzf(let level):
      prepareDeflater(plan, level: level)
      try compress(level: level, path: plan.path)
    case .gzip(let level):
      prepareDeflater(plan, level: level)
      try appendMember(level: level, path: plan.path)
    }
  }

  private func prepareDeflater(_ plan: OutputPlan, level: Int) {
    if plan.content != .fastq || !FASTQDeflater.levels.contains(level) {
      deflater = nil
    } else if deflater == nil {
      deflater = FASTQDeflater()
    }
    if plan.content != .fields || !FieldDeflater.levels.contains(level) {
      fields = nil
    } else if fields?.level != level {
      fields = (FieldDeflater(level: level), level)
    }
  }

  /// Compresses `input` to `output`, block by block.
  func compress(level: Int, path: String) throws {
    let compressor = try compressor(level: level, path: path)
    let bytes = input.bytes
    var start = 0
    while start < bytes.count {
      let block = UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + Self.blockBytes, bytes.count)])
      blockSizes.append(appendBlock(block, compressor))
      start += block.count
    }
  }

  /// Compresses `input` to `output` as one gzip member.
  func appendMember(level: Int, path: String) throws {
    if appendFASTQMember() { return }
    let compressor = try compressor(level: level, path: path)
    let room = output.spare(libdeflate_gzip_compress_bound(compressor, input.count))
    let size = libdeflate_gzip_compress(
      compressor, input.bytes.baseAddress, input.count, room.baseAddress, room.count)
    precondition(size > 0, "the bound holds any member")
    output.commit(size)
  }

  /// - Returns: whether `input` is FASTQ for our own encoder, and got shorter.
  private func appendFASTQMember() -> Bool {
    guard let deflater, FASTQLayout.hasBinnedQualities(input.bytes) else { return false }
    let headerBytes = 10
    let room = output.spare(input.count + headerBytes)
    guard
      let deflated = deflater.deflate(input.bytes, to: UnsafeMutableRawBufferPointer(rebasing: room[headerBytes...]))
    else { return false }
    // Deflate, no flags, no time, no extra flags, Unix (RFC 1952, section 2.3.1).
    room.copyBytes(from: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3])
    let checksum = libdeflate_crc32(0, input.bytes.baseAddress, input.count)
    room.storeBytes(of: checksum.littleEndian, toByteOffset: headerBytes + deflated, as: UInt32.self)
    room.storeBytes(of: UInt32(input.count).littleEndian, toByteOffset: headerBytes + deflated + 4, as: UInt32.self)
    output.commit(headerBytes + deflated + 8)
    return true
  }

  private func compressor(level: Int, path: String) throws -> OpaquePointer {
    if compressor?.level != level {
      if let compressor { libdeflate_free_compressor(compressor.pointer) }
      compressor = libdeflate_alloc_compressor(Int32(level)).map { ($0, level) }
    }
    guard let compressor = compressor?.pointer else {
      throw OutputError(.failed, path: path, reason: "no memory for a compressor", remedy: "give the job more memory")
    }
    return compressor
  }

  private func appendBlock(_ block: UnsafeRawBufferPointer, _ compressor: OpaquePointer) -> Int {
    let headerBytes = 18
    let trailerBytes = 8
    let room = output.spare(1 << 16)
    let limit = (1 << 16) - headerBytes - trailerBytes
    let space = UnsafeMutableRawBufferPointer(rebasing: room[headerBytes..<(headerBytes + limit)])
    var deflated = 0
    if let fields {
      deflated = fields.deflater.deflate(block, to: space) ?? 0
    } else if let deflater, FASTQLayout.hasBinnedQualities(block) {
      deflated = deflater.deflate(block, to: space) ?? 0
    }
    if deflated == 0 {
      deflated = libdeflate_deflate_compress(
        compressor, block.baseAddress, block.count, room.baseAddress.map { $0 + headerBytes }, limit)
    }
    if deflated == 0 {
      // Incompressible: one stored deflate block, 5 bytes and the data (RFC 1951, section 3.2.4).
      room[headerBytes] = 1
      let length = UInt16(block.count)
      room.storeBytes(of: length.littleEndian, toByteOffset: headerBytes + 1, as: UInt16.self)
      room.storeBytes(of: (~length).littleEndian, toByteOffset: headerBytes + 3, as: UInt16.self)
      UnsafeMutableRawBufferPointer(rebasing: room[(headerBytes + 5)...]).copyMemory(from: block)
      deflated = 5 + block.count
    }
    let size = headerBytes + deflated + trailerBytes
    bgzfEndOfFileBlock.withUnsafeBytes { model in
      room.copyMemory(from: UnsafeRawBufferPointer(rebasing: model[..<headerBytes]))
    }
    room.storeBytes(of: UInt16(size - 1).littleEndian, toByteOffset: 16, as: UInt16.self)
    let checksum = libdeflate_crc32(0, block.baseAddress, block.count)
    room.storeBytes(of: checksum.littleEndian, toByteOffset: headerBytes + deflated, as: UInt32.self)
    room.storeBytes(of: UInt32(block.count).littleEndian, toByteOffset: headerBytes + deflated + 4, as: UInt32.self)
    output.commit(size)
    return size
  }
}
