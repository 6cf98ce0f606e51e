import Annotation
import Foundation
import TestSupport
import Testing
import Variants

/// Groups and their consequences held against `bcftools csq`, which builds haplotypes too.
///
/// | bcftools 1.16 | Apus |
/// | --- | --- |
/// | `-l`: each record for itself | `CSQ` |
/// | `-p a`: `A+B+…` of one haplotype | an entry of `HCSQ` with these Variants |
/// | `5CRY>5VDS` | Protein_position from 5, Amino_acids CRY/VDS; bcftools tells none behind a new stop |
/// | `inframe_altering` | beside `missense` of the same length nothing, else `protein_altering_variant` |
/// | `splice_region` on an entry of its own | in the same entry |
///
/// bcftools goes on joining behind a frameshift to the end of the CDS; Apus ends a group where the shifted frame stops.
@Suite struct HaplotypePeerTests {
  /// What a program tells of variants of one haplotype.
  private struct Joint: Hashable, CustomStringConvertible {
    var transcript: String
    var variants: Set<String>
    var terms: Set<String>
    var residues: String
    var description: String {
      "\(transcript) \(variants.sorted().joined(separator: "+")) \(terms.sorted()) \(residues)"
    }
  }

  private static func residues(_ text: Substring) -> String {
    // `88A>88V`, `48G`: the first number, then the residues on both sides.
    let sides = text.split(separator: ">")
    let place = sides[0].prefix { $0.isNumber }
    let letters = sides.map { String($0.drop { $0.isNumber }) }
    return residues(Int(place) ?? 0, letters[0], letters[letters.count - 1])
  }

  /// Without what both sides share: bcftools has the codon of the base before an indel too.
  private static func residues(_ place: Int, _ before: String, _ after: String) -> String {
    if before == after { return "\(place) \(before)" }
    let first = zip(before, after).prefix { $0 == $1 }.count
    let (left, right) = (before.dropFirst(first), after.dropFirst(first))
    let last = zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count
    return "\(place + first) \(left.dropLast(last))/\(right.dropLast(last))"
  }

  /// What bcftools tells of several variants of a haplotype.
  private static func joint(_ text: Substring) -> [Joint] {
    text.split(separator: ",").compactMap { entry in
      let fields = entry.split(separator: "|", omittingEmptySubsequences: false)
      guard fields.count > 6, fields[6].contains("+") else { return nil }
      let variants = fields[6].split(separator: "+").map { member in
        let place = member.prefix { $0.isNumber }
        return "\(place):\(member.dropFirst(place.count))"
      }
      var terms = Set(fields[0].drop { $0 == "*" }.split(separator: "&").map(String.init))
      if terms.contains("missense") { terms.remove("inframe_altering") }
      return Joint(
        transcript: String(fields[2]), variants: Set(variants), terms: terms, residues: residues(fields[5]))
    }
  }

  /// The same of an entry of HCSQ.
  private static func joint(_ group: HaplotypeGroup) -> Joint {
    var terms = bcftoolsTerms(group.terms)
    terms.remove("splice_region")
    if group.terms.contains("protein_altering_variant") { terms.insert("inframe_altering") }
    let sides = group.aminoAcids.split(separator: "/").map(String.init)
    let place = group.proteinPosition.prefix { $0.isNumber }
    let after = sides[sides.count - 1]
    let told = after.firstIndex(of: "*").map { String(after[...$0]) } ?? after
    return Joint(
      transcript: group.transcript, variants: Set(group.variants), terms: terms,
      residues: residues(Int(place) ?? 0, sides[0], told))
  }

  private struct Files {
    let folder: TemporaryFolder
    let fasta: String
    let gff3: String
    let cache: String
  }

  private func files() async throws -> Files {
    let folder = try TemporaryFolder()
    let fasta = try copyReference(SharedData.path("na12878/b37.chr20.fa.gz"), to: folder)
    let gff3 = SharedData.path("na12878/genes.gff3")
    return Files(
      folder: folder, fasta: fasta, gff3: gff3, cache: try await makeCache(folder, fasta: fasta, gff3: gff3))
  }

  @Test(.enabled(if: SharedData.has("na12878") && Peer.has("bcftools")), arguments: ["giab", "NA12878.called"])
  func recordsOnTheirOwnAreThoseOfBcftools(name: String) async throws {
    let files = try await files()
    let vcf = SharedData.path("na12878/\(name).vcf.gz")
    let (bytes, result) = try await annotate(vcf, cache: files.cache, in: files.folder, haplotypes: true)
    let ours = entries(bytes)
    let text = try Peer.run(
      "bcftools csq -l -f '\(files.fasta)' -g '\(files.gff3)' '\(vcf)' | bcftools query -f '%POS %BCSQ\\n'",
      in: files.folder
    ).text
    var agreeing = 0
    for (number, line) in text.split(separator: "\n").enumerated() {
      let told = line.split(separator: " ")[1]
      let expected = told == "." ? [] : Set(told.split(separator: "|")[0].split(separator: "&").map(String.init))
      let found = bcftoolsTerms(ours.filter { $0.record == number }.reduce(into: []) { $0.formUnion($1.terms) })
      #expect(found == expected, "\(line)")
      if found == expected { agreeing += 1 }
    }
    let counts = try #require(result.annotation?.haplotypes)
    #expect(counts.balances)
    // No two of them share a codon.
    let joined = try Peer.run(
      "bcftools csq -p a -f '\(files.fasta)' -g '\(files.gff3)' '\(vcf)' | bcftools query -f '%BCSQ\\n' | grep -c '+[0-9]' || true",
      in: files.folder
    ).text
    #expect(counts.groups == 0 && joined == "0\n")
    print(
      "bcftools csq -l, \(name): \(agreeing) of \(result.counts.recordsIn) records agree; \(counts.recordsScouted) touch a CDS, \(counts.groups) groups on either side"
    )
    #expect(agreeing == result.counts.recordsIn)
  }

  /// Random phased variants in the coding exons of the genes.
  private func variants(_ files: Files, seed: UInt64, indels: Bool) throws -> String {
    var random = SplitMix64(seed: seed)
    let lines = String(decoding: try readFile(files.gff3), as: UTF8.self).split(separator: "\n")
    var exons: [(Int, Int)] = []
    for line in lines {
      let columns = line.split(separator: "\t")
      guard columns.count > 8, columns[2] == "CDS", let start = Int(columns[3]), let end = Int(columns[4]) else {
        continue
      }
      exons.append((start, end))
    }
    exons.sort { $0 < $1 }
    var text =
      "##fileformat=VCFv4.3\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n##contig=<ID=20>\n"
      + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n"
    var last = 0
    for (start, end) in exons where end - start > 30 {
      let bases = Array(
        try Peer.run("samtools faidx '\(files.fasta)' 20:\(start)-\(end) | grep -v '>' | tr -d '\\n'", in: files.folder)
          .output.map { $0 & 0xDF })
      var position = max(start, last + 6) + 4
      while position < end - 8 {
        let base = bases[position - start]
        let genotype = random.pick(["0|1", "1|0", "1|1", "1/1"])
        if indels {
          // A base lost and one put in behind it, on the same haplotypes, with an SNV between now and then; nothing of it
          // can be aligned otherwise.
          let behind = position + random.int(5...11)
          guard behind < end - 8 else { break }
          let (first, second) = (bases[position - start + 1], bases[position - start + 2])
          let (before, after) = (bases[behind - start], bases[behind - start + 1])
          guard first != base, first != second, let inserted = "ACGT".utf8.first(where: { $0 != before && $0 != after })
          else {
            position += 1
            continue
          }
          text += "20\t\(position)\t.\t\(letter(base))\(letter(first))\t\(letter(base))\t.\t.\t.\tGT\t\(genotype)\n"
          if random.chance(0.4) {
            let middle = bases[position - start + 3]
            let other = random.pick("ACGT".utf8.filter { $0 != middle })
            text += "20\t\(position + 3)\t.\t\(letter(middle))\t\(letter(other))\t.\t.\t.\tGT\t\(genotype)\n"
          }
          text +=
            "20\t\(behind)\t.\t\(letter(before))\t\(letter(before))\(letter(inserted))\t.\t.\t.\tGT\t\(genotype)\n"
          position = behind + 120
        } else {
          let other = random.pick("ACGT".utf8.filter { $0 != base })
          text += "20\t\(position)\t.\t\(letter(base))\t\(letter(other))\t.\t.\t.\tGT\t\(genotype)\n"
          position += random.int(1...4)
        }
      }
      last = end
    }
    return text
  }

  private func letter(_ base: UInt8) -> String { String(UnicodeScalar(base)) }

  @Test(.enabled(if: SharedData.has("na12878") && Peer.has("bcftools", "samtools")), arguments: [1, 2, 3] as [UInt64])
  func phasedSNVsAreJoinedAsByBcftools(seed: UInt64) async throws {
    let files = try await files()
    try files.folder.write(try variants(files, seed: seed, indels: false), to: "in.vcf")
    let (ours, theirs) = try await joint(files)
    print(
      "bcftools csq -p a, SNVs, seed \(seed): \(ours.intersection(theirs).count) groups agree, \(ours.subtracting(theirs).count) of Apus and \(theirs.subtracting(ours).count) of bcftools differ"
    )
    for one in ours.subtracting(theirs).sorted(by: { $0.description < $1.description }).prefix(5) {
      Issue.record("Apus alone: \(one)")
    }
    for one in theirs.subtracting(ours).sorted(by: { $0.description < $1.description }).prefix(5) {
      Issue.record("bcftools alone: \(one)")
    }
    #expect(ours.count > 50)
  }

  @Test(.enabled(if: SharedData.has("na12878") && Peer.has("bcftools", "samtools")), arguments: [4, 5, 6] as [UInt64])
  func restoredFramesAreJoinedAsByBcftools(seed: UInt64) async throws {
    let files = try await files()
    try files.folder.write(try variants(files, seed: seed, indels: true), to: "in.vcf")
    let (ours, theirs) = try await joint(files)
    // Where a shifted frame stops before it is restored, Apus ends the group and bcftools goes on; what would have
    // restored the frame then shifts it anew, up to the next.
    var differing = ours.symmetricDifference(theirs)
    var affected = differing.filter { $0.residues.contains("*") }.reduce(into: Set<String>()) {
      $0.formUnion($1.variants)
    }
    let stopped = theirs.subtracting(ours).filter { $0.residues.contains("*") }.count
    let all = differing.count
    while let one = differing.first(where: { !$0.variants.isDisjoint(with: affected) }) {
      differing.remove(one)
      affected.formUnion(one.variants)
    }
    for one in differing.sorted(by: { $0.description < $1.description }) {
      Issue.record("\(ours.contains(one) ? "Apus" : "bcftools") alone: \(one)")
    }
    print(
      "bcftools csq -p a, frames, seed \(seed): \(ours.intersection(theirs).count) groups agree, \(all) differ behind \(stopped) stops of shifted frames"
    )
    #expect(ours.intersection(theirs).count > 50)
  }

  private func joint(_ files: Files) async throws -> (ours: Set<Joint>, theirs: Set<Joint>) {
    let (bytes, result) = try await annotate(
      files.folder("in.vcf"), cache: files.cache, in: files.folder, haplotypes: true)
    #expect(result.annotation?.haplotypes?.balances == true)
    let text = try Peer.run(
      "bcftools csq -p a -f '\(files.fasta)' -g '\(files.gff3)' in.vcf | bcftools query -f '%BCSQ\\n'",
      in: files.folder
    ).text
    var theirs: Set<Joint> = []
    for line in text.split(separator: "\n") { theirs.formUnion(Self.joint(line)) }
    return (Set(haplotypeGroups(bytes).map(Self.joint)), theirs)
  }
}
