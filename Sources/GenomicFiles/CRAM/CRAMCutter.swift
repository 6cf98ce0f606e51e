import Genomics

/// Cuts a CRAM of version 3 into whole containers, whose headers it checks; their blocks are a worker's matter.
///
/// htslib decodes a file's containers by threads of its own and reads the file by itself. Cut here, the file is read,
/// hashed and counted as every other input, and containers are decoded under the run's thread budget, as BAM's blocks are.
final class CRAMCutter {
  private let source: ChunkSource
  private let bytes = ByteBuffer(capacity: 1 << 20)
  /// The offset in the file of the first of those bytes.
  private var offset = 0
  private var records = 0
  private var isAtEnd = false
  /// The file's first 26 bytes: magic, version, identifier.
  private(set) var definition: [UInt8] = []

  private static let definitionSize = 26
  /// Containers are gathered until they make this many bytes; a usual one, of 10,000 short reads, is larger.
  private static let gathered = 64 << 10

  /// Begins with the bytes that were taken from `source` already.
  init(_ source: ChunkSource, first: Chunk) {
    self.source = source
    first.withBytes { bytes.append($0) }
  }

  /// Containers one behind the other, as they stand in the file.
  struct Piece {
    var bytes: [UInt8]
    var headers: [(header: CRAMContainerHeader, place: Int)]
    /// The offset in the file.
    var offset: Int
    /// The number of records before it.
    var firstRecord: Int

    var records: Int { headers.reduce(0) { $0 + $1.header.records } }
  }

  /// The text of the header, which comes first.
  func readHeader() async throws -> [UInt8] {
    while bytes.count < Self.definitionSize { try await readMore("inside its first bytes") }
    definition = Array(bytes.bytes[..<Self.definitionSize])
    guard definition[4] == 3, definition[5] <= 1 else {
      throw InputError(
        .unsupported, at: InputLocation(file: source.input.path),
        "the file is CRAM \(definition[4]).\(definition[5]), and only 3.0 and 3.1, which have checksums, are read",
        remedy: "convert it with samtools view -C --output-fmt-option version=3.0")
    }
    drop(Self.definitionSize)
    guard let container = try await nextContainer(at: 0) else { throw truncated("behind its first bytes") }
    defer { drop(container.size + container.length) }
    do throws(CRAMContainerHeader.Fault) {
      return try CRAMHeader.text(
        of: UnsafeRawBufferPointer(rebasing: bytes.bytes[container.size..<(container.size + container.length)]))
    } catch {
      throw refusal(error, "the header's container", at: 0)
    }
  }

  /// The next piece, with at least one record; nil at the end.
  /// - Throws: `InputError`: a file that ends early or goes on behind its end, a header that is damaged.
  func next() async throws -> Piece? {
    while !isAtEnd {
      var headers: [(header: CRAMContainerHeader, place: Int)] = []
      var end = 0
      while end < Self.gathered {
        guard let container = try await nextContainer(at: end) else {
          throw truncated("without the container that marks its end")
        }
        if container.isEndOfFile {
          isAtEnd = true
          try await requireEnd(behind: end + container.size + container.length)
          break
        }
        headers.append((container, end))
        end += container.size + container.length
      }
      let piece = Piece(bytes: Array(bytes.bytes[..<end]), headers: headers, offset: offset, firstRecord: records)
      drop(end)
      records += piece.records
      if piece.records > 0 { return piece }
    }
    return nil
  }

  /// The header of the container at `place`, once all of it is there; nil where the file ends before it.
  private func nextContainer(at place: Int) async throws -> CRAMContainerHeader? {
    while true {
      switch Result(catching: { () throws(CRAMContainerHeader.Fault) in
        try CRAMContainerHeader(bytes.bytes, at: place)
      }) {
      case .success(let header):
        while bytes.count < place + header.size + header.length { try await readMore("inside a container") }
        return header
      case .failure(.short) where bytes.count == place:
        guard let chunk = try await source.next() else { return nil }
        chunk.withBytes { bytes.append($0) }
      case .failure(.short): try await readMore("inside a container's header")
      case .failure(let fault): throw refusal(fault, "a container's header", at: place)
      }
    }
  }

  /// Behind the end nothing may stand but the same container again: samtools reheader leaves it twice.
  private func requireEnd(behind end: Int) async throws {
    let mark = CRAMHeader.endOfFile
    var end = end
    while true {
      while bytes.count < end + mark.count, let chunk = try await source.next() {
        chunk.withBytes { bytes.append($0) }
      }
      guard bytes.count > end else { return }
      guard bytes.count >= end + mark.count, bytes.bytes[end..<(end + mark.count)].elementsEqual(mark) else {
        throw InputError(
          .malformed, at: location(at: end), "the file goes on behind the container that marks its end",
          remedy: "fetch it again; put files together with samtools cat")
      }
      end += mark.count
    }
  }

  private func readMore(_ place: String) async throws {
    guard let chunk = try await source.next() else { throw truncated(place) }
    chunk.withBytes { bytes.append($0) }
  }

  private func drop(_ count: Int) {
    bytes.dropFirst(count)
    // The buffer does not use its front again by itself; moved seldom, each byte moves once at most on average.
    if bytes.start > bytes.count + (1 << 20) {
      let rest = Array(bytes.bytes)
      bytes.clear()
      rest.withUnsafeBytes { bytes.append($0) }
    }
    offset += count
  }

  private func location(at place: Int) -> InputLocation {
    InputLocation(file: source.input.path, record: records + 1, offset: offset + place, offsetBase: .file)
  }

  private func truncated(_ place: String) -> InputError {
    InputError(
      .truncated, at: location(at: 0), "the file ends \(place)",
      remedy: "the file was cut short: fetch it again and compare its size")
  }

  private func refusal(_ fault: CRAMContainerHeader.Fault, _ what: String, at place: Int) -> InputError {
    switch fault {
    case .short: truncated("inside \(what)")
    case .checksum:
      InputError(
        .checksum, at: location(at: place), "the CRC-32 of \(what) differs from its data",
        remedy: "the file is damaged: fetch it again and compare its checksum")
    case .malformed:
      InputError(
        .malformed, at: location(at: place), "\(what) makes no sense",
        remedy: "the file is damaged: fetch it again, or make it again")
    }
  }
}
