import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

/// The conformance files of Cock et al. 2010 (Nucleic Acids Research 38:1767).
@Suite(.enabled(if: SharedData.has("fastq/cock2010"))) struct FASTQConformanceTests {
  private static let folder = "fastq/cock2010"

  /// Legal FASTQ whose sequence and quality go over several lines: no sequencer writes it, and Apus says so.
  private static let wrapped: Set = ["longreads_original_sanger.fastq", "wrapping_original_sanger.fastq"]

  private func read(_ name: String) async -> (any Error)? {
    await failure { try await Format.fastq.read(SharedData.path(Self.folder + "/" + name), RunResources(threads: 2)) }
  }

  @Test(arguments: SharedData.names(in: folder).filter { $0.hasPrefix("error_") })
  func aBrokenFileIsRefused(name: String) async {
    let error = await read(name)
    #expect(error is InputError)
  }

  @Test(arguments: SharedData.names(in: folder).filter { !$0.hasPrefix("error_") && $0.contains(".fastq") })
  func aWholeFileIsTakenUnlessItsLinesAreWrapped(name: String) async {
    let error = await read(name)
    if Self.wrapped.contains(name) {
      #expect((error as? InputError)?.kind == .malformed || (error as? InputError)?.kind == .truncated)
      #expect("\(error.map { "\($0)" } ?? "")".contains(name))
    } else {
      #expect(error == nil)
    }
  }
}
