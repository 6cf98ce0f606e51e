import GenomicFiles

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

// A whole case, and the knowledge base.
extension Selftest {
  mutating func checkCase() throws {
    let title = "a case has the same files and bytes at one thread and at several, with other batches"
    let job = [
      "run", "--samplesheet", "sheet.csv", "-f", "genome.fa", "-c", "self.cache", "--tier-panel", "panel.json",
    ]
    guard try done("P-01", title, job + ["--out", "one", "--threads", "1", "--batch-size", "4K"]),
      try done("P-01", title, job + ["--out", "many", "--threads", "\(threads)", "--batch-size", "1M"])
    else { return }
    let (one, many) = (try fileDigests(below: "one"), try fileDigests(below: "many"))
    let differing = Set(one.keys).union(many.keys).filter { one[$0] != many[$0] }.sorted()
    hold(
      "P-01", title, expected: "\(one.count) files, none differs",
      found:
        "\(many.count) files, \(differing.isEmpty ? "none differs" : "differing: " + differing.joined(separator: ", "))"
    )
    hold(
      "P-02", "the case's files are there", expected: "all",
      found: ["case.html", "case.json", "manifest.json", "report.html", "tiers.json", "SELF-C/verdict.json"]
        .filter { many["SELF/\($0)"] == nil }.reduce("all") { $0 + " but \($1)" })
    let crate = try program.run(["case", "crate", "many/SELF"])
    hold("P-03", "the manifest proves the case's files", expected: "exit code 0", found: "exit code \(crate.code)")
    let page = path("one/SELF/case.html")
    if case .file = content(at: page) {
      _ = try writeAtomically(try readWhole(page) + [0x20], to: page, force: true, registry: registry)
      let changed = try program.run(["case", "crate", "one/SELF"])
      hold(
        "P-04", "a file that was changed after the run is found", expected: "exit code 65",
        found: "exit code \(changed.code)")
    }
    let resumed = try program.run(job + ["--out", "one", "--resume"])
    let again = try fileDigests(below: "one")
    hold(
      "P-05", "a run that is resumed makes it whole again", expected: "exit code 0, none differs",
      found:
        "exit code \(resumed.code), \(many.keys.contains { again[$0] != many[$0] && !$0.hasSuffix(CaseCrate.name) } ? "some differ" : "none differs")"
    )
  }

  /// Digests of the files below a folder, without the crate, which is made later.
  private func fileDigests(below name: String) throws -> [String: String] {
    var digests: [String: String] = [:]
    for file in try FileManager.default.subpathsOfDirectory(atPath: path(name)) {
      guard case .file = content(at: path("\(name)/\(file)")), !file.hasSuffix(CaseCrate.name) else { continue }
      digests[file] = try fileDigest(path("\(name)/\(file)")).sha256
    }
    return digests
  }

  mutating func checkConsent() throws {
    guard case .file = content(at: path("many/SELF/manifest.json")) else { return }
    guard try done("K-01", "a base is made", ["kb", "init", "self.kb"]) else { return }
    let empty = try baseDigest()
    func add(_ consent: String) throws -> SelftestProgram.Outcome {
      try program.run(["kb", "add", "self.kb", "many/SELF", "--consent", consent])
    }
    let denied = try add("denied.json")
    hold(
      "K-01", "where nobody agreed nothing enters", expected: "exit code 77, base \(empty)",
      found: "exit code \(denied.code), base \(try baseDigest())")
    let agreed = try add("agreed.json")
    let told = agreed.output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
    hold(
      "K-02", "who agreed enters, alone", expected: "exit code 0, permitted SELF-C, denied SELF-M, denied SELF-F",
      found: "exit code \(agreed.code), "
        + told.map { $0.count > 2 ? "\($0[0]) \($0[2])" : $0.joined(separator: " ") }.joined(separator: ", "))
    let filled = try baseDigest()
    hold("K-03", "the base has changed", expected: "another digest", found: filled == empty ? filled : "another digest")
    try write([("leaver.txt", "SELF-C\n")])
    let gone = try program.run(["kb", "withdraw", "self.kb", "--participant-file", "leaver.txt"])
    hold(
      "K-04", "a withdrawal leaves the base as one that never held the person", expected: "exit code 0, base \(empty)",
      found: "exit code \(gone.code), base \(try baseDigest())")
    let verified = try program.run(["kb", "verify", "self.kb"])
    hold("K-05", "the base proves itself", expected: "exit code 0", found: "exit code \(verified.code)")
  }

  private func baseDigest() throws -> String { try program.run(["kb", "digest", "self.kb"]).output.trimmed }
}
