import EngineTestSupport
import Foundation
import GenomicFiles
import Variants

/// Checks a file of this text.
func checkText(
  _ text: some Collection<UInt8>, fasta: String? = nil, isStrict: Bool = false, threads: Int = 2,
  batchBytes: Int = 1 << 20, limit: Int = 1000
) async throws -> CheckReport {
  let folder = try ScratchFolder()
  try Data(text).write(to: URL(fileURLWithPath: folder.path("in.vcf")))
  return try await checkFile(
    folder.path("in.vcf"), fasta: fasta.map { try folder.write($0, "ref.fa") }, isStrict: isStrict, threads: threads,
    batchBytes: batchBytes, limit: limit)
}

/// Checks a file.
func checkFile(
  _ path: String, fasta: String? = nil, isStrict: Bool = false, threads: Int = 2, batchBytes: Int = 1 << 20,
  limit: Int = 1000
) async throws -> CheckReport {
  let resources = RunResources(threads: threads, batchBytes: batchBytes)
  let reference = try fasta.map { try FASTAReference(path: $0, registry: resources.outputs) }
  return try await checkVariants(
    CheckJob(input: InputFile(path: path), isStrict: isStrict, limit: limit), reference: reference,
    resources: resources)
}

extension CheckReport {
  /// Errors as `LINE CODE FIELD`, each once.
  var errorList: [String] { list(.error) }
  /// Warnings as `LINE CODE FIELD`, each once.
  var warningList: [String] { list(.warning) }

  private func list(_ severity: CheckSeverity) -> [String] {
    var met: Set<String> = []
    return problems.filter { $0.severity == severity }.map { "\($0.line) \($0.code.name) \($0.field)" }
      .filter { met.insert($0).inserted }
  }
}

/// One row of a table of cases: `VERSIONS | LINE | EXPECTED`.
///
/// VERSIONS are such as `4.1`, `4.1-4.3`, `4.4+` or `all`. A record's columns are separated by single spaces, and `␠`
/// stands for a space. EXPECTED is `ok` (no problem), `CODE FIELD` (this error and no other) or `~CODE FIELD` (no error,
/// and this warning among others).
struct CheckCase: Sendable, CustomStringConvertible {
  var version: VCFVersion
  var line: String
  var expected: String
  var description: String { "\(version.name) \(line) → \(expected)" }

  static func table(_ text: String) -> [CheckCase] {
    text.split(separator: "\n").flatMap { row -> [CheckCase] in
      // An empty last column leaves a space before the bar, so nothing is trimmed.
      let parts = row.components(separatedBy: " | ")
      precondition(parts.count == 3, "no row: \(row)")
      return versions(parts[0]).map { CheckCase(version: $0, line: parts[1], expected: parts[2]) }
    }
  }

  private static func versions(_ text: String) -> [VCFVersion] {
    func version(_ name: some StringProtocol) -> VCFVersion { VCFVersion(fileformat: "VCFv\(name)") ?? .v41 }
    if text == "all" { return VCFVersion.allCases }
    if text.hasSuffix("+") { return VCFVersion.allCases.filter { $0 >= version(text.dropLast()) } }
    let ends = text.split(separator: "-").map { version($0) }
    return VCFVersion.allCases.filter { $0 >= ends[0] && $0 <= ends[ends.count - 1] }
  }
}
