public import Annotation
public import GenomicFiles
import Genomics
import Variants

/// Reads short tandem repeats from ExpansionHunter's VCFs: REPCN with REPCI for each allele, by the locus that VARID
/// (else REPID) names.
///
/// - Parameter paths: of one or more members of the family each; who is in none has no alleles.
/// - Throws: `InputError` for a file that is damaged, has no member of the family, or contigs that are not the cache's.
public func readRepeats(
  _ paths: [String], family: Family, cache: AnnotationCache, resources: RunResources
) async throws -> [RepeatCandidate] {
  let places = ContigPlaces(cache.contigs)
  var repeats: [RepeatCandidate] = []
  var numbers: [String: Int] = [:]
  // The proband's FILTER counts.
  var told: Set<Int> = []
  for path in paths {
    let found = try await withVariants(of: InputFile(path: path), resources: resources) { reader in
      let columns = family.members.map { reader.header.samples.firstIndex(of: $0.name) }
      guard columns.contains(where: { $0 != nil }) else {
        throw InputError(
          .mismatch, at: InputLocation(file: path), "none of its samples is a member of the family",
          remedy: "give the files of these people, under the same names")
      }
      var found: [(RepeatCandidate, [Int])] = []
      while let batch = try await reader.next() {
        try batch.withRecords { view in
          for run in batch.runs {
            try cache.contigs.require(
              run.contig, declaredLength: reader.header.contigs[run.contig]?.length,
              at: batch.location(of: run.records.lowerBound))
            for record in run.records {
              guard let locus = info("VARID", view, record) ?? info("REPID", view, record) else { continue }
              let samples = RecordSamples(view, record)
              let calls = try columns.map { column in
                try column.map { try alleles(samples.fields($0), at: batch.location(of: record)) } ?? []
              }
              let start = max(0, view.position(of: record) - 1)
              found.append(
                (
                  RepeatCandidate(
                    locus: locus, place: places.place(on: run.contig, start..<(start + 1)),
                    filter: CandidateVariant.Filter(text: view[view.column(.filter, of: record)]), calls: calls),
                  columns.indices.filter { columns[$0] != nil }
                ))
            }
          }
        }
      }
      return found
    }
    for (one, members) in found {
      guard let number = numbers[one.locus] else {
        numbers[one.locus] = repeats.count
        if members.contains(family.proband) { told.insert(repeats.count) }
        repeats.append(one)
        continue
      }
      for member in members where repeats[number].calls[member].isEmpty {
        repeats[number].calls[member] = one.calls[member]
      }
      if members.contains(family.proband), told.insert(number).inserted { repeats[number].filter = one.filter }
    }
  }
  return repeats
}

private func info(_ key: StaticString, _ view: VariantRecords, _ record: Int) -> String? {
  view.info(UnsafeRawBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount), of: record)?.value.map {
    String(decoding: view[$0], as: UTF8.self)
  }
}

/// `REPCN=20/35` with `REPCI=18-22/30-40`; none where the call is missing.
private func alleles(_ fields: RecordSamples.Fields, at location: InputLocation) throws -> [RepeatCandidate.Allele] {
  guard let counts = fields.value("REPCN"), let intervals = fields.value("REPCI"), counts != "./.", intervals != "./."
  else { return [] }
  let numbers = counts.split(separator: "/")
  let bounds = intervals.split(separator: "/")
  guard numbers.count == bounds.count else {
    throw InputError(
      .malformed, at: location, "REPCN and REPCI tell of different numbers of alleles", remedy: "make the file again")
  }
  return try zip(numbers, bounds).compactMap { number, bounds in
    if number == "." { return nil }
    let ends = bounds.split(separator: "-").map { Int($0) }
    guard let repeats = Double(number), repeats.isFinite, ends.count == 2, let lower = ends[0], let upper = ends[1],
      lower <= upper
    else {
      throw InputError(
        .malformed, at: location, "REPCN or REPCI is not a number of repeats with its interval",
        remedy: "give a VCF of ExpansionHunter")
    }
    return RepeatCandidate.Allele(repeats: repeats, lower: lower, upper: upper)
  }
}
