import Foundation
import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

/// The conformance files of Cock et al. 2010 (Nucleic Acids Research 38:1767).
@Suite(.enabled(if: SharedData.has("fastq/cock2010"))) struct FASTQConformanceTests {
  private static let folder = "fastq/cock2010"
  private static let names = SharedData.names(in: folder)

  /// Legal FASTQ whose sequence and quality go over several lines: taken on request.
  private static let wrapped: Set = ["longreads_original_sanger.fastq", "wrapping_original_sanger.fastq"]

  private static func path(_ name: String) -> String { SharedData.path(folder + "/" + name) }

  /// A file of some encoding and the file that it has to become in another.
  struct Conversion: CustomTestStringConvertible, Sendable {
    var original: String
    var from: QualityEncoding
    var expected: String
    var to: QualityEncoding
    var testDescription: String { "\(original) → \(expected)" }
  }

  private static let encodings: [(name: String, encoding: QualityEncoding)] = [
    ("sanger", .phred33), ("illumina", .phred64), ("solexa", .solexa),
  ]

  private static let conversions: [Conversion] = names.flatMap { name in
    encodings.flatMap { from -> [Conversion] in
      guard let end = name.range(of: "_original_\(from.name).fastq") else { return [] }
      return encodings.map { to in
        Conversion(
          original: name, from: from.encoding, expected: "\(name[..<end.lowerBound])_as_\(to.name).fastq",
          to: to.encoding)
      }
    }
  }

  @Test(arguments: names.filter { $0.hasPrefix("error_") }, [false, true])
  func aBrokenFileIsRefused(name: String, unwraps: Bool) async {
    let error = await failure { try await readFASTQ(Self.path(name), FASTQOptions(unwraps: unwraps)) } as? InputError
    #expect(error?.location.file == Self.path(name))
    #expect(error?.location.record != nil)
    #expect(error?.location.offset != nil)
  }

  @Test(arguments: names.filter { !$0.hasPrefix("error_") && $0.contains(".fastq") })
  func aWholeFileIsTakenUnlessItsLinesAreWrapped(name: String) async throws {
    let error = await failure { try await readFASTQ(Self.path(name)) }
    if Self.wrapped.contains(name) {
      #expect((error as? InputError)?.kind == .malformed || (error as? InputError)?.kind == .truncated)
      #expect("\(error.map { "\($0)" } ?? "")".contains(name))
    } else {
      #expect(error == nil)
      let unwrapped = try await readFASTQ(Self.path(name), FASTQOptions(unwraps: true))
      #expect(try await readFASTQ(Self.path(name)) == unwrapped)
    }
  }

  @Test(arguments: conversions)
  func aConversionIsExact(conversion: Conversion) async throws {
    var options = FASTQOptions(encoding: conversion.from, unwraps: Self.wrapped.contains(conversion.original))
    options.keepsOriginalQualities = conversion.from == conversion.to
    let readout = try await readFASTQ(Self.path(conversion.original), options, to: conversion.to)
    #expect(readout.text == (try readFile(Self.path(conversion.expected))))
    // Only Sanger's range goes beyond a score of 62.
    #expect((readout.clamped > 0) == (conversion.original.hasPrefix("sanger_full") && conversion.to != .phred33))
  }

  @Test func everyConversionIsThere() { #expect(Self.conversions.count == 21) }

  @Test(arguments: ["example.fastq.gz", "example.fastq.bgz", "example_dos.fastq", "example_dos.fastq.bgz"])
  func containerAndLineEndsChangeNothing(name: String) async throws {
    let expected = try await readFASTQ(Self.path("example.fastq"))
    #expect(try await readFASTQ(Self.path(name)) == expected)
  }
}
