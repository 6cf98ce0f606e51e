import Batching
import GenomicFiles
import Genomics

/// The records of one sample near defining positions, by contig, in the file's order.
struct SampleRecords: Sendable {
  /// The sample's name.
  var sample: String
  var byContig: [String: [SampleRecord]]
  /// Contigs of the file that carry records.
  var contigs: Set<String>

  /// The records on a contig that share a base with a span, or may be shifted to it.
  func near(_ span: Range<Int>, on contig: String) -> [SampleRecord] {
    (byContig[contig] ?? []).filter {
      $0.span.overlaps(span) || ($0.start >= span.lowerBound && $0.start <= span.upperBound + ParsimoniousAllele.reach)
    }
  }
}

/// Reads a VCF or BCF once and keeps the records of one sample that lie near positions.
/// - Parameters:
///   - sample: its name; nil takes the only one.
///   - windows: the stretches that are looked at, by the reference's name of the contig; ascending, apart.
/// - Throws: `InputError`: what reading found, a sample that is not there or not named, a contig that disagrees.
func readSampleRecords(
  of input: InputFile, sample: String?, windows: [String: [Range<Int>]], reference: PharmacogenomicReference,
  resources: RunResources
) async throws -> SampleRecords {
  try await withVariants(of: input, resources: resources) { reader in
    let header = reader.header
    let (index, name) = try chooseSample(sample, of: header, path: input.path)
    var records: [String: [SampleRecord]] = [:]
    var checked: Set<String> = []
    while let batch = try await reader.next() {
      for run in batch.runs {
        if checked.insert(run.contig).inserted {
          try reference.require(
            run.contig, declaredLength: header.contigs[run.contig]?.length,
            at: batch.location(of: run.records.lowerBound))
        }
        guard let stretches = windows[run.contig] else { continue }
        let found = try batch.withRecords { view in
          try run.records.compactMap { record -> SampleRecord? in
            guard view.reaches(record, stretches) else { return nil }
            return try view.sampleRecord(record, sample: index, location: batch.location(of: record))
          }
        }
        records[run.contig, default: []] += found
      }
    }
    return SampleRecords(sample: name, byContig: records, contigs: checked)
  }
}

private func chooseSample(
  _ sample: String?, of header: VCFHeader, path: String
) throws(InputError) -> (index: Int, name: String) {
  let location = InputLocation(file: path)
  guard let sample else {
    guard header.samples.count == 1 else {
      throw InputError(
        .mismatch, at: location, "the file has \(header.samples.count) samples",
        remedy: header.samples.isEmpty ? "give a VCF with genotypes" : "name one with --sample")
    }
    return (0, header.samples[0])
  }
  guard let index = header.samples.firstIndex(of: sample) else {
    throw InputError(
      .mismatch, at: location, "the sample that was named is not in the file", remedy: "name one of its sample columns")
  }
  return (index, sample)
}

extension VariantRecords {
  /// Whether a record touches a window; END counts.
  fileprivate func reaches(_ record: Int, _ windows: [Range<Int>]) -> Bool {
    let start = position(of: record) - 1
    var end = start + column(.ref, of: record).count
    // Most records lie behind or before every window: INFO is read only where a window begins later.
    var low = 0
    var high = windows.count
    while low < high {
      let middle = (low + high) / 2
      if windows[middle].upperBound <= start { low = middle + 1 } else { high = middle }
    }
    guard low < windows.count else { return false }
    if windows[low].lowerBound < end { return true }
    if let last = blockEnd(of: record) { end = max(end, last) }
    return windows[low].lowerBound < end
  }

  /// INFO END: the exclusive end counted from 0 is the same number.
  fileprivate func blockEnd(of record: Int) -> Int? {
    "END".utf8.withContiguousStorageIfAvailable { key in
      info(UnsafeRawBufferPointer(key), of: record)?.value.flatMap { VCFNumber.integer(self[$0]) }
    } ?? nil
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }

  fileprivate func sampleRecord(_ record: Int, sample: Int, location: InputLocation) throws(InputError) -> SampleRecord
  {
    let start = position(of: record) - 1
    let reference = text(column(.ref, of: record)).uppercased()
    let alternate = text(column(.alt, of: record))
    let filter = text(column(.filter, of: record))
    var values: [String: String] = [:]
    let keys = text(column(.format, of: record)).split(separator: ":")
    forEachSample(of: record) { index, range in
      guard index == sample else { return }
      for (key, value) in zip(keys, text(range).split(separator: ":", omittingEmptySubsequences: false))
      where value != "." {
        values[String(key)] = String(value)
      }
    }
    let genotype = values["GT"].flatMap { Genotype(text: $0.utf8) }
    guard values["GT"] == nil || genotype != nil else {
      throw InputError(
        .malformed, at: location, "the sample's GT is no genotype", remedy: "correct the line, or make the file again")
    }
    func number(_ key: String) -> Int? { values[key].flatMap { Int($0) } }
    return SampleRecord(
      start: start, reference: reference,
      alternates: alternate == "." || alternate.isEmpty
        ? [] : alternate.split(separator: ",").map { $0.hasPrefix("<") ? String($0) : $0.uppercased() },
      end: max(blockEnd(of: record) ?? 0, start + reference.utf8.count),
      filters: filter == "PASS" || filter == "." ? [] : filter.split(separator: ";").map(String.init),
      genotype: genotype, phaseSet: values["PS"],
      depth: number("MIN_DP") ?? number("DP"), quality: number("GQ"), location: location)
  }
}
