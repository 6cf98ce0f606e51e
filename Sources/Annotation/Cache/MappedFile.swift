import GenomicFiles
import Genomics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file's bytes, mapped read-only for as long as the value lives.
final class MappedFile: @unchecked Sendable {
  // Never written after init.
  let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool

  /// Maps a file.
  /// - Throws: `InputError` of kind `unreadable`.
  init(path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    let location = InputLocation(file: path)
    guard descriptor >= 0 else {
      throw InputError(
        .unreadable, at: location, "cannot be opened: \(systemMessage(errno))",
        remedy: "check the path and its permissions")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw InputError(.unreadable, at: location, "is not a regular file", remedy: "name a cache file")
    }
    guard status.st_size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      isMapped = false
      return
    }
    guard let start = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      throw InputError(
        .unreadable, at: location, "cannot be mapped: \(systemMessage(errno))", remedy: "copy it to a local disk")
    }
    bytes = UnsafeRawBufferPointer(start: start, count: Int(status.st_size))
    isMapped = true
  }

  /// Keeps bytes that were never a file.
  init(bytes: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: CacheLayout.alignment)
    copy.copyBytes(from: bytes)
    self.bytes = UnsafeRawBufferPointer(rebasing: copy[..<bytes.count])
    isMapped = false
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    } else {
      bytes.baseAddress?.deallocate()
    }
  }
}
