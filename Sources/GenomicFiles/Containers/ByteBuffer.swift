/// A growable run of raw bytes with room in front, so that a record's first part can be put before the rest without moving it.
///
/// Not shared: whoever holds the lease of the storage that owns it is the only one to touch it.
final class ByteBuffer {
  private var base: UnsafeMutableRawPointer
  private(set) var capacity: Int
  private(set) var start: Int
  private(set) var end: Int
  private let headroom: Int

  init(capacity: Int, headroom: Int = 0) {
    self.capacity = capacity + headroom
    self.headroom = headroom
    base = .allocate(byteCount: self.capacity, alignment: 64)
    start = headroom
    end = headroom
  }

  deinit { base.deallocate() }

  var count: Int { end - start }

  /// The valid bytes. The pointer holds until the buffer next changes.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base + start, count: end - start) }

  /// The valid bytes, to be changed.
  var mutableBytes: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: base + start, count: end - start)
  }

  /// Forgets the content, keeps the memory.
  func clear() {
    start = headroom
    end = headroom
  }

  /// Makes sure that `count` bytes fit behind the content.
  func reserve(_ count: Int) {
    guard end + count > capacity else { return }
    move(toCapacity: max(end + count, capacity + capacity / 2), start: start)
  }

  /// Room behind the content, `count` bytes long; `commit` makes what was written there valid.
  func spare(_ count: Int) -> UnsafeMutableRawBufferPointer {
    reserve(count)
    return UnsafeMutableRawBufferPointer(start: base + end, count: count)
  }

  /// All the room that is there behind the content.
  var spareCapacity: Int { capacity - end }

  func commit(_ count: Int) {
    precondition(end + count <= capacity)
    end += count
  }

  func append(_ other: UnsafeRawBufferPointer) {
    guard let source = other.baseAddress else { return }
    reserve(other.count)
    (base + end).copyMemory(from: source, byteCount: other.count)
    end += other.count
  }

  /// Puts bytes in front of the content.
  func prepend(_ other: UnsafeRawBufferPointer) {
    guard let source = other.baseAddress else { return }
    if other.count > start {
      move(toCapacity: other.count + headroom + count, start: other.count + headroom)
    }
    start -= other.count
    (base + start).copyMemory(from: source, byteCount: other.count)
  }

  /// Drops bytes from the end.
  func truncate(to count: Int) {
    precondition(count <= self.count)
    end = start + count
  }

  /// Drops bytes from the front.
  func dropFirst(_ count: Int) {
    precondition(count <= self.count)
    start += count
  }

  private func move(toCapacity newCapacity: Int, start newStart: Int) {
    let count = count
    let new = UnsafeMutableRawPointer.allocate(byteCount: newCapacity, alignment: 64)
    (new + newStart).copyMemory(from: base + start, byteCount: count)
    base.deallocate()
    base = new
    capacity = newCapacity
    start = newStart
    end = newStart + count
  }
}
