import Foundation
import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite(.timeLimit(.minutes(20))) struct InputFileTests {
  private func read(_ path: String) async -> InputError? {
    await failure { try await Format.fastq.read(path, RunResources(threads: 1)) } as? InputError
  }

  @Test func aMissingFileAndAFolderAreUnreadable() async throws {
    let folder = try TemporaryFolder()
    #expect(await read(folder("no.fq"))?.kind == .unreadable)
    #expect(await read(folder.path)?.kind == .unreadable)
  }

  @Test func refusingAFolderClosesNobodyElsesFile() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("x", to: "file")
    // Beside a thread that opens and closes its own, a descriptor closed twice would now and then be somebody else's.
    let busy = Thread {
      for _ in 0..<20_000 { _ = try? RawReader(InputFile(path: folder.path)) }
    }
    busy.start()
    var failures = 0
    while !busy.isFinished {
      let descriptor = open(file, O_RDONLY)
      var status = stat()
      if descriptor < 0 || fstat(descriptor, &status) != 0 || close(descriptor) != 0 { failures += 1 }
    }
    #expect(failures == 0)
  }

  private func openDescriptors(of path: String) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return names.filter { (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path }
      .count
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd")), arguments: ["plain", "gzip", "bgzf"])
  func readingThatIsGivenUpOrCancelledLeavesNothingOpen(wrapping: String) async throws {
    var random = SplitMix64("givenUp(\(wrapping))")
    let folder = try TemporaryFolder()
    let text = random.fastq(records: 30_000)
    let stored = wrapping == "plain" ? text : wrapping == "gzip" ? gzipMember(text, level: 1) : try bgzf(text, level: 1)
    let path = try folder.write(stored, to: "reads")
    for setting in Setting.all {
      let resources = setting.resources
      try await withChunks(of: InputFile(path: path), endOfFile: .expected, resources: resources) { source in
        let first = try await source.next()
        #expect(first != nil)
      }
      #expect(openDescriptors(of: path) == 0)

      let reading = Task {
        try await withChunks(of: InputFile(path: path), endOfFile: .expected, resources: resources) { source in
          let reader = FASTQReader(source)
          while try await reader.next() != nil { try await Task.sleep(for: .milliseconds(20)) }
        }
      }
      try await Task.sleep(for: .milliseconds(random.int(0...30)))
      reading.cancel()
      let error = await failure { try await reading.value }
      // A batch of 4 MiB may have been the whole file, read before the cancellation came.
      #expect(error is CancellationError || setting.batchBytes > stored.count / 4)
      #expect(openDescriptors(of: path) == 0)
    }
  }
}
