@testable import GenomicFiles

/// Gives a line's record for the time of `body`: columns and samples as VCF separates them, a position that is a number.
func withRecord<R>(_ line: String, _ body: (VariantRecords) throws -> R) rethrows -> R {
  let bytes = Array(line.utf8)
  let tabs = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\t") }.prefix(9)
  let ends = (tabs + Array(repeating: bytes.count, count: 9 - tabs.count)).map { UInt32($0) }
  return try bytes.withUnsafeBytes { bytes in
    try ends.withUnsafeBufferPointer { columnEnds in
      try [0 as UInt32].withUnsafeBufferPointer { starts in
        try [UInt32(bytes.count)].withUnsafeBufferPointer { ends in
          try [1 as Int32].withUnsafeBufferPointer { positions in
            try body(
              VariantRecords(bytes: bytes, columnEnds: columnEnds, starts: starts, ends: ends, positions: positions))
          }
        }
      }
    }
  }
}
