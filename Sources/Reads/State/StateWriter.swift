/// Writes the numbers of a state file: integers of seven bits a byte, lowest first (LEB128).
struct StateWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func write(_ value: Int) { write(UInt64(value)) }

  mutating func write(_ values: [UInt8]) {
    write(values.count)
    bytes += values
  }

  mutating func write(_ text: String) { write(Array(text.utf8)) }

  mutating func write(_ values: [Int]) {
    write(values.count)
    for value in values { write(value) }
  }

  mutating func write(_ values: [UInt64]) {
    write(values.count)
    for value in values { write(value) }
  }

  mutating func write(_ counts: [Int: Int]) {
    write(counts.count)
    for (key, count) in counts.sorted(by: { $0.key < $1.key }) {
      write(key)
      write(count)
    }
  }

  mutating func write(_ counts: [String: Int]) {
    write(counts.count)
    for (key, count) in counts.sorted(by: { $0.key < $1.key }) {
      write(key)
      write(count)
    }
  }
}
