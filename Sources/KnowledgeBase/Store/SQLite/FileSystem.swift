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
    guard !path.isEmpty else { return false }
    var status = statfs()
    guard statfs(path, &status) == 0 else { return false }
    #if canImport(Darwin)
      return status.f_flags & UInt32(MNT_LOCAL) != 0
    #else
      return local.contains(UInt32(truncatingIfNeeded: status.f_type))
    #endif
  }

  /// ext, XFS, Btrfs, tmpfs, overlayfs, ZFS, F2FS by their magic numbers (statfs(2)).
  private static let local: Set<UInt32> = [
    0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630, 0x2FC1_2FC1, 0xF2F5_2010,
  ]
}
