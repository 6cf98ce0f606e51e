import Foundation
import TestSupport
import Testing

/// Scripts of a release, run as `make` runs them.
enum Release {
  static var scripts: String { Command.package + "/Scripts/Release" }

  /// The folder of the build that made these tests.
  static var scratch: String {
    var url = URL(fileURLWithPath: Command.path)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url.path
  }

  /// `apus-beacon` beside the tests; not there where a part of the package was built alone.
  static var beacon: String? {
    let path = URL(fileURLWithPath: Command.path).deletingLastPathComponent().path + "/apus-beacon"
    if FileManager.default.isExecutableFile(atPath: path) { return path }
    print("SKIPPED: tests of apus-beacon's version and pages: it was not built")
    return nil
  }

  /// Paths of the built programs.
  static var programs: [String] { [Command.path] + (beacon.map { [$0] } ?? []) }

  /// The version that the sources say.
  static func version(in folder: TemporaryFolder) throws -> String {
    String(try Peer.run("'\(scripts)/version'", in: folder).text.dropLast())
  }
}

@Suite("The version")
struct ReleaseVersionTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test("Both programs have the one version of the sources")
  func programs() throws {
    let version = try Release.version(in: folder)
    #expect(try Peer.run("'\(Command.path)' --version", in: folder).text == "apus \(version)\n")
    if let beacon = Release.beacon {
      #expect(try Peer.run("'\(beacon)' --version", in: folder).text == "apus-beacon \(version)\n")
    }
  }

  @Test("It stands in one line of the sources, and packages have no number of their own")
  func onePlace() throws {
    let version = try Release.version(in: folder)
    let found = try Peer.run("grep -rl 'let apusVersion' '\(Command.package)/Sources'", in: folder).text
    #expect(found == Command.package + "/Sources/ApusVersion/ApusVersion.swift\n")
    // A number that is written twice is wrong once.
    let stray = try Peer.outcome("grep -rnwF '\(version)' '\(Release.scripts)'", in: folder)
    #expect(stray.text.isEmpty)
  }

  @Test("The changelog's newest version is that of the sources")
  func changelog() throws {
    let outcome = try Peer.outcome("'\(Release.scripts)/version' --check", in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  @Test(
    "A version that is none, or another than the changelog's, is refused",
    arguments: [
      ("1.2.3", "## [1.2.3] - 2026-12-01", true), ("1.2.3", "## [Unreleased]", true),
      ("1.2.3", "## [Unreleased]\n\n## [1.2.3] - 2026-12-01\n\n## [1.2.2] - 2026-11-01", true),
      ("1.2.3", "## [1.2.4] - 2026-12-01", false), ("1.2.3", "## [1.2.30] - 2026-12-01", false),
      ("1.2", "## [1.2] - 2026-12-01", false), ("1.2.3-beta", "## [Unreleased]", false),
      ("01.2.3", "## [Unreleased]", false),
    ])
  func refused(version: String, headings: String, holds: Bool) throws {
    try Peer.run(
      "mkdir -p Scripts/Release Sources/ApusVersion; cp '\(Release.scripts)/version' Scripts/Release", in: folder)
    try Data("public let apusVersion = \"\(version)\"\n".utf8).write(
      to: URL(fileURLWithPath: folder("Sources/ApusVersion/ApusVersion.swift")))
    try Data("# Changelog\n\n\(headings)\n".utf8).write(to: URL(fileURLWithPath: folder("CHANGELOG.md")))
    let outcome = try Peer.outcome("Scripts/Release/version --check", in: folder)
    #expect(outcome.code == (holds ? 0 : 65))
    #expect(outcome.text == (holds ? version + "\n" : ""))
  }
}

@Suite("Installing")
struct InstallTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// A build's folder with the tested program alone.
  private func build() throws -> String {
    try Peer.run("mkdir build; ln -s '\(Command.path)' build/apus", in: folder)
    return folder("build")
  }

  @Test("What make install puts under a prefix runs, is listed, and is removed without touching what others put there")
  func installAndRemove() throws {
    let install = "APUS_BUILD='\(try build())' '\(Release.scripts)/install'"
    try Peer.run("\(install) '\(folder.path)/root' /usr", in: folder)
    #expect(try Peer.run("root/usr/bin/apus --version", in: folder).text.hasPrefix("apus "))
    let listed = try Peer.run("cat root/usr/share/apus/installed", in: folder).text.split(separator: "\n")
    for name in listed { #expect(FileManager.default.fileExists(atPath: folder("root/usr/\(name)")), "\(name)") }
    let files = try Command.files(below: folder("root/usr")).keys
    #expect(Set(files) == Set(listed.map(String.init) + ["share/apus/installed"]))
    for name in [
      "bin/apus", "share/bash-completion/completions/apus", "share/zsh/site-functions/_apus",
      "share/fish/vendor_completions.d/apus.fish",
    ] { #expect(listed.contains(Substring(name)), "\(name)") }

    try Peer.run("touch root/usr/bin/other root/usr/share/man/man1/apus-mine.1", in: folder)
    // Once more, over itself.
    try Peer.run("\(install) '\(folder.path)/root' /usr", in: folder)
    try Peer.run("\(install) --remove '\(folder.path)/root' /usr", in: folder)
    let left = try Command.files(below: folder("root/usr")).keys
    #expect(Set(left) == ["bin/other", "share/man/man1/apus-mine.1"])
    #expect(try Peer.outcome("\(install) --remove '\(folder.path)/root' /usr", in: folder).code == 66)
  }

  @Test("A prefix alone is one from here, and its spaces are no matter")
  func prefixAlone() throws {
    try Peer.run("APUS_BUILD='\(try build())' '\(Release.scripts)/install' 'a prefix'", in: folder)
    #expect(try Peer.run("'a prefix/bin/apus' --version", in: folder).text.hasPrefix("apus "))
  }

  @Test("Nothing is installed of what is not built")
  func notBuilt() throws {
    let outcome = try Peer.outcome("APUS_BUILD=. '\(Release.scripts)/install' prefix", in: folder)
    #expect(outcome.code == 66)
    #expect(outcome.errors.contains("make build"))
    #expect(!FileManager.default.fileExists(atPath: folder("prefix")))
  }

  @Test("Completions of every shell hold every command", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    for program in Release.programs {
      let name = URL(fileURLWithPath: program).lastPathComponent
      try Peer.run("'\(program)' --generate-completion-script \(shell) >\(name)", in: folder)
      let text = String(decoding: try folder.read(name), as: UTF8.self)
      let help = try Peer.run("'\(program)' --help", in: folder).text
      for command in try ManPageTests.commands(of: help) { #expect(text.contains(command), "\(command)") }
      if Peer.has(shell) {
        #expect(try Peer.outcome("\(shell) -n \(name)", in: folder).code == 0)
      }
    }
  }
}
