import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

/// MD5s that files are delivered with.
@Suite struct ChecksumFileTests {
  private static let md5 = "0cc175b9c0f1b6a831c399e269772661"
  private static let other = "92eb5ffee6ae2fec3ad71c777531578f"

  private func found(_ text: String, in name: String, of file: String = "S1.bam") throws -> ChecksumFile? {
    let folder = try TemporaryFolder()
    try folder.write("a", to: file)
    try folder.write(text, to: name)
    return try ChecksumFile.beside(folder(file))
  }

  @Test(arguments: [
    ("\(md5)\n", "S1.bam.md5"), (md5, "S1.bam.md5"), ("\(md5)  S1.bam\n", "S1.bam.md5"),
    ("\(md5) *S1.bam\r\n", "S1.bam.md5"), ("\(md5.uppercased())  /delivery/7/S1.bam\n", "S1.bam.md5"),
    ("MD5 (S1.bam) = \(md5)\n", "S1.bam.md5"), ("MD5 (a/S1.bam) = \(md5)\n", "S1.bam.md5"),
    // Renamed with its file.
    ("\(md5)  old.bam\n", "S1.bam.md5"),
    ("\(other)  S1.bam.bai\n\(md5)  S1.bam\n", "S1.bam.md5"), ("\(other)  S1.cram\n\(md5)  S1.bam\n", "S1.md5"),
    ("\(md5)  S1.bam\n\(md5)  S1.bam\n", "S1.md5"),
  ])
  func aChecksumIsFound(text: String, name: String) throws {
    let checksum = try #require(try found(text, in: name))
    #expect(checksum.md5 == Self.md5)
    #expect(checksum.path.hasSuffix(name))
  }

  @Test func whatNamesAnotherFileIsNoChecksumOfThis() throws {
    #expect(try found("\(Self.md5)  S1.cram\n", in: "S1.md5") == nil)
    // Whose digits these are, nobody says.
    #expect(try found("\(Self.md5)\n", in: "S1.md5") == nil)
    #expect(try found("\(Self.md5)\n", in: "S2.bam.md5") == nil)
    #expect(try ChecksumFile.beside("-") == nil)
  }

  @Test(arguments: [
    "", "not a digest  S1.bam\n", "\(md5)  a\n\(other)  b\n", "\(md5)  S1.bam\n\(other)  S1.bam\n",
    "\(md5.dropLast())  S1.bam\n",
  ])
  func aFileWithoutTheChecksumIsRefused(text: String) throws {
    let error = #expect(throws: InputError.self) { try found(text, in: "S1.bam.md5") }
    #expect(error?.kind == .malformed)
    #expect(error?.location.file.hasSuffix("S1.bam.md5") == true)
  }

  @Test(arguments: Setting.all) func theMD5IsOfTheStoredBytes(setting: Setting) async throws {
    let folder = try TemporaryFolder()
    let text = "@SQ\tSN:1\tLN:9\n"
    let path = try folder.write(try bgzfBlocks([Array(text.utf8), []]), to: "in.sam.gz")
    let input = InputFile(path: path, hashesMD5: true)
    try await withChunks(of: input, endOfFile: .required, resources: setting.resources) { source in
      while try await source.next() != nil {}
    }
    let expected = try Peer.run("md5sum < in.sam.gz", in: folder).text.prefix(32)
    #expect(input.summary?.md5 == String(expected))
    #expect(InputFile(path: path).summary?.md5 == nil)
  }
}
