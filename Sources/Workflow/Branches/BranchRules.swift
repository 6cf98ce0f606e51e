import Interpretation
import Service

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a case is interpreted as.
public enum CaseBranch: String, Sendable, Hashable, Codable, CaseIterable {
  /// Variants are tiered by panels.
  case germline
  /// Pharmacogenes are called.
  case pharmacogenomics
  /// A tumour's variants are summed up.
  case cancer

  /// In words.
  var words: String {
    switch self {
    case .germline: "inherited disease"
    case .pharmacogenomics: "pharmacogenomics"
    case .cancer: "somatic variants of a tumour"
    }
  }
}

/// By what the directory says of a test, which branch it takes: `Data/case-branches.json`.
struct BranchRules: Sendable, Decodable {
  /// A rule: everything that it names has to hold; the first rule that holds decides.
  struct Rule: Sendable, Decodable {
    var branch: CaseBranch
    /// Kinds of directory.
    var kinds: [String]?
    /// Beginnings of test codes.
    var prefixes: [String]?
    /// Words of the indication's or the test's name, in lower case.
    var words: [String]?
    /// All of the test's targets are among these genes.
    var genesWithin: Set<String>?
    /// Where the rule is from.
    var source: String
  }

  /// Tests that ask for a tumour and its germline.
  struct Paired: Sendable, Decodable {
    var methods: [String]
    var groups: [String]
    var source: String
  }

  /// Groups of methods by what they sequence.
  struct Assays: Sendable, Decodable {
    var genome: [String]
    var exome: [String]
    var source: String
  }

  var schema: String
  /// The list's name and version.
  var id: String
  var rules: [Rule]
  var paired: Paired
  var assays: Assays

  /// The rules that come with Apus.
  static let builtIn: BranchRules = {
    do {
      let rules = try JSONDecoder().decode(BranchRules.self, from: Data(PackageResources.case_branches_json))
      precondition(rules.schema == "apus-case-branches/1", "case-branches.json has another schema")
      return rules
    } catch {
      preconditionFailure("case-branches.json: \(error)")
    }
  }()

  /// The rule that decides for a test; nil where none does.
  func rule(for test: DirectoryTest, of kind: TestDirectory.Kind?) -> Rule? {
    let names = [test.name, test.testName ?? ""].map { $0.lowercased() }
    return rules.first { rule in
      if let kinds = rule.kinds, !kinds.contains(kind?.rawValue ?? "") { return false }
      if let prefixes = rule.prefixes, !prefixes.contains(test.code.prefix) { return false }
      if let words = rule.words, !words.contains(where: { word in names.contains { $0.contains(word) } }) {
        return false
      }
      if let genes = rule.genesWithin {
        let isOfGenesAlone = test.panels.isEmpty && test.otherTargets.isEmpty && !test.genes.isEmpty
        guard isOfGenesAlone, test.genes.allSatisfy(genes.contains) else { return false }
      }
      return true
    }
  }

  /// Whether the test's method is of a tumour together with its germline.
  func isPaired(_ test: DirectoryTest) -> Bool {
    paired.methods.contains(test.method.id) || paired.groups.contains(test.method.group)
  }

  /// What the test's method sequences.
  func assay(of test: DirectoryTest) -> SomaticProfile.Assay {
    if assays.genome.contains(test.method.group) { return .genome }
    return assays.exome.contains(test.method.group) ? .exome : .panel
  }
}
