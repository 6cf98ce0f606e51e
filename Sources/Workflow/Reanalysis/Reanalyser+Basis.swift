import Annotation
import GenomicFiles
import Genomics
import Interpretation
import Service

// What a case is tiered by anew.
extension Reanalyser {
  /// Refuses a case of another reference than the cache's.
  func require(_ stored: StoredCase) throws(InputError) {
    let digest = annotator.source.build.assemblyDigest
    guard let reference = stored.manifest.reference, reference.assemblyDigest == digest else {
      throw InputError(
        .mismatch, at: InputLocation(file: stored.folder),
        "the case's reference is not that of the cache (\(stored.manifest.reference?.assemblyDigest ?? "none"), \(digest))",
        remedy: "give a cache of the reference that the case was run with")
    }
  }

  /// The profile given, else the case's own.
  /// - Throws: `InputError` where this version has the case's profile with another text, or not at all.
  func profile(_ stored: StoredCase) throws(InputError) -> TieringProfile {
    if let profile = options.profile { return profile }
    let name = stored.interpretation.profile
    let known = TieringProfile.names.contains(name) ? try TieringProfile.named(name) : nil
    guard let known, known.digest == stored.interpretation.profileDigest else {
      throw InputError(
        .mismatch, at: InputLocation(file: stored.path(CaseInterpretation.name)),
        known == nil
          ? "the case was tiered by the profile \(name), which is not one of Apus's own"
          : "the profile \(name) was another when the case was tiered", remedy: "give the profile with --profile")
    }
    return known
  }

  /// Panels of the case's test, those given in place of those stored; without a referral all given, or those stored.
  func panels(_ stored: StoredCase) throws(InputError) -> CasePanels {
    let one = stored.interpretation
    let isGiven = !panels.panels.isEmpty
    guard let code = one.testCode else {
      return CasePanels(
        panels: isGiven ? panels : one.panels, missing: one.missingPanels, unread: one.unreadTargets)
    }
    // The panel without a number is made of the genes that the directory lists.
    let pool = isGiven ? one.panels.removing(0).replacing(with: panels) : one.panels.removing(0)
    let known = Set(pool.panels.map { String($0.identity.id) })
    if let directory {
      guard let test = directory.test(code: code) else {
        throw InputError(
          .mismatch, at: InputLocation(file: stored.path(CaseInterpretation.name)),
          "version \(directory.version ?? "not told") of the directory has no test \(code)",
          remedy: "choose a test of that version for the referral and run the case again")
      }
      var chosen = try pool.selecting(test.panels.filter(known.contains))
      if !test.genes.isEmpty {
        chosen = chosen.adding(
          .genes(test.genes, of: test.code.description, directoryVersion: directory.version ?? "not told"))
      }
      return CasePanels(
        panels: chosen, missing: test.panels.filter { !known.contains($0) }, unread: test.otherTargets)
    }
    let wanted = one.panels.panels.map { String($0.identity.id) } + one.missingPanels
    var chosen = try pool.selecting(wanted.filter { $0 != "0" && known.contains($0) })
    for panel in one.panels.panels where panel.identity.id == 0 { chosen = chosen.adding(panel) }
    return CasePanels(
      panels: chosen, missing: one.missingPanels.filter { !known.contains($0) }, unread: one.unreadTargets)
  }
}
