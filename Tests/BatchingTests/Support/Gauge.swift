import Synchronization

/// How many of something there are, and the most there ever were at a time.
final class Gauge: Sendable {
  private let level = Atomic(0)
  private let highest = Atomic(0)

  var now: Int { level.load(ordering: .sequentiallyConsistent) }
  var peak: Int { highest.load(ordering: .sequentiallyConsistent) }

  func enter() {
    let now = level.add(1, ordering: .sequentiallyConsistent).newValue
    highest.max(now, ordering: .sequentiallyConsistent)
  }

  func leave() {
    level.subtract(1, ordering: .sequentiallyConsistent)
  }

  func around<R>(_ body: () throws -> R) rethrows -> R {
    enter()
    defer { leave() }
    return try body()
  }
}
