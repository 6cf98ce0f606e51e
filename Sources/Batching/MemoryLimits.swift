#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The memory that a process may use.
public enum MemoryBudget {
  /// The bytes that this process may use: the least of the machine's memory, its control group's limit (version 2
  /// `memory.max`, version 1 `memory.limit_in_bytes`) and what Slurm gave the job (`SLURM_MEM_PER_NODE`, or
  /// `SLURM_MEM_PER_CPU` for each of `SLURM_CPUS_ON_NODE`).
  public static func available() -> Int {
    MemoryLimits(
      machine: Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE))),
      environment: { name in getenv(name).map { String(cString: $0) } },
      contents: readSmallFile
    ).bytes
  }
}

/// Where the limits are read from; tests give their own.
struct MemoryLimits {
  /// Bytes of the machine.
  var machine: Int
  var environment: (String) -> String?
  /// A file's text; `nil` when it cannot be read.
  var contents: (String) -> String?

  var bytes: Int {
    ([machine] + controlGroups + [slurmShare].compactMap(\.self)).filter { $0 > 0 }.min() ?? 1 << 30
  }

  /// Slurm's numbers are megabytes, of 1,048,576 bytes; 0 is all of the node.
  private var slurmShare: Int? {
    func number(_ name: String) -> Int? { environment(name).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } }
    if let node = number("SLURM_MEM_PER_NODE") { return node << 20 }
    guard let each = number("SLURM_MEM_PER_CPU") else { return nil }
    return (each * (number("SLURM_CPUS_ON_NODE") ?? 1)) << 20
  }

  /// A parent group's limit binds its children, so every level up to the root counts, as it does for processors.
  private var controlGroups: [Int] {
    guard let groups = contents("/proc/self/cgroup") else { return [] }
    var limits: [Int] = []
    for line in groups.split(separator: "\n") {
      // hierarchy-ID:controller-list:path, cgroups(7)
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      let isUnified = fields[1].isEmpty
      guard isUnified || fields[1].split(separator: ",").contains("memory") else { continue }
      let file = isUnified ? "memory.max" : "memory.limit_in_bytes"
      let names = fields[2].split(separator: "/")
      for depth in 0...names.count {
        let level = names.prefix(depth).map { "/" + $0 }.joined()
        let folder = "/sys/fs/cgroup" + (isUnified ? "" : "/memory") + level
        // "max", and in version 1 a number beyond any machine, is no limit.
        if let text = contents("\(folder)/\(file)")?.split(whereSeparator: \.isWhitespace).first, let limit = Int(text)
        {
          limits.append(limit)
        }
      }
    }
    return limits
  }
}
