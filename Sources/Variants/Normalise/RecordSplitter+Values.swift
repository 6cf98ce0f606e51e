import GenomicFiles
import Genomics

// The values of one allele.
extension RecordSplitter {
  /// Appends the values of a list that are this allele's.
  /// - Throws: a fault whose reason lacks the field's name in front.
  func appendList(
    _ value: UnsafeRawBufferPointer, _ kind: ListFields.Kind, ploidy: Int?, _ allele: Int, to output: inout [UInt8]
  ) throws(Fault) {
    // One `.` stands for a list of any length (VCF 4.5, section 1.6.1.8).
    if value.isMissing {
      output.append(UInt8(ascii: "."))
      return
    }
    var found = 1
    for byte in value where byte == UInt8(ascii: ",") { found += 1 }
    // The wanted places ascend: `wanted` values, the one at `copies` first.
    var fitting = 1
    var expected = alternateCount + 1
    switch kind {
    case .perAlternate: expected = alternateCount
    case .perGenotype:
      // Some callers write diploid values beside a haploid GT, and `.` says nothing of ploidy: then the number of values
      // tells it, since haploid and diploid ones never have the same.
      expected = GenotypeOrder.count(alleles: alternateCount + 1, ploidy: ploidy ?? 2)
      fitting = ploidy ?? 2
      for possible in [2, 1] where found != expected {
        let count = GenotypeOrder.count(alleles: alternateCount + 1, ploidy: possible)
        if found == count { (expected, fitting) = (count, possible) }
      }
    default: break
    }
    guard found == expected else {
      throw Fault(reason: " has \(found) values where its Number asks for \(expected)")
    }
    var copies = kind == .perAlternate ? 1 : 0
    var isFirst = true
    var wanted = kind == .perAlternate ? allele - 1 : 0
    var place = 0
    var start = 0
    while copies <= fitting {
      let end = value.end(from: start, before: UInt8(ascii: ","))
      if place == wanted {
        if !isFirst { output.append(UInt8(ascii: ",")) }
        output.append(bytes: value.slice(start..<end))
        isFirst = false
        copies += 1
        guard copies <= fitting else { return }
        wanted = kind == .perAllele ? allele : GenotypeOrder.index(of: allele, copies: copies, ploidy: fitting)
      }
      place += 1
      start = end + 1
    }
  }

  /// Appends the sum of the depths of the other alternates; `.` where none is known.
  func appendOtherDepth(_ value: UnsafeRawBufferPointer, _ allele: Int, to output: inout [UInt8]) {
    var sum = 0
    var isKnown = false
    var place = 0
    var start = 0
    while start <= value.count {
      let end = value.end(from: start, before: UInt8(ascii: ","))
      if place > 0, place != allele {
        let number = value.slice(start..<end)
        if let depth = VCFNumber.integer(number), depth >= 0 {
          (sum, isKnown) = (sum + min(depth, Int(Int32.max)), true)
        } else if !number.isMissing {
          // No depth that a sum could be made of.
          output.append(UInt8(ascii: "."))
          return
        }
      }
      place += 1
      start = end + 1
    }
    if isKnown { output.append(number: min(sum, Int(Int32.max))) } else { output.append(UInt8(ascii: ".")) }
  }

  /// Appends GT; returns its ploidy.
  /// - Throws: where GT names an allele that the record does not have, or is no genotype: neither may become missing.
  func appendGenotype(_ text: UnsafeRawBufferPointer, _ allele: Int, to output: inout [UInt8]) throws(Fault) -> Int {
    func isMark(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "|") }
    func noGenotype() -> Fault { Fault(reason: "GT \(String(decoding: text, as: UTF8.self)) is no genotype") }
    var ploidy = 0
    var index = 0
    // A mark before the first allele is the phase of that allele (VCF 4.4).
    if let first = text.first, isMark(first) {
      output.append(first)
      index = 1
    }
    while true {
      guard index < text.count else { throw noGenotype() }
      if text[index] == UInt8(ascii: ".") {
        output.append(UInt8(ascii: "."))
        index += 1
      } else {
        let start = index
        var value = 0
        while index < text.count, case let digit = text[index] &- UInt8(ascii: "0"), digit < 10 {
          value = value * 10 + Int(digit)
          guard value < 10_000_000 else { throw noGenotype() }
          index += 1
        }
        guard index > start else { throw noGenotype() }
        guard value <= alternateCount else { throw Fault(reason: "GT names allele \(value) of \(alternateCount)") }
        output.append(UInt8(ascii: value == 0 ? "0" : value == allele ? "1" : "."))
      }
      ploidy += 1
      if index == text.count { return ploidy }
      guard isMark(text[index]) else { throw noGenotype() }
      output.append(text[index])
      index += 1
    }
  }
}
