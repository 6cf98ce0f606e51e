/// The values of a statement in the binary format of libpq.
struct PostgreSQLParameters {
  private var bytes: [UInt8] = []
  /// Where each value begins; nil for NULL.
  private var starts: [Int?] = []
  private var lengths: [Int32] = []

  init(_ values: [any StoreConvertible]) throws {
    for value in values {
      let start = bytes.count
      switch value.storeValue {
      case .null:
        starts.append(nil)
        lengths.append(0)
        continue
      case .integer(let number): bytes.append(bigEndian: number)
      case .text(let text): bytes += text.utf8
      case .bytes(let data): bytes += data
      case .other: throw ByteReader.Damaged()
      }
      starts.append(start)
      lengths.append(Int32(bytes.count - start))
    }
    // Also a value of no bytes has an address.
    bytes.append(0)
  }

  /// The arrays that libpq takes.
  func withArrays<R>(
    _ body: (
      _ count: Int32, _ values: UnsafePointer<UnsafePointer<CChar>?>?, _ lengths: UnsafePointer<Int32>?,
      _ formats: UnsafePointer<Int32>?
    ) throws -> R
  ) rethrows -> R {
    try bytes.withUnsafeBytes { buffer in
      let values = starts.map { start in
        start.flatMap { start in buffer.baseAddress.map { ($0 + start).assumingMemoryBound(to: CChar.self) } }
      }
      let formats = [Int32](repeating: 1, count: starts.count)
      return try body(Int32(starts.count), values, lengths, formats)
    }
  }
}

extension [UInt8] {
  /// Appends an integer in network order.
  mutating func append<I: FixedWidthInteger>(bigEndian value: I) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }
}
