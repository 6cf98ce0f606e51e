import GenomicFiles
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs `body` so that SIGINT, SIGTERM and SIGHUP cancel it: pipelines drain, partial files go, and `Interruption` is thrown.
///
/// A call that blocks (a pipe that nobody writes to) cannot be cancelled: after a grace period, or at a second signal,
/// the partial files are removed from here and the process ends with the signal's code.
func interruptible(_ resources: RunResources, _ body: @escaping @Sendable () async throws -> Void) async throws {
  let received = Atomic32()
  let task = Task.detached { try await body() }
  let watcher = SignalWatcher(signals: watchedSignals(), received: received, outputs: resources.outputs) {
    task.cancel()
  }
  watcher.start()
  let result = await task.result
  // Whatever a failed pipeline still held.
  if case .failure = result { resources.outputs.removePartialFiles() }
  if received.value != 0 { throw Interruption(signal: received.value) }
  try result.get()
}

/// Keeps signals from every thread but the watcher's. Called on the main thread before there is another: threads inherit
/// the mask, and one without it would be ended by the signal's default action.
func blockWatchedSignals() {
  var signals = watchedSignals()
  pthread_sigmask(SIG_BLOCK, &signals, nil)
}

/// The signals that end a run; one that the caller ignores (SIGHUP under nohup) stays ignored.
private func watchedSignals() -> sigset_t {
  var signals = sigset_t()
  sigemptyset(&signals)
  for number in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(number) { sigaddset(&signals, number) }
  return signals
}

private func isIgnored(_ number: Int32) -> Bool {
  var action = sigaction()
  sigaction(number, nil, &action)
  #if canImport(Darwin)
    return action.__sigaction_u.__sa_handler == SIG_IGN
  #else
    // SIG_IGN is the pointer 1; handlers have no other comparison in Swift.
    return withUnsafeBytes(of: action.__sigaction_handler) { $0.loadUnaligned(as: UInt.self) } == 1
  #endif
}

private final class Atomic32: Sendable {
  private let storage = Atomic<Int32>(0)
  var value: Int32 { storage.load(ordering: .sequentiallyConsistent) }
  /// - Returns: whether this is the first.
  func set(_ value: Int32) -> Bool {
    storage.compareExchange(expected: 0, desired: value, ordering: .sequentiallyConsistent).exchanged
  }
}

private final class SignalWatcher: @unchecked Sendable {
  // Immutable after `init`.
  private let signals: sigset_t
  private let received: Atomic32
  private let outputs: OutputRegistry
  private let cancel: @Sendable () -> Void

  /// How long a run may take to drain before it is ended, in seconds.
  private static let grace: Int = 10

  init(signals: sigset_t, received: Atomic32, outputs: OutputRegistry, cancel: @escaping @Sendable () -> Void) {
    self.signals = signals
    self.received = received
    self.outputs = outputs
    self.cancel = cancel
  }

  /// Starts the thread that waits for signals; it ends with the process.
  func start() {
    let context = Unmanaged.passRetained(self).toOpaque()
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { context in
        #if canImport(Darwin)
          Unmanaged<SignalWatcher>.fromOpaque(context).takeRetainedValue().watch()
        #else
          if let context { Unmanaged<SignalWatcher>.fromOpaque(context).takeRetainedValue().watch() }
        #endif
        return nil
      }, context)
    if status == 0 { pthread_detach(thread) }
  }

  private func watch() {
    var signals = signals
    var number: Int32 = 0
    while sigwait(&signals, &number) == 0 {
      guard received.set(number) else { end(number) }
      cancel()
      waitForGraceOrSecondSignal(&signals)
    }
  }

  private func waitForGraceOrSecondSignal(_ signals: inout sigset_t) {
    #if canImport(Darwin)
      sleep(UInt32(Self.grace))
    #else
      var limit = timespec(tv_sec: Self.grace, tv_nsec: 0)
      _ = sigtimedwait(&signals, nil, &limit)
    #endif
    end(received.value)
  }

  private func end(_ number: Int32) -> Never {
    outputs.removePartialFiles()
    // Nobody may be reading what is said: that does not keep the process.
    var standardError = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    if poll(&standardError, 1, 1000) > 0 {
      _ = Failure(Interruption(signal: number)).report(logFormat: LogFormat(arguments: CommandLine.arguments))
    }
    _exit(128 + number)
  }
}
