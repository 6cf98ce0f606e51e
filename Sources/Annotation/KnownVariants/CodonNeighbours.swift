import Genomics
import Variants

/// A missense change of one codon, as a source is asked for its neighbours.
struct MissenseCodon {
  /// The allele's place in ALT, from 1.
  var allele: Int
  /// The transcript's index in the cache.
  var transcript: Int
  /// Where the codon starts in the transcript's bases.
  var place: Int
  /// The codon with the change, on the transcript's strand.
  var alternate: [UInt8]

  /// The change that an effect tells; nil where it is not missense within one codon.
  init?(_ effect: TranscriptEffect, _ transcript: Transcript, allele: Int) {
    guard effect.consequences.contains(.missense), let change = effect.change, change.referenceCodons.count == 3,
      change.alternateCodons.count == 3, let start = effect.inCoding?.start, let coding = transcript.coding
    else { return nil }
    self.allele = allele
    self.transcript = transcript.index
    place = start / 3 * 3 - transcript.lead + coding.lowerBound
    alternate = change.alternateCodons
    guard place >= coding.lowerBound, place + 3 <= coding.upperBound else { return nil }
  }
}

/// Looks up what a source of classified alleles knows of a codon beside the allele itself: other alleles with the same
/// change of the protein, and other missense changes of the residue (the evidence of ACMG/AMP's PS1 and PM5; Richards
/// et al. 2015).
///
/// Nothing is stored for it: the substitutions that the source has in the codon are looked at one by one. A codon that
/// an intron splits has fewer that a VCF can tell in one record.
struct CodonNeighbours {
  /// The field that makes a source one of classified alleles.
  static let classification = "CLNSIG"

  private struct Found {
    /// The allele asked for.
    var allele: Int
    var isSame: Bool
    /// Where the allele starts, counted from 0.
    var start: Int
    var reference: [UInt8]
    var alternate: [UInt8]
    var residue: UInt8
    var transcript: Transcript
    var ordinal: Int
    var referenceResidue: UInt8
    var chunk: KnownChunk
    var row: Int
  }

  private let cache: AnnotationCache
  private let contig: Int
  /// The sources asked, with the keys of what they answer.
  private let asked: [(source: Int, same: [UInt8], residue: [UInt8])]
  private var last: [(window: Int, chunk: KnownChunk?)]
  private var tallies: [(codons: Int, same: Int, residue: Int)]
  private var found: [Found] = []

  /// nil where no source is one of classified alleles.
  init?(_ cache: AnnotationCache, contig: Int) {
    self.cache = cache
    self.contig = contig
    asked = cache.sources.enumerated().filter { $0.element.build.isClassified && $0.element.has(contig: contig) }.map {
      ($0.offset, Array("\($0.element.build.sameChangeKey)=".utf8), Array("\($0.element.build.sameResidueKey)=".utf8))
    }
    guard !asked.isEmpty else { return nil }
    last = asked.map { _ in (-1, nil) }
    tallies = asked.map { _ in (0, 0, 0) }
  }

  /// Adds what was counted to the sources' counts.
  func add(to counts: inout [String: KnownSourceCounts]) {
    for (index, ask) in asked.enumerated() {
      let name = cache.sources[ask.source].build.name
      counts[name, default: KnownSourceCounts()].codonsLookedUp += tallies[index].codons
      counts[name, default: KnownSourceCounts()].allelesOfSameChange += tallies[index].same
      counts[name, default: KnownSourceCounts()].allelesOfSameResidue += tallies[index].residue
    }
  }

  /// Appends the entries of a record's missense changes.
  /// - Parameters:
  ///   - base: the contig's base at a position counted from 0.
  ///   - first: where the record's entries begin in the output.
  /// - Throws: `CacheError` of kind `damaged`.
  mutating func append(_ codons: [MissenseCodon], base: (Int) -> UInt8?, first: Int, to output: inout [UInt8]) throws {
    // Transcripts share most codons: each is asked for once, under the first of them.
    var distinct: [(codon: MissenseCodon, positions: [Int])] = []
    for codon in codons {
      let transcript = cache.transcript(codon.transcript)
      guard let positions = Self.positions(of: codon.place, on: transcript, base: base) else { continue }
      // Positions ascend on the forward strand and descend on the reverse, so they tell the strand too.
      let isKnown = distinct.contains {
        $0.positions == positions && $0.codon.allele == codon.allele && $0.codon.alternate == codon.alternate
      }
      if !isKnown { distinct.append((codon, positions)) }
    }
    for index in asked.indices {
      found.removeAll(keepingCapacity: true)
      for (codon, positions) in distinct {
        tallies[index].codons += 1
        try find(codon, positions, index)
      }
      found.sort { Self.isBefore($0, $1) }
      write(found.filter(\.isSame), asked[index].same, index, first, &output)
      write(found.filter { !$0.isSame }, asked[index].residue, index, first, &output)
      tallies[index].same += found.count { $0.isSame }
      tallies[index].residue += found.count { !$0.isSame }
    }
  }

  /// By the allele asked for, then by place, length and bases.
  private static func isBefore(_ one: Found, _ other: Found) -> Bool {
    let (left, right) = (
      (one.allele, one.start, one.reference.count), (other.allele, other.start, other.reference.count)
    )
    return left == right ? one.alternate.lexicographicallyPrecedes(other.alternate) : left < right
  }

  /// The contig's positions, counted from 0, of the bases of a codon in the transcript's order; nil where the contig
  /// has other bases than the transcript there.
  private static func positions(of place: Int, on transcript: Transcript, base: (Int) -> UInt8?) -> [Int]? {
    var positions: [Int] = []
    for offset in place..<(place + 3) {
      // Exons ascend by position; places ascend on the forward strand and descend on the reverse.
      var low = 0
      var high = transcript.exonCount - 1
      while low < high {
        let middle = (low + high) / 2
        let exon = transcript.exon(middle)
        if transcript.isReverse ? offset < exon.offset : offset >= exon.offset + exon.end - exon.start {
          low = middle + 1
        } else {
          high = middle
        }
      }
      let exon = transcript.exon(low)
      let inside = offset - exon.offset
      guard inside >= 0, inside < exon.end - exon.start else { return nil }
      let position = transcript.isReverse ? exon.end - 1 - inside : exon.start + inside
      guard let there = base(position) else { return nil }
      guard (transcript.isReverse ? complement(there) : there) == transcript.bases[offset] else { return nil }
      positions.append(position)
    }
    return positions
  }

  /// Finds the source's substitutions that lie in a codon and change the residue to another one.
  private mutating func find(_ codon: MissenseCodon, _ positions: [Int], _ index: Int) throws {
    let transcript = cache.transcript(codon.transcript)
    guard let coding = transcript.coding else { return }
    let code = GeneticCode(isMitochondrial: transcript.flags.contains(.mitochondrial))
    let reference = Array(transcript.bases[codon.place..<(codon.place + 3)])
    let referenceResidue = code.aminoAcid(reference[0], reference[1], reference[2])
    let residue = code.aminoAcid(codon.alternate[0], codon.alternate[1], codon.alternate[2])
    let source = cache.sources[asked[index].source]
    for start in positions {
      let window = start >> KnownChunkLayout.placeBits
      if last[index].window != window { last[index] = (window, try source.chunk(contig: contig, position: start)) }
      guard let chunk = last[index].chunk else { continue }
      chunk.forEachSubstitution(place: start & (1 << KnownChunkLayout.placeBits - 1)) { alternate, row in
        var other = reference
        var ref: [UInt8] = []
        for (offset, base) in alternate.enumerated() {
          // A change that reaches over the codon's end is another one.
          guard let place = positions.firstIndex(of: start + offset) else { return }
          ref.append(transcript.isReverse ? complement(reference[place]) : reference[place])
          other[place] = transcript.isReverse ? complement(base) : base
        }
        guard other != codon.alternate else { return }
        let otherResidue = code.aminoAcid(other[0], other[1], other[2])
        guard otherResidue != referenceResidue, otherResidue != UInt8(ascii: "*") else { return }
        found.append(
          Found(
            allele: codon.allele, isSame: otherResidue == residue, start: start, reference: ref, alternate: alternate,
            residue: otherResidue,
            transcript: transcript, ordinal: (codon.place - coding.lowerBound + transcript.lead) / 3 + 1,
            referenceResidue: referenceResidue, chunk: chunk, row: row))
      }
    }
  }

  private func write(_ found: [Found], _ key: [UInt8], _ index: Int, _ first: Int, _ output: inout [UInt8]) {
    guard !found.isEmpty else { return }
    if output.count > first { output.append(UInt8(ascii: ";")) }
    output += key
    for (number, one) in found.enumerated() {
      if number > 0 { output.append(UInt8(ascii: ",")) }
      HGVSText.append(one.start + 1, to: &output)
      output.append(UInt8(ascii: ":"))
      output += one.reference
      output.append(UInt8(ascii: ">"))
      output += one.alternate
      output.append(UInt8(ascii: "|"))
      HGVSText.append(one.allele, to: &output)
      output.append(UInt8(ascii: "|"))
      HGVSText.append(cache.identifier(one.transcript.index), to: &output)
      HGVSText.append("|p.(", to: &output)
      HGVSText.append(residue: one.referenceResidue, to: &output)
      HGVSText.append(one.ordinal, to: &output)
      HGVSText.append(residue: one.residue, to: &output)
      output.append(UInt8(ascii: ")"))
      for field in cache.sources[asked[index].source].build.fields.indices {
        output.append(UInt8(ascii: "|"))
        let start = output.count
        _ = one.chunk.append(field: field, of: one.row, to: &output)
        // A bar would begin the next part.
        for place in start..<output.count where output[place] == UInt8(ascii: "|") { output[place] = UInt8(ascii: "&") }
      }
    }
  }
}

extension KnownSourceBuild {
  /// Whether the source classifies its alleles as ClinVar does, so that it is asked for a codon's other alleles.
  var isClassified: Bool { fields.contains { $0.key == CodonNeighbours.classification } }

  var sameChangeKey: String { "\(name)_SAME_CHANGE" }
  var sameResidueKey: String { "\(name)_SAME_RESIDUE" }

  /// The header lines of the keys of a codon's other alleles.
  var neighbourFields: [(key: String, line: String)] {
    guard isClassified else { return [] }
    let format = (["Allele", "ALLELE_NUM", "Feature", "HGVSp"] + fields.map(\.key)).joined(separator: "|")
    let source = files.map(\.name).joined(separator: ", ")
    func line(_ key: String, _ what: String) -> (String, String) {
      (key, "##INFO=<ID=\(key),Number=.,Type=String,Description=\"\(what) in \(source). Format: \(format)\">")
    }
    return [
      line(sameChangeKey, "Other alleles with the same missense change of the protein"),
      line(sameResidueKey, "Alleles with another missense change of the same residue"),
    ]
  }
}
