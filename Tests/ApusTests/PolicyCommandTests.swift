import Foundation
import TestSupport
import Testing

/// `apus bam --policy` as a person runs it.
@Suite("Policies through the command")
struct PolicyCommandTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private struct Rule {
    var id: String
    var outcome: String
    var value: Double?
    var evidence: String
  }

  private func rules(_ prefix: String) throws -> (verdict: String, rules: [Rule]) {
    let bytes = Data(try folder.read("\(prefix).verdict.json"))
    let json = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    let rules = try #require(json["rules"] as? [[String: Any]]).map { rule in
      Rule(
        id: rule["id"] as? String ?? "", outcome: rule["outcome"] as? String ?? "",
        value: (rule["measure"] as? [String: Any])?["value"] as? Double, evidence: rule["evidence"] as? String ?? "")
    }
    return (try #require(json["verdict"] as? String), rules)
  }

  /// Rules of the shipped policies that no input of `apus bam` can measure. None.
  private static let unmeasurable: Set<String> = []
  /// What each rule needs beside alignments in coordinate order (Docs/policies.md).
  private static let needs: [String: Set<String>] = [
    "checksum": ["md5"], "coverage-15x": ["reference"], "yield-q30": [], "contamination": ["sites"],
    "yield_bp_q30": [], "mean_autosome_coverage": ["reference"], "pct_autosomes_15x": ["reference"],
    "mad_autosome_coverage": ["reference"], "pct_reads_mapped": [], "pct_reads_properly_paired": [],
    "mean_insert_size": [], "insert_size_std_deviation": [], "cross_contamination_rate": ["sites"],
    "reference": ["reference"],
  ]

  @Test(
    "Every rule of the shipped policies is measured where its inputs are given, and unknown where they are not",
    .enabled(if: Peer.has("md5sum")))
  func shipped() throws {
    try GeneratedGenome.write(to: folder)
    for policy in ["gel-rare-disease", "gel-newborn", "ga4gh-wgs"] {
      let all = try Command.run(
        ["bam", "in.sam", "--out-prefix", policy, "-f", "g.fa", "--sites", "s.vcf", "--policy", policy], in: folder)
      #expect(all.code == 0, "\(all.errors)")
      let measured = try rules(policy).rules
      #expect(measured.count > 4)
      for rule in measured {
        let name = String(rule.id.dropFirst(policy.count + 1))
        #expect(Self.needs[name] != nil, "\(rule.id) is not in the table of needs")
        if name == "reference" {
          #expect(rule.outcome == "PASS", "\(rule.id)")
        } else {
          #expect((rule.value == nil) == Self.unmeasurable.contains(rule.id), "\(rule.id): \(rule.evidence)")
          #expect(rule.outcome != "UNKNOWN" || Self.unmeasurable.contains(rule.id), "\(rule.id)")
        }
      }
      try FileManager.default.moveItem(atPath: folder("in.sam.md5"), toPath: folder("kept"))
      let bare = try Command.run(["bam", "in.sam", "--out-prefix", "\(policy).bare", "--policy", policy], in: folder)
      #expect(bare.code == 0, "\(bare.errors)")
      for rule in try rules("\(policy).bare").rules {
        let name = String(rule.id.dropFirst(policy.count + 1))
        #expect((rule.outcome == "UNKNOWN") == (Self.needs[name] != []), "\(rule.id) without its inputs")
      }
      try FileManager.default.moveItem(atPath: folder("kept"), toPath: folder("in.sam.md5"))
    }
    // The three values that the policy takes from elsewhere are those of the standard's names.
    let values = Dictionary(uniqueKeysWithValues: try rules("ga4gh-wgs").rules.map { ($0.id, $0.value) })
    let mean = try #require(values["ga4gh-wgs.mean_autosome_coverage"] ?? nil)
    #expect(mean > 18 && mean < 20.5)
    #expect((values["ga4gh-wgs.cross_contamination_rate"] ?? nil).map { $0 < 0.01 } == true)
  }

  private func policy(_ rules: String) -> String {
    "schema: apus-policy/1\nid: ours\ntitle: Ours\nsource: us\nrules:\n\(rules)"
  }

  private static let pass =
    "  - {id: p, metric: reads.total, unit: reads, operator: \">\", limit: 0, otherwise: FAIL, required: true, source: s}\n"
  private static let warn =
    "  - {id: w, metric: reads.total, unit: reads, operator: <, limit: 1, otherwise: WARN, source: s}\n"
  private static let soft =
    "  - {id: s, metric: reads.total, unit: reads, operator: <, limit: 1, otherwise: FAIL, source: s}\n"
  private static let fail =
    "  - {id: f, metric: reads.total, unit: reads, operator: <, limit: 1, otherwise: FAIL, required: true, source: s}\n"
  private static let unknown =
    "  - {id: u, metric: contam.fraction, unit: fraction, operator: <=, limit: 0.03, otherwise: FAIL, required: true, source: s}\n"
  private static let softUnknown =
    "  - {id: v, metric: contam.fraction, unit: fraction, operator: <=, limit: 0.03, otherwise: FAIL, source: s}\n"

  /// Rules, their verdict, and the exit codes for `--fail-on` never, fail and warn.
  private static let outcomes: [(rules: String, verdict: String, codes: [Int32])] = [
    (pass, "PASS", [0, 0, 0]), (pass + warn, "WARN", [0, 0, 3]), (pass + soft, "WARN", [0, 0, 3]),
    (pass + fail, "FAIL", [0, 3, 3]), (pass + unknown, "UNKNOWN", [0, 3, 3]), (fail + unknown, "FAIL", [0, 3, 3]),
    (pass + softUnknown, "PASS", [0, 0, 0]), (warn + unknown, "UNKNOWN", [0, 3, 3]),
  ]

  @Test("A verdict decides the exit code as --fail-on asks, and is written whatever it is", arguments: outcomes.indices)
  func failOn(index: Int) throws {
    let trio = try copyOfTrio(in: folder)
    let (rules, verdict, codes) = Self.outcomes[index]
    try folder.write(policy(rules), to: "ours.yaml")
    for (failOn, code) in zip(["never", "fail", "warn"], codes) {
      let result = try Command.run(
        ["bam", "\(trio)/SYN-001-P.bam", "--out-prefix", failOn, "--policy", "ours.yaml", "--fail-on", failOn],
        in: folder)
      #expect(result.code == code, "\(failOn): \(result.errors)")
      #expect(try self.rules(failOn).verdict == verdict)
      #expect(FileManager.default.fileExists(atPath: folder("\(failOn).qc.json")))
      if code == 3 { #expect(result.errors.contains("apus: error: the verdict is \(verdict)")) }
    }
  }

  /// A policy's fault, the line that it stands on, and words of the message.
  private static let faults: [(text: String, line: Int, reason: String)] = [
    ("    limit: thirty\n    otherwise: FAIL\n    source: s\n", 10, "thirty, which is no number"),
    ("    limit: 3\n    otherwise: BAD\n    source: s\n", 11, "otherwise: BAD"),
    ("    limit: 3\n    otherwise: FAIL\n    requried: true\n    source: s\n", 12, "requried"),
    ("    limit: 3\n    limit: 4\n    otherwise: FAIL\n    source: s\n", 10, "has limit twice"),
    ("    limit: [3\n    otherwise: FAIL\n    source: s\n", 11, "not YAML"),
  ]

  @Test("A policy that is not understood is 78 with the line, before anything is read", arguments: faults.indices)
  func badPolicy(index: Int) throws {
    let fault = Self.faults[index]
    try folder.write(
      policy("  - id: d\n    metric: reads.total\n    unit: reads\n    operator: \">\"\n\(fault.text)"), to: "bad.yaml")
    let trio = try copyOfTrio(in: folder)
    let result = try Command.run(
      ["bam", "\(trio)/SYN-001-P.bam", "--out-prefix", "o", "--policy", "bad.yaml"], in: folder)
    #expect(result.code == 78)
    #expect(result.firstError.contains("bad.yaml"), "\(result.errors)")
    #expect(result.firstError.contains("line \(fault.line)"), "\(result.errors)")
    #expect(result.firstError.contains(fault.reason), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder("o.qc.json")))
  }

  @Test("Names of no policy, units of another kind and missing files have codes of their own")
  func otherFaults() throws {
    let bam = "\(try copyOfTrio(in: folder))/SYN-001-P.bam"
    try folder.write(policy(Self.pass.replacingOccurrences(of: "unit: reads", with: "unit: percent")), to: "unit.yaml")
    for (policy, code, words) in [
      ("gel-none", Int32(78), "there is no policy gel-none"), ("none.yaml", 66, "none.yaml"),
      ("unit.yaml", 78, "measured in reads, and the rule is in percent"),
    ] {
      let result = try Command.run(["bam", bam, "--out-prefix", "o", "--policy", policy], in: folder)
      #expect(result.code == code && result.errors.contains(words), "\(policy): \(result.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder("o.qc.json")))
    #expect(try Command.run(["bam", bam, "--out-prefix", "o", "--fail-on", "fail"], in: folder).code == 64)
  }

  @Test("DRAGEN's figures stand beside ours and decide nothing; a file that is none is refused")
  func dragen() throws {
    let bam = "\(try copyOfTrio(in: folder))/SYN-001-P.bam"
    try folder.write(
      "MAPPING/ALIGNING SUMMARY,,Estimated sample contamination,0.5\nMAPPING/ALIGNING SUMMARY,,Mapped reads,990,12.5\n",
      to: "d.csv")
    try folder.write("a,b\n", to: "none.csv")
    func run(_ prefix: String, _ csv: String) throws -> Command.Result {
      try Command.run(
        [
          "bam", bam, "--out-prefix", prefix, "--policy", "ga4gh-wgs", "--dragen-metrics", csv, "--fail-on", "warn",
        ], in: folder)
    }
    let result = try run("o", "d.csv")
    // A policy without limits gives no verdict.
    #expect(result.code == 0, "\(result.errors)")
    #expect(try rules("o").verdict == "NOT ASSESSED")
    let found = try rules("o").rules
    let contamination = try #require(found.first { $0.id == "ga4gh-wgs.cross_contamination_rate" })
    // Unknown to us stays unknown, whatever another program says.
    #expect(contamination.outcome == "UNKNOWN" && contamination.value == nil)
    #expect(contamination.evidence.contains("DRAGEN: 0.5 fraction"))
    let mapped = try #require(found.first { $0.id == "ga4gh-wgs.pct_reads_mapped" })
    #expect(mapped.evidence.contains("DRAGEN: 12.5 percent") && (mapped.value ?? 0) > 90)
    #expect(try run("p", "none.csv").code == 65)
    #expect(try run("p", "absent.csv").code == 66)
    #expect(!FileManager.default.fileExists(atPath: folder("p.qc.json")))
  }
}
