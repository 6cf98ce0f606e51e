import CCompression

/// Reads the header of a gzip member (RFC 1952, section 2.3), however its bytes are cut over the inputs.
///
/// ISA-L 2.30 reads headers too, but forgets flags and checksum of one that goes on in the next input.
struct GzipMemberHeader {
  private enum Stage {
    case fixed, extraLength, extra(Int), name, comment, checksum, done
  }

  private var stage = Stage.fixed
  /// The bytes so far, for their checksum.
  private var bytes: [UInt8] = []
  /// Where the stage's bytes start.
  private var stageStart = 0

  /// The largest header that is taken: 64 KiB of extra field, and file name and comment of reasonable length.
  private static let largest = 1 << 20

  private enum Flag {
    static let checksum: UInt8 = 2
    static let extra: UInt8 = 4
    static let name: UInt8 = 8
    static let comment: UInt8 = 16
    static let reserved: UInt8 = 0xE0
  }

  private var flags: UInt8 { bytes[3] }

  /// Takes the header's bytes from the front of `input`.
  mutating func take(_ input: ByteBuffer) -> Progress {
    var used = 0
    defer { input.dropFirst(used) }
    let source = input.bytes
    while true {
      skipAbsentStages()
      if case .done = stage { return .complete }
      guard used < source.count else { return .incomplete }
      bytes.append(source[used])
      used += 1
      guard bytes.count <= Self.largest else { return .invalid("a gzip member's header is longer than 1 MiB") }
      if let fault = advance() { return .invalid(fault) }
    }
  }

  /// How far a header has come.
  enum Progress {
    case complete
    /// It asks for more input.
    case incomplete
    /// The bytes are no header, for the reason given.
    case invalid(String)
  }

  /// Passes over the parts that the flags do not announce.
  private mutating func skipAbsentStages() {
    while true {
      switch stage {
      case .extraLength where flags & Flag.extra == 0: enter(.name)
      case .extra(0): enter(.name)
      case .name where flags & Flag.name == 0: enter(.comment)
      case .comment where flags & Flag.comment == 0: enter(.checksum)
      case .checksum where flags & Flag.checksum == 0: enter(.done)
      default: return
      }
    }
  }

  private mutating func enter(_ next: Stage) {
    stage = next
    stageStart = bytes.count
  }

  /// Looks at the byte that was just taken.
  /// - Returns: why it cannot stand there; nil where it can.
  private mutating func advance() -> String? {
    let taken = bytes.count - stageStart
    switch stage {
    case .fixed:
      let magic: [UInt8] = [0x1F, 0x8B, 8]
      if taken <= 3, bytes[taken - 1] != magic[taken - 1] {
        return taken == 3 ? "a gzip member is not compressed by deflate" : "a gzip member has no magic number"
      }
      if taken == 4, flags & Flag.reserved != 0 { return "a gzip member's header has reserved flags set" }
      if taken == 10 { enter(.extraLength) }
    case .extraLength where taken == 2:
      enter(.extra(Int(bytes[stageStart]) | Int(bytes[stageStart + 1]) << 8))
    case .extra(let length) where taken == length: enter(.name)
    case .name where bytes.last == 0: enter(.comment)
    case .comment where bytes.last == 0: enter(.checksum)
    case .checksum where taken == 2:
      let stored = UInt16(bytes[stageStart]) | UInt16(bytes[stageStart + 1]) << 8
      guard stored == UInt16(truncatingIfNeeded: libdeflate_crc32(0, bytes, stageStart)) else {
        return "the checksum of a gzip member's header differs from the header"
      }
      enter(.done)
    default: break
    }
    return nil
  }
}
