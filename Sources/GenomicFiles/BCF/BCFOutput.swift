public import Genomics

/// A BCF's header as bytes, and encoders for its records.
///
/// The header's dictionaries stand fixed before the first record, so a record with a contig, filter or key that the header
/// does not declare cannot be written.
public struct BCFOutput: Sendable {
  /// The header with which records are encoded: `PASS` is declared first, as htslib does.
  public let header: VCFHeader

  let dictionary: BCFDictionary

  /// The header as BCF has it; `IDX` that it may carry are given anew.
  /// - Throws: `InputError` of kind `malformed` where an `IDX` that stands elsewhere than behind a comma cannot be.
  public init(header: VCFHeader, path: String) throws(InputError) {
    var header = header
    header.metaLines = header.metaLines.map(BCFDictionary.withoutPlace)
    header.metaLines.removeAll { line in
      VCFMetaLine(line).map { $0.key == "FILTER" && $0["ID"] == "PASS" } ?? false
    }
    header.metaLines.insert("##FILTER=<ID=PASS,Description=\"All filters passed\">", at: 1)
    self.header = header
    dictionary = try BCFDictionary(header.metaLines, path: path)
  }

  /// The contigs in the header's order, for an index.
  public var contigs: [String] { header.contigs.contigs.map(\.name) }

  /// Magic, length and text of the header (VCF 4.5, section 6.2).
  public var headerBytes: [UInt8] {
    var shown = header
    shown.metaLines = header.metaLines.map(dictionary.withPlace)
    let text = Array(shown.text.utf8) + [0]
    var bytes: [UInt8] = Array("BCF".utf8) + [2, 2]
    withUnsafeBytes(of: UInt32(text.count).littleEndian) { bytes.append(contentsOf: $0) }
    return bytes + text
  }
}

/// A record that BCF cannot hold, with the field at fault.
public struct BCFEncodingFault: Error {
  /// What is wrong.
  public var reason: String
}

/// Encodes lines for one output; each worker has its own.
public struct BCFLineEncoder {
  private let encoder: BCFEncoder

  /// An encoder for a header.
  public init(_ output: BCFOutput) {
    encoder = BCFEncoder(header: output.header, dictionary: output.dictionary)
  }

  /// Appends the record of a line, which is without its line feed.
  public func append(_ line: UnsafeRawBufferPointer, to output: inout [UInt8]) throws(BCFEncodingFault) {
    do throws(BCFEncoder.Fault) {
      try encoder.append(line, to: &output)
    } catch {
      throw BCFEncodingFault(reason: error.reason)
    }
  }
}
