/// How the bytes of a file are wrapped.
public enum Container: String, Sendable, Hashable, Codable {
  /// Not compressed.
  case plain
  /// gzip (RFC 1952), one or more members.
  case gzip
  /// Blocked gzip (SAM specification, section 4.1).
  case bgzf

  /// Tells the container from the first bytes of a file; 18 bytes are enough.
  init(head: UnsafeRawBufferPointer) {
    guard head.count >= 2, head[0] == 0x1F, head[1] == 0x8B else {
      self = .plain
      return
    }
    if case .block = BGZFBlockHeader(head) { self = .bgzf } else { self = .gzip }
  }
}

/// What a missing BGZF end-of-file block means for a format.
public enum EndOfFileBlock: Sendable {
  /// BAM and VCF: their writers always add it, so its absence means a lost tail.
  case required
  /// FASTQ: legal writers leave it out (bcl2fastq), so its absence is counted and said.
  case expected
}
