import GenomicFiles

/// Finds reads or pairs whose bases were all seen before, in the order of the file.
///
/// Exact but for collisions of 128-bit hashes (fewer than one in 10^18 for 10^10 reads). 16 bytes a distinct read and
/// room to grow: 32 to 64 bytes each, 25 to 50 GB for the 800 M pairs of a 60x genome.
struct ExactDuplicates {
  private var seen: Set<Key> = []

  private struct Key: Hashable {
    let a: UInt64
    let b: UInt64

    func hash(into hasher: inout Hasher) { hasher.combine(a) }
  }

  /// Which of a unit's records have bases that were seen before.
  mutating func flags(_ unit: FASTQUnit) -> [Bool] {
    unit.read1.batch.withRecords { records1 in
      guard let read2 = unit.read2 else {
        return unit.read1.records.map { isSeen(Self.key(RecordInWork(records1, $0).original, nil)) }
      }
      return read2.batch.withRecords { records2 in
        zip(unit.read1.records, read2.records).map {
          isSeen(Self.key(RecordInWork(records1, $0).original, RecordInWork(records2, $1).original))
        }
      }
    }
  }

  private mutating func isSeen(_ key: Key) -> Bool { !seen.insert(key).inserted }

  private static func key(_ read1: WorkingRead, _ read2: WorkingRead?) -> Key {
    var (a, b) = (
      SequenceHash.hash(read1.sequence, read1.length), SequenceHash.hash(read1.sequence, read1.length, secondStart)
    )
    if let read2 {
      a = SequenceHash.hash(read2.sequence, read2.length, a)
      b = SequenceHash.hash(read2.sequence, read2.length, b)
    }
    return Key(a: a, b: b)
  }

  private static let secondStart: UInt64 = 0x510E_527F_ADE6_82D1
}
