import Foundation
import TestSupport
import Testing

@Suite("Names on transcripts in kb query, by a cache: the synthetic trio")
struct TranscriptQueryTests {
  let folder: TemporaryFolder
  let trio: String

  init() throws {
    folder = try TemporaryFolder()
    trio = try copyOfTrio(in: folder)
    let entries = ["SYN-001-P", "SYN-001-M", "SYN-001-F"].map { participant in
      #"{"schema": "apus-consent/1", "participant": "\#(participant)", "form": "NGIS-ROD v4.03", "discussed": "yes", "agreed": "yes", "category": "adult", "date": "2026-03-01", "signed": true, "scope": "national-genomic-research-library"}"#
    }
    try folder.write("[\(entries.joined(separator: ","))]", to: "consent.json")
    let fasta = "\(trio)/genome.fa.gz"
    for arguments in [
      ["cache", "build", "-f", fasta, "-g", "\(trio)/genes.gff3", "-o", "c.cache"], ["kb", "init", "lab.kb"],
      [
        "run", "--samplesheet", "\(trio)/samplesheet.csv", "-f", fasta, "-c", "c.cache", "--out", "out", "--kb",
        "lab.kb", "--consent", "consent.json",
      ],
    ] {
      let result = try Command.run(arguments, in: folder)
      #expect(result.code == 0, "\(result.errors)")
    }
  }

  func query(_ more: [String]) throws -> Command.Result {
    try Command.run(["kb", "query", "lab.kb"] + more, in: folder)
  }

  /// Every name on a transcript that `CSQ` gives an allele of the proband, with the allele.
  private func names() throws -> [(name: String, variant: String)] {
    let text = try Peer.run("gzip -dc out/SYN-001/SYN-001-P/variants.vcf.gz", in: folder).text
    var names: [(String, String)] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t")
      guard !fields[4].contains(","), !fields[4].contains("*"), !fields[4].contains("<") else { continue }
      let entries = fields[7].split(separator: ";").first { $0.hasPrefix("CSQ=") }?.dropFirst(4).split(separator: ",")
      for entry in entries ?? [] {
        for value in entry.split(separator: "|") where value.contains(":c.") || value.contains(":n.") {
          names.append((String(value), "\(fields[0])-\(fields[1])-\(fields[3])-\(fields[4])"))
        }
      }
    }
    return names
  }

  @Test("Every name that the annotation gives is the variant that it was given to, with the same counts")
  func roundTrip() throws {
    let names = try names()
    #expect(names.count >= 5, "too few names to test: \(names.count)")
    for (name, variant) in names.prefix(60) {
      let byName = try query(["-c", "c.cache", name.replacingOccurrences(of: "%3D", with: "=")])
      #expect(byName.code == 0, "\(name): \(byName.errors)")
      let byPlace = try query([variant])
      #expect(byName.output == byPlace.output, "\(name) is not \(variant)")
    }
  }

  @Test("Refused: without a cache, unreadable, a transcript that is not there, bases that are not; rsIDs of no source")
  func refusals() throws {
    let name = try #require(try names().first { $0.name.hasSuffix(">A") || $0.name.hasSuffix(">T") }?.name)
    let transcript = String(name.prefix { $0 != ":" })
    for (arguments, code, word) in [
      ([name], Int32(64), "give -c"), (["-c", "c.cache", "\(transcript):c.5_"], 64, "cannot be read"),
      (["-c", "c.cache", "\(transcript):c.5A>?"], 64, "told by bases"),
      (["-c", "c.cache", "ENST00000000000.1:c.5A>G"], 65, "no transcript"),
      (["-c", "c.cache", "\(transcript).99:c.5A>G"], 65, "no transcript"),
      (["-c", "c.cache", "\(transcript):c.999999999A>G"], 65, "outside the transcript"),
      (["rs12345"], 64, "give -c"), (["-c", "c.cache", "rs12345"], 78, "no source of the cache keeps rsIDs"),
      (["-c", "c.cache", "\(transcript):p.Gly12Val"], 64, "proteins"),
    ] {
      let result = try query(arguments)
      #expect(result.code == code && result.errors.contains(word), "\(arguments): \(result.errors)")
    }
    // A base that the transcript has otherwise.
    let (old, new) = (name.dropLast(2).last, name.last)
    let other = try #require(["A", "C", "G", "T"].first { $0.first != old && $0.first != new })
    let changed = "\(name.dropLast(3))\(other)>\(new ?? "A")"
    let result = try query(["-c", "c.cache", changed])
    #expect(result.code == 65 && result.errors.contains("not there"), "\(changed): \(result.errors)")
  }
}
