/// The strand of a gene.
public enum Strand: UInt8, Sendable {
  case forward = 43
  case reverse = 45
}

/// One transcript. Ranges are 0-based half-open on the contig and ascending there, whatever the strand.
public struct Transcript: Sendable {
  /// `SYNT…`.
  public var identifier: String
  /// Ascending.
  public var exons: [Range<Int>]
  /// From the first to the last coding base (introns between), or nil for a non-coding transcript. The stop codon
  /// belongs to it, as in Ensembl's GFF3.
  public var coding: Range<Int>?

  /// The coding parts of the exons, ascending.
  public var codingExons: [Range<Int>] {
    guard let coding else { return [] }
    return exons.map { $0.clamped(to: coding) }.filter { !$0.isEmpty }
  }
}

/// A gene planted into the genome.
public struct Gene: Sendable {
  /// `SYN1`, `SYN2` …
  public var name: String
  /// `SYNG…`.
  public var identifier: String
  /// Index into the genome's contigs.
  public var contig: Int
  /// Which strand is transcribed.
  public var strand: Strand
  /// The canonical transcript first.
  public var transcripts: [Transcript]

  /// Whether its transcripts have a protein.
  public var isCoding: Bool { transcripts[0].coding != nil }

  /// From the first to the last exon of any transcript.
  public var range: Range<Int> {
    let starts = transcripts.map { $0.exons[0].lowerBound }
    let ends = transcripts.map { $0.exons[$0.exons.count - 1].upperBound }
    return (starts.min() ?? 0)..<(ends.max() ?? 0)
  }

  /// 0-based positions of the coding bases of a transcript in the order of transcription.
  public func codingPositions(_ transcript: Transcript) -> [Int] {
    let ascending = transcript.codingExons.flatMap { Array($0) }
    return strand == .forward ? ascending : ascending.reversed()
  }

  /// The coding sequence of a transcript, on its own strand.
  public func codingSequence(_ transcript: Transcript, in genome: Genome) -> [UInt8] {
    codingPositions(transcript).map { position in
      let base = genome.contigs[contig].base(position)
      return strand == .forward ? base : DNA.complement(base)
    }
  }
}
