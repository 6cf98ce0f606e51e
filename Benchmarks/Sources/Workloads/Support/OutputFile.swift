import CWorkloadHTSlib

/// How a text file is wrapped.
public enum Container: String, Sendable, CaseIterable {
  /// Blocked gzip with an end-of-file block, as bgzip writes it.
  case bgzf
  /// One gzip member.
  case gzip
  /// No compression.
  case plain

  /// `.gz` is BGZF unless told otherwise; every other ending is plain text.
  static func forName(_ path: String, asked: Container?) -> Container {
    asked ?? (path.hasSuffix(".gz") ? .bgzf : .plain)
  }
}

/// How output is compressed. Neither setting changes the decompressed bytes, and threads change none at all.
public struct Compression: Sendable {
  /// 1…9.
  public var level: Int
  /// Compression threads beside the generating one, per file.
  public var threads: Int
  /// nil: by the file's name.
  public var container: Container?

  /// Level 1 unless told otherwise: workloads are made more often than they are kept.
  public init(level: Int = 1, threads: Int = 1, container: Container? = nil) {
    self.level = level
    self.threads = threads
    self.container = container
  }
}

/// A file written through htslib, whole or not at all in the sense that every failure is thrown.
final class OutputFile {
  let path: String
  private var file: UnsafeMutablePointer<BGZF>?

  init(_ path: String, _ compression: Compression = Compression()) throws(WorkloadError) {
    self.path = path
    let container = Container.forName(path, asked: compression.container)
    let mode =
      switch container {
      case .bgzf: "w\(compression.level)"
      case .gzip: "wg\(compression.level)"
      case .plain: "wu"
      }
    guard let opened = bgzf_open(path, mode) else { throw WorkloadError("\(path): cannot be created") }
    file = opened
    if container == .bgzf, compression.threads > 0, bgzf_mt(opened, Int32(compression.threads), 64) != 0 {
      throw WorkloadError("\(path): compression threads cannot be started")
    }
  }

  deinit {
    if let file { bgzf_close(file) }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(WorkloadError) {
    guard bytes.count > 0 else { return }
    guard let file, bgzf_write(file, bytes.baseAddress, bytes.count) == bytes.count else {
      throw WorkloadError("\(path): writing failed; is the disk full?")
    }
  }

  func write(_ bytes: [UInt8]) throws(WorkloadError) {
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(WorkloadError) in try write(buffer) }
    }
    try result.get()
  }

  /// Writes the rest and the end-of-file block. A file that was not closed is not complete.
  func close() throws(WorkloadError) {
    guard let open = file else { return }
    file = nil
    guard bgzf_close(open) == 0 else { throw WorkloadError("\(path): writing failed; is the disk full?") }
  }
}
