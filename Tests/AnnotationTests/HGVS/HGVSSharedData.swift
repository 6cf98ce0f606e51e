import Foundation
import TestSupport

@testable import Annotation

/// The exon alignments and sequences of the shared folder `hgvs`.
struct HGVSSharedData {
  struct Block {
    var transcript: Range<Int>
    var contig: Range<Int>
    /// In the transcript's direction: `=` and `X` on both, `D` on the transcript alone, `I` on the contig alone.
    var operations: [(Character, Int)]
  }

  struct Alignment {
    var transcript: String
    var contig: String
    var isReverse: Bool
    /// In the transcript's direction.
    var blocks: [Block]
    var coding: Range<Int>?
  }

  var sequences: [String: String] = [:]
  var proteins: [String: String] = [:]
  var codings: [String: Range<Int>] = [:]
  var alignments: [Alignment] = []

  init() throws {
    let bytes = try readFile(SharedData.path("hgvs/transcripts.json"))
    let json = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
    for entry in json["seq"] as? [[String: Any]] ?? [] {
      guard let arguments = entry["args"] as? [Any], arguments.count == 1, let name = arguments[0] as? String else {
        continue
      }
      sequences[name] = entry["seq"] as? String
    }
    proteins = json["pro_ac_for_tx_ac"] as? [String: String] ?? [:]
    for (name, entry) in json["tx_identity_info"] as? [String: [String: Any]] ?? [:] {
      if let start = entry["cds_start_i"] as? Int, let end = entry["cds_end_i"] as? Int { codings[name] = start..<end }
    }
    for entry in json["tx_exons"] as? [[String: Any]] ?? [] {
      guard let arguments = entry["args"] as? [String], let exons = entry["val"] as? [[String: Any]] else { continue }
      var alignment = Alignment(
        transcript: arguments[0], contig: arguments[1], isReverse: exons.first?["alt_strand"] as? Int == -1, blocks: [],
        coding: codings[arguments[0]])
      for exon in exons {
        func number(_ key: String) -> Int { exon[key] as? Int ?? 0 }
        alignment.blocks.append(
          Block(
            transcript: number("tx_start_i")..<number("tx_end_i"),
            contig: number("alt_start_i")..<number("alt_end_i"),
            operations: Self.operations(exon["cigar"] as? String ?? "")))
      }
      alignment.blocks.sort { $0.transcript.lowerBound < $1.transcript.lowerBound }
      alignments.append(alignment)
    }
  }

  private static func operations(_ cigar: String) -> [(Character, Int)] {
    var operations: [(Character, Int)] = []
    var count = 0
    for character in cigar {
      if let digit = character.wholeNumberValue {
        count = 10 * count + digit
      } else {
        operations.append((character, max(1, count)))
        count = 0
      }
    }
    return operations
  }

  struct Row {
    var genomic: HGVSReading
    var coding: String
    var protein: String
    var text: String
  }

  /// The rows of the tables; lines that their authors took out are not.
  func rows() throws -> [Row] {
    var rows: [Row] = []
    for name in SharedData.names(in: "hgvs") where name.hasSuffix(".tsv") {
      let text = String(decoding: try readFile(SharedData.path("hgvs/\(name)")), as: UTF8.self)
      for line in text.split(separator: "\n") where !line.hasPrefix("#") && !line.hasPrefix("id\t") {
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard columns.count >= 3, let genomic = HGVSReading(columns[1]) else { continue }
        rows.append(
          Row(
            genomic: genomic, coding: columns[2], protein: columns.count > 3 ? columns[3] : "", text: String(line)))
      }
    }
    return rows
  }

  /// A name in the one form that all are compared in (Docs/annotation.md).
  static func canonical(_ name: String) -> String {
    var text = name.replacingOccurrences(of: "%3D", with: "=")
    if let colon = text.range(of: ":p.") {
      let start = colon.upperBound
      var change = text[start...].filter { $0 != "(" && $0 != ")" }
      change = change.replacingOccurrences(of: "*", with: "Ter")
      return text[..<start] + change
    }
    // The bases that are deleted or doubled, or how many, may be written.
    for word in ["del", "dup"] {
      guard let place = text.range(of: word), !text[place.upperBound...].hasPrefix("ins") else { continue }
      text = String(text[..<place.upperBound])
    }
    return text
  }

  /// Whether two names of a protein's change agree; the tables sometimes leave out where a frame ends.
  static func agree(_ expected: String, _ found: String) -> Bool {
    let (expected, found) = (canonical(expected), canonical(found))
    guard expected.hasSuffix("fs"), let shift = found.range(of: "fsTer") else { return expected == found }
    return expected == found[..<shift.lowerBound] + "fs"
  }
}
