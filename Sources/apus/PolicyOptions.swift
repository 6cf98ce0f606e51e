import Alignments
public import ArgumentParser
import Batching
import GenomicFiles
import Genomics
public import Workflow

extension FailOn: ExpressibleByArgument {}

extension FailOn {
  /// The verdicts that make the exit code 3.
  var counted: Set<VerdictOutcome> {
    switch self {
    case .never: []
    case .fail: [.fail, .unknown]
    case .warn: [.fail, .unknown, .warn]
    }
  }
}

/// By what alignments are judged.
struct PolicyOptions: ParsableArguments {
  @Option(
    help: """
      The quality policy: \(Policy.builtInNames.joined(separator: ", ")), or a file of one (.yaml).
      """)
  var policy: String?

  @Option(help: "The sample's material, such as saliva, which a policy may exempt from a rule.")
  var material: String?

  @Option(help: "A DRAGEN mapping_metrics.csv, whose figures stand beside ours in the verdict's evidence.")
  var dragenMetrics: String?

  @Option(help: "Exit with 3 for a verdict: never, fail (FAIL or UNKNOWN), warn (WARN too).")
  var failOn: FailOn = .never

  /// The files that are read.
  var inputs: [String] { [dragenMetrics].compactMap { $0 } }

  func validate() throws {
    guard policy != nil || (material == nil && dragenMetrics == nil && failOn == .never) else {
      throw ValidationError("--material, --dragen-metrics and --fail-on need a --policy")
    }
  }

  /// A policy with what it needs beside metrics, read before the alignments are.
  struct Judge {
    var policy: Policy
    var material: String?
    var assembly: String?
    var other: DRAGENMetrics?

    /// - Throws: `RunError` of kind `configuration` where a rule's unit is not its metric's.
    func verdict(on metrics: AlignmentMetrics, sample: String) throws -> Verdict {
      var evidence = Policy.Evidence(metrics: metrics.metrics, material: material, assembly: assembly)
      evidence.others = (other?.values ?? [:]).mapValues { ("DRAGEN", $0) }
      return Verdict(sample: sample, rules: try policy.results(on: evidence))
    }
  }

  /// Reads the policy; nil without one.
  func read(reference: FASTAReference?, _ resources: RunResources) async throws -> Judge? {
    guard let name = policy else { return nil }
    let registry = resources.outputs
    let (material, dragenMetrics) = (material, dragenMetrics)
    return try await resources.blocking.run {
      var judge = Judge(policy: try Policy.named(name), material: material)
      if judge.policy.reference != nil, let reference {
        judge.assembly = try referenceIdentity(of: reference, registry: registry).assembly?.rawValue
      }
      if let path = dragenMetrics {
        judge.other = try DRAGENMetrics(csv: String(decoding: try readWhole(path), as: UTF8.self), path: path)
      }
      return judge
    }
  }
}
