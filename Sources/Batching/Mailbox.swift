#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A place for one piece of work, at which one thread sleeps.
///
/// A pthread condition rather than a `Mutex`, because the thread sleeps with a time limit. Unchecked: the pthread lock
/// guards `content`.
final class Mailbox<Content>: @unchecked Sendable {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let filled = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var content: Content?

  init() {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(filled, nil)
  }

  deinit {
    pthread_cond_destroy(filled)
    pthread_mutex_destroy(lock)
    filled.deallocate()
    lock.deallocate()
  }

  func put(_ content: Content) {
    pthread_mutex_lock(lock)
    self.content = content
    pthread_cond_signal(filled)
    pthread_mutex_unlock(lock)
  }

  func take() -> Content {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while true {
      if let content = content.take() { return content }
      pthread_cond_wait(filled, lock)
    }
  }

  /// `nil` when nothing has come within `seconds`.
  func take(within seconds: Int) -> Content? {
    var deadline = timespec()
    // The clock that a condition waits by unless told otherwise; Darwin cannot be told otherwise.
    clock_gettime(CLOCK_REALTIME, &deadline)
    deadline.tv_sec += seconds
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while true {
      if let content = content.take() { return content }
      if pthread_cond_timedwait(filled, lock, &deadline) == ETIMEDOUT { return content.take() }
    }
  }
}
