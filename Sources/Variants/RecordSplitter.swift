import GenomicFiles
import Genomics

/// Writes one alternate allele of a multi-allelic record as a record of its own, inventing nothing.
///
/// Fields with a value an allele keep this allele's values. In GT, this allele becomes 1 and any other alternate becomes
/// missing, never reference: `1/2` is `1/.` and `./1`. Phase marks, PS and everything else stay. `INFO/APUS_ORIG` names
/// the original record. reference: VCF 4.5 sections 1.4.2 and 1.6.2 (order of Number=G).
struct RecordSplitter {
  let header: VCFHeader
  let view: VariantRecords
  let record: Int
  /// The number of alternate alleles of the original.
  let alternateCount: Int

  /// The header line that declares `APUS_ORIG`.
  static let headerLine =
    "##INFO=<ID=APUS_ORIG,Number=1,Type=String,Description=\"Multi-allelic record that this one was split from: CHROM|POS|REF|ALT alleles joined by &|index of this allele, counted from 1\">"

  /// A field that cannot be split.
  struct Fault: Error {
    var reason: String

    static func arity(_ field: String, expected: Int, found: Int) -> Fault {
      Fault(reason: "\(field) has \(found) values where its Number asks for \(expected)")
    }
  }

  /// Appends INFO for allele `allele` (1-based).
  func appendInfo(_ allele: Int, to output: inout [UInt8]) throws(Fault) {
    let info = view[view.column(.info, of: record)]
    if info.count != 1 || info[0] != UInt8(ascii: ".") {
      for entry in info.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
        try appendEntry(UnsafeRawBufferPointer(rebasing: entry), allele, to: &output)
        output.append(UInt8(ascii: ";"))
      }
    }
    output += Array("APUS_ORIG=".utf8)
    for column in [VCFColumn.chrom, .pos, .ref] {
      for byte in view[view.column(column, of: record)] { Self.appendEncoded(byte, to: &output) }
      output.append(UInt8(ascii: "|"))
    }
    for byte in view[view.column(.alt, of: record)] {
      if byte == UInt8(ascii: ",") { output.append(UInt8(ascii: "&")) } else { Self.appendEncoded(byte, to: &output) }
    }
    output += Array("|\(allele)".utf8)
  }

  private func appendEntry(_ entry: UnsafeRawBufferPointer, _ allele: Int, to output: inout [UInt8]) throws(Fault) {
    guard let equals = entry.firstIndex(of: UInt8(ascii: "=")) else {
      output.append(contentsOf: entry)
      return
    }
    let key = String(decoding: entry[..<equals], as: UTF8.self)
    output.append(contentsOf: entry[...equals])
    let value = UnsafeRawBufferPointer(rebasing: entry[(equals + 1)...])
    try appendValues(value, key: key, number: header.info[key]?.number, ploidy: 2, allele, to: &output)
  }

  /// Appends a field's values for this allele; fields of other Numbers as they are.
  private func appendValues(
    _ value: UnsafeRawBufferPointer, key: String, number: FieldNumber?, ploidy: Int?, _ allele: Int,
    to output: inout [UInt8]
  ) throws(Fault) {
    switch number {
    case .perAlternate, .perAllele, .perGenotype: break
    default:
      output.append(contentsOf: value)
      return
    }
    // One `.` stands for a list of any length (VCF 4.5, section 1.6.1.8).
    if value.count == 1, value[0] == UInt8(ascii: ".") {
      output.append(UInt8(ascii: "."))
      return
    }
    let values = value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    let expected: Int
    let wanted: [Int]
    switch number {
    case .perAlternate:
      expected = alternateCount
      wanted = [allele - 1]
    case .perAllele:
      expected = alternateCount + 1
      wanted = [0, allele]
    default:
      // Some callers write diploid values beside a haploid GT, and `.` says nothing of ploidy: then the number of values
      // tells it, since haploid and diploid ones never have the same.
      let possible = [ploidy, 2, 1].compactMap { $0 }
      let fitting = possible.first { values.count == GenotypeOrder.count(alleles: alternateCount + 1, ploidy: $0) }
      guard let fitting else {
        let expected = GenotypeOrder.count(alleles: alternateCount + 1, ploidy: possible[0])
        throw .arity(key, expected: expected, found: values.count)
      }
      expected = values.count
      wanted = (0...fitting).map { GenotypeOrder.index(of: allele, copies: $0, ploidy: fitting) }
    }
    guard values.count == expected else { throw .arity(key, expected: expected, found: values.count) }
    for (place, index) in wanted.enumerated() {
      if place > 0 { output.append(UInt8(ascii: ",")) }
      output.append(contentsOf: values[index])
    }
  }

  /// Appends the sample columns for allele `allele` (1-based), with the tabs between them.
  func appendSamples(_ allele: Int, to output: inout [UInt8]) throws(Fault) {
    let format = view[view.column(.format, of: record)]
    let keys = format.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    let samples = view[view.samples(of: record)].split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    for (number, sample) in samples.enumerated() {
      if number > 0 { output.append(UInt8(ascii: "\t")) }
      var ploidy: Int?
      let values = sample.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      for (index, value) in values.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ":")) }
        guard index < keys.count else {
          throw Fault(reason: "a sample has \(values.count) fields and FORMAT \(keys.count)")
        }
        let bytes = UnsafeRawBufferPointer(rebasing: value)
        if keys[index] == "GT" {
          ploidy = try appendGenotype(bytes, allele, to: &output)
        } else {
          try appendValues(
            bytes, key: keys[index], number: header.format[keys[index]]?.number, ploidy: ploidy, allele, to: &output)
        }
      }
    }
  }

  /// Appends GT; returns its ploidy.
  /// - Throws: where GT names an allele that the record does not have, or is no genotype: neither may become missing.
  private func appendGenotype(
    _ text: UnsafeRawBufferPointer, _ allele: Int, to output: inout [UInt8]
  ) throws(Fault) -> Int? {
    guard let genotype = Genotype(text: text) else {
      throw Fault(reason: "GT \(String(decoding: text, as: UTF8.self)) is no genotype")
    }
    for index in genotype.alleles.compactMap({ $0 }) where index > alternateCount {
      throw Fault(reason: "GT names allele \(index) of \(alternateCount)")
    }
    var place = 0
    var isInAllele = false
    for byte in text {
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "|") {
        output.append(byte)
        isInAllele = false
      } else if !isInAllele {
        switch genotype.alleles[place] {
        case 0: output.append(UInt8(ascii: "0"))
        case allele: output.append(UInt8(ascii: "1"))
        default: output.append(UInt8(ascii: "."))
        }
        place += 1
        isInAllele = true
      }
    }
    return genotype.ploidy
  }

  /// Percent-encodes what would end or divide the value (VCF 4.3, section 1.2), and the two separators of `APUS_ORIG`.
  private static func appendEncoded(_ byte: UInt8, to output: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: ";"): output += Array("%3B".utf8)
    case UInt8(ascii: "="): output += Array("%3D".utf8)
    case UInt8(ascii: ","): output += Array("%2C".utf8)
    case UInt8(ascii: "%"): output += Array("%25".utf8)
    case UInt8(ascii: "|"): output += Array("%7C".utf8)
    case UInt8(ascii: "&"): output += Array("%26".utf8)
    default: output.append(byte)
    }
  }
}

/// The order of genotypes in fields of Number=G (VCF 4.5, section 1.6.2, "GL").
enum GenotypeOrder {
  /// The number of genotypes of `ploidy` alleles out of `alleles`.
  static func count(alleles: Int, ploidy: Int) -> Int { choose(alleles + ploidy - 1, ploidy) }

  /// The place of the genotype with `copies` of `allele` and otherwise the reference.
  static func index(of allele: Int, copies: Int, ploidy: Int) -> Int {
    // Sorted alleles a1 ≤ … ≤ aP stand at the sum over m of C(a_m + m - 1, m); the reference adds nothing.
    (ploidy - copies + 1...max(ploidy, ploidy - copies + 1)).reduce(0) { sum, m in
      copies == 0 ? 0 : sum + choose(allele + m - 1, m)
    }
  }

  /// Int.max where the number does not fit: no record has that many values.
  private static func choose(_ n: Int, _ k: Int) -> Int {
    guard k >= 0, k <= n else { return 0 }
    var result = 1
    for step in 0..<min(k, n - k) {
      let (product, overflow) = result.multipliedReportingOverflow(by: n - step)
      if overflow { return Int.max }
      result = product / (step + 1)
    }
    return result
  }
}
