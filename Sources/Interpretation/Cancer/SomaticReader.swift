import Annotation
import GenomicFiles
import Genomics
import Variants

/// Takes the somatic variants from the records of a batch.
struct SomaticReader {
  private let rules: SomaticRules
  private let batch: VariantBatch
  private let view: VariantRecords
  private(set) var part = SomaticPart()
  private var format: [UInt8] = []
  private var places = FormatPlaces()
  private var tumour = SampleValues()
  private var normal = SampleValues()
  private var output: [UInt8] = []

  init(_ rules: SomaticRules, _ batch: VariantBatch, _ view: VariantRecords) {
    self.rules = rules
    self.batch = batch
    self.view = view
    part.sites.reserveCapacity(batch.count)
  }

  /// Reads a run of records on one contig.
  mutating func read(_ run: VariantBatch.Run, _ contig: SomaticContig, _ reference: ReferenceView) throws {
    let first = part.sites.count
    var annotation: (any VariantRunAnnotator)?
    for record in run.records {
      part.records += 1
      let alternates = view[view.column(.alt, of: record)]
      let commas = alternates.count == 1 ? 0 : alternates.reduce(0) { $0 + ($1 == UInt8(ascii: ",") ? 1 : 0) }
      part.alleles += commas + 1
      if let reason = recordDrop(record) {
        part.drop(reason, commas + 1)
        continue
      }
      readSamples(record)
      var number = 0
      var start = 0
      while start <= alternates.count {
        var end = start
        while end < alternates.count, alternates[end] != UInt8(ascii: ",") { end += 1 }
        number += 1
        let alternate = UnsafeRawBufferPointer(rebasing: alternates[start..<end])
        try read(
          record, alternate, number: number, isBiallelic: commas == 0, contig, reference, &annotation)
        start = end + 1
      }
    }
    part.runs.append(SomaticPart.Run(contig: contig, sites: first..<part.sites.count))
  }

  /// Why no allele of a record counts, by FILTER and what VarScan says of it.
  private func recordDrop(_ record: Int) -> SomaticDrop? {
    if rules.profile.somatic.requirePass {
      let filter = view[view.column(.filter, of: record)]
      guard filter.elementsEqual(Self.pass) else {
        return filter.count == 1 && filter[0] == UInt8(ascii: ".") ? .filterMissing : .filtered
      }
    }
    guard rules.layout == .varscan else { return nil }
    // SS: 0 reference, 1 germline, 2 somatic, 3 loss of heterozygosity, 5 unknown.
    let status = Self.statusKey.withUnsafeBytes { key in
      view.info(key, of: record)?.value.flatMap { VCFNumber.integer(view[$0]) }
    }
    guard let status else { return .statusMissing }
    return status == 2 ? nil : .notSomatic
  }

  private static let pass = Array("PASS".utf8)
  private static let statusKey = Array("SS".utf8)

  private mutating func readSamples(_ record: Int) {
    let column = view.column(.format, of: record)
    let text = view[column]
    if !text.elementsEqual(format) {
      format = Array(text)
      places = FormatPlaces(view, column)
    }
    let samples = view.samples(of: record)
    let (one, other) = (rules.tumour, rules.normal ?? -1)
    let last = max(one, other)
    tumour.read(view, 0..<0, count: 0)
    normal.read(view, 0..<0, count: 0)
    var index = 0
    view.forEachPart(of: samples, separator: UInt8(ascii: "\t")) { part in
      if index == one { tumour.read(view, part, count: places.count) }
      if index == other { normal.read(view, part, count: places.count) }
      index += 1
      return index <= last
    }
  }

  private mutating func read(
    _ record: Int, _ alternate: UnsafeRawBufferPointer, number: Int, isBiallelic: Bool, _ contig: SomaticContig,
    _ reference: ReferenceView, _ annotation: inout (any VariantRunAnnotator)?
  ) throws {
    if let reason = SomaticDrop(AlternateAlleleKind(alternate)) { return part.drop(reason) }
    let start = view.position(of: record) - 1
    let ref = view[view.column(.ref, of: record)]
    try requireReference(record, start, ref, reference)
    guard var site = site(start, ref, alternate, reference) else { return }
    site.isBiallelic = isBiallelic
    let allele = SomaticLayout.Allele(
      number: number,
      substitution: site.type == .snv && ref.count == 1 && alternate.count == 1 ? (site.bases.r1, site.bases.a1) : nil)
    let support = rules.layout.support(allele, tumour, places, view)
    let other = rules.normal.map { _ in rules.layout.support(allele, normal, places, view) }
    if let one = support.fraction, let two = other?.fraction {
      part.paired += 1
      if two > one { part.moreInNormal += 1 }
    }
    let genotype = tumour.bytes(places.genotype, view).map(SomaticGenotype.init)
    if let genotype, genotype.isComplete, genotype.copies(of: number) == 0 { return part.drop(.notInTumour) }
    let somatic = rules.profile.somatic
    guard somatic.types.contains(site.type) else { return part.drop(.typeNotListed) }
    if let reason = somatic.drop(
      tumour: support, normal: other, quality: { tumour.float(places.somaticQuality, view) },
      hasQuality: rules.layout == .dragen)
    {
      return part.drop(reason)
    }
    site.phase = HaplotypePhase(number, tumour, places, view)
    site.bin = support.bin(of: FractionHistogram.fine).map { Int16($0) } ?? -1
    site.isFallback = support.isFallback && support.fraction != nil
    site.isDeep = (support.depth ?? -1) >= rules.profile.purity.leastDepth
    if contig.exons.touches(site.allele.range) {
      site.coding = try coding(site, record, contig, reference, support, other, &annotation)
    }
    part.sites.append(site)
  }

  /// Refuses a REF that is not the reference's.
  private func requireReference(
    _ record: Int, _ start: Int, _ ref: UnsafeRawBufferPointer, _ reference: ReferenceView
  ) throws {
    for (offset, byte) in ref.enumerated() {
      guard let base = reference.base(at: start + offset) else {
        throw InputError(
          .malformed, at: batch.location(of: record), "REF reaches beyond the ends of contig \(reference.contig)",
          remedy: "correct the line, or give the FASTA that the file was made with")
      }
      guard Base.concrete(base) == Base.uppercased(byte) else {
        throw InputError(
          .mismatch, at: batch.location(of: record),
          "REF is not what the FASTA has at \(reference.contig):\(start + 1)",
          remedy: "give the FASTA that the file was made with")
      }
    }
  }

  /// The allele with what the catalogue needs of it; nil where it was dropped.
  private mutating func site(
    _ start: Int, _ ref: UnsafeRawBufferPointer, _ alternate: UnsafeRawBufferPointer, _ reference: ReferenceView
  ) -> SomaticSite? {
    if ref.count == 1, alternate.count == 1 {
      guard let from = SubstitutionClass.code(ref[0]), let to = SubstitutionClass.code(alternate[0]) else {
        part.drop(.unknownBases)
        return nil
      }
      guard from != to else {
        part.drop(.equalToReference)
        return nil
      }
      return substitution(start, from, to, reference)
    }
    var shape = AlleleShape(start: start, reference: ref, alternate: alternate)
    guard let type = SomaticType(shape) else {
      part.drop(.equalToReference)
      return nil
    }
    guard max(shape.replaced.count, shape.inserted.count) < rules.profile.somatic.longest else {
      part.drop(.notSmall)
      return nil
    }
    shape.leftAlign(reference)
    guard let allele = SmallAllele(shape),
      shape.replaced.allSatisfy({ reference.base(at: $0).flatMap(SubstitutionClass.code) != nil })
    else {
      part.drop(.unknownBases)
      return nil
    }
    func code(_ place: Int) -> UInt8 { reference.base(at: place).flatMap(SubstitutionClass.code) ?? 0 }
    let place = shape.replaced.lowerBound
    if type == .snv {
      return substitution(place, code(place), SubstitutionClass.code(shape.inserted[0]) ?? 0, reference)
    }
    var site = SomaticSite(allele: allele, type: type)
    if type == .mnv, shape.inserted.count == 2 {
      site.bases = (
        code(place), code(place + 1), SubstitutionClass.code(shape.inserted[0]) ?? 0,
        SubstitutionClass.code(shape.inserted[1]) ?? 0
      )
    }
    return site
  }

  private func substitution(_ start: Int, _ from: UInt8, _ to: UInt8, _ reference: ReferenceView) -> SomaticSite {
    var site = SomaticSite(allele: SmallAllele(position: start, alternate: to), type: .snv)
    site.bases = (from, 0, to, 0)
    if let before = reference.base(at: start - 1).flatMap(SubstitutionClass.code),
      let behind = reference.base(at: start + 1).flatMap(SubstitutionClass.code),
      // An ambiguity code stands for its first base in a VCF, and is none of the four in a context.
      reference.base(at: start).flatMap(SubstitutionClass.code) != nil
    {
      site.index = Int16(
        SubstitutionClass.index(before: before, reference: from, alternate: to, behind: behind))
    }
    return site
  }

  /// Asks the annotator about an allele near an exon.
  /// - Returns: the index of its coding variant; -1 where it has no listed term.
  private mutating func coding(
    _ site: SomaticSite, _ record: Int, _ contig: SomaticContig, _ reference: ReferenceView, _ support: AlleleSupport,
    _ normal: AlleleSupport?, _ annotation: inout (any VariantRunAnnotator)?
  ) throws -> Int32 {
    let written = site.allele.written(reference)
    var run = annotation ?? rules.annotator.begin(contig: contig.name)
    output.removeAll(keepingCapacity: true)
    try written.reference.withUnsafeBytes { ref in
      try written.alternate.withUnsafeBytes { alt in
        try run.annotate(
          position: written.position, reference: ref, alternates: alt,
          info: UnsafeRawBufferPointer(start: nil, count: 0), into: &output)
      }
    }
    let marks = run.marks
    annotation = run
    guard marks & rules.listed != 0 else { return -1 }
    let entries = output.withUnsafeBytes { output in
      SourceFields.entries(output)["CSQ"].map {
        rules.entries.entries(UnsafeRawBufferPointer(rebasing: $0), allele: 1)
      } ?? []
    }
    part.coding.append(
      CodingVariant(
        contig: contig.name, position: written.position, reference: String(decoding: written.reference, as: UTF8.self),
        alternate: String(decoding: written.alternate, as: UTF8.self), type: site.type,
        inBurden: marks & rules.counted != 0 && contig.isInBurden, consequences: rules.told(entries),
        alternateReads: support.alternate, depth: support.depth, fraction: support.fraction,
        normalFraction: normal?.fraction))
    return Int32(part.coding.count - 1)
  }
}

extension SmallAllele {
  /// The allele as VCF writes it, with an anchor where bases are only put in or taken out.
  func written(_ view: ReferenceView) -> (position: Int, reference: [UInt8], alternate: [UInt8]) {
    func base(_ place: Int) -> UInt8 { Base.concrete(view.base(at: place) ?? UInt8(ascii: "N")) }
    var reference = range.map(base)
    var alternate = bases
    var position = range.lowerBound + 1
    if reference.isEmpty || alternate.isEmpty {
      if range.lowerBound > 0 {
        let anchor = base(range.lowerBound - 1)
        reference.insert(anchor, at: 0)
        alternate.insert(anchor, at: 0)
        position -= 1
      } else {
        // At the contig's start the anchor stands behind (VCF 4.5, section 1.6.1.4).
        let anchor = base(range.upperBound)
        reference.append(anchor)
        alternate.append(anchor)
      }
    }
    return (position, reference, alternate)
  }
}
