import Foundation
import GenomicFiles
import Genomics
import TestSupport
import Testing
import Variants

@testable import Annotation

/// Sources from files to answers: built into a cache, and asked with other spellings.
@Suite struct KnownSourceTests {
  /// A genome over more than one chunk, with a gene, in a folder.
  private struct Fixture {
    let folder: TemporaryFolder
    let genome: KnownGenome

    init(_ random: inout SplitMix64, count: Int = 3_000) throws {
      folder = try TemporaryFolder()
      genome = KnownGenome(&random, count: count)
      // Two contigs of the same bases.
      let text = String(decoding: genome.bases, as: UTF8.self)
      try folder.write(">c\n\(text)\n>d\n\(text)\n>1\nACGT\n", to: "a.fa")
      let lines = ["mRNA\t11\t40\t.\t+\t.\tID=t", "exon\t11\t40\t.\t+\t.\tParent=t"]
      try folder.write("##gff-version 3\n" + lines.map { "c\ttest\t\($0)\n" }.joined(), to: "a.gff3")
    }

    func build(
      _ sources: [String], _ layout: KnownSourceSpec.Layout = .variants, threads: Int = 2, batch: Int = 1 << 20
    )
      async throws -> AnnotationCache
    {
      let specs = try sources.map { text in
        let equals = try #require(text.firstIndex(of: "="))
        let path = folder(String(text[text.index(after: equals)...]))
        return try #require(KnownSourceSpec("\(text[...equals])\(path)", layout: layout))
      }
      try await buildCache(
        fasta: folder("a.fa"), annotation: folder("a.gff3"), sources: specs, output: folder("a.cache"), force: true,
        resources: RunResources(threads: threads, batchBytes: batch))
      return try AnnotationCache(path: folder("a.cache"))
    }

    /// The entries of a record.
    func ask(
      _ cache: AnnotationCache, _ contig: String, _ allele: KnownGenome.Allele, _ others: [String] = []
    ) throws -> (entries: [String: String], counts: [String: KnownSourceCounts]) {
      var lookup = KnownLookup(cache.sources, contig: cache.contigs.index(of: contig), name: contig)
      var output: [UInt8] = []
      let alternates = Array(([String(decoding: allele.alternate, as: UTF8.self)] + others).joined(separator: ",").utf8)
      try allele.reference.withUnsafeBytes { reference in
        try alternates.withUnsafeBytes { alternates in
          try lookup.append(
            position: allele.start + 1, reference: reference, alternates: alternates, base: genome.base, first: 0,
            to: &output)
        }
      }
      var entries: [String: String] = [:]
      for entry in String(decoding: output, as: UTF8.self).split(separator: ";") {
        let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
        #expect(entries[parts[0]] == nil)
        entries[parts[0]] = parts[1]
      }
      for counts in lookup.counts.values { #expect(counts.balances) }
      return (entries, lookup.counts)
    }
  }

  private static let header = """
    ##fileformat=VCFv4.2
    ##INFO=<ID=AF,Number=A,Type=Float,Description="Frequency, \\"as seen\\"">
    ##INFO=<ID=AC,Number=R,Type=Integer,Description="Counts">
    ##INFO=<ID=SIG,Number=.,Type=String,Description="Significance">
    ##INFO=<ID=FLAG,Number=0,Type=Flag,Description="Flag">
    ##FILTER=<ID=low,Description="low">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO

    """

  private static func text(_ bases: [UInt8]) -> String { String(decoding: bases, as: UTF8.self) }

  @Test func everyAlleleIsFoundInAnySpellingAndNoOther() async throws {
    var random = SplitMix64()
    for round in 0..<4 {
      let fixture = try Fixture(&random)
      let genome = fixture.genome
      var expected: [[UInt8]: String] = [:]
      var alleles: [KnownGenome.Allele] = []
      var lines: [(position: Int, text: String)] = []
      for number in 0..<400 {
        let one = genome.allele(&random, in: 0...(genome.bases.count - 20))
        let changed = genome.applied(one)
        guard expected[changed] == nil else { continue }
        let written = genome.respelled(one, &random)
        // A second allele at the same place, in lists of both.
        let other = Self.text(written.reference) + "ACGTACGT"
        let hasOther = random.chance(0.3)
        let value = "0.\(number)"
        expected[changed] = value
        alleles.append(one)
        var list = [Self.text(written.alternate)]
        var values = [value]
        if hasOther {
          let extra = KnownGenome.Allele(
            start: written.start, reference: written.reference, alternate: Array(other.utf8))
          if expected[genome.applied(extra)] == nil {
            expected[genome.applied(extra)] = "7.\(number)"
            let place = random.int(0...1)
            list.insert(other, at: place)
            values.insert("7.\(number)", at: place)
          }
        }
        lines.append(
          (
            written.start,
            "c\t\(written.start + 1)\t.\t\(Self.text(written.reference))\t\(list.joined(separator: ","))\t.\tPASS\tAF=\(values.joined(separator: ","))\n"
          ))
      }
      lines.sort { $0.position < $1.position }
      try fixture.folder.write(Self.header + lines.map(\.text).joined(), to: "s.vcf")
      let cache = try await fixture.build(["s=s.vcf:AF"], batch: round % 2 == 0 ? 1 << 20 : 1 << 12)
      let build = try #require(cache.build.sources.first)
      #expect(build.kept == expected.count && build.records == lines.count && build.alleles == expected.count)
      #expect(build.skipped.isEmpty && build.joined == 0)
      for allele in alleles {
        let asked = genome.respelled(allele, &random)
        let answer = try fixture.ask(cache, "c", asked)
        #expect(answer.entries == ["s_AF": try #require(expected[genome.applied(allele)])])
        #expect(answer.counts["s"]?.allelesHit == 1)
      }
      for _ in 0..<400 {
        let allele = genome.allele(&random, in: 0...(genome.bases.count - 20))
        let answer = try fixture.ask(cache, "c", allele)
        #expect(answer.entries["s_AF"] == expected[genome.applied(allele)])
        // The same bases on a contig that the source does not have.
        #expect(try fixture.ask(cache, "d", allele).entries == ["s_UNCHECKED": "contig"])
      }
    }
  }

  @Test func valuesListsAndReasonsAreTold() async throws {
    var random = SplitMix64()
    let fixture = try Fixture(&random)
    let base = { (place: Int) in Self.text([fixture.genome.bases[place]]) }
    func others(_ place: Int) -> [String] { ["A", "C", "G", "T"].filter { $0 != base(place) } }
    let (a, b) = (others(99), others(199))
    try fixture.folder.write(
      Self.header
        + "c\t100\trs1;rs2\t\(base(99))\t\(a[0]),\(a[1])\t5\tlow\tAF=0.5,.;AC=9,8,7;SIG=x,y=z;FLAG\n"
        + "c\t200\t.\t\(base(199))\t\(b[0])\t.\tPASS\tSIG=.\nc\t300\t.\t\(base(299))\t<DEL>,*\t.\t.\t.\n"
        + "zz\t300\t.\tA\tC\t.\t.\t.\nzz\t301\t.\tA\tC,G\t.\t.\t.\n", to: "s.vcf")
    let cache = try await fixture.build(["s=s.vcf:AF,AC,SIG,FLAG,ID,QUAL"])
    let build = try #require(cache.build.sources.first)
    #expect(build.skipped == ["notBases": 2, "contigNotInReference": 3])
    #expect(build.alleles == build.kept + build.joined + build.skipped.values.reduce(0, +) && build.kept == 3)
    func allele(_ place: Int, _ alternate: String) -> KnownGenome.Allele {
      KnownGenome.Allele(start: place, reference: [fixture.genome.bases[place]], alternate: Array(alternate.utf8))
    }
    let first = try fixture.ask(cache, "c", allele(99, a[2]), [a[1], "*", a[0], "<DEL>", "N"])
    #expect(
      first.entries == [
        "s_AF": ".,.,.,0.5,.,.", "s_AC": ".,7,.,8,.,.", "s_SIG": ".,x&y_z,.,x&y_z,.,.", "s_FLAG": ".,1,.,1,.,.",
        "s_ID": ".,rs1&rs2,.,rs1&rs2,.,.", "s_QUAL": ".,5,.,5,.,.", "s_FILTER": ".,low,.,low,.,.",
        "s_UNCHECKED": ".,.,overlappingDeletion,.,symbolic,unknownBase",
      ])
    let counts = try #require(first.counts["s"])
    #expect(counts.allelesIn == 6 && counts.allelesHit == 2 && counts.allelesFilteredInSource == 2)
    #expect(counts.allelesAbsent == 1 && counts.allelesNotLookedUp.count == 3)
    #expect(counts.allelesOnContigsOfSource == ["c": 6])
    #expect(try fixture.ask(cache, "c", allele(199, b[0])).entries == ["s_KNOWN": "1"])
    #expect(try fixture.ask(cache, "c", allele(199, b[1])).entries.isEmpty)
    #expect(throws: CanonicalAllele.Refusal.referenceMismatch) {
      try fixture.ask(
        cache, "c", KnownGenome.Allele(start: 99, reference: Array(a[0].utf8), alternate: Array(a[1].utf8)))
    }
    let lines = build.infoFields.map(\.line)
    #expect(
      lines[0]
        == "##INFO=<ID=s_AF,Number=A,Type=Float,Description=\"Frequency, \\\"as seen\\\", of the same allele in s.vcf\">"
    )
    #expect(Set(build.infoFields.map(\.key)).isSuperset(of: first.entries.keys))
  }

  @Test func filesOfOneNameAreOneSourceAndTheBytesDoNotDependOnThreads() async throws {
    var random = SplitMix64()
    let fixture = try Fixture(&random, count: 20_000)
    for contig in ["c", "d"] {
      var lines: [(Int, String)] = []
      for number in 0..<2_000 {
        let allele = fixture.genome.allele(&random, in: 0...(fixture.genome.bases.count - 20))
        lines.append(
          (
            allele.start,
            "\(contig)\t\(allele.start + 1)\trs\(number)\t\(Self.text(allele.reference))\t\(Self.text(allele.alternate))\t.\t.\tAF=\(number)\n"
          ))
      }
      lines.sort { $0.0 < $1.0 }
      try fixture.folder.write(Self.header + lines.map(\.1).joined(), to: "\(contig).vcf")
    }
    let cache = try await fixture.build(["s=d.vcf:ID,AF", "t=c.vcf", "s=c.vcf:ID,AF"])
    #expect(cache.build.sources.map(\.name) == ["s", "t"])
    #expect(cache.build.sources[0].files.map(\.name) == ["d.vcf", "c.vcf"])
    #expect(cache.build.sources[0].contigs.keys.sorted() == ["c", "d"])
    #expect(cache.build.sources[0].joined > 0)
    let bytes = try fixture.folder.read("a.cache")
    for (threads, batch) in [(1, 1 << 20), (2, 1 << 13), (7, 1 << 14)] {
      _ = try await fixture.build(["s=d.vcf:ID,AF", "t=c.vcf", "s=c.vcf:ID,AF"], threads: threads, batch: batch)
      #expect(try fixture.folder.read("a.cache") == bytes, "\(threads) threads")
    }
    await #expect(throws: InputError.self) { try await fixture.build(["s=c.vcf", "s=c.vcf"]) }
    await #expect(throws: InputError.self) { try await fixture.build(["s=c.vcf", "s=d.vcf:AF"]) }
  }

  @Test func whatDoesNotFitIsRefused() async throws {
    var random = SplitMix64()
    let fixture = try Fixture(&random)
    let wrong = (0..<50).map { place in
      let base = fixture.genome.bases[10 * place]
      let letters = ["A", "C", "G", "T"].filter { $0 != Self.text([base]) }
      return "c\t\(10 * place + 1)\t.\t\(letters[0])\t\(letters[1])\t.\t.\t.\n"
    }
    let right = { (place: Int) -> String in
      let base = Self.text([fixture.genome.bases[place]])
      return "\(place + 1)\t.\t\(base)\t\(base == "A" ? "C" : "A")\t.\t.\t.\n"
    }
    let cases: [(String, String, InputError.Kind, String)] = [
      ("chr1\t1\t.\tA\tC\t.\t.\t.\n", "", .mismatch, "chr1"), (wrong.joined(), "", .mismatch, "50 of 50 alleles"),
      ("c\t" + right(50) + "c\t" + right(40), "", .malformed, "order"),
      ("c\t" + right(50), ":NOPE", .malformed, "NOPE"),
      ("", "", .empty, "no allele"), ("zz\t5\t.\tA\tC\t.\t.\t.\n", "", .empty, "no allele"),
    ]
    for (body, fields, kind, reason) in cases {
      try fixture.folder.write(Self.header + body, to: "s.vcf")
      let error = await #expect(throws: InputError.self) { try await fixture.build(["s=s.vcf\(fields)"]) }
      #expect(error?.kind == kind && error?.reason.contains(reason) == true, "\(String(describing: error))")
      #expect(try !fixture.folder.names.contains("a.cache"))
    }
    try fixture.folder.write(
      Self.header.replacing("#CHROM", with: "##contig=<ID=c,length=9>\n#CHROM") + "c\t" + right(5), to: "s.vcf")
    let error = await #expect(throws: InputError.self) { try await fixture.build(["s=s.vcf"]) }
    #expect(error?.kind == .mismatch)
    #expect(KnownSourceSpec("1a=x", layout: .variants) == nil && KnownSourceSpec("a-b=x", layout: .variants) == nil)
    #expect(KnownSourceSpec("a=x:F,F", layout: .variants) == nil && KnownSourceSpec("a=", layout: .variants) == nil)
    #expect(KnownSourceSpec("a=d:e/x.vcf", layout: .variants)?.path == "d:e/x.vcf")
  }

  @Test func aChangedByteOfASourceIsRefusedWhenItIsAsked() async throws {
    var random = SplitMix64()
    let fixture = try Fixture(&random)
    let allele = KnownGenome.Allele(
      start: 99, reference: [fixture.genome.bases[99]],
      alternate: [fixture.genome.bases[99] == UInt8(ascii: "A") ? UInt8(ascii: "C") : UInt8(ascii: "A")])
    try fixture.folder.write(
      Self.header + "c\t100\t.\t\(Self.text(allele.reference))\t\(Self.text(allele.alternate))\t.\t.\tAF=0.25\n",
      to: "s.vcf")
    let cache = try await fixture.build(["s=s.vcf:AF"])
    #expect(try fixture.ask(cache, "c", allele).entries == ["s_AF": "0.25"])
    let bytes = try fixture.folder.read("a.cache")
    let row = try #require(cache.sections.first { $0.name == "known0" })
    var refused = 0
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1 << UInt8(index % 8)
      do {
        let cache = try AnnotationCache(bytes: changed, path: "changed.cache")
        try cache.verifyGenes()
        for contig in cache.contigs.contigs.indices { try cache.requireReference(contig) }
        _ = try fixture.ask(cache, "c", allele)
      } catch is CacheError {
        refused += 1
      }
    }
    #expect(refused == bytes.count && row.bytes > 1_000)
  }

  @Test func scoresAreReadInTheLayoutsOfCADDAndREVEL() async throws {
    var random = SplitMix64()
    let fixture = try Fixture(&random)
    func base(_ place: Int) -> String { Self.text([fixture.genome.bases[place]]) }
    func other(_ place: Int) -> String { base(place) == "A" ? "C" : "A" }
    func allele(_ place: Int) -> KnownGenome.Allele {
      KnownGenome.Allele(start: place, reference: Array(base(place).utf8), alternate: Array(other(place).utf8))
    }
    let rows = [(9, "1.5", "20.1"), (19, "-0.25", "3"), (29, ".", "7")]
    try fixture.folder.write(
      "## CADD GRCh38\n#Chrom\tPos\tRef\tAlt\tRawScore\tPHRED\n"
        + rows.map { "c\t\($0 + 1)\t\(base($0))\t\(other($0))\t\($1)\t\($2)\n" }.joined(), to: "cadd.tsv")
    var cache = try await fixture.build(["cadd=cadd.tsv"], .scores)
    for (place, raw, phred) in rows {
      let expected = ["cadd_RawScore": raw, "cadd_PHRED": phred].filter { $0.value != "." }
      #expect(try fixture.ask(cache, "c", allele(place)).entries == expected)
    }
    // Positions of the other assembly's order, and none.
    try fixture.folder.write(
      "chr,pos,ref,alt,aaref,aaalt,REVEL\n"
        + [(39, "0.5"), (9, "0.25"), (9, "0.125")].map { "c,\($0 + 1),\(base($0)),\(other($0)),M,V,\($1)\n" }.joined()
        + "c,.,A,C,M,V,0.5\n", to: "revel.csv")
    cache = try await fixture.build(["revel=revel.csv:REVEL"], .scores)
    #expect(try fixture.ask(cache, "c", allele(39)).entries == ["revel_REVEL": "0.5"])
    #expect(try fixture.ask(cache, "c", allele(9)).entries == ["revel_REVEL": "0.25&0.125"])
    let build = try #require(cache.build.sources.first)
    #expect(build.skipped == ["noPosition": 1] && build.kept == 2 && build.joined == 1 && build.alleles == 4)
    for (text, reason) in [
      ("c\t1\tA\n", "no column"), ("#chr\tpos\tref\talt\tx\nc\t1\tA\n", "3 columns"), ("", "empty"),
      ("#chr\tpos\tref\talt\tx\nc\tp\tA\tC\t1\n", "position"), ("#chr\tpos\tref\talt\nc\t1\tA\tC\n", "no score"),
    ] {
      try fixture.folder.write(text, to: "bad.tsv")
      let error = await #expect(throws: InputError.self) { try await fixture.build(["x=bad.tsv"], .scores) }
      #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
    }
  }

  @Test func annotatedRecordsCarryTheSourcesAndTheCountsBalance() async throws {
    var random = SplitMix64()
    let fixture = try Fixture(&random)
    let genome = fixture.genome
    var known: [[UInt8]: String] = [:]
    var lines: [(Int, String)] = []
    for number in 0..<150 {
      let allele = genome.allele(&random, in: 0...(genome.bases.count - 20))
      guard known[genome.applied(allele)] == nil else { continue }
      known[genome.applied(allele)] = "0.\(number)"
      lines.append(
        (
          allele.start,
          "c\t\(allele.start + 1)\t.\t\(Self.text(allele.reference))\t\(Self.text(allele.alternate))\t.\tPASS\tAF=0.\(number)\n"
        ))
    }
    lines.sort { $0.0 < $1.0 }
    try fixture.folder.write(Self.header + lines.map(\.1).joined(), to: "s.vcf")
    _ = try await fixture.build(["s=s.vcf:AF"])
    // The records to be annotated: half of them known, one symbolic, some with an earlier annotation.
    var records: [(position: Int, text: String, expected: String?)] = []
    for _ in 0..<150 {
      let allele = genome.allele(&random, in: 0...(genome.bases.count - 20))
      records.append(
        (
          allele.start,
          "\(Self.text(allele.reference))\t\(Self.text(allele.alternate))\t.\t.\tDP=3;s_AF=9;s_KNOWN=1",
          known[genome.applied(allele)].map { "s_AF=\($0)" }
        ))
    }
    for line in lines {
      let columns = line.1.split(separator: "\t").map(String.init)
      records.append((line.0, "\(columns[3])\t\(columns[4])\t.\t.\t.", "s_" + columns[7].dropLast()))
    }
    records.append(
      (1_000, "\(Self.text([genome.bases[1_000]]))\t<DEL>\t.\t.\tEND=1100", "s_UNCHECKED=symbolic"))
    records.sort { $0.position < $1.position }
    try fixture.folder.write(
      Self.header.replacing("##FILTER", with: "##INFO=<ID=END,Number=1,Type=Integer,Description=\"End\">\n##FILTER")
        + records.map { "c\t\($0.position + 1)\t.\t\($0.text)\n" }.joined(), to: "in.vcf")
    let (bytes, result) = try await annotate(
      fixture.folder("in.vcf"), cache: fixture.folder("a.cache"), in: fixture.folder)
    let output = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let written = output.filter { !$0.hasPrefix("#") }
    #expect(written.count == records.count)
    for (line, record) in zip(written, records) {
      let info = line.split(separator: "\t")[7].split(separator: ";").map(String.init)
      #expect(info.filter { $0.hasPrefix("s_") } == [record.expected].compactMap { $0 }, "\(line)")
      #expect(info.count { $0.hasPrefix("CSQ=") } == 1)
    }
    for key in ["s_AF", "s_FILTER", "s_KNOWN", "s_UNCHECKED"] {
      #expect(output.count { $0.hasPrefix("##INFO=<ID=\(key),") } == 1)
    }
    let counts = try #require(result.annotation?.sources["s"])
    #expect(counts.balances && counts.allelesIn == records.count && counts.allelesNotLookedUp == ["symbolic": 1])
    #expect(counts.allelesHit == records.count { $0.expected?.hasPrefix("s_AF") == true })
    for (threads, batch) in [(1, 1 << 20), (3, 4_096)] {
      let again = try await annotate(
        fixture.folder("in.vcf"), cache: fixture.folder("a.cache"), in: fixture.folder, threads: threads, batch: batch)
      #expect(again.bytes == bytes && again.result.annotation == result.annotation)
    }
  }
}
