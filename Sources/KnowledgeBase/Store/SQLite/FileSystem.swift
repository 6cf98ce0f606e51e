#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is known of the file system that a file lies on.
enum FileSystem {
  /// Whether it is surely one of this machine's own disks or memory: of those that are not known, none is.
  static func isLocal(_ path: String) -> Bool {
    #if canImport(Darwin)
      var status = statfs()
      return !path.isEmpty && statfs(path, &status) == 0 && status.f_flags & UInt32(MNT_LOCAL) != 0
    #else
      guard !path.isEmpty, let resolved = realpath(path, nil) else { return false }
      defer { free(resolved) }
      guard let mounts = contents("/proc/self/mounts") else { return false }
      return kind(of: String(cString: resolved), mounts: mounts).map { local.contains($0) } ?? false
    #endif
  }

  private static let local: Set<String> = ["ext2", "ext3", "ext4", "xfs", "btrfs", "tmpfs", "overlay", "zfs", "f2fs"]

  /// The kind of the file system that holds an absolute path.
  /// - Parameter mounts: lines of proc(5)'s `mounts`; of two at one place the later hides the other.
  static func kind(of path: String, mounts: String) -> String? {
    var best: (length: Int, kind: String)?
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count >= 3 else { continue }
      let place = unescaped(fields[1])
      guard place == "/" || path == place || path.hasPrefix(place + "/") else { continue }
      if place.utf8.count >= best?.length ?? 0 { best = (place.utf8.count, String(fields[2])) }
    }
    return best?.kind
  }

  /// Spaces and the like stand as three octal digits.
  private static func unescaped(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), let value = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8) {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func contents(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = read(descriptor, &part, part.count)
      guard count >= 0 else { return nil }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += part[..<count]
    }
  }
}
