import GenomicFiles

// What must be refused is, with its exit code, and leaves no output.
extension Selftest {
  mutating func checkRefusals() throws {
    let genome = ["-f", "genome.fa"]
    if try done("N-01", "a cut file is refused", ["vcf", "norm", "norm.vcf"] + genome + ["-o", "whole.vcf.gz"]) {
      let whole = try readWhole(path("whole.vcf.gz"))
      try write(Array(whole.dropLast(whole.count / 3)), to: "cut.vcf.gz")
      try refuse("N-01", "a cut file is refused", ["vcf", "stats", "cut.vcf.gz", "-o", "refused"], 65)
    }
    if case .file = content(at: path("self.cache")) {
      var bytes = try readWhole(path("self.cache"))
      bytes[bytes.count / 2] ^= 1
      try write(bytes, to: "damaged.cache")
      try refuse(
        "N-02", "a cache with a changed bit is refused",
        ["vcf", "annotate", "norm.vcf", "-c", "damaged.cache", "-o", "refused.vcf"], 78)
    }
    let refusals: [(id: String, title: String, arguments: [String], code: Int32)] = [
      ("N-03", "bases that are not the reference's are refused", ["vcf", "norm", "other-base.vcf"], 65),
      ("N-04", "a contig under another name is refused", ["vcf", "norm", "other-name.vcf"], 65),
      ("N-05", "an input that is not there is refused", ["vcf", "norm", "missing.vcf"], 66),
      ("N-06", "an option that there is not is refused", ["vcf", "norm", "family.vcf", "--no-such-option"], 64),
    ]
    for refusal in refusals {
      try refuse(refusal.id, refusal.title, refusal.arguments + genome + ["-o", "refused.vcf"], refusal.code)
    }
    try refuse(
      "N-07", "a read whose qualities are too few is refused",
      ["fastq", "-i", "short-quality.fastq", "-o", "refused"], 65)
    try write(Array("precious".utf8), to: "refused.vcf")
    try refuse(
      "N-08", "an output that exists is refused and stays",
      ["vcf", "norm", "family.vcf"] + genome + ["-o", "refused.vcf"], 73,
      leaves: "precious")
  }

  private func write(_ bytes: [UInt8], to name: String) throws {
    _ = try writeAtomically(bytes, to: path(name), force: true, registry: registry)
  }

  private mutating func refuse(
    _ id: String, _ title: String, _ arguments: [String], _ code: Int32, leaves: String = ""
  ) throws {
    let outcome = try program.run(arguments)
    let left = text("refused.vcf") + text("refused")
    hold(
      id, title, expected: "exit code \(code), one line, \(leaves.isEmpty ? "no output" : leaves)",
      found:
        "exit code \(outcome.code), \(outcome.firstError.hasPrefix("apus: error: ") ? "one line" : "no error line"), \(left.isEmpty ? "no output" : left)"
    )
  }
}
