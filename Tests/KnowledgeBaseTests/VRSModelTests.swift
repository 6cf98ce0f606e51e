import Genomics
import TestSupport
import Testing

@testable import KnowledgeBase

/// The validation models of the GA4GH repository: the classes that Apus computes.
@Suite("VRS validation models", .enabled(if: SharedData.has("ga4gh/vrs/models.yaml")))
struct VRSModelTests {
  /// The `ga4gh_…` members below each entry of a class, with the entry's own lines.
  private func entries(_ name: String) throws -> [[String]] {
    let text = String(decoding: try readFile(SharedData.path("ga4gh/vrs/models.yaml")), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let first = try #require(lines.firstIndex(of: name + ":"))
    let body = lines[(first + 1)...].prefix { $0.isEmpty || $0.hasPrefix(" ") }
    return body.reduce(into: []) { entries, line in
      if line.hasPrefix("  - ") { entries.append([]) }
      if !entries.isEmpty { entries[entries.count - 1].append(line) }
    }
  }

  private func value(_ key: String, _ entry: [String]) -> String? {
    entry.first { $0.contains(key + ":") }.map { line in
      let text = line.split(separator: ":", maxSplits: 1)[1].drop { $0 == " " }
      return text.hasPrefix("'") ? String(text.dropFirst().dropLast()) : String(text)
    }
  }

  private func bound(_ text: String?) throws -> SequenceLocation.Bound? {
    guard let text else { return nil }
    if let place = Int(text) { return .exact(place) }
    let ends = text.filter { !"[] ".contains($0) }.split(separator: ",")
    return .range(Int(ends[0]), Int(ends[1]))
  }

  private func location(_ entry: [String]) throws -> SequenceLocation {
    let sequence = try value("refgetAccession", entry).map {
      try #require(RefgetDigest(sha512t24u: String($0.dropFirst(3))))
    }
    return SequenceLocation(
      sequence: sequence, start: try bound(value(" start", entry)), end: try bound(value(" end", entry)))
  }

  /// The parts of an entry that begin with this line, each up to where its like begins; what stands before is left out.
  private func parts(_ entry: [String], at line: String) -> [[String]] {
    let input = entry.prefix { $0 != "    out:" }
    return input.reduce(into: []) { parts, one in
      if one.trimmingPrefix(while: { $0 == " " }) == line[...] { parts.append([]) }
      if !parts.isEmpty { parts[parts.count - 1].append(one) }
    }
  }

  private func expect(_ serialised: String, _ digest: String, _ identifier: String, _ entry: [String]) {
    // Where the model's own serialisation is commented out, it is none.
    if let written = entry.first(where: { $0.hasPrefix("      ga4gh_serialize:") }) {
      #expect(written.contains("'\(serialised)'"))
    }
    #expect(digest == value("ga4gh_digest", entry))
    #expect(identifier == value("ga4gh_identify", entry))
  }

  @Test("SequenceLocation")
  func locations() throws {
    let entries = try entries("SequenceLocation")
    #expect(entries.count == 4)
    for entry in entries {
      let location = try location(entry)
      #expect(location.serialised == value("ga4gh_serialize", entry))
      #expect(location.digest == value("ga4gh_digest", entry))
      #expect(location.identifier == value("ga4gh_identify", entry))
    }
  }

  @Test("Allele")
  func alleles() throws {
    let entries = try entries("Allele")
    #expect(entries.count == 2)
    for entry in entries {
      let state: SequenceExpression =
        if let length = value(" length", entry).flatMap({ Int($0) }) {
          .referenceLength(
            length: length, repeatSubunitLength: try #require(Int(value("repeatSubunitLength", entry) ?? "")))
        } else {
          .literal(try #require(value(" sequence", entry)))
        }
      let allele = VRSAllele(location: try location(entry), state: state)
      #expect(allele.serialised == value("ga4gh_serialize", entry))
      #expect(allele.digest == value("ga4gh_digest", entry))
      #expect(allele.identifier == value("ga4gh_identify", entry))
    }
  }

  @Test("Sequence expressions")
  func expressions() throws {
    let expected: [(String, SequenceExpression)] = [
      ("LengthExpression", .length(20_000)), ("LiteralSequenceExpression", .literal("ACGT")),
      ("ReferenceLengthExpression", .referenceLength(length: 11, repeatSubunitLength: 3)),
    ]
    for (name, expression) in expected {
      #expect(expression.serialised == value("ga4gh_serialize", try #require(try entries(name).first)))
    }
  }

  @Test("CisPhasedBlock: one identifier in either order of its members")
  func cisPhasedBlocks() throws {
    let entries = try entries("CisPhasedBlock")
    #expect(entries.count == 2)
    for entry in entries {
      let members = try parts(entry, at: "- location:").map { part in
        var location = try location(part)
        // The model names the sequence on the block alone, where it is no digest key: its members' own is null.
        location.sequence = nil
        return VRSAllele(location: location, state: .literal(try #require(value(" sequence", part))))
      }
      #expect(members.count == 2)
      let block = CisPhasedBlock(Set(members))
      expect(block.serialised, block.digest, block.identifier, entry)
    }
  }

  private func adjacency(_ entry: [String]) throws -> Adjacency {
    let linker =
      entry.contains { $0.contains("linker:") } ? value(" sequence", entry).map(SequenceExpression.literal) : nil
    let ends = try parts(entry, at: "- type: SequenceLocation").map(location)
    #expect(ends.count == 2)
    return Adjacency(ends[0], ends[1], linker: linker)
  }

  @Test("Adjacency: the order of its sequences matters")
  func adjacencies() throws {
    let entries = try entries("Adjacency")
    #expect(entries.count == 2)
    for entry in entries {
      let adjacency = try adjacency(entry)
      expect(adjacency.serialised, adjacency.digest, adjacency.identifier, entry)
    }
  }

  @Test("DerivativeMolecule: the order of its blocks matters")
  func derivativeMolecules() throws {
    let entries = try entries("DerivativeMolecule")
    #expect(entries.count == 2)
    for entry in entries {
      let blocks = try parts(entry, at: "- type: TraversalBlock").map { part in
        DerivativeMolecule.Block(
          .adjacency(try adjacency(part)),
          try #require(value(" orientation", part).flatMap { DerivativeMolecule.Orientation(rawValue: $0) }))
      }
      #expect(blocks.count == 2)
      let molecule = DerivativeMolecule(blocks)
      expect(molecule.serialised, molecule.digest, molecule.identifier, entry)
    }
  }

  @Test("Terminus, CopyNumberCount, CopyNumberChange")
  func others() throws {
    let ends = try entries("Terminus")
    let counts = try entries("CopyNumberCount")
    let changes = try entries("CopyNumberChange")
    #expect([ends.count, counts.count, changes.count] == [1, 1, 1])
    for entry in ends {
      let one = Terminus(try location(entry))
      expect(one.serialised, one.digest, one.identifier, entry)
    }
    for entry in counts {
      let one = CopyNumberCount(try location(entry), copies: try #require(try bound(value(" copies", entry))))
      expect(one.serialised, one.digest, one.identifier, entry)
    }
    for entry in changes {
      let name = try #require(value(" copyChange", entry))
      let change = try #require(CopyNumberChange.Change(rawValue: name))
      let one = CopyNumberChange(try location(entry), change)
      expect(one.serialised, one.digest, one.identifier, entry)
    }
  }

  @Test("sha512t24u of functions.yaml", .enabled(if: SharedData.has("ga4gh/vrs/functions.yaml")))
  func functions() throws {
    let text = String(decoding: try readFile(SharedData.path("ga4gh/vrs/functions.yaml")), as: UTF8.self)
    let body = text.split(separator: "\n").drop { $0 != "sha512t24u:" }.dropFirst().prefix { $0.hasPrefix(" ") }
    func quoted(_ key: String) -> [String] {
      body.filter { $0.contains("\(key): \"") }.map {
        String($0.split(separator: "\"", omittingEmptySubsequences: false)[1])
      }
    }
    let (blobs, digests) = (quoted("blob"), quoted("out"))
    #expect(blobs.count >= 2 && blobs.count == digests.count)
    for (blob, digest) in zip(blobs, digests) { #expect(sha512t24u(blob.utf8) == digest) }
  }
}
