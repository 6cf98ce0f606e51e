import Genomics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What stands at a path.
public enum PathContent: Sendable, Equatable {
  /// Nothing.
  case absent
  /// A folder with nothing in it.
  case emptyFolder
  /// A folder with something in it.
  case folder
  /// A file of this many bytes, or a device or pipe.
  case file(bytes: Int)
}

/// Tells what stands at a path. Blocks.
public func content(at path: String) -> PathContent {
  var status = stat()
  guard stat(path, &status) == 0 else { return .absent }
  guard status.st_mode & S_IFMT == S_IFDIR else { return .file(bytes: Int(status.st_size)) }
  guard let folder = opendir(path) else { return .folder }
  defer { closedir(folder) }
  while let entry = readdir(folder) {
    let isDots = withUnsafeBytes(of: &entry.pointee.d_name) { name in
      name[0] == UInt8(ascii: ".") && (name[1] == 0 || (name[1] == UInt8(ascii: ".") && name[2] == 0))
    }
    if !isDots { return .folder }
  }
  return .emptyFolder
}

/// Makes a folder and those above it, where they are missing. Blocks.
/// - Throws: `OutputError` of kind `cannotCreate`.
public func makeFolder(_ path: String) throws {
  var made = path.hasPrefix("/") ? "/" : ""
  for part in path.split(separator: "/") {
    made += made.isEmpty || made.hasSuffix("/") ? String(part) : "/" + part
    guard mkdir(made, 0o777) != 0, errno != EEXIST else { continue }
    // A folder above may stand on a read-only file system and be there all the same.
    if case .folder = content(at: made) { continue }
    if case .emptyFolder = content(at: made) { continue }
    throw OutputError(
      .cannotCreate, path: path, reason: "cannot be made: \(systemMessage(errno))", remedy: "check the folder above it")
  }
}

/// Reads a small file whole. Blocks.
/// - Throws: `InputError` of kind `unreadable`, or `malformed` beyond `limit` bytes.
public func readWhole(_ path: String, limit: Int = 64 << 20) throws -> [UInt8] {
  let reader = try RawReader(InputFile(path: path))
  var bytes: [UInt8] = []
  var status = stat()
  // Room at once for what a regular file says that it holds; what it does hold is counted below.
  if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, (0...Int64(limit)).contains(Int64(status.st_size)) {
    bytes.reserveCapacity(Int(status.st_size))
  }
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
  defer { buffer.deallocate() }
  while true {
    let count = try reader.fill(buffer)
    bytes.append(contentsOf: buffer[..<count])
    guard bytes.count <= limit else {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the file is larger than \(limit) bytes",
        remedy: "check that it is the right file")
    }
    if count < buffer.count { return bytes }
  }
}

/// Whether a path names a regular file, which can be read twice, not a pipe or device. Blocks.
public func isRegularFile(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
}
