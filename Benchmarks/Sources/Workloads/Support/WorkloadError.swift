/// Why a workload cannot be made. `description` is the one line that a person reads.
public struct WorkloadError: Error, CustomStringConvertible, Sendable {
  /// What is wrong, and what to do.
  public let description: String

  /// Makes an error from its one line.
  public init(_ description: String) {
    self.description = description
  }
}
