import Annotation
import Foundation
import TestSupport
import Testing
import Variants

/// Random phased variants of random genes, held against a reading of the whole haplotypes.
@Suite struct HaplotypePropertyTests {
  /// The seeds of the test; the last is a new one in every run. `APUS_TEST_SEED` gives one that is to be repeated.
  private static let seeds: [UInt64] = {
    if let seed = ProcessInfo.processInfo.environment["APUS_TEST_SEED"].flatMap({ UInt64($0) }) { return [seed] }
    let fresh = UInt64.random(in: 0...0xFFFF_FFFF)
    print("SEED: HaplotypePropertyTests APUS_TEST_SEED=\(fresh)")
    return Array(1...40) + [fresh]
  }()

  /// A random gene with the sequence of its CDS and behind.
  private struct Model {
    let gene: SyntheticGene
    let places: [Int]
    let length: Int
    let transcribed: [UInt8]
    /// The first place of each exon's part of the CDS.
    let joints: Set<Int>

    init(_ random: inout SplitMix64) {
      gene = SyntheticGene(&random)
      let all = gene.exons.flatMap { Array($0) }
      let spliced = gene.isReverse ? all.reversed() : all
      let first = gene.isReverse ? gene.coding.upperBound - 1 : gene.coding.lowerBound
      let last = gene.isReverse ? gene.coding.lowerBound : gene.coding.upperBound - 1
      let start = spliced.firstIndex(of: first) ?? 0
      places = Array(spliced[start...])
      length = (places.firstIndex(of: last) ?? 0) + 1
      let (genome, isReverse) = (gene.genome, gene.isReverse)
      transcribed = places.map { isReverse ? SyntheticGene.opposite(genome[$0]) : genome[$0] }
      joints = Set((1..<length).filter { [places] in abs(places[$0] - places[$0 - 1]) != 1 })
    }

    /// A change within one exon of the CDS that says no base twice.
    func edit(_ random: inout SplitMix64) -> CodingEdit? {
      let start = random.int(0...(length - 1))
      let deleted = random.pick([0, 1, 1, 1, 1, 1, 2, 3, 4])
      guard start + deleted <= length, start + deleted > 0 else { return nil }
      if deleted == 0, start == 0 || joints.contains(start) { return nil }
      if deleted > 1, (start + 1..<start + deleted).contains(where: joints.contains) { return nil }
      let count = deleted == 0 ? random.int(1...4) : random.pick([deleted, deleted, deleted, 0, random.int(0...3)])
      let inserted = random.letters(count, of: "ACGT")
      let edit = CodingEdit(start, deleted, String(decoding: inserted, as: UTF8.self))
      let old = transcribed[start..<edit.end]
      // Trimmed already, so that the record replaces what the edit says, on either strand.
      if let one = old.first, one == inserted.first { return nil }
      if let one = old.last, one == inserted.last { return nil }
      // Nor does the base before it, which the record has too, say it elsewhere.
      let record = record(edit)
      if record.reference.last == record.alternate.last { return nil }
      return edit
    }

    func record(_ edit: CodingEdit) -> (position: Int, reference: String, alternate: String) {
      HaplotypeGene.record(edit, places, gene.genome, isReverse: gene.isReverse)
    }

    /// Residues of a changed sequence up to its first stop.
    func protein(_ edits: [CodingEdit]) -> [Character] {
      HGVSGene.protein(CodingEdit.apply(edits, to: transcribed), from: 0)
    }

    /// The groups of a haplotype's edits, in order: read off the sequence that the members so far make.
    func groups(_ edits: [CodingEdit]) -> [[CodingEdit]] {
      var groups: [[CodingEdit]] = []
      for edit in edits.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
        if let last = groups.last, isJoined(edit, last) {
          groups[groups.count - 1].append(edit)
        } else {
          groups.append([edit])
        }
      }
      return groups
    }

    private func isJoined(_ edit: CodingEdit, _ group: [CodingEdit]) -> Bool {
      let difference = group.reduce(0) { $0 + $1.difference }
      if difference % 3 == 0 {
        // Bases of one codon of the reference, of which the group changed another.
        let end = group.map(\.end).max() ?? 0
        return edit.start / 3 * 3 < end && (end % 3 != 0 || edit.start < end)
      }
      let changed = CodingEdit.apply(group, to: transcribed)
      var codon = (group.map(\.start).min() ?? 0) / 3 * 3
      while codon + 3 <= edit.start + difference {
        if SyntheticGene.residue(changed[codon..<(codon + 3)]) == "*" { return false }
        codon += 3
      }
      return true
    }

    /// The protein of a haplotype put together of what each group makes of the reference's.
    func assembled(_ groups: [[CodingEdit]]) -> [Character] {
      let reference = stride(from: 0, to: length, by: 3).map {
        SyntheticGene.residue(transcribed[$0..<($0 + 3)])
      }
      var residues: [Character] = []
      var next = 0
      for group in groups {
        let start = (group.map(\.start).min() ?? 0) / 3
        if start > next { residues += reference[next..<start] }
        let difference = group.reduce(0) { $0 + $1.difference }
        let changed = CodingEdit.apply(group, to: transcribed)
        if difference % 3 != 0 {
          residues += HGVSGene.protein(changed, from: 3 * start)
          next = reference.count
          break
        }
        next = ((group.map(\.end).max() ?? 0) + 2) / 3
        let end = 3 * next + difference
        for codon in stride(from: 3 * start, to: end, by: 3) where codon + 3 <= changed.count {
          residues.append(SyntheticGene.residue(changed[codon..<(codon + 3)]))
        }
      }
      if next < reference.count { residues += reference[next...] }
      if let stop = residues.firstIndex(of: "*") { return Array(residues[...stop]) }
      return residues
        + HGVSGene.protein(CodingEdit.apply(groups.flatMap { $0 }, to: transcribed), from: 3 * residues.count)
    }
  }

  @Test(arguments: seeds)
  func haplotypesReadAsTheirGroupsSay(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let model = Model(&random)
    let folder = try TemporaryFolder()
    try folder.write(model.gene.fasta, to: "a.fa")
    try folder.write(model.gene.gff3, to: "a.gff3")
    let cache = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3"))

    // Edits of which no two touch, so that any of them can be on one haplotype.
    var edits: [CodingEdit] = []
    for _ in 0..<random.pick([6, 30, 80, 200]) {
      guard let edit = model.edit(&random) else { continue }
      let isFree = edits.allSatisfy {
        $0.end < edit.start || edit.end < $0.start
          || ($0.end == edit.start || edit.end == $0.start) && $0.deleted > 0 && edit.deleted > 0
      }
      if isFree { edits.append(edit) }
    }
    let samples = random.int(1...4)
    var haplotypes = Array(repeating: [CodingEdit](), count: 2 * samples)
    var lines: [(contig: String, position: Int, text: String)] = []
    var names: [CodingEdit: String] = [:]
    for edit in edits {
      let record = model.record(edit)
      names[edit] = "\(record.position):\(record.reference)>\(record.alternate)"
      var text = "c\t\(record.position)\t.\t\(record.reference)\t\(record.alternate)\t.\t.\t.\tGT"
      for sample in 0..<samples {
        let genotype = random.pick(["0|1", "0|1", "1|0", "1|0", "1|1", "1/1", "0|0", "0/0", "./.", ".|1"])
        text += "\t\(genotype)"
        let letters = Array(genotype)
        if letters[0] == "1" { haplotypes[2 * sample].append(edit) }
        if letters[2] == "1" { haplotypes[2 * sample + 1].append(edit) }
      }
      lines.append(("c", record.position, text))
    }
    try folder.write(haplotypeVCF(samples: samples, lines), to: "in.vcf")
    let (bytes, result) = try await annotate(
      folder("in.vcf"), cache: cache, in: folder, threads: 1 + Int(seed % 3), batch: seed % 2 == 0 ? 4096 : 1 << 20,
      haplotypes: true)
    let counts = try #require(result.annotation?.haplotypes)
    #expect(counts.balances)

    var expected: [Set<String>: (haplotypes: Int, samples: Set<Int>, members: [CodingEdit])] = [:]
    for (number, haplotype) in haplotypes.enumerated() {
      let groups = model.groups(haplotype)
      // Groups are whole: what they make on their own is what the haplotype makes.
      #expect(String(model.assembled(groups)) == String(model.protein(haplotype)), "haplotype \(number)")
      for group in groups where group.count > 1 {
        let key = Set(group.compactMap { names[$0] })
        let seen = expected[key]
        expected[key] = ((seen?.haplotypes ?? 0) + 1, (seen?.samples ?? []).union([number / 2]), group)
      }
    }
    let found = haplotypeGroups(bytes)
    var entries: [Set<String>: Int] = [:]
    let reference = model.protein([])
    for group in found {
      let key = Set(group.variants)
      entries[key, default: 0] += 1
      let want = try #require(expected[key], "\(group.fields)")
      #expect(group.haplotypes == want.haplotypes && group.samples == want.samples.count)
      checkProtein(group, want.members, model, reference)
    }
    #expect(Set(entries.keys) == Set(expected.keys))
    // On every member's record, once.
    for (key, count) in entries { #expect(count == key.count) }
    #expect(counts.groups == expected.count)
    #expect(counts.haplotypesGrouped == expected.values.reduce(0) { $0 + $1.haplotypes })
    #expect(counts.allelesGrouped == expected.values.reduce(0) { $0 + $1.haplotypes * $1.members.count })
    #expect(counts.allelesNotCombined.isEmpty)
    #expect(counts.recordsPossiblyCompound == 0)
  }

  /// The joint name and residues say what the members make of the CDS.
  private func checkProtein(
    _ group: HaplotypeGroup, _ members: [CodingEdit], _ model: Model, _ reference: [Character]
  ) {
    let changed = model.protein(members)
    let difference = members.reduce(0) { $0 + $1.difference }
    let start = members.map(\.start).min() ?? 0
    if difference % 3 == 0 {
      let parts = group.aminoAcids.split(separator: "/", omittingEmptySubsequences: false).map(Array.init)
      let (before, after) = (parts[0], parts[parts.count - 1] == ["-"] ? [] : parts[parts.count - 1])
      var residues = Array(reference)
      residues.replaceSubrange((start / 3)..<(start / 3 + before.count), with: after)
      if let stop = residues.firstIndex(of: "*") {
        #expect(String(residues[...stop]) == String(changed), "\(group.fields)")
      } else {
        #expect(changed.starts(with: residues), "\(group.fields)")
      }
    }
    let isRetained = ["stop_retained_variant", "start_retained_variant"].contains(where: group.terms.contains)
    #expect(group.terms.contains("frameshift_variant") == (difference % 3 != 0) || isRetained, "\(group.fields)")
    guard let name = group.proteinName.split(separator: ":p.", maxSplits: 1).last.map(String.init), !name.isEmpty
    else {
      Issue.record("no name: \(group.fields)")
      return
    }
    switch HGVSProteinReading.outcome(name, reference) {
    case .protein(let told): #expect(String(told) == String(changed), "\(group.fields)")
    case .begins(let told, let count):
      #expect(changed.starts(with: told), "\(group.fields)")
      if let count { #expect(count == changed.count && changed.last == "*", "\(group.fields)") }
    case .startUnknown: #expect(start < 3, "\(group.fields)")
    case .unknown, nil: Issue.record("\(group.fields)")
    }
  }
}
