import GenomicFiles
import Genomics
import Synchronization
import TestSupport
import Testing
import Variants

/// What a tap is shown, line by line.
private final class Recorder: VariantTap {
  let seen = Mutex<[String]>([])
  let marks = Mutex<[UInt64]>([])

  func begin(contig: String, header: VCFHeader) -> any VariantTapRun { Run(tap: self, contig: contig) }

  private struct Run: VariantTapRun {
    let tap: Recorder
    let contig: String
    var lines: [String] = []
    var marks: [UInt64] = []

    mutating func look(at record: TappedRecord) throws {
      func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }
      let original = record.original[record.original.column(.alt, of: record.record)]
      lines.append(
        [
          contig, "\(record.position)", text(record.reference), text(record.alternates), text(record.filter),
          "\(record.original.position(of: record.record))", text(original), record.allele.map { "\($0)" } ?? "all",
          "\(record.location().record ?? 0)", record.annotation.isEmpty ? "plain" : "annotated",
        ].joined(separator: " "))
      marks.append(record.marks)
    }

    func deliver() throws {
      tap.seen.withLock { $0 += lines }
      tap.marks.withLock { $0 += marks }
    }
  }
}

@Suite struct VariantTapTests {
  private static let text =
    vcfHeader(["P"]) + vcfLine("20", 2919, "GG", "GT", ["0/1:15,15:30:60"])
    + vcfLine("20", 2942, "T", "C,*,G", filter: "LowQual", ["1/3:0,15,0,15:30:60"])
    + vcfLine("20", 3000, "N", "<NON_REF>", info: "END=3010", format: "GT", ["0/0"])
    + vcfLine("X", 100, "N", "<DEL>", info: "END=300", format: "GT", ["0/1"])

  @Test("A tap sees every line normalised and split, with the record that it was read from, in the file's order")
  func lines() async throws {
    let trio = try await TrioCache()
    let bases = try trio.bases("20")
    #expect(bases[2941] == UInt8(ascii: "T"))
    let anchor = String(decoding: bases[2918...2918], as: UTF8.self)
    try trio.folder.write(Self.text.replacing("\tGG\tGT\t", with: "\t\(anchor)G\t\(anchor)T\t"), to: "in.vcf")
    for threads in [1, 4] {
      var job = VariantJob(input: InputFile(path: trio.folder("in.vcf")), output: nil)
      job.normalises = true
      job.splits = true
      job.annotator = try trio.annotator("in.vcf")
      let recorder = Recorder()
      job.tap = recorder
      let result = try await processVariants(
        job, reference: trio.cache, resources: RunResources(threads: threads, batchBytes: 4096))
      #expect(
        recorder.seen.withLock { $0 }
          == [
            "20 2920 G T PASS 2919 \(anchor)T all 15 annotated", "20 2942 T C LowQual 2942 C,*,G 1 16 annotated",
            "20 2942 T G LowQual 2942 C,*,G 3 16 annotated", "20 3000 N <NON_REF> . 3000 <NON_REF> all 17 plain",
            "X 100 N <DEL> . 100 <DEL> all 18 annotated",
          ].map { $0.replacing(" . ", with: " PASS ") })
      // Bits of what was found: the change at 2920 gains a stop.
      let marks = recorder.marks.withLock { $0 }
      #expect(marks[0] & 1 << 3 != 0 && marks[3] == 0)
      #expect(result.counts.recordsIn == 4 && result.counts.recordsOut == 5)
    }
  }

  @Test("What is written is the same with a tap and without one")
  func sameOutput() async throws {
    let trio = try await TrioCache()
    let bases = try trio.bases("20")
    let anchor = String(decoding: bases[2918...2918], as: UTF8.self)
    try trio.folder.write(Self.text.replacing("\tGG\tGT\t", with: "\t\(anchor)G\t\(anchor)T\t"), to: "in.vcf")
    func output(_ tap: (any VariantTap)?, annotates: Bool) async throws -> [UInt8] {
      var job = VariantJob(
        input: InputFile(path: trio.folder("in.vcf")),
        output: OutputPlan(path: trio.folder("out.vcf"), container: .plain, force: true))
      job.normalises = true
      job.splits = true
      if annotates { job.annotator = try trio.annotator("in.vcf") }
      job.tap = tap
      if let pending = try await processVariants(job, reference: trio.cache, resources: trio.resources).pending {
        _ = try await pending.commit()
      }
      return try trio.folder.read("out.vcf")
    }
    for annotates in [true, false] {
      let recorder = Recorder()
      #expect(try await output(recorder, annotates: annotates) == (try await output(nil, annotates: annotates)))
      #expect(recorder.seen.withLock { $0.count } == 5)
    }
  }
}
