/// Names on the genome: `NC_000007.14:g.117559593_117559595del`. The 3′ end is the plus strand's.
enum HGVSGenomic {
  /// Appends the name of an allele.
  /// - Parameter prefix: the sequence's accession or name with `:g.` or `:m.`.
  static func append(_ allele: HGVSAllele, prefix: [UInt8], to output: inout [UInt8]) {
    output.append(contentsOf: prefix)
    let first = allele.windowStarts.upperBound
    HGVSText.append(first + 1, to: &output)
    if allele.window > 1 {
      output.append(UInt8(ascii: "_"))
      HGVSText.append(first + allele.window, to: &output)
    }
    switch allele.kind {
    case .substitution:
      output.append(allele.reference[0])
      output.append(UInt8(ascii: ">"))
      output.append(allele.alternate[0])
    case .deletion: HGVSText.append("del", to: &output)
    case .duplication: HGVSText.append("dup", to: &output)
    case .inversion: HGVSText.append("inv", to: &output)
    case .insertion:
      HGVSText.append("ins", to: &output)
      for index in allele.alternate.indices { output.append(allele.inserted(index, before: first + 1)) }
    case .replacement:
      HGVSText.append("delins", to: &output)
      output.append(contentsOf: allele.alternate)
    }
  }
}
