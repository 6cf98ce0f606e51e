import Crypto
import Genomics
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What was learned of an input by reading it to its end.
public struct InputSummary: Sendable, Hashable {
  /// The path as the user gave it.
  public var path: String
  /// Stored bytes read.
  public var bytes: Int
  /// SHA-256 of the stored bytes, as 64 lower-case hexadecimal digits; nil when digests were not asked for.
  public var sha256: String?
  /// How the data were wrapped.
  public var container: Container
  /// What was odd but legal, each with its count.
  public var warnings: [String: Int]
}

/// One input file, or standard input, that is read once from front to back; hashed on the way.
public final class InputFile: Sendable {
  /// The path as the user gave it; `-` is standard input.
  public let path: String
  /// Counts the stored bytes read, if anybody wants to know.
  public let progress: ProgressCounter?
  let hashes: Bool
  private let result = Mutex<InputSummary?>(nil)

  /// Names an input; nothing is opened yet.
  /// - Parameters:
  ///   - hashes: whether its SHA-256 is computed while it is read.
  ///   - progress: counts the stored bytes read, if given.
  public init(path: String, hashes: Bool = false, progress: ProgressCounter? = nil) {
    self.path = path
    self.hashes = hashes
    self.progress = progress
  }

  /// What was learned; nil until the last byte was read and found good.
  public var summary: InputSummary? { result.withLock { $0 } }

  func finish(_ summary: InputSummary) { result.withLock { $0 = summary } }
}

/// The open descriptor of an input. Every call blocks: use it on the blocking executor only.
final class RawReader: @unchecked Sendable {
  // Not a data race: one producer task uses a reader, one call after the other.
  let path: String
  private let descriptor: Int32
  private let progress: ProgressCounter?
  private var hasher: SHA256?
  private(set) var bytesRead = 0

  /// Opens the file.
  /// - Throws: `InputError` of kind `unreadable`.
  init(_ input: InputFile) throws {
    path = input.path
    progress = input.progress
    hasher = input.hashes ? SHA256() : nil
    if path == "-" {
      descriptor = dup(STDIN_FILENO)
    } else {
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
    }
    let location = InputLocation(file: input.path)
    guard descriptor >= 0 else {
      let reason = systemMessage(errno)
      throw InputError(
        .unreadable, at: location, "cannot be opened: \(reason)", remedy: "check the path and its permissions")
    }
    var status = stat()
    if fstat(descriptor, &status) == 0 {
      if status.st_mode & S_IFMT == S_IFDIR {
        // `deinit` runs, since every property has its value, and closes the descriptor.
        throw InputError(.unreadable, at: location, "is a folder", remedy: "name a file in it")
      }
      if status.st_mode & S_IFMT == S_IFREG {
        progress?.expect(Int(status.st_size))
        #if canImport(Glibc) || canImport(Musl)
          _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
        #endif
      }
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Fills the buffer as far as the input goes.
  /// - Returns: bytes read; less than the buffer only at the end of the input.
  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let base = buffer.baseAddress else { return 0 }
    var filled = 0
    while filled < buffer.count {
      let count = read(descriptor, base + filled, buffer.count - filled)
      if count < 0 {
        if errno == EINTR { continue }
        throw OutputError(
          .failed, path: path, reason: "reading failed at offset \(bytesRead + filled): \(systemMessage(errno))",
          remedy: "check the disk or network share, then run again")
      }
      if count == 0 { break }
      filled += count
    }
    bytesRead += filled
    hasher?.update(bufferPointer: UnsafeRawBufferPointer(start: base, count: filled))
    progress?.add(filled)
    return filled
  }

  /// Goes on reading at an offset; what is hashed is then no file's digest.
  /// - Throws: `InputError` of kind `unreadable` for what has no places, such as a pipe.
  func seek(to offset: Int) throws(InputError) {
    guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else {
      throw InputError(
        .unreadable, at: InputLocation(file: path), "cannot be read by places: \(systemMessage(errno))",
        remedy: "give a file, not a pipe")
    }
  }

  /// The digest of all that was read, as 64 hexadecimal digits.
  var sha256: String? { hasher.map { hexadecimal($0.finalize()) } }
}

/// Lower-case hexadecimal digits of bytes.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}
