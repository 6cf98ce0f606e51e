import Foundation
import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite(.timeLimit(.minutes(20)), .enabled(if: Peer.has("samtools", "bgzip", "gzip"))) struct FASTATests {
  private let registry = OutputRegistry()

  /// Contigs of odd lengths, also longer than a block of `ReferenceBlocks`, in mixed case.
  private func fasta(_ random: inout SplitMix64) -> (text: String, contigs: [(name: String, bases: [UInt8])]) {
    var text = ""
    var contigs: [(name: String, bases: [UInt8])] = []
    for (name, length) in [("chr1", 200_003), ("2", 65_536), ("HLA-A*01:01", 59), ("4", 60), ("one", 1)] {
      let bases = random.letters(length, of: "ACGTNacgtnRy")
      contigs.append((name, bases.map(Base.uppercased)))
      text += ">\(name) a description\n"
      for start in stride(from: 0, to: length, by: 60) {
        text += String(decoding: bases[start..<min(start + 60, length)], as: UTF8.self) + "\n"
      }
    }
    return (text, contigs)
  }

  @Test(arguments: ["plain", "bgzip"]) func randomRegionsEqualSamtools(wrapping: String) async throws {
    var random = SplitMix64("randomRegionsEqualSamtools(\(wrapping))")
    let folder = try TemporaryFolder()
    let (text, contigs) = fasta(&random)
    try folder.write(text, to: "r.fa")
    if wrapping == "bgzip" { try Peer.run("bgzip r.fa", in: folder) }
    let path = folder(wrapping == "bgzip" ? "r.fa.gz" : "r.fa")
    let reference = try FASTAReference(path: path, registry: registry)
    #expect(registry.partialFiles.isEmpty)
    let made: Set = wrapping == "bgzip" ? ["r.fa.gz", "r.fa.gz.fai", "r.fa.gz.gzi"] : ["r.fa", "r.fa.fai"]
    #expect(try folder.names == made)
    #expect(reference.contigs.contigs == contigs.map { Contig(name: $0.name, length: $0.bases.count) })

    var regions: [Region] = []
    for _ in 0..<60 {
      let contig = random.pick(contigs)
      let start = random.int(0...(contig.bases.count - 1))
      let end = random.int((start + 1)...min(contig.bases.count, start + 70_000))
      regions.append(Region(contig: contig.name, start: ZeroBasedPosition(start), end: ZeroBasedPosition(end)))
    }
    // Braces keep samtools from reading a colon in a name as the start of a region.
    try folder.write(regions.map { "{\($0.contig)}:\($0.start.value + 1)-\($0.end.value)\n" }.joined(), to: "regions")
    let peer = try Peer.run("samtools faidx -n 1000000 -r regions \(path)", in: folder).text
    let theirs = peer.split(separator: "\n").filter { !$0.hasPrefix(">") }.map { $0.uppercased() }
    #expect(try regions.map { String(decoding: try reference.bases(of: $0), as: UTF8.self) } == theirs)
  }

  @Test func blocksGiveTheBasesRoundTheStretches() async throws {
    var random = SplitMix64()
    let folder = try TemporaryFolder()
    let (text, contigs) = fasta(&random)
    let reference = try FASTAReference(path: try folder.write(text, to: "r.fa"), registry: registry)
    let blocks = ReferenceBlocks(reference, blocking: RunResources(threads: 1).blocking)
    for _ in 0..<40 {
      let (name, bases) = random.pick(contigs)
      let starts = (0..<random.int(1...4)).map { _ in random.int(0...(bases.count - 1)) }.sorted()
      let stretches = starts.map { $0..<($0 + random.int(1...300)) }
      let view = try await blocks.view(contig: name, stretches: stretches)
      #expect(view.length == bases.count)
      for stretch in stretches {
        for position in [
          stretch.lowerBound, stretch.upperBound - 1, max(0, stretch.lowerBound - ReferenceBlocks.reachBack),
        ] {
          #expect(view.base(at: position) == (position < bases.count ? bases[position] : nil))
        }
      }
      #expect(view.base(at: -1) == nil)
      #expect(view.base(at: bases.count) == nil)
    }
  }

  @Test func whatIsNoReferenceIsRefused() throws {
    let folder = try TemporaryFolder()
    var random = SplitMix64()
    try folder.write(fasta(&random).text, to: "r.fa")
    try Peer.run("gzip r.fa", in: folder)
    try folder.write("no FASTA\n", to: "text.fa")
    try folder.write("", to: "empty.fa")
    try folder.write(">a\nACGT\nAC\nACGT\n", to: "ragged.fa")
    for name in ["r.fa.gz", "text.fa", "empty.fa", "ragged.fa"] {
      let error = #expect(throws: InputError.self, "\(name)") {
        try FASTAReference(path: folder(name), registry: registry)
      }
      #expect(error?.kind == .malformed)
    }
    #expect(throws: InputError.self) { try FASTAReference(path: folder("no.fa"), registry: registry) }
    #expect(try folder.names == ["r.fa.gz", "text.fa", "empty.fa", "ragged.fa"])
    #expect(registry.partialFiles.isEmpty)
  }

  @Test func anIndexOfAnotherFileIsNoticed() throws {
    let folder = try TemporaryFolder()
    try folder.write(">a\nACGT\n", to: "r.fa")
    try folder.write("a\t4000\t3\t60\t61\n", to: "r.fa.fai")
    let reference = try FASTAReference(path: folder("r.fa"), registry: registry)
    #expect(throws: InputError.self) {
      try reference.bases(of: Region(contig: "a", start: ZeroBasedPosition(0), end: ZeroBasedPosition(4000)))
    }
  }

  @Test func digestsAreThoseOfRefgetWhateverTheLetterCase() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(">a\nACGT\n>b\nac\ngt\n>c\nTGCA\n", to: "r.fa")
    let reference = try FASTAReference(path: path, registry: registry)
    let identity = try referenceIdentity(of: reference, registry: registry)
    // Python: base64.urlsafe_b64encode(hashlib.sha512(b"ACGT").digest()[:24])
    #expect(identity.contigs[0].digest?.sha512t24u == "aKF498dAxcJAqme6QYQ7EZ07-fiw8Kw2")
    #expect(identity.contigs[0].digest?.identifier == "SQ.aKF498dAxcJAqme6QYQ7EZ07-fiw8Kw2")
    #expect(identity.contigs[1].digest == identity.contigs[0].digest)
    #expect(identity.contigs[2].digest != identity.contigs[0].digest)
    #expect(identity.assembly == nil)
    #expect(try folder.names == ["r.fa", "r.fa.fai", "r.fa.apus-digests.json"])
  }

  @Test func keptDigestsAreUsedUntilTheFileChanges() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(">a\nACGT\n", to: "r.fa")
    let kept = "r.fa.apus-digests.json"
    func digest() throws -> String? {
      let reference = try FASTAReference(path: path, registry: registry)
      return try referenceIdentity(of: reference, registry: registry).contigs[0].digest?.sha512t24u
    }
    let right = try #require(try digest())
    let wrong = String(right.reversed())
    // Another digest in the kept file shows whether that file is used.
    func tamper() throws {
      let text = String(decoding: try folder.read(kept), as: UTF8.self)
      try folder.write(text.replacingOccurrences(of: right, with: wrong), to: kept)
    }
    try tamper()
    #expect(try digest() == wrong)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: path)
    #expect(try digest() == right)
    try tamper()
    #expect(try digest() == wrong)
    // Another size under the old time.
    try folder.write(">a\nACGT\n\n", to: "r.fa")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: path)
    #expect(try digest() == right)
    for broken in ["", "{", "[]", "{\"schema\":\"apus-reference-digests/1\"}"] {
      try folder.write(broken, to: kept)
      #expect(try digest() == right)
    }
  }
}
