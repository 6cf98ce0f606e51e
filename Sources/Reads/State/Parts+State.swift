// How the parts of a summary are written and read. The order of the fields is the format.

extension ReadStatistics {
  func write(to writer: inout StateWriter) {
    writer.write(reads)
    writer.write(bases)
    writer.write(lengths)
    writer.write(longLengths)
    writer.write(gcPercents)
    writer.write(fiveMers)
    for table in tables { writer.write(table) }
  }

  init(from reader: inout StateReader) throws {
    self.init()
    reads = try reader.int()
    bases = try reader.int()
    lengths = try reader.ints()
    longLengths = try reader.counts()
    gcPercents = try reader.ints(101)
    fiveMers = try reader.ints(NarrowCounts.fiveMers)
    let tables = try (0..<tables.count).map { _ in try reader.numbers() }
    guard take(tables) else { throw reader.fault("a table of the state has another size") }
  }
}

extension FilterStatistics {
  func write(to writer: inout StateWriter) {
    for outcome in ReadOutcome.allCases { writer.write(reads(outcome)) }
    writer.write(adapterReads)
    writer.write(adapterBases)
    adapters1.write(to: &writer)
    adapters2.write(to: &writer)
    writer.write(polyXReads)
    writer.write(polyXBases)
    writer.write(correctedReads)
    writer.write(correctedBases)
    writer.write(insertSizes)
  }

  init(from reader: inout StateReader) throws {
    self.init()
    for outcome in ReadOutcome.allCases { count(outcome, reads: try reader.int()) }
    adapterReads = try reader.int()
    adapterBases = try reader.int()
    adapters1 = try SequenceCounts(from: &reader)
    adapters2 = try SequenceCounts(from: &reader)
    polyXReads = try reader.ints(4)
    polyXBases = try reader.ints(4)
    correctedReads = try reader.int()
    correctedBases = try reader.int()
    insertSizes = try reader.ints(Self.insertSizeLimit + 1)
  }
}

extension SequenceCounts {
  func write(to writer: inout StateWriter) {
    writer.write(longest.map { $0 + 1 } ?? 0)
    writer.write(uncounted)
    writer.write(table.count)
    for number in table.sorted() {
      writer.write(Array(table.sequence(number)))
      writer.write(table.count(of: number))
    }
  }

  init(from reader: inout StateReader) throws {
    self.init(capacity: FilterStatistics.adapterCapacity)
    let limit = try reader.int()
    uncounted = try reader.int()
    longest = limit == 0 ? nil : limit - 1
    for _ in 0..<(try reader.count()) { add(try reader.data(), count: try reader.int()) }
  }
}

extension DuplicateEstimate {
  func write(to writer: inout StateWriter) {
    writer.write(shards.count)
    for shard in shards {
      writer.write(shard.level)
      writer.write(shard.distinct)
      var last: UInt64 = 0
      for (key, count) in shard.entries {
        writer.write(key - last)
        writer.write(UInt64(count))
        last = key
      }
    }
  }

  init(from reader: inout StateReader) throws {
    self.init()
    let count = try reader.count()
    guard count == 0 || count == DuplicateCounter.shards else { throw reader.fault("the state has other shards") }
    for _ in 0..<count { shards.append(try DistinctSample(from: &reader)) }
  }
}

extension DistinctSample {
  fileprivate init(from reader: inout StateReader) throws {
    self.init(capacity: DuplicateCounter.capacity / DuplicateCounter.shards)
    raise(to: min(64, try reader.int()))
    var key: UInt64 = 0
    for _ in 0..<(try reader.count()) {
      let (next, overflow) = key.addingReportingOverflow(try reader.number())
      guard !overflow, let count = UInt32(exactly: try reader.number()), count > 0 else {
        throw reader.fault("the state holds a count that cannot be")
      }
      key = next
      add(key, count: count)
    }
  }
}

extension ReadChecksum {
  func write(to writer: inout StateWriter) {
    writer.write(reads)
    writer.write(sequence)
    writer.write(name)
    writer.write(quality)
  }

  init(from reader: inout StateReader) throws {
    self.init(
      reads: try reader.int(), sequence: try reader.number(), name: try reader.number(), quality: try reader.number())
    guard isInRange else { throw reader.fault("the state holds a checksum that cannot be") }
  }
}
