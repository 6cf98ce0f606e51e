#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension UnsafeRawBufferPointer {
  /// The offset of the first line feed at or behind an offset.
  @inline(__always)
  func firstLineFeed(from start: Int) -> Int? {
    guard let base = baseAddress, start < count,
      let hit = memchr(base + start, Int32(UInt8(ascii: "\n")), count - start)
    else { return nil }
    return UnsafeRawPointer(hit) - base
  }

  /// Appends the offset of each line feed.
  func appendLineFeeds(to ends: inout [UInt32]) {
    var position = 0
    while let offset = firstLineFeed(from: position) {
      ends.append(UInt32(truncatingIfNeeded: offset))
      position = offset + 1
    }
  }
}
