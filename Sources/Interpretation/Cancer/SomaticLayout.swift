public import GenomicFiles
public import Genomics

/// How a caller writes the reads that support an allele. Told from the header, never from a file's name.
public enum SomaticLayout: String, Sendable, Hashable, Codable, CaseIterable {
  case mutect2
  case strelka2
  case varscan
  case dragen
  /// No read counts: only by the user's word, and everything that rests on fractions is unknown then.
  case none

  /// What a fraction is, in words.
  public var definition: String {
    switch self {
    case .mutect2:
      "reads of the allele by reads of all alleles of the record (FORMAT AD); where AD is missing, the caller's estimate (FORMAT AF)"
    case .strelka2:
      "tier 1 reads of the allele by tier 1 reads of it and the reference (substitutions: AU, CU, GU, TU; indels: TIR and TAR)"
    case .varscan:
      "reads of the allele by reads of it and the reference (FORMAT AD and RD); where these are missing, FREQ"
    case .dragen:
      "the caller's allele fraction (FORMAT AF); where AF is missing, reads of the allele by reads of all alleles (FORMAT AD)"
    case .none: "the file has no read counts: fractions are unknown"
    }
  }

  /// What a depth is, in words.
  public var depthDefinition: String {
    switch self {
    case .mutect2, .dragen: "reads of all alleles of the record (FORMAT AD); where AD is missing, FORMAT DP"
    case .strelka2: "tier 1 reads of the allele and the reference"
    case .varscan: "reads of the allele and the reference (FORMAT AD and RD); where these are missing, FORMAT DP"
    case .none: "the file has no read counts: depths are unknown"
    }
  }

  /// What a file lacks of a caller that writes substitutions and indels to a file each; nil where it has both, where
  /// the caller writes one file, and where nothing counted.
  func missingHalf(_ byType: [SomaticType: Int]) -> String? {
    switch self {
    case .mutect2, .dragen, .none: return nil
    case .strelka2, .varscan: break
    }
    let substitutions = (byType[.snv] ?? 0) + (byType[.mnv] ?? 0)
    let others = (byType[.indel] ?? 0) + (byType[.delins] ?? 0)
    guard (substitutions == 0) != (others == 0) else { return nil }
    return
      "\(rawValue) writes substitutions and indels to a file each, and this one has \(others == 0 ? "no indel" : "no substitution") among \(substitutions + others) variants: burden and fractions are of this file alone. Join the two (bcftools concat -a) for those of the tumour."
  }

  /// Whether the header declares the fields that this layout is read from.
  private func isDeclared(in header: VCFHeader) -> Bool {
    func has(_ keys: String...) -> Bool { keys.allSatisfy { header.format[$0] != nil } }
    switch self {
    case .mutect2: return has("AD") || has("AF")
    case .strelka2: return has("AU", "CU", "GU", "TU") || has("TAR", "TIR")
    case .varscan: return has("RD", "AD") || has("FREQ")
    case .dragen: return has("AF") || has("AD")
    case .none: return true
    }
  }

  /// The callers that the header names: `##source`, `##MutectVersion` and command lines.
  private static func named(in header: VCFHeader) -> Set<SomaticLayout> {
    var found: Set<SomaticLayout> = []
    for line in header.metaLines {
      let lower = line.lowercased()
      if lower.hasPrefix("##mutectversion=") || lower.hasPrefix("##gatkcommandline=<id=mutect2") {
        found.insert(.mutect2)
      }
      if lower.hasPrefix("##dragencommandline=") || lower.hasPrefix("##dragenversion=") { found.insert(.dragen) }
      guard lower.hasPrefix("##source=") || lower.hasPrefix("##source_version=") else { continue }
      if lower.contains("mutect2") { found.insert(.mutect2) }
      if lower.contains("strelka") { found.insert(.strelka2) }
      if lower.contains("varscan") { found.insert(.varscan) }
      if lower.contains("dragen") { found.insert(.dragen) }
    }
    return found
  }

  /// The layouts that the declared fields alone speak for.
  private static func shaped(like header: VCFHeader) -> Set<SomaticLayout> {
    func has(_ keys: String...) -> Bool { keys.allSatisfy { header.format[$0] != nil } }
    var found: Set<SomaticLayout> = []
    if has("AU", "CU", "GU", "TU") || has("TAR", "TIR") { found.insert(.strelka2) }
    if has("FREQ", "RD", "AD") { found.insert(.varscan) }
    if has("AD", "AF"), header.format["SQ"] != nil { found.insert(.dragen) }
    if has("AD", "AF"), header.format["SQ"] == nil, header.info["TLOD"] != nil || has("F1R2", "F2R1") {
      found.insert(.mutect2)
    }
    return found
  }

  /// Recognises the layout of a file.
  /// - Throws: `InputError` of kind `unsupported` where header and fields tell none, or several.
  public static func recognise(_ header: VCFHeader, path: String) throws(InputError) -> SomaticLayout {
    func refuse(_ reason: String) -> InputError {
      InputError(
        .unsupported, at: InputLocation(file: path), reason,
        remedy:
          "give the caller's own file, or name its layout with --layout mutect2, strelka2, varscan, dragen, or none for a file without read counts"
      )
    }
    func words(_ layouts: Set<SomaticLayout>) -> String { layouts.map(\.rawValue).sorted().joined(separator: " and ") }
    let named = named(in: header)
    let shaped = shaped(like: header)
    guard named.count <= 1 else { throw refuse("the header names several callers: \(words(named))") }
    if let one = named.first {
      guard one.isDeclared(in: header) else {
        throw refuse("the header names \(one.rawValue), and the fields of its read counts are not declared")
      }
      guard shaped.isEmpty || shaped.contains(one) || one == .dragen && shaped == [.mutect2] else {
        throw refuse("the header names \(one.rawValue), and the fields are those of \(words(shaped))")
      }
      return one
    }
    guard let one = shaped.first, shaped.count == 1 else {
      throw refuse(
        shaped.isEmpty
          ? "the layout of its read counts is that of no caller that is known"
          : "the fields are those of several callers: \(words(shaped))")
    }
    return one
  }

  /// Takes the user's word for a layout.
  /// - Throws: `InputError` of kind `unsupported` where the header does not declare its fields.
  public func require(_ header: VCFHeader, path: String) throws(InputError) {
    guard isDeclared(in: header) else {
      throw InputError(
        .unsupported, at: InputLocation(file: path),
        "the header does not declare the fields of read counts of \(rawValue)",
        remedy: "name the layout that the file has")
    }
  }
}
