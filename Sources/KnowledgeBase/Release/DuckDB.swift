import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The `duckdb` command line, which writes Parquet.
struct DuckDB: Sendable {
  let path: String

  /// Finds it in the folders of `PATH`.
  /// - Throws: `ReleaseError` of kind `unavailable`.
  static func find() throws -> DuckDB {
    let folders = getenv("PATH").map { String(cString: $0) } ?? ""
    for folder in folders.split(separator: ":") where access("\(folder)/duckdb", X_OK) == 0 {
      return DuckDB(path: "\(folder)/duckdb")
    }
    throw ReleaseError(
      .unavailable, "Parquet is written by the duckdb command line, which is not in PATH",
      remedy: "install it, or go without Parquet")
  }

  /// Text for SQL.
  static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// Runs SQL in a database in memory, one thread, so that the same rows give the same bytes.
  /// - Throws: `ReleaseError` of kind `unavailable` where it fails; its message is not passed on, for it may hold data.
  func run(_ sql: String) throws {
    let arguments = [path, "-batch", "-bail", ":memory:", "-c", "SET threads = 1; \(sql)"]
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var process: pid_t = 0
    let status = posix_spawn(&process, path, &actions, nil, &pointers, environ)
    var outcome: Int32 = 0
    guard status == 0 else { throw failure("could not be started: \(systemMessage(status))") }
    while waitpid(process, &outcome, 0) < 0 {
      guard errno == EINTR else { throw failure("was lost: \(systemMessage(errno))") }
    }
    guard outcome == 0 else { throw failure("failed") }
  }

  private func failure(_ reason: String) -> ReleaseError {
    ReleaseError(
      .unavailable, "duckdb \(reason)", remedy: "check its version and the space of the disk, then run again")
  }

  /// The figures of a release's lines of JSON, a row an allele and stratum.
  func parquet(from lines: String, to file: String) throws {
    try run(
      """
      COPY (
        SELECT contig, start, "end", reference, alternate, type, vrs,
          unnest(counts, recursive := true)
        FROM read_json(\(Self.quoted(lines)), format = 'newline_delimited', columns = {
          contig: 'VARCHAR', start: 'BIGINT', "end": 'BIGINT', reference: 'VARCHAR', alternate: 'VARCHAR',
          type: 'VARCHAR', vrs: 'VARCHAR',
          counts: 'STRUCT(dimension VARCHAR, stratum VARCHAR, "AC" BIGINT, "AN" BIGINT, het BIGINT, hom BIGINT, hemi BIGINT, "AF" DOUBLE)[]'})
      ) TO \(Self.quoted(file)) (FORMAT parquet, COMPRESSION zstd)
      """)
  }
}
