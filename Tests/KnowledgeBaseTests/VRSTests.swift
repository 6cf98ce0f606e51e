import Genomics
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("VRS 2.0 identifiers")
struct VRSTests {
  private func refget(_ text: String) throws -> RefgetDigest { try #require(RefgetDigest(sha512t24u: text)) }

  @Test(
    "sha512t24u", arguments: [("", "z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXc"), ("ACGT", "aKF498dAxcJAqme6QYQ7EZ07-fiw8Kw2")])
  func truncated(blob: String, digest: String) { #expect(sha512t24u(blob.utf8) == digest) }

  @Test(
    "Locations of reference/service.md section 13",
    arguments: [
      ("IIB53T8CNeJJdUqzn9V_JnRtQadwWCbl", "wIlaGykfwHIpPY2Fcxtbx4TINbbODFVz"),
      ("F-LrLMe1SRpfUZHkQmvkVKFEGaoDeHul", "4t6JnYWqHwYw9WzBT_lmWBb3tLQNalkT"),
    ])
  func locations(sequence: String, digest: String) throws {
    #expect(SequenceLocation(sequence: try refget(sequence), 44_908_821..<44_908_822).digest == digest)
  }

  @Test("rs7412 T, made from a VCF's record")
  func substitution() throws {
    let allele = try VRSAllele.justified(
      sequence: refget("IIB53T8CNeJJdUqzn9V_JnRtQadwWCbl"), length: 58_617_616, start: 44_908_820,
      reference: Array("GC".utf8), alternate: Array("GT".utf8)
    ) { _ in throw Generated.Unexpected() }
    #expect(allele.identifier == "ga4gh:VA.0AePZIWZUNsUlQTamyLrjm2HWUw2opLt")
  }

  @Test("The insertion into CTCCTCCT, from every VCF that can write it")
  func insertion() throws {
    let sequence = try refget("Ya6Rs7DHhDeg7YaOSg1EoNi3U_nQ9SvO")
    let (start, text) = (40_819_430, Array("AGAGAGAACTCCTCCTAGGAGAGA".utf8))
    for (place, seed) in [(0, "CTC"), (1, "TCC"), (2, "CCT"), (3, "CTC"), (6, "CTC"), (8, "CCT")] {
      let allele = try VRSAllele.justified(
        sequence: sequence, length: 248_956_422, start: start + 8 + place, reference: [], alternate: Array(seed.utf8)
      ) { position in
        guard text.indices.contains(position - start) else { throw Generated.Unexpected() }
        return text[position - start]
      }
      #expect(allele.state == .referenceLength(length: 11, repeatSubunitLength: 3))
      #expect(allele.identifier == "ga4gh:VA.Oop4kjdTtKcg1kiZjIJAAR3bp7qi4aNT", "\(place) \(seed)")
    }
  }

  @Test("The CisPhasedBlock of reference/service.md section 13, in either order; members that change change it")
  func cisPhasedBlock() throws {
    // The vector's members name no sequence: it stands on the block, where it is no digest key.
    func allele(_ start: Int, _ base: String, _ sequence: RefgetDigest? = nil) -> VRSAllele {
      let location = SequenceLocation(sequence: sequence, start: .exact(start), end: .exact(start + 1))
      return VRSAllele(location: location, state: .literal(base))
    }
    for members in [[allele(601, "C"), allele(701, "C")], [allele(701, "C"), allele(601, "C")]] {
      #expect(CisPhasedBlock(Set(members)).identifier == "ga4gh:CPB.YAWwnFF0e-T7fnuT4wRzZW4Lzg7jc-zQ")
    }
    #expect(
      CisPhasedBlock([allele(601, "C"), allele(701, "G")]).digest
        != CisPhasedBlock([allele(601, "G"), allele(701, "C")]).digest)
    let (one, two) = (
      try refget("S_KjnFVz-FE7M0W6yoaUDgYxLPc1jyWU"), try refget("9KdcA9ZpY1Cpvxvg8bMSLYDUpsX6GDLO")
    )
    #expect(
      CisPhasedBlock([allele(601, "C", one), allele(701, "C", one)]).digest
        != CisPhasedBlock([allele(601, "C", two), allele(701, "C", two)]).digest)
  }

  @Test("The order of a junction's sequences and of a molecule's blocks is part of the identifier")
  func ordered() throws {
    let sequence = try refget("S_KjnFVz-FE7M0W6yoaUDgYxLPc1jyWU")
    let left = SequenceLocation(sequence: sequence, start: nil, end: .exact(123))
    let right = SequenceLocation(sequence: sequence, start: .exact(456), end: nil)
    #expect(Adjacency(left, right).digest != Adjacency(right, left).digest)
    let blocks = [
      DerivativeMolecule.Block(.adjacency(Adjacency(left, right)), .forward),
      DerivativeMolecule.Block(.terminus(Terminus(left)), .forward),
    ]
    #expect(DerivativeMolecule(blocks).digest != DerivativeMolecule(blocks.reversed()).digest)
    #expect(
      DerivativeMolecule([DerivativeMolecule.Block(.terminus(Terminus(left)), .reverseComplement)]).digest
        != DerivativeMolecule([DerivativeMolecule.Block(.terminus(Terminus(left)), .forward)]).digest)
  }

  @Test("All ways to write one change give one identifier, and the identified change is the same sequence")
  func justified() throws {
    var random = SplitMix64()
    let sequence = try refget("IIB53T8CNeJJdUqzn9V_JnRtQadwWCbl")
    for _ in 0..<2000 {
      let text = random.letters(random.int(8...30), of: random.pick(["A", "AC", "ACGT"]))
      let start = random.int(0...(text.count - 1))
      let end = min(text.count, start + random.int(0...5))
      let alternate = random.letters(random.int(0...6), of: "AC")
      let changed = Array(text[..<start]) + alternate + Array(text[end...])
      var found: Set<VRSAllele> = []
      for low in 0...text.count {
        // Any window that holds the change writes it, with the bases around it.
        let tail = random.int(0...text.count)
        guard low + tail <= text.count, low + tail <= changed.count, text[..<low] == changed[..<low],
          text[(text.count - tail)...] == changed[(changed.count - tail)...]
        else { continue }
        found.insert(
          VRSAllele.justified(
            sequence: sequence, length: text.count, start: low, reference: Array(text[low..<(text.count - tail)]),
            alternate: Array(changed[low..<(changed.count - tail)])
          ) { text[$0] })
      }
      if text == changed { continue }
      #expect(found.count <= 1, "\(String(decoding: text, as: UTF8.self)) \(String(decoding: changed, as: UTF8.self))")
      guard let allele = found.first, case .exact(let low) = allele.location.start,
        case .exact(let high) = allele.location.end
      else { continue }
      let state: [UInt8]
      switch allele.state {
      case .literal(let bases): state = Array(bases.utf8)
      case .referenceLength(let length, let unit): state = (0..<length).map { text[low + $0 % unit] }
      case .length: state = []
      }
      #expect(Array(text[..<low]) + state + Array(text[high...]) == changed)
    }
  }

  @Test("The reference allele is a ReferenceLengthExpression of its own length")
  func reference() throws {
    let allele = try VRSAllele.justified(
      sequence: refget("IIB53T8CNeJJdUqzn9V_JnRtQadwWCbl"), length: 100, start: 5, reference: Array("AC".utf8),
      alternate: Array("AC".utf8)
    ) { _ in throw Generated.Unexpected() }
    #expect(allele.state == .referenceLength(length: 2, repeatSubunitLength: 2))
  }
}
