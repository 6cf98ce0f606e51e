import Annotation
import Batching
import EngineTestSupport
import GenomicFiles
import Genomics
import TestSupport
import Testing

@testable import Interpretation

/// What the hot loops answer, against slow and plain ways to the same answer.
@Suite struct CancerFastPathTests {
  // MARK: FORMAT and the samples

  /// A record's FORMAT and one column, as texts.
  struct Written {
    var keys: [String]
    var values: [String]
    var format: String { keys.joined(separator: ":") }
    var column: String { values.joined(separator: ":") }

    /// A value by its key; nil where it is missing, dropped as trailing, or not there.
    func value(_ key: String) -> String? {
      guard let place = keys.firstIndex(of: key), place < values.count, values[place] != ".", !values[place].isEmpty
      else { return nil }
      return values[place]
    }

    func number(_ key: String, at index: Int = 0) -> Int? {
      let parts = value(key)?.components(",") ?? []
      return index < parts.count ? Int(parts[index]) : nil
    }
  }

  static let keys = [
    "GT", "AD", "AF", "DP", "F1R2", "F2R1", "FAD", "SB", "RD", "FREQ", "AU", "CU", "GU", "TU", "TAR", "TIR", "PS",
    "PID",
    "PGT", "SQ", "GQ", "A", "ADF", "XAD", "P",
  ]

  /// Keys in any order, values of all kinds, some missing, the last ones dropped.
  static func written(_ random: inout SeededGenerator) -> Written {
    var keys = Array(Self.keys.shuffled(using: &random).prefix(random.int(1...Self.keys.count)))
    if random.oneIn(2), let place = keys.firstIndex(of: "GT") { keys.swapAt(0, place) }
    var values = keys.map { key -> String in
      if random.oneIn(6) { return random.pick([".", "", ".,.", ".,7", "7,."]) }
      switch key {
      case "GT", "PGT":
        return random.pick(["0/1", "0|1", "1|0", "0/0", "1/1", "./.", "0|.", ".", "1", "0/1/2", "1/2", "|0|1", "0/12"])
      case "PID": return random.pick(["100_A_C", "100_A_CCC", "7"])
      case "PS": return String(random.int(1...3))
      case "AF": return random.pick(["0.25", "0.125,0.5", "1", "1.5", "-0.1", "x", "2.5e-01", "0.062"])
      case "FREQ": return random.pick(["12.5%", "0%", "100%", "101%", "0.5", "%", "x%"])
      case "SQ": return random.pick(["17.5", "3", "x"])
      default:
        let count = random.int(1...4)
        return (0..<count).map { _ in
          random.oneIn(12)
            ? random.pick(["x", "-3", "12345678901234567890", ""]) : String(random.int(0...random.pick([9, 300])))
        }.joined(separator: ",")
      }
    }
    if random.oneIn(3) { values.removeLast(random.int(0...(values.count - 1))) }
    return Written(keys: keys, values: values)
  }

  /// What a layout's definition says of a column, in strings and dictionaries.
  static func slow(
    _ layout: SomaticLayout, _ one: Written, allele: Int, snv: (String, String)?
  ) -> AlleleSupport {
    let fraction = one.value("AF").flatMap { text -> Double? in
      let parts = text.components(",")
      guard allele <= parts.count, let value = Double(parts[allele - 1]), (0...1).contains(value) else { return nil }
      return value
    }
    var depths: [Int]?
    if let text = one.value("AD") {
      let parts = text.components(",")
      let counts = parts.compactMap { $0.count <= 15 && !$0.hasPrefix("-") ? Int($0) : nil }
      if counts.count == parts.count { depths = counts }
    }
    let counted = depths.flatMap { depths -> AlleleSupport? in
      allele < depths.count ? .counted(depths[allele], of: depths.reduce(0, +)) : nil
    }
    func given(_ isFallback: Bool) -> AlleleSupport {
      var support = AlleleSupport(isFallback: isFallback)
      support.alternate = one.number("AD", at: allele)
      support.depth = depths.map { $0.reduce(0, +) } ?? one.number("DP")
      if let fraction {
        support.fraction = fraction
        support.isGiven = true
      }
      return support
    }
    switch layout {
    case .mutect2: return counted ?? given(true)
    case .dragen:
      let own = given(false)
      if own.fraction != nil { return own }
      guard var counted else { return own }
      counted.isFallback = true
      return counted
    case .strelka2:
      let (reads, others) =
        snv.flatMap { pair in
          one.keys.contains("AU") ? (one.number(pair.1 + "U"), one.number(pair.0 + "U")) : nil
        } ?? (one.number("TIR"), one.number("TAR"))
      guard let reads, let others, reads >= 0, others >= 0 else { return .unknown }
      return .counted(reads, of: reads + others)
    case .varscan:
      if let reads = one.number("AD"), let others = one.number("RD"), reads >= 0, others >= 0 {
        return .counted(reads, of: reads + others)
      }
      var support = AlleleSupport(depth: one.number("DP"), isFallback: true)
      if let text = one.value("FREQ"), text.hasSuffix("%"), let percent = Double(text.dropLast()),
        (0...100).contains(percent)
      {
        support.fraction = percent / 100
        support.isGiven = true
      }
      return support
    case .none: return .unknown
    }
  }

  @Test(
    "Values of random FORMATs, with missing ones and dropped trailing ones, are those of splitting strings",
    arguments: seeds(30))
  func values(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let records = (0..<200).map { _ in Self.written(&random) }
    let text = records.enumerated().map { "1\t\($0 + 1)\t.\tA\tC\t.\tPASS\t.\t\($1.format)\t\($1.column)\n" }.joined()
    let file = try TemporaryRecord(Array(text.utf8))
    let faults = try await file.read { view in
      var faults: [String] = []
      var formats = KnownFormats()
      for (record, one) in records.enumerated() {
        let places = formats.places(view, record)
        let values = SampleValues(view[view.samples(of: record)])
        for (place, key) in one.keys.enumerated()
        where values.bytes(Int16(place)).map(String.init(bytes:)) != one.value(key) {
          faults.append("\(key) of \(one.format) \(one.column)")
        }
        for (place, key) in [
          (places.genotype, "GT"), (places.alleleDepths, "AD"), (places.fraction, "AF"), (places.depth, "DP"),
          (places.referenceDepth, "RD"), (places.percentage, "FREQ"), (places.phaseSet, "PS"),
          (places.phaseName, "PID"), (places.phasedGenotype, "PGT"), (places.somaticQuality, "SQ"),
          (places.indel.0, "TAR"), (places.indel.1, "TIR"), (places.bases.0, "AU"), (places.bases.3, "TU"),
        ] where Int(place) != one.keys.firstIndex(of: key) ?? -1 {
          faults.append("the place of \(key) in \(one.format)")
        }
        for layout in SomaticLayout.allCases {
          for allele in 1...3 {
            for snv in [nil, ("A", "C"), ("T", "G")] as [(String, String)?] {
              let codes = snv.map { pair in
                (
                  SubstitutionClass.code(pair.0.utf8.first ?? 0) ?? 9,
                  SubstitutionClass.code(pair.1.utf8.first ?? 0) ?? 9
                )
              }
              let found = layout.support(
                SomaticLayout.Allele(number: allele, substitution: codes), values, places)
              if found != Self.slow(layout, one, allele: allele, snv: snv) {
                faults.append("\(layout) \(allele) \(one.format) \(one.column): \(found)")
              }
            }
          }
        }
      }
      return faults
    }
    #expect(faults.isEmpty, "\(faults.prefix(3))")
  }

  @Test("Genotypes tell completeness, phase and copies as splitting them does", arguments: seeds(10))
  func genotypes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let count = random.int(1...5)
      var text = random.oneIn(8) ? "/" : ""
      for copy in 0..<count {
        if copy > 0 { text += random.pick(["/", "|"]) }
        text += random.pick(["0", "1", "2", "12", "."])
      }
      let parts = text.drop { $0 == "/" }.split { $0 == "/" || $0 == "|" }
      var bytes = Array(text.utf8)
      bytes.withUnsafeMutableBytes { raw in
        let genotype = SomaticGenotype(UnsafeRawBufferPointer(raw))
        #expect(genotype.isComplete == !text.contains("."))
        #expect(genotype.isPhased == text.contains("|"))
        for allele in [0, 1, 2, 12] {
          let mask = parts.enumerated().reduce(UInt8(0)) { $1.element == String(allele) ? $0 | 1 << $1.offset : $0 }
          #expect(genotype.copies(of: allele) == mask, "\(text)")
        }
      }
    }
  }

  // MARK: Alleles and the reference

  /// Bases in memory.
  struct Bases: ReferenceBases {
    var text: [UInt8]
    var contigs: ContigDictionary
    init(_ text: [UInt8]) {
      self.text = text
      contigs = ContigDictionary([Contig(name: "c", length: text.count)]) ?? ContigDictionary([])!
    }
    func bases(of region: Region) -> [UInt8] {
      Array(text[max(0, region.start.value)..<min(text.count, region.end.value)])
    }
    func view(_ stretches: [Range<Int>]) async throws -> ReferenceView {
      let blocks = ReferenceBlocks(self, blocking: RunResources(threads: 1, batchBytes: 1 << 16).blocking)
      return try await blocks.view(contig: "c", stretches: stretches)
    }
  }

  @Test("A triplet is the three bases that are asked for one by one, also at borders of blocks and ends of contigs")
  func triplets() async throws {
    var random = SeededGenerator(seed: 5)
    let bases = Bases(Array(random.text("ACGTN", 200_000).utf8))
    for stretches in [[0..<200_000], [100..<200], [140_000..<140_010]] {
      let view = try await bases.view(stretches)
      var places = [-2, -1, 0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 199_998, 199_999, 200_000, 200_001]
      places += (0..<2000).map { _ in random.int(0...199_999) }
      for place in places {
        let triplet = view.triplet(at: place)
        for offset in -1...1 {
          #expect(UInt8(truncatingIfNeeded: triplet >> (8 * UInt32(offset + 1))) == view.base(at: place + offset) ?? 0)
        }
      }
    }
  }

  /// Trimmed and moved left by the definition, one base at a time, in strings.
  private static func naive(_ text: [UInt8], _ start: Int, _ ref: [UInt8], _ alt: [UInt8]) -> String {
    var (start, ref, alt) = (start, ref, alt)
    while let last = ref.last, last == alt.last {
      ref.removeLast()
      alt.removeLast()
    }
    while let first = ref.first, first == alt.first {
      ref.removeFirst()
      alt.removeFirst()
      start += 1
    }
    if ref.isEmpty != alt.isEmpty {
      while start > 0 {
        var (longer, isDeletion) = ref.isEmpty ? (alt, false) : (ref, true)
        guard longer.last == text[start - 1] else { break }
        longer.insert(longer.removeLast(), at: 0)
        start -= 1
        if isDeletion { ref = longer } else { alt = longer }
      }
    }
    return "\(start) \(ref.count) \(String(decoding: alt, as: UTF8.self))"
  }

  @Test("Alleles are trimmed and moved left as by the definition; the same change has one value", arguments: seeds(20))
  func alleles(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    // Repeats of one to three bases, so that indels move far.
    var text: [UInt8] = []
    while text.count < 3000 {
      let unit = Array(random.text("ACGT", random.int(1...3)).utf8)
      for _ in 0..<random.int(1...12) { text += unit }
    }
    let view = try await Bases(text).view([0..<text.count])
    var values: [String: SmallAllele] = [:]
    for _ in 0..<2000 {
      let start = random.int(0...(text.count - 60))
      let ref = Array(text[start..<(start + random.int(1...12))])
      var alt = ref
      switch random.int(0...3) {
      case 0: alt = Array(random.text("ACGT", random.int(1...40)).utf8)
      case 1: alt.removeLast(random.int(0...(alt.count - 1)))
      case 2: alt += alt.suffix(random.int(1...alt.count))
      default: alt[random.int(0...(alt.count - 1))] = Array("ACGT".utf8)[random.int(0...3)]
      }
      let written = alt.map { random.oneIn(9) ? $0 | 0x20 : $0 }
      let (type, allele) = ref.withUnsafeBytes { ref in
        written.withUnsafeBytes { alt in
          var trimmed = TrimmedAllele(start: start, reference: ref, alternate: alt)
          trimmed.leftAlign(view)
          return (SomaticType(trimmed), SmallAllele(trimmed))
        }
      }
      let expected = Self.naive(text, start, ref, alt)
      #expect((type == nil) == (ref == alt))
      guard type != nil else { continue }
      let found = try #require(allele)
      #expect("\(found.start) \(found.replaced) \(String(decoding: found.bases, as: UTF8.self))" == expected)
      if let other = values[expected] { #expect(other == found && other.hashValue == found.hashValue) }
      values[expected] = found
    }
    #expect(Set(values.values).count == values.count)
  }

  @Test("A base that is none of A, C, G and T, and more than 64 of them, make no small allele")
  func noAllele() {
    func make(_ alt: String) -> SmallAllele? {
      Array("A".utf8).withUnsafeBytes { ref in
        Array(alt.utf8).withUnsafeBytes { SmallAllele(TrimmedAllele(start: 5, reference: ref, alternate: $0)) }
      }
    }
    #expect(make("AN") == nil && make("AR") == nil)
    #expect(make("A" + String(repeating: "C", count: 64)) != nil)
    #expect(make("A" + String(repeating: "C", count: 65)) == nil)
  }

  @Test("A walk along the exons answers as a search for each range does", arguments: seeds(6))
  func exons(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let genome = try await CancerGenome(&random)
    let exons = ExonNeighbourhood(try AnnotationCache(path: genome.folder("g.cache")), contig: "chr1")
    var walk = ExonNeighbourhood.Walk(exons)
    var place = 0
    var touched = 0
    for _ in 0..<3000 {
      place = random.oneIn(20) ? random.int(0...1100) : place + random.int(0...6)
      if place > 1100 { place = 0 }
      let range = place..<(place + random.int(0...40))
      let answer = walk.touches(range)
      #expect(answer == exons.touches(range))
      if answer { touched += 1 }
    }
    #expect(touched > 300 && touched < 2900)
    var empty = ExonNeighbourhood.Walk(
      ExonNeighbourhood(try AnnotationCache(path: genome.folder("g.cache")), contig: "chr2"))
    let isTouched = empty.touches(0..<1_000_000)
    #expect(!isTouched)
  }

  // MARK: Duplicates

  @Test("The same allele counts once, however it is padded and wherever its records stand", arguments: seeds(12))
  func duplicates(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let genome = try await CancerGenome(&random)
    let bases = genome.contigs[1].bases.map { $0 & 0xDF }
    var records: [(position: Int, line: String)] = []
    var changes: Set<String> = []
    for _ in 0..<900 {
      // Few places, so that alleles meet.
      let place = random.int(40...160)
      let (left, right) = (random.int(0...2), random.int(0...2))
      let isSNV = !random.oneIn(3)
      let alt =
        isSNV ? Array(random.text("ACGT", 1).utf8) : Array(bases[place...place]) + Array(random.text("AC", 1).utf8)
      if isSNV, alt[0] == bases[place] { continue }
      let whole = Array(bases[(place - left)...(place + right)])
      let changed = Array(bases[(place - left)..<place]) + alt + Array(bases[(place + 1)..<(place + right + 1)])
      changes.insert(Self.naive(bases, place - left, whole, changed))
      records.append(
        (
          place - left,
          "chr2\t\(place - left + 1)\t.\t\(String(decoding: whole, as: UTF8.self))\t\(String(decoding: changed, as: UTF8.self))\t.\tPASS\t.\tGT:AD\t0/1:30,10\t0/0:30,0"
        ))
    }
    records.sort { $0.position < $1.position }
    for batch in [1 << 20, 4096] {
      let found = try await genome.analyse(genome.mutect(records.map(\.line)), batch: batch)
      #expect(found.counts.variants == changes.count)
      #expect(found.counts.dropped == ["duplicate-allele": records.count - changes.count])
    }
  }
}

extension String {
  fileprivate func components(_ separator: Character) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }

  fileprivate init(bytes: UnsafeRawBufferPointer) { self.init(decoding: bytes, as: UTF8.self) }
}
