import Crypto

/// The size in bytes and the SHA-256 (64 hexadecimal digits) of a file as stored. Blocks.
/// - Throws: `InputError` of kind `unreadable`; `OutputError` of kind `failed` when reading fails.
public func fileDigest(_ path: String, progress: ProgressCounter? = nil) throws -> (bytes: Int, sha256: String) {
  let reader = try RawReader(InputFile(path: path, hashes: true, progress: progress))
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
  defer { buffer.deallocate() }
  while try reader.fill(buffer) == buffer.count {}
  return (reader.bytesRead, reader.sha256 ?? "")
}

/// The SHA-256 (64 hexadecimal digits) of bytes in memory.
public func digest(ofBytes bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }
