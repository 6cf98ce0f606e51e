public import GenomicFiles
import ApusVersion
import Genomics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The check that an installed binary makes of itself: on a family that it makes up, with no file of a source tree.
///
/// It runs the very program, command by command as people do, and holds exit codes, figures, names, tiers and digests
/// against what is known from how the family was made, or was accepted for this version (`SelftestDigests`). It shows
/// that an installation does what this version did when it was tested; it says nothing about a laboratory's own data.
public struct Selftest: Sendable {
  let program: SelftestProgram
  let files = SelftestFiles()
  let folder: String
  let threads: Int
  var expected: [String: String]
  let registry: OutputRegistry
  var checks: [SelftestCheck] = []
  var digests: [SelftestReport.Digest] = []

  /// Runs every check in a folder that is empty. Blocks, for some seconds.
  /// - Parameters:
  ///   - threads: of the run that is held against the one with a single thread.
  ///   - expected: digests by name, in place of those built in; with the name of the list.
  ///   - data: `TestData` of the version's source tree, whose trio is run too and held against its own list; nil for none.
  ///   - parts: libraries that decide bytes, for the record.
  /// - Throws: `OutputError` where the folder cannot be written, `RunError` where the program cannot be started.
  public static func run(
    in folder: String, threads: Int, expected: (name: String, digests: [String: String])?, data: String?,
    parts: [SelftestReport.Part], moment: String?, registry: OutputRegistry
  ) throws -> SelftestReport {
    var test = Selftest(
      program: SelftestProgram(path: SelftestProgram.own, folder: folder), folder: folder, threads: max(2, threads),
      expected: expected?.digests ?? SelftestDigests.accepted, registry: registry)
    if let data, expected == nil {
      let list = "\(data)/\(listName)"
      test.expected.merge(try digests(try readWhole(list), path: list)) { _, given in given }
    }
    try test.checkInstallation()
    try test.write(test.files.all)
    try test.checkReads()
    try test.checkVariants()
    try test.checkTiers()
    try test.checkRefusals()
    try test.checkCase()
    try test.checkConsent()
    if let data { try test.checkData(data) }
    test.checkDigests()
    return SelftestReport(
      apus: apusVersion, moment: moment, system: system, parts: [kernels] + parts, threads: test.threads,
      digestsFrom: expected?.name ?? "built in", checks: test.checks, digests: test.digests)
  }

  /// Reads a list of digests: a name, a tab and 64 hexadecimal digits a line.
  /// - Throws: `InputError` for any other line, a name twice, or none.
  public static func digests(_ bytes: [UInt8], path: String) throws -> [String: String] {
    var digests: [String: String] = [:]
    for (index, line) in String(decoding: bytes, as: UTF8.self).split(separator: "\n").enumerated() {
      let fields = line.split(separator: "\t").map(String.init)
      guard fields.count == 2, fields[1].utf8.count == 64, fields[1].allSatisfy(\.isHexDigit),
        digests.updateValue(fields[1].lowercased(), forKey: fields[0]) == nil
      else {
        throw InputError.list(path, record: index + 1, "the line is no name with a SHA-256, or names one twice")
      }
    }
    guard !digests.isEmpty else { throw InputError.list(path, record: nil, "the list names no output") }
    return digests
  }
}

// Machinery of the checks.
extension Selftest {
  /// System, release and processor.
  static var system: String {
    var name = utsname()
    guard uname(&name) == 0 else { return "unknown" }
    func text<T>(_ field: T) -> String {
      withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    return "\(text(name.sysname)) \(text(name.release)) \(text(name.machine))"
  }

  func path(_ name: String) -> String { folder + "/" + name }

  func write(_ files: [(name: String, text: String)]) throws {
    for file in files {
      _ = try writeAtomically(Array(file.text.utf8), to: path(file.name), force: true, registry: registry)
    }
  }

  func text(_ name: String) -> String {
    guard case .file = content(at: path(name)), let bytes = try? readWhole(path(name)) else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Notes a check: what was expected is what must be found.
  mutating func hold(_ id: String, _ title: String, expected: String, found: String) {
    // Tabs and line ends would break the table.
    func plain(_ text: String) -> String {
      String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }.prefix(300))
    }
    checks.append(
      SelftestCheck(
        id: id, title: title, expected: plain(expected), found: plain(found), passed: expected == found))
  }

  /// Runs a command that has to succeed; its failure is the check's, and tells the program's first line.
  mutating func done(_ id: String, _ title: String, _ arguments: [String]) throws -> Bool {
    let outcome = try program.run(arguments)
    guard outcome.code != 0 else { return true }
    hold(id, title, expected: "exit code 0", found: "exit code \(outcome.code): \(outcome.firstError)")
    return false
  }

  /// Notes the digest of an output's lines that are no comments.
  mutating func note(_ name: String, lines text: String, comment: String = "#") {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix(comment) }
    digests.append(
      SelftestReport.Digest(name: name, sha256: digest(ofBytes: Array(lines.joined(separator: "\n").utf8))))
  }

  /// Every output's digest against the list; a name of the list that no output has fails too.
  mutating func checkDigests() {
    digests.sort { $0.name < $1.name }
    for digest in digests {
      hold(
        "D-\(digest.name)", "the output has the digest accepted for this version",
        expected: expected[digest.name] ?? "in the list", found: digest.sha256)
    }
    for name in expected.keys.sorted() where !digests.contains(where: { $0.name == name }) {
      hold(
        "D-\(name)", "the output has the digest accepted for this version", expected: expected[name] ?? "",
        found: "no such output")
    }
  }
}

extension InputError {
  fileprivate static func list(_ path: String, record: Int?, _ reason: String) -> InputError {
    InputError(
      .malformed, at: InputLocation(file: path, record: record), reason,
      remedy: "make the list with apus selftest --digests")
  }
}
