#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A pipe: `wait()` blocks its thread in `read` until somebody has written a byte for it.
final class Gate: Sendable {
  private let readEnd: Int32
  private let writeEnd: Int32
  let blocked = Gauge()

  init() {
    var ends: [Int32] = [0, 0]
    precondition(pipe(&ends) == 0, "no pipe to be had")
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  func wait() {
    blocked.around {
      var byte: UInt8 = 0
      _ = read(readEnd, &byte, 1)
    }
  }

  func open(for waiters: Int) {
    let bytes = [UInt8](repeating: 1, count: waiters)
    _ = write(writeEnd, bytes, bytes.count)
  }
}

func currentThreadName() -> String {
  let descriptor = open("/proc/thread-self/comm", O_RDONLY)
  guard descriptor >= 0 else { return "" }
  defer { close(descriptor) }
  let text = String(unsafeUninitializedCapacity: 32) { max(0, read(descriptor, $0.baseAddress, $0.count)) }
  return String(text.prefix { $0 != "\n" })
}
