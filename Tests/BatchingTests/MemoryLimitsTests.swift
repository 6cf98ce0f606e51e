import Testing

@testable import Batching

@Suite struct MemoryLimitsTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var environment: [String: String] = [:]
    var files: [String: String] = [:]
    /// MiB.
    var expected: Int
  }

  static let cases = [
    Case(testDescription: "nothing to read: the machine", expected: 16_384),
    Case(testDescription: "Slurm's share of a node", environment: ["SLURM_MEM_PER_NODE": "4096"], expected: 4096),
    Case(
      testDescription: "Slurm's share for each processor",
      environment: ["SLURM_MEM_PER_CPU": "500", "SLURM_CPUS_ON_NODE": "4"], expected: 2000),
    Case(
      testDescription: "a whole node, which Slurm calls 0", environment: ["SLURM_MEM_PER_NODE": "0"], expected: 16_384),
    Case(
      testDescription: "a share above the machine", environment: ["SLURM_MEM_PER_NODE": "999999"], expected: 16_384),
    Case(
      testDescription: "version 2, the parent's limit binds",
      files: [
        "/proc/self/cgroup": "0::/slurm/job_1\n", "/sys/fs/cgroup/slurm/job_1/memory.max": "max\n",
        "/sys/fs/cgroup/slurm/memory.max": "1073741824\n",
      ], expected: 1024),
    Case(
      testDescription: "version 1, and its number for no limit",
      files: [
        "/proc/self/cgroup": "9:memory:/job\n4:cpu,cpuacct:/job\n",
        "/sys/fs/cgroup/memory/job/memory.limit_in_bytes": "2147483648\n",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
      ], expected: 2048),
  ]

  @Test(arguments: cases) func theLeastBinds(one: Case) {
    let limits = MemoryLimits(
      machine: 16 << 30, environment: { one.environment[$0] }, contents: { one.files[$0] })
    #expect(limits.bytes >> 20 == one.expected)
  }

  @Test func thisProcessMayUseSomeMemory() { #expect(MemoryBudget.available() > 1 << 20) }
}
