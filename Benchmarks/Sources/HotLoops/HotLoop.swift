/// A loop that a laboratory waits for, on data that are made from a seed. One pass takes some milliseconds on one thread.
public struct HotLoop: Sendable {
  /// As `apus-hotloops` and the thresholds call it.
  public let name: String
  /// What a pass does.
  public let summary: String
  let work: @Sendable (HotLoopData) async throws -> Int

  /// Passes that are counted together. A planted regression is a pass more, which is 20 % of them.
  public static let passes = 5

  /// One pass.
  /// - Returns: what it saw: bytes, records, bases; never 0.
  /// - Throws: whatever the library throws, and `HotLoopError` where the pass saw nothing: a loop without work is fast.
  public func pass(over data: HotLoopData) async throws -> Int {
    let seen = try await work(data)
    guard seen > 0 else { throw HotLoopError("\(name): the pass saw nothing") }
    return seen
  }

  /// All of them.
  public static let all = containers + variants + annotation + reads + alignments + base

  /// The loop of that name.
  public static func named(_ name: String) throws(HotLoopError) -> HotLoop {
    guard let loop = all.first(where: { $0.name == name }) else {
      throw HotLoopError("no loop is called \(name); there are \(all.map(\.name).joined(separator: ", "))")
    }
    return loop
  }
}

/// What is wrong with a request or its data.
public struct HotLoopError: Error, CustomStringConvertible {
  /// The fault.
  public let description: String

  init(_ description: String) { self.description = description }
}
