import Foundation
import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite struct OutputFileTests {
  private let registry = OutputRegistry()

  @Test func nothingHasItsFinalNameBeforeTheCommit() throws {
    let folder = try TemporaryFolder()
    let file = try OutputFile(path: folder("out"), force: false, registry: registry)
    try file.write(Array("hello\n".utf8))
    #expect(try folder.names.count == 1)
    #expect(try !folder.names.contains("out"))
    #expect(registry.partialFiles.count == 1)
    let summary = try file.commit()
    #expect(try folder.names == ["out"])
    #expect(try folder.read("out") == Array("hello\n".utf8))
    #expect(registry.partialFiles.isEmpty)
    #expect(summary.bytes == 6)
    #expect(summary.sha256 == (try fileDigest(folder("out"))).sha256)
  }

  @Test func droppedWithoutCommitThePartialFileGoes() throws {
    let folder = try TemporaryFolder()
    do {
      let file = try OutputFile(path: folder("out"), force: false, registry: registry)
      try file.write([1, 2, 3])
      #expect(try folder.names.count == 1)
    }
    #expect(try folder.names.isEmpty)
    #expect(registry.partialFiles.isEmpty)
  }

  @Test func theRegistryRemovesPartialFilesAndLeavesFinishedOnes() throws {
    let folder = try TemporaryFolder()
    _ = try writeAtomically([1], to: folder("done"), force: false, registry: registry)
    let file = try OutputFile(path: folder("out"), force: false, registry: registry)
    try file.write([1])
    registry.removePartialFiles()
    #expect(try folder.names == ["done"])
    #expect(registry.partialFiles.isEmpty)
    // The run that was interrupted may still come as far as its commit; it must not pass for one that worked.
    #expect(throws: OutputError.self) { try file.commit() }
    #expect(try folder.names == ["done"])
  }

  @Test func anExistingFileIsRefusedWithoutForceAndReplacedWithIt() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "out")
    let error = #expect(throws: OutputError.self) {
      try OutputFile(path: folder("out"), force: false, registry: registry)
    }
    #expect(error?.kind == .exists)
    #expect(try folder.names == ["out"])
    let file = try OutputFile(path: folder("out"), force: true, registry: registry)
    try file.write(Array("new".utf8))
    #expect(try folder.read("out") == Array("old".utf8))
    _ = try file.commit()
    #expect(try folder.read("out") == Array("new".utf8))
  }

  @Test func aDanglingLinkIsAFileThatExists() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(atPath: folder("out"), withDestinationPath: folder("nowhere"))
    #expect(throws: OutputError.self) { try OutputFile(path: folder("out"), force: false, registry: registry) }
  }

  @Test func aMissingFolderCannotTakeAFile() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: OutputError.self) {
      try OutputFile(path: folder("no/out"), force: false, registry: registry)
    }
    #expect(error?.kind == .cannotCreate)
    #expect(registry.partialFiles.isEmpty)
  }

  @Test func aFolderIsNotReplaced() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder("out"), withIntermediateDirectories: false)
    let file = try OutputFile(path: folder("out"), force: true, registry: registry)
    #expect(throws: OutputError.self) { try file.commit() }
    #expect(try folder.names == ["out"])
    #expect(registry.partialFiles.isEmpty)
  }

  @Test(arguments: ["/dev/null", "-"]) func streamsAreWrittenToAndNeverReplaced(path: String) throws {
    let file = try OutputFile(path: path, force: false, registry: registry)
    try file.write(path == "-" ? [] : Array("gone".utf8))
    #expect(registry.partialFiles.isEmpty)
    #expect(try file.commit().bytes == (path == "-" ? 0 : 4))
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test(arguments: [OutputContainer.plain, .bgzf(level: 4)])
  func aBodyThatThrowsLeavesNothing(container: OutputContainer) async throws {
    struct Stop: Error {}
    let folder = try TemporaryFolder()
    let resources = RunResources(threads: 2)
    let plan = OutputPlan(path: folder("out.gz"), container: container, force: false, indexedLongestContig: 10)
    let error = await failure {
      try await withOutput(plan, resources: resources) { stream in
        try await stream.append([UInt8](repeating: 7, count: 5_000_000))
        throw Stop()
      }
    }
    #expect(error is Stop)
    #expect(try folder.names.isEmpty)
    #expect(resources.outputs.partialFiles.isEmpty)
  }

  @Test(arguments: [OutputContainer.plain, .bgzf(level: 4)])
  func aPendingOutputThatNobodyCommitsLeavesNothing(container: OutputContainer) async throws {
    let folder = try TemporaryFolder()
    let resources = RunResources(threads: 2)
    let plan = OutputPlan(path: folder("v.vcf.gz"), container: container, force: false, indexedLongestContig: 10)
    do {
      let (_, output) = try await withOutput(plan, resources: resources) { stream in
        try await stream.append(Array(VCFText.header(samples: 0).utf8))
        try await stream.markHeaderEnd()
      }
      #expect(try !folder.names.contains("v.vcf.gz"))
      withExtendedLifetime(output) {}
    }
    #expect(try folder.names.isEmpty)
    #expect(resources.outputs.partialFiles.isEmpty)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")), arguments: [1, 2, 7])
  func aFullDiskIsAnErrorAndNoHang(threads: Int) async throws {
    let resources = RunResources(threads: threads, batchBytes: 4096)
    let plan = OutputPlan(path: "/dev/full", container: .bgzf(level: 1), force: false)
    var random = SplitMix64("aFullDisk")
    let bytes = random.letters(30_000_000, of: "ACGT")
    let error = await failure {
      try await withOutput(plan, resources: resources) { stream in try await stream.append(bytes) }
    }
    #expect((error as? OutputError)?.kind == .failed)
  }
}
