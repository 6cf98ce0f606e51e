import Testing

@testable import Batching

@Suite struct ProcessorLimitsTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var slurm: String?
    var files: [String: String] = [:]
    var expected: Int
  }

  static let cases = [
    Case(testDescription: "nothing to read: the processors online", expected: 16),
    Case(
      testDescription: "affinity of a 64-processor mask with five bits",
      files: ["/proc/self/status": "Name:\tapus\nCpus_allowed:\t00000000,0000001f\nCpus_allowed_list:\t0-4\n"],
      expected: 5),
    Case(testDescription: "Slurm's share", slurm: "4", expected: 4),
    Case(testDescription: "a Slurm share that is no number", slurm: "four", expected: 16),
    Case(testDescription: "a Slurm share of zero", slurm: "0", expected: 16),
    Case(testDescription: "a Slurm share above the machine", slurm: "99", expected: 16),
    Case(
      testDescription: "version 2, rounded up",
      files: ["/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "250000 100000\n"], expected: 3),
    Case(
      testDescription: "version 2, exact",
      files: ["/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "200000 100000\n"], expected: 2),
    Case(
      testDescription: "version 2, no limit",
      files: ["/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "max 100000\n"], expected: 16),
    Case(
      testDescription: "version 2, less than one processor",
      files: ["/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "20000 100000\n"], expected: 1),
    Case(
      testDescription: "version 2, the parent's quota binds",
      files: [
        "/proc/self/cgroup": "0::/slurm/job_1/step_0\n", "/sys/fs/cgroup/slurm/job_1/step_0/cpu.max": "max 100000\n",
        "/sys/fs/cgroup/slurm/job_1/cpu.max": "600000 100000\n",
      ], expected: 6),
    Case(
      testDescription: "version 1 in a container that does not show the host's path",
      files: [
        "/proc/self/cgroup": "12:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n",
        "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "350000\n",
        "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
      ], expected: 4),
    Case(
      testDescription: "version 1, no limit",
      files: [
        "/proc/self/cgroup": "4:cpu:/\n", "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
        "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
      ], expected: 16),
    Case(
      testDescription: "the least of all", slurm: "7",
      files: [
        "/proc/self/status": "Cpus_allowed:\tff\n", "/proc/self/cgroup": "0::/\n",
        "/sys/fs/cgroup/cpu.max": "900000 100000\n",
      ], expected: 7),
    Case(
      testDescription: "files that make no sense are no limit",
      files: [
        "/proc/self/status": "Cpus_allowed:\n", "/proc/self/cgroup": "nonsense\n0::\n",
        "/sys/fs/cgroup/cpu.max": "one two three\n",
      ], expected: 16),
  ]

  @Test(arguments: cases)
  func theLeastLimitCounts(_ example: Case) {
    let limits = ProcessorLimits(
      online: 16, environment: { $0 == "SLURM_CPUS_PER_TASK" ? example.slurm : nil }, contents: { example.files[$0] })
    #expect(limits.processors == example.expected)
  }

  @Test func thisMachineHasAtLeastOne() {
    #expect(ThreadBudget.availableProcessors() >= 1)
  }
}
