import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite(.timeLimit(.minutes(20))) struct BEDTests {
  private func read(_ bytes: [UInt8], _ setting: Setting = Setting.all[0]) async throws -> [BEDFeature] {
    let folder = try TemporaryFolder()
    return try await readBED(InputFile(path: try folder.write(bytes, to: "r.bed")), resources: setting.resources)
  }

  @Test func columnsAreReadAndWhatIsNoFeatureIsSkipped() async throws {
    let text = """
      # a comment
      browser position chr1:1-100
      track name="x" description="y"

      1\t0\t10
      chr2\t5\t5\tsite\t.\t+
      track1\t1\t2\tname with blanks\t12.5\t-\t1\t2\t0
      X\t7\t9\t.\t0\t.\r

      """
    let expected = [
      BEDFeature(region: Region(contig: "1", start: ZeroBasedPosition(0), end: ZeroBasedPosition(10))),
      BEDFeature(
        region: Region(contig: "chr2", start: ZeroBasedPosition(5), end: ZeroBasedPosition(5)), name: "site",
        strand: .forward),
      BEDFeature(
        region: Region(contig: "track1", start: ZeroBasedPosition(1), end: ZeroBasedPosition(2)),
        name: "name with blanks", score: 12.5, strand: .reverse),
      BEDFeature(region: Region(contig: "X", start: ZeroBasedPosition(7), end: ZeroBasedPosition(9)), score: 0),
    ]
    let bytes = Array(text.utf8)
    for stored in [bytes, gzipMember(bytes), try bgzf(bytes)] {
      for setting in Setting.all { #expect(try await read(stored, setting) == expected) }
    }
  }

  @Test(arguments: [
    "1 0 10", "1,0,10", "1:1-10", "1\t0", "1\t10\t9", "1\t-1\t9", "1\t0\t", "1\t0\tx", "1\t0.5\t2", "\t0\t1",
    "1\t0\t99999999999999999999", "1\t0\t10\tn\thigh", "1\t0\t10\tn\tnan", "1\t0\t10\tn\t0\tforward",
    "contig\tstart\tend",
  ])
  func aBrokenLineIsRefusedWithItsPlace(line: String) async throws {
    let before = String(repeating: "1\t0\t10\n", count: 2000)
    for setting in Setting.all {
      let error = await failure { try await read(Array((before + line + "\n1\t0\t10\n").utf8), setting) } as? InputError
      #expect(error?.kind == .malformed)
      #expect(error?.location.record == 2001)
      #expect(error?.location.offset == before.utf8.count)
    }
  }

  @Test func aLastLineWithoutLineFeedMayBeCutAndIsRefused() async throws {
    let error = await failure { try await read(Array("1\t0\t10\n1\t20\t3".utf8)) } as? InputError
    #expect(error?.kind == .truncated)
    #expect(error?.location.record == 2)
  }
}
