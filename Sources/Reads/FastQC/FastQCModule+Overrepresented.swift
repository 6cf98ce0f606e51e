extension FastQCModule {
  /// Sequences that are more than a thousandth of all reads, the most frequent first.
  /// - Parameter order: the sequences as FastQC meets them; equal counts stay in this order.
  static func overrepresented(_ sequences: FastQCSequences, order: [Int], _ contaminants: FastQCContaminants)
    -> FastQCModule
  {
    func percent(_ sequence: Int) -> Double { Double(sequences.counts[sequence]) / Double(sequences.reads) * 100 }
    let kept = order.filter { percent($0) > 0.1 }.enumerated()
      .sorted { a, b in
        let (first, second) = (sequences.counts[a.element], sequences.counts[b.element])
        return first != second ? first > second : a.offset < b.offset
      }
      .map(\.element)
    var module = FastQCModule(name: "Overrepresented sequences", verdict: .pass)
    guard let first = kept.first else { return module }
    module.table = FastQCTable("Sequence", "Count", "Percentage", "Possible Source")
    for sequence in kept {
      let letters = sequences.table.letters(sequence)
      module.table.addRow([
        String(decoding: letters, as: UTF8.self), "\(sequences.counts[sequence])", JavaDouble.text(percent(sequence)),
        contaminants.source(of: letters) ?? "No Hit",
      ])
    }
    module.verdict = percent(first) > 1 ? .fail : .warn
    return module
  }
}
