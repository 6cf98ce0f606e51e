import ApusVersion
import CKernels
import GenomicFiles
import Genomics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

// The binary, its kernels and the disk.
extension Selftest {
  mutating func checkInstallation() throws {
    let version = try program.run(["--version"])
    hold("I-01", "the program tells its version", expected: "apus \(apusVersion)", found: version.output.trimmed)
    checkKernels()
    try checkDisk()
  }

  /// Which kernels this binary has.
  static var kernels: SelftestReport.Part {
    #if arch(x86_64)
      SelftestReport.Part(name: "kernels", version: "SSE2")
    #else
      SelftestReport.Part(name: "kernels", version: "portable")
    #endif
  }

  /// The vector kernels and their portable twins, on the same bytes.
  private mutating func checkKernels() {
    var random = SelftestRandom(state: 64)
    let rounds = 4096
    var same = 0
    var bytes = [UInt8](repeating: 0, count: 64)
    let letters = Array("0123456789ACGT\t\n;:,./|\u{7F}".utf8) + [0, 0x80, 0xFF]
    for round in 0..<rounds {
      for index in bytes.indices {
        bytes[index] = round % 2 == 0 ? random.pick(letters) : UInt8(truncatingIfNeeded: random.next())
      }
      let wanted = random.pick(letters)
      let equal = bytes.withUnsafeBytes { buffer in
        apus_places_64(buffer.baseAddress, wanted) == apus_places_64_portable(buffer.baseAddress, wanted)
          && apus_non_digits_64(buffer.baseAddress) == apus_non_digits_64_portable(buffer.baseAddress)
      }
      if equal { same += 1 }
    }
    hold(
      "I-02", "vector kernels and their portable twins give the same on random blocks",
      expected: "\(rounds) of \(rounds)",
      found: "\(same) of \(rounds)")
  }

  /// What outputs rest on: written beside the final name, synced, renamed, refused where something stands there.
  private mutating func checkDisk() throws {
    let bytes = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let name = path("disk")
    let written = try writeAtomically(bytes, to: name, force: false, registry: registry)
    let read = try fileDigest(name)
    hold(
      "I-03", "a file that was written, synced and renamed reads back as it was",
      expected: "\(bytes.count) bytes, \(digest(ofBytes: bytes))", found: "\(read.bytes) bytes, \(read.sha256)")
    var refusal = "written over"
    do {
      _ = try writeAtomically([], to: name, force: false, registry: registry)
    } catch let error as OutputError {
      refusal = error.kind.rawValue
    }
    hold(
      "I-04", "an output that exists is refused and stays",
      expected: "\(OutputError.Kind.exists.rawValue), \(written.sha256)",
      found: "\(refusal), \(try fileDigest(name).sha256)")
    let left = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".partial") }
    hold("I-05", "no partial file is left", expected: "0", found: "\(left.count)")
    unlink(name)
  }
}

extension String {
  /// Without the line end.
  var trimmed: String { String(reversed().drop { $0.isWhitespace }.reversed()) }
}
