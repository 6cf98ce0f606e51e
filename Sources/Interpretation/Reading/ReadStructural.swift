public import Annotation
public import GenomicFiles
public import Genomics
import Variants

/// Copy numbers of one file, and what of it is none.
public struct StructuralReading: Sendable {
  /// The proband's losses and gains, in the file's order.
  public var candidates: [StructuralCandidate] = []
  /// Alleles that are none, by why.
  public var dropped: [String: Int] = [:]
}

/// Reads the proband's losses and gains from a caller's VCF: `<DEL>`, `<DUP>` and their kinds (`<DUP:TANDEM>`), and `<CNV>`
/// and `<CNn>` by the copy number beside the expected one.
///
/// - Parameters:
///   - sample: the proband's name.
///   - xCopies: tells the copies that X is expected in; `<CNV>` on X is not told without it.
///   - other: another kind of caller's losses and gains of the same person; nil where no such file was given.
/// - Throws: `InputError` for a file that is damaged, lacks the sample, or has contigs that are not the cache's.
public func readCopyNumbers(
  _ path: String, sample: String, xCopies: Family.XCopies, cache: AnnotationCache,
  other: [StructuralCandidate]? = nil, resources: RunResources
) async throws -> StructuralReading {
  let places = ContigPlaces(cache.contigs)
  return try await withVariants(of: InputFile(path: path), resources: resources) { reader in
    let column = try sampleColumn(sample, reader.header, path: path)
    var reading = StructuralReading()
    while let batch = try await reader.next() {
      try batch.withRecords { view in
        for run in batch.runs {
          try cache.contigs.require(
            run.contig, declaredLength: reader.header.contigs[run.contig]?.length,
            at: batch.location(of: run.records.lowerBound))
          for record in run.records {
            let one = StructuralRecord(view, record, contig: run.contig, column: column)
            try one.add(to: &reading, places, xCopies, cache, other, at: batch.location(of: record))
          }
        }
      }
    }
    return reading
  }
}

/// A sample's column.
func sampleColumn(_ name: String, _ header: VCFHeader, path: String) throws(InputError) -> Int {
  guard let column = header.samples.firstIndex(of: name) else {
    throw InputError(
      .mismatch, at: InputLocation(file: path), "the file has no sample \(name)",
      remedy: "give the file of this person, under the same name")
  }
  return column
}

private struct StructuralRecord {
  let view: VariantRecords
  let record: Int
  let contig: String
  let fields: RecordSamples.Fields
  let alternates: [String]

  init(_ view: VariantRecords, _ record: Int, contig: String, column: Int) {
    self.view = view
    self.record = record
    self.contig = contig
    let samples = RecordSamples(view, record)
    fields = samples.fields(column)
    alternates = samples.alternates.map { String(decoding: $0.text, as: UTF8.self) }
  }

  func info(_ key: String) -> String? {
    var key = key
    return key.withUTF8 { key in
      view.info(UnsafeRawBufferPointer(key), of: record)?.value.map { String(decoding: view[$0], as: UTF8.self) }
    }
  }

  /// Adds the alternates that the proband carries.
  func add(
    to reading: inout StructuralReading, _ places: ContigPlaces, _ xCopies: Family.XCopies, _ cache: AnnotationCache,
    _ other: [StructuralCandidate]?, at location: InputLocation
  ) throws {
    func drop(_ why: String) { reading.dropped[why, default: 0] += 1 }
    if alternates == ["."] { return drop("reference-record") }
    let position = view.position(of: record)
    let called = fields.genotype?.alleles
    for (index, alternate) in alternates.enumerated() {
      if let called, called.contains(where: { $0 != nil }), !called.contains(index + 1) {
        drop("not-carried")
        continue
      }
      guard alternate.hasPrefix("<"), alternate.hasSuffix(">") else {
        drop("not-symbolic")
        continue
      }
      // END, else SVLEN; POS is the base before the change.
      let lengths = info("SVLEN")?.split(separator: ",").map { Int($0) } ?? []
      let length = (lengths.indices.contains(index) ? lengths[index] : lengths.first ?? nil).map(abs)
      guard let end = info("END").flatMap({ Int($0) }) ?? length.map({ position + $0 }), end > position else {
        drop("no-end")
        continue
      }
      if let contigLength = cache.contigs[contig]?.length, end > contigLength {
        throw InputError(
          .malformed, at: location, "the record ends at \(end), behind the \(contigLength) bases of contig \(contig)",
          remedy: "give the file that was called on this reference")
      }
      let range = position..<end
      let copies = fields.value("CN").flatMap { Int($0) }
      guard
        let kind = Self.kind(
          alternate, copies: copies, expected: Self.expected(places.place(on: contig, range), xCopies))
      else {
        drop(alternate.contains("INV") || alternate.contains("INS") ? "not-a-copy-number" : "direction-not-told")
        continue
      }
      let region = Region(contig: contig, start: ZeroBasedPosition(position), end: ZeroBasedPosition(end))
      let name = String(decoding: view[view.column(.id, of: record)], as: UTF8.self)
      reading.candidates.append(
        StructuralCandidate(
          id: name == "." ? "\(region)" : name, kind: kind, region: region,
          filter: CandidateVariant.Filter(text: view[view.column(.filter, of: record)]),
          genes: cache.genes(overlapping: region).map {
            StructuralCandidate.Gene(symbol: $0.symbol, gene: $0.identifier, hgnc: $0.hgnc, biotypes: $0.biotypes)
          },
          otherCalls: other.map { $0.filter { $0.kind == kind && $0.region.overlaps(region) }.map(\.region) },
          alleleFrequency: frequency("CNV_AF"), areaFrequency: frequency("CNV_AUC"), copyNumber: copies))
    }
  }

  private func frequency(_ key: String) -> FrequencyAnswer? {
    info(key).map { text in
      text == "." ? .absent : Double(text).map { .value($0, alleleNumber: nil) } ?? .notLookedUp("notANumber")
    }
  }

  private static func expected(_ place: CandidateVariant.Place, _ xCopies: Family.XCopies) -> Int? {
    switch place {
    case .autosome, .pseudoautosomal: 2
    case .x:
      switch xCopies {
      case .measured(let copies): copies
      case .unmeasured: nil
      }
    case .y, .mitochondrial, .other: nil
    }
  }

  private static func kind(_ alternate: String, copies: Int?, expected: Int?) -> StructuralCandidate.Kind? {
    let name = alternate.dropFirst().dropLast()
    if name == "DEL" || name.hasPrefix("DEL:") { return .loss }
    if name == "DUP" || name.hasPrefix("DUP:") { return .gain }
    guard name == "CNV" || name.hasPrefix("CNV:") || name.hasPrefix("CN") else { return nil }
    let told = copies ?? (name.hasPrefix("CN") ? Int(name.dropFirst(2)) : nil)
    guard let told, let expected, told != expected else { return nil }
    return told < expected ? .loss : .gain
  }
}

extension CandidateVariant.Filter {
  /// Reads FILTER.
  init(text: UnsafeRawBufferPointer) {
    let names = String(decoding: text, as: UTF8.self)
    switch names {
    case "PASS": self = .passed
    case ".": self = .notApplied
    default: self = .failed(names.split(separator: ";").map(String.init))
    }
  }
}
