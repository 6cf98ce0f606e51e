/// A free list of reusable storage, and with it the back-pressure of a pipeline: a reader that finds every batch out
/// waits until a writer has given one back, so memory is bounded by ``capacity`` batches however long the input.
public final class LeasePool<Storage: AnyObject>: Sendable {
  /// A free instance is referred to by the pool alone, a leased one by its lease alone, and the pool's lock orders the
  /// two. That makes it safe to pass between tasks although `Storage` itself need not be `Sendable`.
  private struct Item: @unchecked Sendable {
    let storage: Storage
  }

  private typealias Continuation = UnsafeContinuation<Item, any Error>

  /// The largest number of instances that ever exist.
  public let capacity: Int
  private let make: @Sendable () -> Storage
  private let machine: Guarded<LeaseStateMachine<Item, Continuation>>

  /// - Parameters:
  ///   - capacity: The largest number of instances, 1 or more.
  ///   - make: Makes a new instance, to which it keeps no reference. Called when all that exist are out.
  public init(capacity: Int, make: @escaping @Sendable () -> Storage) {
    precondition(capacity >= 1, "A lease pool needs room for at least one instance")
    self.capacity = capacity
    self.make = make
    machine = Guarded(LeaseStateMachine(capacity: capacity))
  }

  /// The number of leases that are out.
  public var outstanding: Int {
    machine.withLock { $0.outstanding }
  }

  /// Takes an instance, waiting in order of arrival while all are out.
  ///
  /// The storage is as its last holder left it: clear it before filling it.
  ///
  /// - Throws: `CancellationError`, holding nothing, when the task is or gets cancelled before its turn.
  public func lease() async throws -> Lease<Storage> {
    try Task.checkCancellation()
    switch machine.withLock({ $0.lease() }) {
    case .item(let item): return Lease(item.storage, from: self)
    case .make: return Lease(make(), from: self)
    case .wait(let id): return Lease(try await wait(id).storage, from: self)
    }
  }

  private func wait(_ id: WaiterID) async throws -> Item {
    try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { (continuation: Continuation) in
        switch machine.withLock({ $0.wait(continuation, id: id, isCancelled: Task.isCancelled) }) {
        case .item(let item): continuation.resume(returning: item)
        case .cancelled: continuation.resume(throwing: CancellationError())
        case .suspended: break
        }
      }
    } onCancel: {
      machine.withLock { $0.cancel(id) }?.resume(throwing: CancellationError())
    }
  }

  fileprivate func giveBack(_ storage: Storage) {
    let item = Item(storage: storage)
    machine.withLock { $0.giveBack(item) }?.resume(returning: item)
  }
}

/// The exclusive right to one instance of a ``LeasePool``'s storage, given back when the lease ends.
///
/// A lease ends where its value does: at the end of the scope, on a thrown error, with the ``Handoff`` or queue that
/// holds it. No code path has to remember to return it.
///
/// It is `Sendable` by contract rather than by proof: the lease moves between tasks, and one holder at a time uses
/// ``storage``. Never keep the reference longer than the lease; the next holder writes to the same instance.
public struct Lease<Storage: AnyObject>: ~Copyable, @unchecked Sendable {
  /// The leased instance. Bind it once before a hot loop.
  public let storage: Storage
  private let pool: LeasePool<Storage>

  fileprivate init(_ storage: Storage, from pool: LeasePool<Storage>) {
    self.storage = storage
    self.pool = pool
  }

  deinit {
    pool.giveBack(storage)
  }
}
