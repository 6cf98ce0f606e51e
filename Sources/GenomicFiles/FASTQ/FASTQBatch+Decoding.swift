import Genomics

extension FASTQBatch {
  /// Decodes the qualities of all records in place. For the reader, before anybody else holds the batch.
  /// - Throws: `InputError` of kind `malformed` for the first record at fault.
  func decoding(_ encoding: QualityEncoding, keepsOriginals: Bool) throws -> FASTQBatch {
    // Checked before: a byte that the encoding does not have has no Phred score.
    try validate(0..<count, encoding: encoding)
    let data = framed.chunk.data
    var originals: ByteBuffer?
    if keepsOriginals {
      let copy = ByteBuffer(capacity: data.count)
      copy.append(data.bytes)
      originals = copy
    }
    let table = encoding.decoding
    let qualities = withRecords { view in (0..<count).map { view.line(3, of: $0) } }
    let bytes = data.mutableBytes
    for range in qualities {
      for index in range { bytes[index] = table[Int(bytes[index])] }
    }
    return FASTQBatch(framed, firstRecord: firstRecord, path: path, originals: originals, selection: selection)
  }
}
