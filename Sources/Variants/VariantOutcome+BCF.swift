import GenomicFiles
import Genomics

extension VariantOutcome {
  /// Turns the lines into BCF records; where they end goes with them.
  /// - Throws: `InputError` of kind `malformed` for a record that BCF cannot hold.
  mutating func encode(as output: BCFOutput, path: String) throws {
    let encoder = BCFLineEncoder(output)
    var encoded: [UInt8] = []
    encoded.reserveCapacity(bytes.count)
    var start = 0
    try bytes.withUnsafeBytes { bytes in
      for run in runs {
        for index in run.lines {
          let line = UnsafeRawBufferPointer(rebasing: bytes[start..<(lines[index].end - 1)])
          start = lines[index].end
          do throws(BCFEncodingFault) {
            try encoder.append(line, to: &encoded)
          } catch {
            throw InputError(
              .malformed, at: InputLocation(file: path),
              "the record at \(run.contig):\(lines[index].position) cannot be written as BCF: \(error.reason)",
              remedy: "correct the header or the record, or write .vcf.gz")
          }
          lines[index].end = encoded.count
        }
      }
    }
    bytes = encoded
  }
}
