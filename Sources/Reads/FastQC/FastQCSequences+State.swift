extension FastQCSequences {
  /// All of it in plain arrays, to be kept in a file.
  public struct State: Sendable, Equatable {
    /// The letters of all sequences in upper case, one after the other, in the order in which sequences came.
    public var letters: [UInt8]
    /// The length of each sequence, 0 to 75 bases.
    public var lengths: [UInt8]
    /// Reads by sequence.
    public var counts: [UInt64]
    /// All reads.
    public var reads: Int
    /// Reads up to the one that brought the 100,000th sequence; all reads while there are fewer.
    public var readsAtLimit: Int

    /// A state of these parts.
    public init(letters: [UInt8], lengths: [UInt8], counts: [UInt64], reads: Int, readsAtLimit: Int) {
      self.letters = letters
      self.lengths = lengths
      self.counts = counts
      self.reads = reads
      self.readsAtLimit = readsAtLimit
    }
  }

  /// What has been counted.
  public var state: State {
    State(
      letters: counts.indices.flatMap { table.letters($0) }, lengths: table.lengths, counts: counts, reads: reads,
      readsAtLimit: readsAtLimit)
  }

  /// Goes on from a state; nil where its parts cannot belong together.
  public init?(_ state: State) {
    self.init()
    guard state.isConsistent else { return nil }
    var start = 0
    for (length, count) in zip(state.lengths, state.counts) {
      let letters = Array(state.letters[start..<start + Int(length)])
      let before = counts.count
      add(letters, times: count)
      // Each sequence is there once.
      guard counts.count > before else { return nil }
      start += Int(length)
    }
    reads = state.reads
    readsAtLimit = state.readsAtLimit
  }

  /// Adds a later part of the same sample, such as its next lane, as though its reads came after these.
  ///
  /// Equal to one file of both while that has fewer than 100,000 sequences, and where these are full and the later part is
  /// not. Else an estimate, since the later part has not followed the sequences that are followed here.
  public mutating func append(_ later: FastQCSequences) {
    let wasFrozen = isFrozen
    for sequence in later.counts.indices { add(later.table.letters(sequence), times: later.counts[sequence]) }
    if !wasFrozen { readsAtLimit = reads + later.readsAtLimit }
    reads += later.reads
  }

  /// Counts a sequence, and takes it up where there is room.
  private mutating func add(_ letters: [UInt8], times: UInt64) {
    letters.withUnsafeBytes { letters in
      let key = FastQCSequenceKey(letters)
      if let number = table.find(key) {
        counts[number] &+= times
      } else if !isFrozen {
        table.append(key)
        counts.append(times)
      }
    }
  }
}

extension FastQCSequences.State {
  /// Whether the parts can be those of one file, as far as can be told without comparing sequences.
  fileprivate var isConsistent: Bool {
    guard lengths.count == counts.count, lengths.count <= FastQCSequenceTable.limit,
      lengths.allSatisfy({ $0 <= FastQCSequenceKey.longest }), letters.count == lengths.reduce(0, { $0 + Int($1) }),
      reads >= 0, counts.allSatisfy({ $0 > 0 && $0 <= UInt64(reads) })
    else { return false }
    let isFull = lengths.count == FastQCSequenceTable.limit
    return isFull ? readsAtLimit >= lengths.count && readsAtLimit <= reads : readsAtLimit == reads
  }
}
