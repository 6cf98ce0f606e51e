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

  private func bound(_ text: String?) throws -> SequenceLocation.Bound {
    let text = try #require(text)
    if let place = Int(text) { return .exact(place) }
    let ends = text.filter { !"[] ".contains($0) }.split(separator: ",")
    return .range(Int(ends[0]), Int(ends[1]))
  }

  private func location(_ entry: [String]) throws -> SequenceLocation {
    let sequence = try #require(value("refgetAccession", entry)?.dropFirst(3))
    return SequenceLocation(
      sequence: try #require(RefgetDigest(sha512t24u: String(sequence))), start: try bound(value("start", entry)),
      end: try bound(value("end", entry)))
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
}
