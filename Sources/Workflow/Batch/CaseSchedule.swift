/// Which case of a batch starts next: in the order that it is given, as long as what runs fits in memory.
///
/// A case that waits for memory is not overtaken by a smaller one behind it, or the urgent large one would wait for ever.
struct CaseSchedule: Sendable {
  /// The memory of all cases that run, in bytes.
  let memory: Int
  /// More at once would only finish everything late.
  let casesAtOnce: Int
  private var waiting: ArraySlice<(index: Int, bytes: Int)>
  private var running: [Int: Int] = [:]

  /// - Parameter order: the cases with the memory that each needs, in bytes.
  init(_ order: [(index: Int, bytes: Int)], memory: Int, casesAtOnce: Int) {
    self.memory = memory
    self.casesAtOnce = max(1, casesAtOnce)
    waiting = order[...]
  }

  var isDone: Bool { waiting.isEmpty && running.isEmpty }

  /// The next case to start now; nil where none may before another has ended. A case that is too large for the memory
  /// runs alone.
  mutating func start() -> Int? {
    guard let next = waiting.first, running.count < casesAtOnce else { return nil }
    guard running.isEmpty || running.values.reduce(next.bytes, +) <= memory else { return nil }
    waiting.removeFirst()
    running[next.index] = next.bytes
    return next.index
  }

  mutating func end(_ index: Int) { running[index] = nil }
}
