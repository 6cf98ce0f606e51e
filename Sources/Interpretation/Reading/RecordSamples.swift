import GenomicFiles
import Genomics
import Variants

/// The sample columns of a record, read when asked.
struct RecordSamples {
  private let view: VariantRecords
  private let keys: [Substring]
  private let columns: [Range<Int>]
  /// ALT's alleles as written and of which kind; nil for a kind that VCF does not have.
  let alternates: [(text: UnsafeRawBufferPointer, kind: AlternateAlleleKind?)]

  init(_ view: VariantRecords, _ record: Int) {
    self.view = view
    keys = String(decoding: view[view.column(.format, of: record)], as: UTF8.self).split(
      separator: ":", omittingEmptySubsequences: false)
    var columns: [Range<Int>] = []
    view.forEachSample(of: record) { _, range in columns.append(range) }
    self.columns = columns
    alternates = view[view.column(.alt, of: record)].split(
      separator: UInt8(ascii: ","), omittingEmptySubsequences: false
    ).map {
      let text = UnsafeRawBufferPointer(rebasing: $0)
      return (text, AlternateAlleleKind(text))
    }
  }

  /// Whether the record tells of the reference alone: a block of a gVCF, or a site without an alternate.
  var isReferenceOnly: Bool { alternates.allSatisfy { $0.kind == .unspecified || $0.kind == .some(.none) } }

  /// Whether the record is one of a gVCF that also stands for any allele that it does not name.
  var hasUnspecified: Bool { alternates.contains { $0.kind == .unspecified } }

  /// One sample's fields.
  func fields(_ column: Int) -> Fields {
    guard columns.indices.contains(column) else { return Fields(keys: keys, values: []) }
    return Fields(
      keys: keys,
      values: String(decoding: view[columns[column]], as: UTF8.self).split(
        separator: ":", omittingEmptySubsequences: false))
  }

  /// FORMAT's values of one sample.
  struct Fields {
    let keys: [Substring]
    let values: [Substring]

    func value(_ key: String) -> Substring? {
      guard let place = keys.firstIndex(where: { $0 == key }), values.indices.contains(place) else { return nil }
      return values[place] == "." ? nil : values[place]
    }

    var genotype: Genotype? { value("GT").flatMap { Genotype(text: $0.utf8) } }
    /// DP.
    var depth: Int? { value("DP").flatMap { Int($0) } }
    /// The least depth of a block, or the depth.
    var leastDepth: Int? { (value("MIN_DP") ?? value("DP")).flatMap { Int($0) } }
    /// GQ, also under the name that joint callers give that of the reference; rounded where it is no whole number.
    var quality: Int? {
      (value("GQ") ?? value("RGQ")).flatMap { Int($0) ?? Double($0).flatMap { Int(exactly: $0.rounded()) } }
    }
    /// PS.
    var phaseSet: Int? { value("PS").flatMap { Int($0) } }
    /// The bases of a block that tells its length and not its end (VCF 4.5, section 1.6.2).
    var blockLength: Int? { value("LEN").flatMap { Int($0) } }

    /// AD of an allele, 0 the reference; nil where the list is too short or missing.
    func alleleDepth(_ allele: Int) -> Int? {
      guard let list = value("AD")?.split(separator: ",", omittingEmptySubsequences: false),
        list.indices.contains(allele)
      else { return nil }
      return Int(list[allele])
    }
  }
}

extension RecordSamples {
  /// One sample's call, seen from an alternate of the record (counted from 1).
  ///
  /// `*` is another allele: the bases are gone there. `<NON_REF>` as a called allele is missing: nobody knows which.
  func call(_ column: Int, allele: Int, evidence: (_ isCarrier: Bool) -> PersonCall.Evidence) -> PersonCall {
    let fields = fields(column)
    guard let genotype = fields.genotype else {
      return PersonCall(
        [], evidence: .none, depth: fields.depth, alternateDepth: fields.alleleDepth(allele), quality: fields.quality)
    }
    let copies = genotype.alleles.map { copy($0, allele: allele) }
    return call(fields, genotype, copies, evidence: evidence(copies.contains(.alternate)), allele: allele)
  }

  /// A call with copies that were told already.
  func call(
    _ fields: Fields, _ genotype: Genotype, _ copies: [PersonCall.Copy], evidence: PersonCall.Evidence, allele: Int?
  ) -> PersonCall {
    let isPhased = copies.count > 1 && genotype.phased.dropFirst().allSatisfy { $0 }
    return PersonCall(
      copies, isPhased: isPhased, phaseSet: isPhased ? fields.phaseSet : nil, evidence: evidence, depth: fields.depth,
      alternateDepth: allele.flatMap { fields.alleleDepth($0) }, quality: fields.quality)
  }

  private func copy(_ number: Int?, allele: Int) -> PersonCall.Copy {
    switch number {
    case nil: .missing
    case 0: .reference
    case allele: .alternate
    case .some(let other):
      alternates.indices.contains(other - 1) && alternates[other - 1].kind != .unspecified ? .other : .missing
    }
  }
}
