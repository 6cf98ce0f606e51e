import TestSupport
import Testing

@testable import Annotation

/// A genome with repeats, random alleles on it, and their other spellings.
struct KnownGenome {
  var bases: [UInt8]

  init(bases: [UInt8]) { self.bases = bases }

  init(_ random: inout SplitMix64, count: Int) {
    bases = []
    while bases.count < count {
      // Repeats, so that alleles have many spellings.
      let unit = random.letters(random.int(1...4), of: "ACGT")
      for _ in 0..<(random.chance(0.4) ? random.int(2...8) : 1) { bases += unit }
    }
  }

  struct Allele: Hashable {
    /// Counted from 0.
    var start: Int
    var reference: [UInt8]
    var alternate: [UInt8]
  }

  /// An allele that changes the genome, anchored as VCF wants it.
  func allele(_ random: inout SplitMix64, in range: ClosedRange<Int>) -> Allele {
    while true {
      let start = random.int(range)
      let length = random.chance(0.5) ? 1 : random.int(1...min(12, bases.count - start))
      let reference = Array(bases[start..<(start + length)])
      let kind = random.int(0...3)
      let alternate: [UInt8] =
        switch kind {
        case 0: random.letters(length, of: "ACGT")
        case 1: Array(reference[..<1]) + random.letters(random.int(0...9), of: "ACGT")
        case 2: Array(reference[..<1]) + Array(bases[start..<min(bases.count, start + random.int(1...9))])
        default: Array(reference[..<1])
        }
      if alternate != reference { return Allele(start: start, reference: reference, alternate: alternate) }
    }
  }

  /// The genome with the allele.
  func applied(_ allele: Allele) -> [UInt8] {
    Array(bases[..<allele.start]) + allele.alternate + Array(bases[(allele.start + allele.reference.count)...])
  }

  /// Another spelling of the same change: found from the changed sequence alone.
  func respelled(_ allele: Allele, _ random: inout SplitMix64) -> Allele {
    let changed = applied(allele)
    let difference = changed.count - bases.count
    let shortest = min(bases.count, changed.count)
    let prefix = zip(bases, changed).prefix { $0 == $1 }.count
    let suffix = zip(bases.reversed(), changed.reversed()).prefix { $0 == $1 }.count
    // What differs must lie between the kept prefix and suffix.
    let left = random.int(max(0, min(prefix, shortest) - 6)...min(prefix, shortest))
    let right = random.int(max(0, min(suffix, shortest - left) - 6)...min(suffix, shortest - left))
    var (start, end) = (left, bases.count - right)
    // Both sides need a base.
    while end - start < 1 || end - start + difference < 1 {
      if start > 0 { start -= 1 } else { end += 1 }
    }
    return Allele(
      start: start, reference: Array(bases[start..<end]), alternate: Array(changed[start..<(end + difference)]))
  }

  func base(_ position: Int) -> UInt8? { bases.indices.contains(position) ? bases[position] : nil }

  /// The canonical form.
  func canonical(_ allele: Allele) throws -> Allele {
    var canonical = CanonicalAllele()
    try allele.reference.withUnsafeBytes { reference in
      try allele.alternate.withUnsafeBytes { alternate in
        try canonical.take(
          position: allele.start + 1, reference: reference, alternate: alternate, base: base)
      }
    }
    return Allele(start: canonical.start, reference: canonical.reference, alternate: canonical.alternate)
  }
}

@Suite struct KnownAlleleTests {
  @Test func spellingsOfOneChangeHaveOneForm() throws {
    var random = SplitMix64()
    for _ in 0..<60 {
      let genome = KnownGenome(&random, count: 120)
      for _ in 0..<100 {
        let allele = genome.allele(&random, in: 0...(genome.bases.count - 1))
        let other = genome.respelled(allele, &random)
        #expect(genome.applied(other) == genome.applied(allele))
        let canonical = try genome.canonical(allele)
        #expect(try genome.canonical(other) == canonical, "\(allele) \(other)")
        #expect(genome.applied(canonical) == genome.applied(allele))
        #expect(try genome.canonical(canonical) == canonical)
      }
    }
  }

  @Test func codesOfAllelesDiffer() throws {
    var alleles: Set<String> = []
    var codes: Set<UInt32> = []
    func add(_ length: Int, _ alternate: String) throws {
      let code = try #require(
        Array(alternate.utf8).withUnsafeBytes {
          AlleleCode.code(referenceLength: length, anchor: UInt8(ascii: "A"), alternate: $0)
        })
      guard alleles.insert("\(length) \(alternate)").inserted else { return }
      #expect(code < AlleleCode.long && codes.insert(code).inserted, "\(length) \(alternate): \(code)")
    }
    var words = [""]
    for length in 1...5 {
      words = words.flatMap { word in ["A", "C", "G", "T"].map { word + $0 } }
      for word in words {
        if length <= 4 { try add(length, word) }
        try add(1, "A" + word)
      }
    }
    for deleted in 1...2391 { try add(1 + deleted, "A") }
    #expect(codes.count == 340 + 1364 + 2391 && codes.max() == AlleleCode.long - 1)
    for (length, text) in [(2393, "A"), (1, "AACGTAC"), (3, "TG"), (2, "ACC"), (1, "CA")] {
      let code = Array(text.utf8).withUnsafeBytes {
        AlleleCode.code(referenceLength: length, anchor: UInt8(ascii: "A"), alternate: $0)
      }
      #expect(code == AlleleCode.long)
    }
    #expect(
      Array("AR".utf8).withUnsafeBytes {
        AlleleCode.code(referenceLength: 1, anchor: UInt8(ascii: "A"), alternate: $0)
      } == nil)
  }

  @Test(arguments: [
    ("ACGT", 2, "G", "T", CanonicalAllele.Refusal.referenceMismatch), ("ACGT", 4, "TA", "T", .referenceMismatch),
    ("ACGT", 2, "C", "c", .equalToReference), ("ACGT", 2, "CG", "cg", .equalToReference),
    ("ACGT", 2, "C", "N", .unknownBase), ("ACGT", 2, "C", "<DEL>", .notBases), ("ACGT", 0, "A", "C", .notBases),
  ])
  func whatHasNoFormIsRefused(
    genome: String, position: Int, reference: String, alternate: String, refusal: CanonicalAllele.Refusal
  ) {
    let bases = Array(genome.utf8)
    var canonical = CanonicalAllele()
    #expect(throws: refusal) {
      try Array(reference.utf8).withUnsafeBytes { reference in
        try Array(alternate.utf8).withUnsafeBytes { alternate in
          try canonical.take(position: position, reference: reference, alternate: alternate) {
            bases.indices.contains($0) ? bases[$0] : nil
          }
        }
      }
    }
  }

  @Test func chunksGiveBackWhatTheyTook() throws {
    var random = SplitMix64()
    for fields in [0, 1, 3] {
      for count in [1, 50, 3_000] {
        var writer = KnownChunkWriter(fields: fields)
        var expected: [KnownGenome.Allele: [String]] = [:]
        var codes: [KnownGenome.Allele: UInt32] = [:]
        var joined = 0
        for number in 0..<count {
          let place = random.int(0...(random.chance(0.5) ? 4_095 : (1 << 20 - 1)))
          let anchor = random.letters(1, of: "ACGT")
          let isLong = random.chance(0.2)
          let allele = KnownGenome.Allele(
            start: place, reference: anchor + random.letters(isLong ? 2 : 0, of: "ACGT"),
            alternate: random.letters(isLong ? random.int(1...2) + 6 : 1, of: "ACGT"))
          let code = try #require(
            allele.alternate.withUnsafeBytes {
              AlleleCode.code(referenceLength: allele.reference.count, anchor: anchor[0], alternate: $0)
            })
          // REF is the reference's own, so that only its length counts.
          let key = KnownGenome.Allele(
            start: place, reference: [UInt8](repeating: 0, count: allele.reference.count), alternate: allele.alternate)
          let values: [String] = (0..<fields).map { field in
            switch field {
            case 0: random.chance(0.1) ? "" : "rs\(1_000_000 + number)"
            case 1: random.chance(0.3) ? "" : "0.\(random.int(0...9))"
            default: number < 5 ? "" : "v\(number)x"
            }
          }
          allele.alternate.withUnsafeBytes {
            writer.append(place: place, code: code, referenceLength: allele.reference.count, alternate: $0)
          }
          for value in values { Array(value.utf8).withUnsafeBytes { writer.append(value: $0) } }
          codes[key] = code
          if let known = expected[key] {
            joined += 1
            expected[key] = zip(known, values).map { known, value in
              value.isEmpty || known.split(separator: "&").contains(Substring(value))
                ? known : known.isEmpty ? value : known + "&" + value
            }
          } else {
            expected[key] = values
          }
        }
        let encoded = writer.encode()
        #expect(encoded.rows == expected.count && encoded.joined == joined)
        try encoded.bytes.withUnsafeBytes { bytes in
          let chunk = try #require(KnownChunk(bytes, fields: fields))
          #expect(chunk.rows == expected.count)
          var rows: Set<Int> = []
          for (allele, values) in expected {
            let row = try #require(find(allele, codes[allele] ?? 0, chunk))
            #expect(rows.insert(row).inserted)
            for (field, value) in values.enumerated() {
              var found: [UInt8] = []
              let has = chunk.append(field: field, of: row, to: &found)
              #expect(has == !value.isEmpty && String(decoding: found, as: UTF8.self) == value)
            }
            var other = allele
            other.start = (allele.start + 1) & (1 << 20 - 1)
            if expected[other] == nil { #expect(find(other, codes[allele] ?? 0, chunk) == nil) }
            other = allele
            other.alternate.append(UInt8(ascii: "A"))
            if expected[other] == nil { #expect(find(other, AlleleCode.long, chunk) == nil) }
          }
        }
      }
    }
  }

  private func find(_ allele: KnownGenome.Allele, _ code: UInt32, _ chunk: KnownChunk) -> Int? {
    allele.alternate.withUnsafeBytes {
      chunk.row(place: allele.start, code: code, referenceLength: allele.reference.count, alternate: $0)
    }
  }
}
