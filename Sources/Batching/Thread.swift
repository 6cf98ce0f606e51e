#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// 2 MiB, the same everywhere: musl's default of 128 KiB is too small for a codec's tables on the stack, and glibc's
/// follows `ulimit -s`.
private let stackBytes = 2 << 20

private final class Start {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }

  func run() {
    nameThread(name)
    body()
  }
}

/// Starts a detached thread.
///
/// - Returns: Whether the system gave a thread.
func startThread(named label: String, number: Int, _ body: @escaping @Sendable () -> Void) -> Bool {
  var attributes = pthread_attr_t()
  guard pthread_attr_init(&attributes) == 0 else { return false }
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  pthread_attr_setstacksize(&attributes, stackBytes)

  let start = Unmanaged.passRetained(Start(name: threadName(label, number), body: body))
  #if canImport(Glibc)
    var thread = pthread_t()
  #else
    var thread: pthread_t?
  #endif
  let status = pthread_create(
    &thread, &attributes,
    { argument in
      let argument: UnsafeMutableRawPointer? = argument
      guard let argument else { return nil }
      Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().run()
      return nil
    }, start.toOpaque())
  if status != 0 { start.release() }
  return status == 0
}

/// Linux's way is the file, because `pthread_setname_np` is a GNU extension that Swift's Glibc module does not show.
/// A thread that stays unnamed works as well, so failure is let pass.
private func nameThread(_ name: String) {
  #if canImport(Darwin)
    pthread_setname_np(name)
  #else
    let descriptor = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var name = name
    _ = name.withUTF8 { write(descriptor, $0.baseAddress, $0.count) }
  #endif
}

/// The label, shortened so that the number fits into the 15 bytes that Linux allows.
func threadName(_ label: String, _ number: Int) -> String {
  let suffix = "-\(number)"
  var prefix = label[...]
  while prefix.utf8.count + suffix.utf8.count > 15, !prefix.isEmpty { prefix.removeLast() }
  return prefix + suffix
}
