#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension UnsafeRawBufferPointer {
  /// Appends the offset of each line feed.
  func appendLineFeeds(to ends: inout [UInt32]) {
    guard let base = baseAddress else { return }
    var position = 0
    while position < count, let hit = memchr(base + position, Int32(UInt8(ascii: "\n")), count - position) {
      let offset = UnsafeRawPointer(hit) - base
      ends.append(UInt32(truncatingIfNeeded: offset))
      position = offset + 1
    }
  }
}
