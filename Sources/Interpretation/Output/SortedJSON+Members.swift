// What most of a large document is made of.

extension TranscriptConsequence: SortedJSONMembers {
  func writeMembers(to members: inout SortedJSONWriter) {
    members.write("biotype", biotype)
    members.write("gene", gene)
    members.write("hgnc", hgnc)
    members.write("hgvsc", hgvsc)
    members.write("hgvsp", hgvsp)
    members.write("isCanonical", isCanonical)
    members.write("isMANESelect", isMANESelect)
    members.write("symbol", symbol)
    members.write("terms", terms)
    members.write("transcript", transcript)
  }
}

extension TraceLine: SortedJSONMembers {
  func writeMembers(to members: inout SortedJSONWriter) {
    members.write("data", data)
    members.write("mark", mark.rawValue)
    members.write("outcome", outcome.rawValue)
    members.write("person", person)
    members.write("rule", rule)
    members.write("source", source)
    members.write("threshold", threshold)
    members.write("value", value)
  }
}

extension TierReport.Call: SortedJSONMembers {
  func writeMembers(to members: inout SortedJSONWriter) {
    members.write("alternateDepth", alternateDepth)
    members.write("depth", depth)
    members.write("evidence", evidence.rawValue)
    members.write("genotype", genotype)
    members.write("name", name)
    members.write("phaseSet", phaseSet)
    members.write("quality", quality)
  }
}

extension FilterAnswer: SortedJSONMembers {
  func writeMembers(to members: inout SortedJSONWriter) {
    members.write("filter", filter.rawValue)
    members.write("genotype", genotype?.rawValue)
    members.write("ignored", ignored)
    members.write("outcome", outcome.rawValue)
    members.write("penetrance", penetrance.rawValue)
    members.write("person", person)
    members.write("reason", reason)
  }
}

extension NearMiss: SortedJSONMembers {
  func writeMembers(to members: inout SortedJSONWriter) {
    members.write("gene", gene)
    members.write("label", label.rawValue)
    members.write("reason", reason)
    members.write("wouldBe", wouldBe?.rawValue)
  }
}

extension CodingVariant: SortedJSONMembers {
  func writeMembers(to members: inout SortedJSONWriter) {
    members.write("alternate", alternate)
    members.write("alternateReads", alternateReads)
    members.write("consequences", consequences)
    members.write("contig", contig)
    members.write("depth", depth)
    members.write("domains", domains)
    members.write("fraction", fraction)
    members.write("inBurden", inBurden)
    members.write("normalFraction", normalFraction)
    members.write("position", position)
    members.write("reference", reference)
    members.write("type", type.rawValue)
  }
}
