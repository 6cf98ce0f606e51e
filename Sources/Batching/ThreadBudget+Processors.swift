#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension ThreadBudget {
  /// The number of processors that this process may use: the least of its CPU affinity, its control group's quota
  /// (version 2 `cpu.max`, version 1 `cpu.cfs_quota_us`, rounded up) and `SLURM_CPUS_PER_TASK`; at least 1.
  ///
  /// A container or a batch job sees all processors of its node but is throttled when it uses more than its share.
  public static func availableProcessors() -> Int {
    ProcessorLimits(
      online: Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))),
      environment: { name in getenv(name).map { String(cString: $0) } },
      contents: readSmallFile
    ).processors
  }
}

/// Where the limits are read from; tests give their own.
struct ProcessorLimits {
  /// Processors of the machine that are switched on.
  var online: Int
  var environment: (String) -> String?
  /// A file's text; `nil` when it cannot be read.
  var contents: (String) -> String?

  var processors: Int {
    let limits = [online, affinity, controlGroupQuota, slurmShare].compactMap(\.self)
    return max(1, limits.min() ?? 1)
  }

  /// The mask that `sched_getaffinity` returns, as text: 32-bit groups of hexadecimal digits. Read from the file because
  /// the call is a GNU extension that Swift's Glibc module does not show; it also has no upper limit of processors.
  private var affinity: Int? {
    guard
      let line = contents("/proc/self/status")?.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed:") })
    else { return nil }
    let count = line.dropFirst("Cpus_allowed:".count).reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
    return count > 0 ? count : nil
  }

  private var slurmShare: Int? {
    environment("SLURM_CPUS_PER_TASK").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
  }

  /// A parent group's quota binds its children, so every level up to the root counts. In a container the host's path
  /// may not exist below the mount; its missing levels are skipped and the mount's root is what applies.
  private var controlGroupQuota: Int? {
    guard let groups = contents("/proc/self/cgroup") else { return nil }
    var quotas: [Int] = []
    for line in groups.split(separator: "\n") {
      // hierarchy-ID:controller-list:path, cgroups(7)
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      for level in levels(fields[2]) {
        if fields[1].isEmpty {
          quotas.append(contentsOf: unifiedQuota("/sys/fs/cgroup" + level))
        } else if fields[1].split(separator: ",").contains("cpu") {
          quotas.append(contentsOf: legacyQuota("/sys/fs/cgroup/\(fields[1])" + level))
          quotas.append(contentsOf: legacyQuota("/sys/fs/cgroup/cpu" + level))
        }
      }
    }
    return quotas.min()
  }

  /// "/a/b" as "/a/b", "/a" and "".
  private func levels(_ path: Substring) -> [String] {
    let names = path.split(separator: "/")
    return (0...names.count).reversed().map { depth in names.prefix(depth).map { "/" + $0 }.joined() }
  }

  /// "max 100000" or "150000 100000": microseconds of CPU time per period.
  private func unifiedQuota(_ directory: String) -> [Int] {
    guard let text = contents(directory + "/cpu.max") else { return [] }
    let fields = text.split(whereSeparator: \.isWhitespace).map { Int($0) }
    guard fields.count == 2, let quota = fields[0], let period = fields[1] else { return [] }
    return processors(quota, period)
  }

  private func legacyQuota(_ directory: String) -> [Int] {
    func number(_ name: String) -> Int? {
      contents("\(directory)/\(name)")?.split(whereSeparator: \.isWhitespace).first.flatMap { Int($0) }
    }
    // A quota of -1 means none.
    guard let quota = number("cpu.cfs_quota_us"), let period = number("cpu.cfs_period_us") else { return [] }
    return processors(quota, period)
  }

  private func processors(_ quota: Int, _ period: Int) -> [Int] {
    guard quota > 0, period > 0 else { return [] }
    return [(quota - 1) / period + 1]
  }
}

/// Files below `/proc` and `/sys` have no size to ask for; those read here fit a page.
func readSmallFile(_ path: String) -> String? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  return String(unsafeUninitializedCapacity: 4096) { buffer in
    max(0, read(descriptor, buffer.baseAddress, buffer.count))
  }
}
