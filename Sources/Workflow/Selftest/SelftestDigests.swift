/// Digests of the check's outputs that were accepted for this version.
///
/// They are what `apus selftest --digests` wrote when the rest of the checks passed, and change only with results:
/// Docs/assurance/change-impact.md says what changed and who checks what again.
enum SelftestDigests {
  static let accepted: [String: String] = [:]
}
