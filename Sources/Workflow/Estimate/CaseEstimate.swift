/// What a case will need, told before it is run from the sizes of its files alone.
public struct CaseEstimate: Sendable, Equatable {
  /// The case.
  public var name: String
  /// `routine`, `urgent`, `asap` or `stat`: the sheet's word, else its referral's.
  public var urgency: String
  /// Its samples.
  public var samples: Int
  /// The stored bytes of its inputs.
  public var inputBytes: Int
  /// Threads that are of use, at most those of the run.
  public var threads: Int
  /// The most memory that it will hold at that many threads, in bytes. An upper bound.
  public var memoryBytes: Int
  /// The bytes of its outputs. An upper bound.
  public var diskBytes: Int
  /// Seconds from start to end at that many threads: from a machine that is twice as fast as the one that was measured
  /// to one that is three times as slow, shared file systems included.
  public var seconds: ClosedRange<Double>

  /// The columns of ``line``.
  public static let header =
    "case\turgency\tsamples\tinput_mb\tthreads\tmemory_mb\tdisk_mb\tminutes_from\tminutes_to"

  /// The estimate as tab-separated text; megabytes are of 1,048,576 bytes, and everything is rounded up.
  public var line: String {
    func megabytes(_ bytes: Int) -> Int { (bytes + (1 << 20) - 1) >> 20 }
    func minutes(_ seconds: Double) -> Int { Int((seconds / 60).rounded(.up)) }
    return
      ([name, urgency]
      + [
        samples, megabytes(inputBytes), threads, megabytes(memoryBytes), megabytes(diskBytes),
        minutes(seconds.lowerBound), minutes(seconds.upperBound),
      ].map(String.init)).joined(separator: "\t")
  }
}
