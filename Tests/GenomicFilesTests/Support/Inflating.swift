import CCompression

/// What a DEFLATE stream holds, by libdeflate and by ISA-L; nil where they refuse it or disagree.
func inflate(_ stream: [UInt8], to count: Int) -> [UInt8]? {
  guard let first = inflateByLibdeflate(stream, to: count) else { return nil }
  return first == inflateByISAL(stream, to: count) ? first : nil
}

private func inflateByLibdeflate(_ stream: [UInt8], to count: Int) -> [UInt8]? {
  guard let decompressor = libdeflate_alloc_decompressor() else { return nil }
  defer { libdeflate_free_decompressor(decompressor) }
  var bytes = [UInt8](repeating: 0, count: count)
  // Without a place for the size, anything but `count` bytes is an error.
  let result = libdeflate_deflate_decompress(decompressor, stream, stream.count, &bytes, count, nil)
  return result == LIBDEFLATE_SUCCESS ? bytes : nil
}

private func inflateByISAL(_ stream: [UInt8], to count: Int) -> [UInt8]? {
  var state = inflate_state()
  isal_inflate_init(&state)
  var stream = stream
  // One byte more than wanted, so that a longer stream is seen.
  var bytes = [UInt8](repeating: 0, count: count + 1)
  let isWhole = stream.withUnsafeMutableBufferPointer { input in
    bytes.withUnsafeMutableBufferPointer { output in
      state.next_in = input.baseAddress
      state.avail_in = UInt32(input.count)
      state.next_out = output.baseAddress
      state.avail_out = UInt32(output.count)
      return isal_inflate(&state) == ISAL_DECOMP_OK && state.block_state == ISAL_BLOCK_FINISH
    }
  }
  guard isWhole, state.total_out == UInt32(count) else { return nil }
  return Array(bytes[..<count])
}
