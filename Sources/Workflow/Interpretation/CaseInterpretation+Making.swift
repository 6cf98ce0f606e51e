import GenomicFiles
import Genomics
import Interpretation

extension CaseInterpretation {
  /// What a case was tiered with, and the small files of callers that are kept for it.
  ///
  /// Blocks, for it reads these.
  /// - Parameter input: the family as it was read, with the sheet's paths.
  static func files(
    _ one: SampleSheet.Case, _ input: TieringInput, _ tiering: CaseTiering, panels: CasePanels, testCode: String?,
    cachePath: String?, layout: CaseLayout
  ) throws -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    func keep(_ path: String?, as name: String) throws -> String? {
      guard let path else { return nil }
      files.append((name, try readWhole(path, limit: 1 << 30)))
      return name
    }
    guard let proband = input.family.proband else { return [] }
    var repeats: [String] = []
    for (number, path) in input.repeats.enumerated() {
      if let name = try keep(path, as: "repeats\(number + 1)\(suffix(path))") { repeats.append(name) }
    }
    let main = one.samples.first { $0.name == proband }
    var (index, candidates): (String?, String?)
    if tiering.reading.starts.isWhole, main?.variantSource?.isGVCF == false {
      (index, candidates) = ("alleles.idx", Self.candidatesName)
      files.append(("alleles.idx", tiering.reading.starts.bytes))
      files.append((Self.candidatesName, KeptCandidates(tiering.reading).bytes))
    }
    let interpretation = CaseInterpretation(
      caseName: one.name,
      people: input.family.pedigree.individuals.map {
        Person(name: $0.name, father: $0.father, mother: $0.mother, sex: $0.sex, affection: $0.affection)
      },
      proband: proband, calls: input.family.files.compactMap { stored($0, one) }, index: index,
      xCopies: input.family.xCopies,
      callable: input.family.callable.mapValues { String($0.dropFirst(layout.folder.count + 1)) },
      copyNumbers: try keep(input.copyNumbers, as: "copy-numbers\(suffix(input.copyNumbers))"),
      structural: try keep(input.structural, as: "structural\(suffix(input.structural))"), repeats: repeats,
      testCode: testCode, panels: panels.panels, missingPanels: panels.missing, unreadTargets: panels.unread,
      profile: tiering.profile.id, profileDigest: tiering.profile.digest, cache: tiering.cacheDigest,
      cachePath: cachePath, candidates: candidates, reading: candidates.map { _ in tiering.reading.record })
    return files + [(name, try interpretation.json())]
  }

  /// The candidates' name in the case's folder.
  static let candidatesName = "candidates.txt"

  private static func suffix(_ path: String?) -> String {
    for suffix in [".vcf.gz", ".vcf.bgz", ".bcf"] where path?.hasSuffix(suffix) == true { return suffix }
    return ".vcf"
  }

  /// Where the case's folder has what the run made of a file of the sheet.
  private static func stored(_ path: String, _ one: SampleSheet.Case) -> Calls? {
    for sample in one.samples {
      if let source = sample.variantSource, source.path == path {
        return Calls(path: "\(UnitPlan.variantsFolder(source, sample, one))variants.vcf.gz", isSplit: true)
      }
      if sample.referenceBlocks == path { return Calls(path: "\(sample.name)/variants.g.vcf.gz", isSplit: false) }
    }
    return nil
  }
}
