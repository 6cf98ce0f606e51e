import CCompression
import Foundation
import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

/// Made CRAMs: reads of two contigs and unmapped ones, with the FASTA that they are made with.
struct CRAMFiles {
  let folder: TemporaryFolder
  /// The FASTA.
  var fasta: String { folder("ref.fa") }

  init(_ random: inout SplitMix64, lineBases: Int = 60) throws {
    folder = try TemporaryFolder()
    var text = ""
    var sequences: [[UInt8]] = []
    for (name, length) in [("one", 5000), ("two", 3000)] {
      let bases = random.letters(length, of: "ACGT")
      sequences.append(bases)
      text += ">\(name)\n"
      for start in stride(from: 0, to: length, by: lineBases) {
        text += String(decoding: bases[start..<min(length, start + lineBases)], as: UTF8.self) + "\n"
      }
    }
    try folder.write(text, to: "ref.fa")
    var sam =
      "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:one\tLN:5000\n@SQ\tSN:two\tLN:3000\n@RG\tID:g1\tSM:s\n@RG\tID:g2\tSM:s\n"
    sam += "@PG\tID:x\tCL:made\n@CO\ta comment\n"
    var ordinal = 0
    func line(_ flag: Int, _ place: String, _ cigar: String, _ bases: [UInt8], _ random: inout SplitMix64) -> String {
      ordinal += 1
      let quality = (0..<bases.count).map { _ in UInt8(random.int(33...74)) }
      let text = String(decoding: bases, as: UTF8.self) + "\t" + String(decoding: quality, as: UTF8.self)
      return
        "r\(ordinal)\t\(flag)\t\(place)\t\(random.int(0...60))\t\(cigar)\t*\t0\t0\t\(text)\tRG:Z:g\(ordinal % 2 + 1)\tXX:i:\(ordinal)\n"
    }
    for (name, bases) in zip(["one", "two"], sequences) {
      for start in stride(from: 0, to: bases.count - 120, by: 4) {
        var read = Array(bases[start..<(start + 100)])
        for _ in 0..<random.int(0...3) { read[random.int(0...99)] = random.pick(Array("ACGTN".utf8)) }
        sam += line(
          random.pick([0, 16]), "\(name)\t\(start + 1)", random.pick(["100M", "10S90M", "100M"]), read, &random)
      }
    }
    for _ in 0..<200 { sam += line(4, "*\t0", "*", random.letters(100, of: "ACGT"), &random) }
    try folder.write(sam, to: "in.sam")
    try Peer.run("samtools faidx ref.fa", in: folder)
  }

  /// Writes a CRAM of small containers.
  func cram(_ options: String = "version=3.0", to name: String = "in.cram") throws -> String {
    let all = ["seqs_per_slice=100", options].joined(separator: ",")
    try Peer.run(
      "samtools view --no-PG -C -T ref.fa --output-fmt-option \(all.split(separator: ",").joined(separator: " --output-fmt-option ")) -o \(name) in.sam",
      in: folder)
    return folder(name)
  }

  /// What samtools says the file holds.
  func expected(_ name: String = "in.cram") throws -> [UInt8] {
    try Peer.run("REF_PATH=/nonexistent samtools view -h --no-PG -T ref.fa \(name)", in: folder).output
  }
}

extension [UInt8] {
  /// Gives a block the CRC-32 of what it holds.
  fileprivate mutating func mend(_ block: CRAMBlock) {
    let range = block.start..<block.data.upperBound
    let crc = withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress.map { $0 + range.lowerBound }, range.count) }
    for index in 0..<4 { self[range.upperBound + index] = UInt8(truncatingIfNeeded: crc >> (8 * UInt32(index))) }
  }
}

@Suite(.timeLimit(.minutes(20)), .enabled(if: Peer.has("samtools"))) struct CRAMTests {
  @Test(arguments: [
    "version=3.0", "version=3.1", "version=3.0,slices_per_container=3", "version=3.0,embed_ref=1",
    "version=3.0,no_ref=1", "version=3.0,multi_seq_per_slice=1", "version=3.0,use_bzip2=1,use_lzma=1",
    "version=3.0,lossy_names=1",
  ])
  func recordsEqualSamtools(options: String) async throws {
    var random = SplitMix64("recordsEqualSamtools(\(options))")
    let files = try CRAMFiles(&random)
    let path = try files.cram(options)
    let expected = try files.expected()
    for setting in Setting.all {
      let readout = try await Format.alignments.read(path, setting.resources, reference: files.fasta)
      expectSameLines(readout.text, expected)
    }
  }

  @Test(.enabled(if: SharedData.has("spec/cram"))) func theSpecificationsFilesAreRead() async throws {
    let folder = try TemporaryFolder()
    let fasta = folder("ce.fa")
    for suffix in ["", ".fai"] {
      try FileManager.default.copyItem(atPath: SharedData.path("spec/cram/ce.fa\(suffix)"), toPath: fasta + suffix)
    }
    let resources = RunResources(threads: 2)
    var compared = 0
    for name in SharedData.names(in: "spec/cram/3.0/passed") where name.hasSuffix(".cram") {
      let path = SharedData.path("spec/cram/3.0/passed/\(name)")
      let expected = try Peer.outcome("REF_PATH=/nonexistent samtools view -h --no-PG -T ce.fa '\(path)'", in: folder)
      guard expected.code == 0 else {
        print("SKIPPED: \(name), which samtools itself does not read: \(expected.errors.prefix(200))")
        continue
      }
      do {
        let readout = try await Format.alignments.read(path, resources, reference: fasta)
        if readout.text != expected.output { print("DIFFERS: \(name)") }
        expectSameLines(readout.text, expected.output)
        compared += 1
      } catch {
        Issue.record("\(name): \(error)")
      }
    }
    print("\(compared) CRAM files of the specification read as samtools reads them")
    for name in SharedData.names(in: "spec/cram/3.0/failed") where name.hasSuffix(".cram") {
      let path = SharedData.path("spec/cram/3.0/failed/\(name)")
      let error = await failure { try await Format.alignments.read(path, resources, reference: fasta) } as? InputError
      #expect(error?.kind == .truncated, "\(name)")
    }
  }

  @Test func aCRAMCutAnywhereIsRefused() async throws {
    var random = SplitMix64()
    let files = try CRAMFiles(&random)
    let whole = try readFile(try files.cram())
    let settings = SharedSettings()
    for round in 0..<140 {
      let cut = round < 40 ? whole.count - round - 1 : random.int(1...(whole.count - 1))
      let path = try files.folder.write(whole[..<cut], to: "cut.cram")
      let error = await failure { try await Format.alignments.read(path, settings[round], reference: files.fasta) }
      let refusal = try #require(error as? InputError, "cut at \(cut) of \(whole.count)")
      #expect(refusal.kind == .truncated || cut < 4, "\(refusal)")
      #expect(cut < 26 || refusal.location.record != nil)
    }
  }

  @Test func flippedBitsAreRefused() async throws {
    var random = SplitMix64()
    let files = try CRAMFiles(&random)
    let whole = try readFile(try files.cram())
    let settings = SharedSettings()
    let full = try await Format.alignments.read(files.folder("in.cram"), settings[0], reference: files.fasta)
    var kinds: [InputError.Kind: Int] = [:]
    for round in 0..<500 {
      var damaged = whole
      // Every byte but the file's identifier is under a CRC-32.
      for _ in 0..<random.pick([1, 1, 3]) {
        damaged[random.int(26...(whole.count - 1))] ^= 1 << UInt8(random.int(0...7))
      }
      let path = try files.folder.write(damaged, to: "damaged.cram")
      do {
        let readout = try await Format.alignments.read(path, settings[round], reference: files.fasta)
        try #require(readout == full, "round \(round)")
      } catch let error as InputError {
        kinds[error.kind, default: 0] += 1
        #expect(error.location.offset != nil && error.location.record != nil, "\(error)")
      }
    }
    print("500 damaged CRAMs: \(kinds)")
    #expect(kinds[.checksum, default: 0] > 300)
    #expect(Set(kinds.keys).isSubset(of: [.checksum, .malformed, .truncated]))
  }

  @Test func damageUnderRightChecksumsIsRefusedOrTaken() async throws {
    var random = SplitMix64()
    let files = try CRAMFiles(&random)
    let whole = try readFile(try files.cram())
    let settings = SharedSettings()
    var refused = 0
    for round in 0..<400 {
      var damaged = whole
      // A block of a container, its data changed and its CRC-32 made anew.
      var place = 26
      var blocks: [CRAMBlock] = []
      try damaged.withUnsafeBytes { bytes in
        while place < bytes.count {
          let header = try CRAMContainerHeader(bytes, at: place)
          place += header.size
          let end = place + header.length
          if header.isEndOfFile || place < 2000 {
            place = end
          } else {
            while place < end {
              let block = try CRAMBlock(bytes, at: place)
              blocks.append(block)
              place = block.end
            }
          }
        }
      }
      let block = random.pick(blocks.filter { !$0.data.isEmpty })
      for _ in 0..<random.pick([1, 1, 3, 20]) {
        damaged[random.int(block.data.lowerBound...(block.data.upperBound - 1))] ^= 1 << UInt8(random.int(0...7))
      }
      damaged.mend(block)
      let path = try files.folder.write(damaged, to: "damaged.cram")
      do {
        _ = try await Format.alignments.read(path, settings[round], reference: files.fasta)
      } catch let error as InputError {
        refused += 1
        #expect(error.location.offset != nil && error.location.record != nil, "\(error)")
      }
    }
    print("of 400 CRAMs with damage under right checksums \(refused) are refused")
  }

  @Test func bytesBehindTheEndAreRefused() async throws {
    var random = SplitMix64()
    let files = try CRAMFiles(&random)
    let whole = try readFile(try files.cram())
    let path = try files.folder.write(whole + [0], to: "more.cram")
    for setting in Setting.all {
      let error = await failure { try await Format.alignments.read(path, setting.resources, reference: files.fasta) }
      #expect((error as? InputError)?.kind == .malformed)
    }
  }

  @Test func anotherReferenceIsRefusedBeforeAnyRecord() async throws {
    var random = SplitMix64()
    let files = try CRAMFiles(&random)
    let path = try files.cram()
    let resources = RunResources(threads: 2)
    var other = try files.folder.read("ref.fa")
    let place = 5000
    other[place] = other[place] == UInt8(ascii: "A") ? UInt8(ascii: "C") : UInt8(ascii: "A")
    let wrong = try files.folder.write(other, to: "wrong.fa")
    let error = await failure { try await Format.alignments.read(path, resources, reference: wrong) } as? InputError
    #expect(error?.kind == .referenceMismatch)
    let digest = try Peer.run(
      "samtools view -H in.cram | grep SN:one | grep -o 'M5:.*' | cut -c 4-35", in: files.folder
    ).text
    #expect(error?.reason.contains("contig one has the MD5 \(digest.dropLast())") == true, "\(error?.reason ?? "")")
    #expect(error?.location.record == nil)

    // Without M5 in the header each slice still has the digest of the bases that it spans.
    try Peer.run(
      "samtools view -H in.cram | sed 's/\\tM5:[0-9a-f]*//; s/\\tUR:[^\\t]*//' >h && samtools reheader -P h in.cram >bare.cram",
      in: files.folder)
    let bare = files.folder("bare.cram")
    _ = try await Format.alignments.read(bare, resources, reference: files.fasta)
    let late = await failure { try await Format.alignments.read(bare, resources, reference: wrong) } as? InputError
    #expect(late?.kind == .referenceMismatch, "\(String(describing: late))")
    #expect(late?.reason.contains("one:") == true)
    #expect((late?.location.record ?? 0) > 1)

    // A FASTA that has not every contig is enough where no record needs the others.
    try Peer.run("samtools faidx ref.fa one >part.fa", in: files.folder)
    let part = files.folder("part.fa")
    let lacking = await failure { try await Format.alignments.read(path, resources, reference: part) } as? InputError
    #expect(lacking?.kind == .referenceMissing)
    #expect(lacking?.reason.contains("contig two") == true, "\(lacking?.reason ?? "")")
    try Peer.run("samtools view --no-PG -C -T ref.fa -e 'rname != \"two\"' -o first.cram in.sam", in: files.folder)
    let readout = try await Format.alignments.read(files.folder("first.cram"), resources, reference: part)
    expectSameLines(readout.text, try files.expected("first.cram"))
  }

  @Test func noReferenceIsLookedForAnywhere() async throws {
    var random = SplitMix64()
    let files = try CRAMFiles(&random)
    let path = try files.cram()
    // A trap: the bases stand where samtools finds them by their MD5, and by the path in UR.
    let digests = try Peer.run("samtools view -H in.cram | grep -o 'M5:.*' | cut -c 4-35", in: files.folder).text
    for (name, digest) in zip(["one", "two"], digests.split(separator: "\n")) {
      try Peer.run(
        "mkdir -p trap cache && samtools faidx ref.fa \(name) | grep -v '>' | tr -d '\\n' >trap/\(digest)",
        in: files.folder)
    }
    let trap = files.folder("trap/%s")
    let peer = try Peer.run("REF_PATH='\(trap)' samtools view -c in.cram", in: files.folder)
    #expect(!peer.output.isEmpty)
    setenv("REF_PATH", trap, 1)
    setenv("REF_CACHE", files.folder("cache/%s"), 1)
    defer {
      unsetenv("REF_PATH")
      unsetenv("REF_CACHE")
    }
    let resources = RunResources(threads: 2)
    let error = await failure { try await Format.alignments.read(path, resources) } as? InputError
    #expect(error?.kind == .referenceMissing, "\(String(describing: error))")
    #expect(error?.remedy.contains("-f") == true)
    try Peer.run("samtools faidx ref.fa one >part.fa", in: files.folder)
    let lacking = await failure {
      try await Format.alignments.read(path, resources, reference: files.folder("part.fa"))
    }
    #expect((lacking as? InputError)?.kind == .referenceMissing)
    #expect(try FileManager.default.contentsOfDirectory(atPath: files.folder("cache")).isEmpty)

    // What needs no reference needs none.
    for options in ["version=3.0,no_ref=1", "version=3.0,embed_ref=1"] {
      let own = try files.cram(options, to: "own.cram")
      expectSameLines(try await Format.alignments.read(own, resources).text, try files.expected("own.cram"))
    }
  }

  @Test func recordsInNoOrderShareTheReference() async throws {
    var random = SplitMix64()
    let files = try CRAMFiles(&random)
    let lines = try files.folder.read("in.sam").split(separator: 10)
    let header = lines.filter { $0.first == UInt8(ascii: "@") }
    var records = lines.filter { $0.first != UInt8(ascii: "@") }
    records.shuffle(using: &random)
    let text = (header + records).flatMap { $0 + [10] }
    let named = String(decoding: text, as: UTF8.self).replacingOccurrences(of: "SO:coordinate", with: "SO:unsorted")
    try files.folder.write(named, to: "in.sam")
    let path = try files.cram()
    let expected = try files.expected()
    for setting in Setting.all {
      let readout = try await Format.alignments.read(path, setting.resources, reference: files.fasta)
      expectSameLines(readout.text, expected)
    }
  }

  @Test func theSummaryIsOfTheFileAsStored() async throws {
    var random = SplitMix64()
    let files = try CRAMFiles(&random)
    let path = try files.cram()
    let resources = RunResources(threads: 2)
    let progress = ProgressCounter()
    let input = InputFile(path: path, hashes: true, progress: progress)
    let reference = try FASTAReference(path: files.fasta, registry: resources.outputs)
    try await withChunks(of: input, endOfFile: .required, resources: resources) { source in
      let reader = try await AlignmentReader(source, reference: DecodingReference(reference, resources: resources))
      while let work = try await reader.next() { _ = try work.decode() }
    }
    let digest = try fileDigest(path)
    #expect(input.summary?.sha256 == digest.sha256)
    #expect(input.summary?.bytes == digest.bytes)
    #expect(progress.bytesRead == digest.bytes)
  }

  @Test func anOlderVersionIsRefused() async throws {
    var random = SplitMix64()
    let files = try CRAMFiles(&random)
    let path = try files.cram("version=2.1")
    let error = await failure {
      try await Format.alignments.read(path, RunResources(threads: 1), reference: files.fasta)
    }
    #expect((error as? InputError)?.kind == .unsupported)
    #expect("\(error.map { "\($0)" } ?? "")".contains("CRAM 2.1"))
  }
}
