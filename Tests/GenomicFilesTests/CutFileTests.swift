import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

/// A file that ends early never passes for a whole one.
@Suite(.timeLimit(.minutes(20))) struct CutFileTests {
  @Test(arguments: SmallFile.compressed)
  func aCompressedFileCutAnywhereIsRefused(file: SmallFile) async throws {
    var random = SplitMix64("cut(\(file.testDescription))")
    let folder = try TemporaryFolder()
    let whole = try file.bytes(&random)
    let settings = SharedSettings()
    let full = try await file.format.read(try folder.write(whole, to: "whole"), settings[0])
    // The end and the places round the end-of-file block always, the rest at random.
    let cuts = (0..<200).map { _ in random.int(1...(whole.count - 1)) } + (1...40).map { whole.count - $0 }
    for (round, cut) in cuts.enumerated() {
      let path = try folder.write(whole[..<cut], to: "cut")
      do {
        let readout = try await file.format.read(path, settings[round])
        // FASTQ's legal writers leave out the last block: a cut between blocks at a record's end shows by the warning.
        #expect(file.format == .fastq && file.wrapping == .bgzf, "cut at \(cut) of \(whole.count)")
        #expect(readout.warnings == ["bgzf-end-of-file-block-missing": 1], "cut at \(cut)")
        #expect(full.text.starts(with: readout.text))
      } catch let error as InputError {
        #expect(error.location.file == path)
      }
    }
  }

  @Test(arguments: SmallFile.plain)
  func aPlainTextCutInsideARecordIsRefused(file: SmallFile) async throws {
    var random = SplitMix64("cut(\(file.testDescription))")
    let folder = try TemporaryFolder()
    let whole = try file.bytes(&random)
    let settings = SharedSettings()
    var refused = 0
    for round in 0..<250 {
      let cut = random.int(1...(whole.count - 1))
      let path = try folder.write(whole[..<cut], to: "cut")
      do {
        let readout = try await file.format.read(path, settings[round])
        // Nothing but whole records: the cut was at a record's end (FASTQ: or before its line feed).
        let isWhole = readout.text.elementsEqual(whole[..<cut])
        let lacksLineFeed = file.format == .fastq && readout.text.elementsEqual(whole[..<cut] + [10])
        #expect(isWhole || lacksLineFeed, "cut at \(cut)")
      } catch let error as InputError {
        refused += 1
        #expect(error.location.file == path)
      }
    }
    #expect(refused > 200)
  }
}
