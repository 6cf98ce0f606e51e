import Foundation
import TestSupport
import Testing

@testable import Annotation

/// The tables of g., c. and p. names of the same variants that biocommons/hgvs is tested with.
@Suite struct HGVSSharedTests {
  /// Rows that we tell otherwise, and the rule that says so.
  private static let differing: [String: String] = [
    "NM_000682.5:c.*1879_*1880insT": "a copy of the base before it: dup, never ins",
    "NM_000682.5:c.1328_1329insC": "a copy of the base before it, at the 3′ end of a run: dup, never ins",
    "NM_006158.4:c.*406_*407delAT": "TA before the T can be deleted as well, which is one base more 3′",
    "NM_003777.3:c.13354_13355insACCA": "a copy of the bases before it: dup, never ins",
  ]

  /// An allele of a row on its contig, from 0.
  private static func allele(
    _ name: HGVSReading, _ contig: HGVSContig
  ) -> (start: Int, reference: [UInt8], alternate: [UInt8])? {
    let start = name.start.number - 1
    let known = (start...(name.end.number - 1)).map { contig.bases[$0 - contig.origin] }
    switch name.change {
    case .substitution(let before, let after): return (start, Array(before.utf8), Array(after.utf8))
    case .deletion: return (start, known, [])
    case .duplication: return (name.end.number, [], known)
    case .insertion(let text): return (name.end.number - 1, [], Array(text.utf8))
    default: return nil
    }
  }

  @Test(.enabled(if: SharedData.has("hgvs")))
  func rowsAgree() throws {
    let data = try HGVSSharedData()
    let rows = try data.rows()
    var contigs: [String: HGVSContig] = [:]
    for alignment in data.alignments {
      guard
        rows.contains(where: { $0.genomic.sequence == alignment.contig && $0.coding.hasPrefix(alignment.transcript) })
      else { continue }
      let protein = rows.lazy.compactMap { row in
        row.coding.hasPrefix(alignment.transcript) ? row.protein.split(separator: ":").first.map(String.init) : nil
      }.first
      contigs[alignment.contig] = HGVSContig(alignment, data.sequences[alignment.transcript], protein: protein ?? "")
    }
    var counts = Counts()
    for row in rows { tell(row, in: &contigs, &counts) }
    for row in rows { keep(row, in: &contigs, &counts) }
    let made = try contigs.mapValues {
      let name = $0.alignment.contig
      return try HGVSCache(contigs: [(name, $0.bases, nil)], models: [$0.finished()])
    }
    var seen: Set<String> = []
    for row in rows {
      guard let contig = contigs[row.genomic.sequence], let cache = made[row.genomic.sequence],
        let allele = Self.allele(row.genomic, contig)
      else {
        counts.withoutModel += 1
        continue
      }
      let anchor = contig.bases[allele.start - 1 - contig.origin]
      let names = cache.names(
        row.genomic.sequence, allele.start - contig.origin,
        String(decoding: [anchor] + allele.reference, as: UTF8.self),
        String(decoding: [anchor] + allele.alternate, as: UTF8.self))
      guard let names else {
        Issue.record("\(row.text): no names")
        continue
      }
      let isCodingEqual = HGVSSharedData.canonical(row.coding) == HGVSSharedData.canonical(names.coding)
      let hasProtein = !row.protein.isEmpty
      let isProteinEqual = HGVSSharedData.agree(row.protein, names.protein)
      if isCodingEqual { counts.coding += 1 }
      if hasProtein, isProteinEqual { counts.protein += 1 }
      if hasProtein { counts.withProtein += 1 }
      if !isCodingEqual || hasProtein && !isProteinEqual {
        seen.insert(row.coding)
        // The row's own name, put by the rules, is ours.
        #expect(try Self.normalised(row.coding, cache) == names.coding)
        #expect(Self.differing[row.coding] != nil, "\(row.text): found \(names)")
      }
    }
    print("hgvs: \(rows.count) rows; \(counts)")
    #expect(seen == Set(Self.differing.keys))
  }

  /// The name of the allele that a c. name tells, told again.
  private static func normalised(_ text: String, _ cache: HGVSCache) throws -> String? {
    let transcript = cache.cache.transcript(0)
    guard let name = HGVSReading(text), let coordinates = HGVSCoordinates(transcript),
      let coding = coordinates.coding
    else { return nil }
    var bases: [UInt8] = []
    coordinates.copyBases(into: &bases)
    let sequence = String(decoding: bases, as: UTF8.self)
    let gene = HGVSGene(name.sequence, sequence, exons: [0..<bases.count], isReverse: false, coding: coding)
    guard let altered = name.applied(to: bases, isReverse: false, position: { HGVSReading.position($0, gene) }) else {
      return nil
    }
    let own = try HGVSCache(
      contigs: [(name.sequence, bases, nil)], models: [model(name.sequence, sequence, coding, protein: "P")])
    return own.names(name.sequence, 1, sequence, String(decoding: altered, as: UTF8.self))?.coding
  }

  private struct Counts: CustomStringConvertible {
    var withoutModel = 0
    var coding = 0
    var withProtein = 0
    var protein = 0
    var shiftUnknown = 0
    var contradicting = 0
    var description: String {
      "\(withoutModel) without an exon model, c. equal in \(coding), p. equal in \(protein) of \(withProtein), \(shiftUnknown) of indels among unknown bases, whose place is checked and not their shift, \(contradicting) whose bases contradict the transcript"
    }
  }

  /// Sets the bases that a row tells.
  private func tell(_ row: HGVSSharedData.Row, in contigs: inout [String: HGVSContig], _ counts: inout Counts) {
    guard var contig = contigs[row.genomic.sequence] else { return }
    let start = row.genomic.start.number - 1
    var told: [UInt8] = []
    if case .substitution(let before, _) = row.genomic.change { told = Array(before.utf8) }
    if row.genomic.change == .deletion, let place = row.coding.range(of: "del") {
      told = Array(row.coding[place.upperBound...].utf8).filter { "ACGT".utf8.contains($0) }
      if contig.alignment.isReverse { told = told.reversed().map(SyntheticGene.opposite) }
    }
    if !contig.tell(told, at: start) {
      counts.contradicting += 1
      print("hgvs: \(row.text) contradicts the transcript")
    }
    contigs[row.genomic.sequence] = contig
  }

  /// Keeps an indel from sliding into made-up bases: where it would in the real ones is not known.
  private func keep(_ row: HGVSSharedData.Row, in contigs: inout [String: HGVSContig], _ counts: inout Counts) {
    guard var contig = contigs[row.genomic.sequence] else { return }
    let (start, end) = (row.genomic.start.number - 1, row.genomic.end.number)
    let isMadeUp = [start - 1, end].contains { !contig.isKnown[$0 - contig.origin] }
    if isMadeUp, row.genomic.change == .deletion {
      contig.avoid(contig.bases[start - contig.origin], at: end)
      contig.avoid(contig.bases[end - 1 - contig.origin], at: start - 1)
      counts.shiftUnknown += 1
    }
    if isMadeUp, case .insertion(let text) = row.genomic.change {
      let letters = Array(text.utf8)
      contig.avoid(letters[0], at: end - 1)
      contig.avoid(letters[letters.count - 1], at: start)
      counts.shiftUnknown += 1
    }
    contigs[row.genomic.sequence] = contig
  }

  /// From c. to p.: the transcript itself stands for the contig.
  @Test(.enabled(if: SharedData.has("hgvs")))
  func codingNamesGiveTheProteins() throws {
    let data = try HGVSSharedData()
    var equal = 0
    var checked = 0
    var caches: [String: HGVSCache] = [:]
    for row in try data.rows() where !row.protein.isEmpty {
      guard let name = HGVSReading(row.coding), let sequence = data.sequences[name.sequence],
        let coding = data.codings[name.sequence], let protein = row.protein.split(separator: ":").first
      else { continue }
      if caches[name.sequence] == nil {
        caches[name.sequence] = try HGVSCache(
          contigs: [(name.sequence, Array(sequence.utf8), nil)],
          models: [Self.model(name.sequence, sequence, coding, protein: String(protein))])
      }
      let gene = HGVSGene(name.sequence, sequence, exons: [0..<sequence.utf8.count], isReverse: false, coding: coding)
      let altered = name.applied(to: gene.genome, isReverse: false) { HGVSReading.position($0, gene) }
      guard let altered, name.change != .equal else {
        Issue.record("\(row.text): cannot be applied")
        continue
      }
      // The whole transcript as one allele: what is shared is left out.
      let names = caches[name.sequence]?.names(
        name.sequence, 1, sequence, String(decoding: altered, as: UTF8.self))
      checked += 1
      if HGVSSharedData.agree(row.protein, names?.protein ?? "") {
        equal += 1
      } else {
        Issue.record("\(row.text): found \(String(describing: names))")
      }
    }
    print("hgvs: p. from c. equal in \(equal) of \(checked)")
    #expect(checked > 100 && equal == checked)
  }

  /// The codons of each transcript are its protein's.
  @Test(.enabled(if: SharedData.has("hgvs")))
  func codingSequencesAreTheProteins() throws {
    let data = try HGVSSharedData()
    var equal = 0
    var differing: [String] = []
    for (name, protein) in data.proteins.sorted(by: { $0.key < $1.key }) {
      guard let sequence = data.sequences[name], let coding = data.codings[name], let expected = data.sequences[protein]
      else { continue }
      let cache = try HGVSCache(
        contigs: [(name, Array(sequence.utf8), nil)],
        models: [Self.model(name, sequence, coding, protein: protein, residues: expected)])
      let transcript = cache.cache.transcript(0)
      guard let coordinates = HGVSCoordinates(transcript) else { continue }
      let frame = HGVSFrame(
        bases: transcript.bases, coordinates: coordinates, coding: coding, replaced: 0..<0, alternate: [])
      let residues = (0..<frame.count).map(frame.reference).filter { $0 != UInt8(ascii: "*") }
      if residues.elementsEqual(expected.utf8) { equal += 1 } else { differing.append(name) }
    }
    print("hgvs: \(equal) transcripts translate to their proteins, \(differing) do not")
    #expect(equal > 40 && differing.isEmpty)
  }

  private static func model(
    _ name: String, _ sequence: String, _ coding: Range<Int>, protein: String, residues: String = ""
  ) -> TranscriptModel {
    var model = TranscriptModel(
      id: name, version: "", biotype: "protein_coding", protein: protein,
      gene: GeneModel(id: "G", symbol: "G", biotype: ""), contig: name, isReverse: false,
      exons: [0..<sequence.utf8.count], coding: [coding], phase: 0,
      flags: name.hasPrefix("NC_012920") ? .mitochondrial : [], line: 1)
    model.bases = Array(sequence.utf8)
    for (residue, letter) in residues.enumerated() where letter == "U" {
      model.recoded.append(coding.lowerBound + 3 * residue)
    }
    return model
  }
}
