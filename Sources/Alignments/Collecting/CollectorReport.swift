/// What collectors say they found.
public struct CollectorReport: Sendable {
  /// A file in the layout of a known tool.
  public struct File: Sendable, Equatable {
    /// What is put behind the prefix of outputs: `.flagstat.txt`. Compressed where it ends in `.gz`.
    public var suffix: String
    /// The content, before compression.
    public var bytes: [UInt8]
  }

  /// The files, in the collectors' order.
  public private(set) var files: [File] = []
  /// The metrics, in the collectors' order.
  public var metrics: [AlignmentMetrics.Metric] = []
  /// What was odd but legal, with its count.
  public var warnings: [String: Int] = [:]
  /// Why something has no value, with its count. No warning: what a run was not given is no fault of its inputs.
  public var unknowns: [String: Int] = [:]

  /// Nothing found.
  public init() {}

  /// Adds a file.
  public mutating func add(_ suffix: String, _ text: String) { add(suffix, Array(text.utf8)) }

  /// Adds a file.
  public mutating func add(_ suffix: String, _ bytes: [UInt8]) { files.append(File(suffix: suffix, bytes: bytes)) }
}
