#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the INFO fields that a program reads stand in a record.
final class FilterInfoKeys {
  private let keys: [UnsafeRawBufferPointer]
  /// Where each field's value starts; -1 where the record does not have it.
  let starts: UnsafeMutablePointer<Int>
  /// The value's length; 0 for a field without `=`.
  let counts: UnsafeMutablePointer<Int>

  init(_ keys: [[UInt8]]) {
    self.keys = keys.map { key in
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: key.count, alignment: 1)
      copy.copyBytes(from: key)
      return UnsafeRawBufferPointer(copy)
    }
    starts = .allocate(capacity: max(1, keys.count))
    counts = .allocate(capacity: max(1, keys.count))
    starts.initialize(repeating: -1, count: max(1, keys.count))
    counts.initialize(repeating: 0, count: max(1, keys.count))
  }

  deinit {
    for key in keys { key.deallocate() }
    starts.deallocate()
    counts.deallocate()
  }

  /// Finds the first entry of each key in one scan.
  func find(in range: Range<Int>, _ bytes: UnsafePointer<UInt8>) {
    for index in keys.indices { starts[index] = -1 }
    var left = keys.count
    var start = range.lowerBound
    let end = range.upperBound
    while left > 0, start < end {
      let stop =
        memchr(bytes + start, 59, end - start).map { UnsafeRawPointer($0) - UnsafeRawPointer(bytes) } ?? end
      for index in keys.indices where starts[index] < 0 {
        let key = keys[index]
        let length = key.count
        guard stop - start >= length, bytes[start] == key[0],
          memcmp(bytes + start, key.baseAddress!, length) == 0
        else { continue }
        if stop - start == length {
          starts[index] = stop
          counts[index] = 0
        } else if bytes[start + length] == UInt8(ascii: "=") {
          starts[index] = start + length + 1
          counts[index] = stop - start - length - 1
        } else {
          continue
        }
        left -= 1
        break
      }
      start = stop + 1
    }
  }
}
