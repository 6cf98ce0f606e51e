import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Testing
import Variants

/// BCF in and out, beside bcftools.
@Suite(.enabled(if: Peer.areInstalled("bcftools", "bgzip")))
struct BCFTests {
  /// What bcftools makes of a file on the way through BCF.
  private func peerRoundTrip(_ input: String, _ folder: ScratchFolder) throws -> (bcf: String, text: String) {
    let bcf = folder.path("peer.bcf")
    try Peer.output("bcftools", "view", "--no-version", "-Ob", "-o", bcf, input)
    return (bcf, try Peer.output("bcftools", "view", "--no-version", bcf).text)
  }

  private func expectPeerRoundTrip(_ input: String, comment: String, sourceLocation: SourceLocation = #_sourceLocation)
    async throws
  {
    let folder = try ScratchFolder()
    let peer = try peerRoundTrip(input, folder)
    _ = try await runVariants(input, fasta: nil, output: folder.path("ours.bcf"))
    // The bytes behind BGZF: header, dictionaries, types.
    let ours = try Peer.output("bgzip", "-dc", folder.path("ours.bcf"))
    let theirs = try Peer.output("bgzip", "-dc", peer.bcf)
    #expect(ours.text == theirs.text, "BCF of \(comment)", sourceLocation: sourceLocation)
    #expect(
      try Peer.output("bcftools", "view", "--no-version", folder.path("ours.bcf")).text == peer.text,
      "bcftools reads our BCF of \(comment)", sourceLocation: sourceLocation)
    for (name, bcf) in [("a.vcf", folder.path("ours.bcf")), ("b.vcf", peer.bcf)] {
      let result = try await runVariants(bcf, fasta: nil, output: folder.path(name), batchBytes: 1 << 16)
      #expect(try folder.text(of: name) == peer.text, "we read BCF of \(comment)", sourceLocation: sourceLocation)
      #expect(result.counts.recordsIn == result.counts.recordsOut)
    }
  }

  @Test(arguments: seeds(3)) func `generated files go through BCF as bcftools' do`(seed: UInt64) async throws {
    for samples in [0, 1, 3, 40] {
      var generator = VCFGenerator(seed: seed &+ UInt64(samples))
      var file = generator.file(400, mostAlternates: 4, samples: samples)
      for index in file.lines.indices where generator.random.oneIn(5) {
        let special = generator.random.pick([["<DEL>"], ["*"], ["<NON_REF>"], ["A]1:20]"], ["."]])
        file.lines[index].columns[4] = special[0]
        if samples > 0 {
          file.lines[index].columns[8] = "DP"
          for sample in 0..<samples {
            file.lines[index].columns[9 + sample] = generator.random.pick(["300", "70000", ".", "-5", "-2147483640"])
          }
        }
        file.lines[index].columns[7] = generator.random.pick([".", "END=8000", "AF=1e-05", "AF=0.1234567,1e+30"])
        file.lines[index].columns[5] = generator.random.pick([".", "0", "1234567", "0.00001", "99.95", "1e10"])
      }
      let folder = try ScratchFolder()
      try await expectPeerRoundTrip(try folder.write(file.text, "in.vcf"), comment: "seed \(seed), \(samples) samples")
    }
  }

  @Test(.enabled(if: SharedData.isThere)) func `real files go through BCF as bcftools' do`() async throws {
    // The 1000 Genomes slice declares no contig, which bcftools refuses to write as BCF, as we do.
    for name in [
      "vcf/platinum.hg19.chr21.vcf.gz", "trio/CEUTrio-merged-indels-snps.vcf",
      "na12878/NA12878.called.vcf.gz", "na12878/giab.vcf.gz",
    ] {
      try await expectPeerRoundTrip(SharedData.path(name), comment: name)
    }
  }

  @Test func `a BCF's index finds what bcftools' own finds`() async throws {
    var generator = VCFGenerator(seed: 11)
    let file = generator.file(3000, mostAlternates: 3)
    let folder = try ScratchFolder()
    let input = try folder.write(file.text, "in.vcf")
    _ = try await runVariants(input, fasta: nil, output: folder.path("ours.bcf"))
    try Peer.output("bcftools", "view", "-Ob", "-o", folder.path("peer.bcf"), input)
    try Peer.output("bcftools", "index", folder.path("peer.bcf"))
    for region in ["1", "1:50-60", "1:2000-2400", "x_alt", "x_alt:60-60"] {
      let (ours, theirs) = (
        try Peer.output("bcftools", "view", "-H", "-r", region, folder.path("ours.bcf")).text,
        try Peer.output("bcftools", "view", "-H", "-r", region, folder.path("peer.bcf")).text
      )
      #expect(ours == theirs && !theirs.isEmpty, "\(region)")
    }
  }

  @Test func `BCF bytes are the same at any threads and batch size`() async throws {
    var generator = VCFGenerator(seed: 5)
    let file = generator.file(2000, mostAlternates: 3)
    let folder = try ScratchFolder()
    let input = try folder.write(file.text, "in.vcf")
    let fasta = try folder.write(file.fasta, "ref.fa")
    var expected: Data?
    for (index, (threads, batch)) in [(1, 4 << 20), (2, 4096), (7, 64 << 10)].enumerated() {
      let name = "o\(index).bcf"
      _ = try await runVariants(
        input, fasta: fasta, output: folder.path(name), splits: true, threads: threads, batchBytes: batch)
      let bytes = try folder.bytes(of: name)
      #expect(expected == nil || expected == bytes)
      expected = bytes
    }
  }

  @Test(arguments: [
    (7, "S=x;NOPE=1"), (7, "DP=1.5"), (7, "DP=99999999999"), (7, "AF=abc"), (7, "AF=1e300"), (5, "1e300"), (6, "DP"),
    (6, "nope"),
  ]) func `what BCF cannot hold is refused with its field`(column: Int, text: String) async throws {
    var generator = VCFGenerator(seed: 1)
    var file = generator.file(5, mostAlternates: 1)
    file.lines[2].columns[column] = text
    let folder = try ScratchFolder()
    let input = try folder.write(file.text, "in.vcf")
    let error = await #expect(throws: InputError.self) {
      try await runVariants(input, fasta: nil, output: folder.path("o.bcf"))
    }
    #expect(error?.kind == .malformed && error?.reason.contains("cannot be written as BCF") == true)
    #expect(folder.names == ["in.vcf"])
  }

  @Test(arguments: ["x\ny", "x\ty", "x\ry"])
  func `a string of a BCF that would break its line is refused, with record and offset`(text: String) async throws {
    var generator = VCFGenerator(seed: 1)
    var file = generator.file(5, mostAlternates: 1)
    for index in file.lines.indices { file.lines[index].columns[7] = "S=x_y" }
    let folder = try ScratchFolder()
    _ = try await runVariants(try folder.write(file.text, "in.vcf"), fasta: nil, output: folder.path("o.bcf"))
    try Peer.output("bash", "-c", "bgzip -dc \(folder.path("o.bcf")) > \(folder.path("raw.bcf"))")
    var raw = try folder.bytes(of: "raw.bcf")
    let place = try #require(raw.range(of: Data("x_y".utf8), options: .backwards))
    raw.replaceSubrange(place, with: Data(text.utf8))
    try raw.write(to: URL(fileURLWithPath: folder.path("raw.bcf")))
    let error = await #expect(throws: InputError.self) {
      try await runVariants(folder.path("raw.bcf"), fasta: nil, output: nil)
    }
    #expect(error?.location.record == file.lines.count && error?.location.offset != nil)
    #expect(error?.reason == "a string holds a tab or a line end")
  }

  @Test func `a header whose IDX contradict each other is refused, reading and writing`() async throws {
    var generator = VCFGenerator(seed: 1)
    let text = generator.file(5, mostAlternates: 1).text.replacingOccurrences(
      of: "##INFO=<ID=AC,", with: "##INFO=<IDX=3,ID=AC,"
    ).replacingOccurrences(of: "##INFO=<ID=AF,", with: "##INFO=<IDX=3,ID=AF,")
    let folder = try ScratchFolder()
    let input = try folder.write(text, "in.vcf")
    let error = await #expect(throws: InputError.self) {
      try await runVariants(input, fasta: nil, output: folder.path("o.bcf"))
    }
    #expect(error?.kind == .malformed && error?.reason.contains("inconsistent") == true)
  }

  @Test(arguments: seeds(2)) func `a damaged BCF is refused or read, never crashes, and a cut one is refused`(
    seed: UInt64
  )
    async throws
  {
    var generator = VCFGenerator(seed: seed)
    let file = generator.file(60, mostAlternates: 3)
    let folder = try ScratchFolder()
    let input = try folder.write(file.text, "in.vcf")
    _ = try await runVariants(input, fasta: nil, output: folder.path("o.bcf"))
    let whole = try Peer.output("bcftools", "view", "-Ou", "-o", folder.path("u.bcf"), folder.path("o.bcf"))
    #expect(whole.status == 0)
    // bcftools' uncompressed BCF is BGZF of stored blocks; gzip's members take any bytes.
    try Peer.output("bash", "-c", "bgzip -dc \(folder.path("o.bcf")) > \(folder.path("raw"))")
    let raw = try folder.bytes(of: "raw")
    var refused = 0
    for _ in 0..<400 {
      var damaged = raw
      if generator.random.oneIn(3) {
        damaged = damaged.prefix(generator.random.int(0...(raw.count - 1)))
      } else {
        for _ in 0...generator.random.int(0...3) {
          damaged[generator.random.int(0...(raw.count - 1))] = UInt8(generator.random.int(0...255))
        }
      }
      let isCut = damaged.count < raw.count
      try damaged.write(to: URL(fileURLWithPath: folder.path("d.bcf")))
      do {
        let result = try await runVariants(folder.path("d.bcf"), fasta: nil, output: nil)
        // A cut between two records of bytes without BGZF cannot be told.
        #expect(!isCut || result.counts.recordsIn < file.lines.count, "seed \(seed)")
      } catch is InputError {
        refused += 1
      }
    }
    #expect(refused > 100)
  }
}
