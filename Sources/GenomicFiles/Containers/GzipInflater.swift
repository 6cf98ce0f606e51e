import CCompression
import Genomics

/// Streaming inflate of gzip, one member after the other, by ISA-L; checks CRC-32 and ISIZE of each member.
final class GzipInflater {
  private let state: UnsafeMutablePointer<inflate_state>
  private let path: String
  /// Stored bytes consumed before the current input.
  private var consumed = 0
  private var memberStart = 0
  private var inMember = false
  /// The header while it is read; nil behind it.
  private var header: GzipMemberHeader?
  /// Zero bytes after the last member, which tape and some copiers leave.
  private var padding = 0

  init(path: String) {
    self.path = path
    state = .allocate(capacity: 1)
    isal_inflate_init(state)
  }

  deinit { state.deallocate() }

  /// Inflates from `input` (dropping what it uses) into `output` until either is at its end.
  /// - Returns: false when nothing more comes without more input; the input is used up then. The inflater may hold data
  ///   back when the output is full, so an empty input alone does not say so.
  /// - Throws: `InputError` of kind `malformed` or `checksum` with the offset in the file.
  func inflate(_ input: ByteBuffer, into output: ByteBuffer, upTo limit: Int) throws -> Bool {
    while output.count < limit {
      if !inMember {
        guard try startMember(input) else { return false }
      }
      guard try takeHeader(input) else { return false }
      let room = output.spare(limit - output.count)
      let source = input.bytes
      state.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
      state.pointee.avail_in = UInt32(source.count)
      state.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
      state.pointee.avail_out = UInt32(room.count)
      let status = isal_inflate(state)
      let used = source.count - Int(state.pointee.avail_in)
      let made = room.count - Int(state.pointee.avail_out)
      output.commit(made)
      input.dropFirst(used)
      consumed += used
      guard status == ISAL_DECOMP_OK || status == ISAL_END_INPUT else { throw failure(status) }
      if state.pointee.block_state == ISAL_BLOCK_FINISH {
        inMember = false
      } else if used == 0, made == 0 {
        // Input that is not taken although there is room would be offered for ever.
        guard input.count == 0 else { throw failure(status) }
        return false
      }
    }
    return true
  }

  /// Whether the last member ended with its trailer.
  /// - Throws: `InputError` of kind `truncated` if not.
  func finish() throws {
    guard !inMember else {
      throw InputError(
        .truncated, at: InputLocation(file: path, offset: consumed, offsetBase: .file),
        "the file ends inside a gzip member",
        remedy: "the file was cut short: fetch it again and compare its size")
    }
  }

  /// Makes ready for the member that starts here.
  /// - Returns: false when only padding is left in the input.
  private func startMember(_ input: ByteBuffer) throws -> Bool {
    while input.count > 0, consumed > 0, input.bytes[0] == 0 {
      input.dropFirst(1)
      consumed += 1
      padding += 1
    }
    guard let first = input.bytes.first else { return false }
    guard first == 0x1F, padding == 0, input.count < 2 || input.bytes[1] == 0x8B else {
      throw InputError(
        .malformed, at: InputLocation(file: path, offset: consumed, offsetBase: .file),
        "bytes that are not gzip follow the last gzip member",
        remedy: "the file is damaged or was joined with another: fetch it again")
    }
    isal_inflate_reset(state)
    // No header, and the trailer is verified.
    state.pointee.crc_flag = UInt32(ISAL_GZIP_NO_HDR_VER)
    memberStart = consumed
    header = GzipMemberHeader()
    inMember = true
    return true
  }

  /// Goes on with the member's header.
  /// - Returns: whether deflate data follow; false when the header needs more input.
  private func takeHeader(_ input: ByteBuffer) throws -> Bool {
    guard var header else { return true }
    let before = input.count
    let progress = header.take(input)
    consumed += before - input.count
    switch progress {
    case .complete:
      self.header = nil
      return true
    case .incomplete:
      self.header = header
      return false
    case .invalid(let reason):
      throw InputError(
        .malformed, at: InputLocation(file: path, offset: memberStart, offsetBase: .file), reason,
        remedy: "the file is damaged: fetch it again and compare its checksum")
    }
  }

  private func failure(_ status: Int32) -> InputError {
    let location = InputLocation(file: path, offset: memberStart, offsetBase: .file)
    let remedy = "the file is damaged: fetch it again and compare its checksum"
    switch status {
    case ISAL_INCORRECT_CHECKSUM:
      return InputError(
        .checksum, at: location, "the CRC-32 or size that a gzip member stores differs from its data", remedy: remedy)
    default:
      return InputError(.malformed, at: location, "a gzip member does not inflate", remedy: remedy)
    }
  }
}
