import Foundation
import TestSupport
import Testing

@Suite("Manual pages", .enabled(if: Peer.has("python3")))
struct ManPageTests {
  let folder: TemporaryFolder
  init() throws {
    folder = try TemporaryFolder()
    let programs = Release.programs.map { "'\($0)'" }.joined(separator: " ")
    try Peer.run("SOURCE_DATE_EPOCH=1767225600 '\(Release.scripts)/manpages' -o pages \(programs)", in: folder)
  }

  /// The commands that a help lists.
  static func commands(of help: String) throws -> [String] {
    guard let list = help.range(of: "\nSUBCOMMANDS:\n") else { return [] }
    return help[list.upperBound...].split(separator: "\n").filter { $0.first == " " && $0.dropFirst(2).first != " " }
      .compactMap { $0.firstMatch(of: /^  ([a-z][a-z0-9-]*)(?:[ ,]|$)/).map { String($0.1) } }
  }

  /// The options that a help shows: `-o` and `--output` of `  -o, --output <output>   Output.`
  static func options(of help: String) -> Set<String> {
    var found: Set<String> = []
    for line in help.split(separator: "\n") {
      guard let head = line.firstMatch(of: /^  (-.*?)(?:  |$)/)?.1 else { continue }
      for match in head.matches(of: /(?:^|[ \/])(--?[A-Za-z0-9][A-Za-z0-9_-]*)/) { found.insert(String(match.1)) }
    }
    return found
  }

  /// The options that a page describes.
  private func options(ofPage name: String) throws -> Set<String> {
    let page = String(decoding: try folder.read("pages/\(name).1"), as: UTF8.self)
    var found: Set<String> = []
    for line in page.split(separator: "\n") where line.hasPrefix(".It Fl ") {
      for match in line.replacing("\\-", with: "-").matches(of: /Fl (\S+)/) { found.insert("-" + match.1) }
    }
    return found
  }

  /// Every command of a program: its words, and its help.
  private func everyCommand(of program: String) throws -> [(words: [String], help: String)] {
    var (found, open): ([(words: [String], help: String)], [[String]]) = ([], [[]])
    while let words = open.popLast() {
      let help = try Peer.run("'\(program)' \(words.joined(separator: " ")) --help", in: folder).text
      found.append((words, help))
      open += try Self.commands(of: help).filter { $0 != "help" }.map { words + [$0] }
    }
    return found
  }

  @Test("Every command has a page with every option that its help shows")
  func complete() throws {
    var pages: Set<String> = []
    for program in Release.programs {
      let name = URL(fileURLWithPath: program).lastPathComponent
      for (words, help) in try everyCommand(of: program) {
        let page = ([name] + words).joined(separator: "-")
        pages.insert(page + ".1")
        let shown = Self.options(of: help)
        #expect(shown.contains("--help"))
        let described = try options(ofPage: page)
        #expect(shown.isSubset(of: described), "\(page): \(shown.subtracting(described).sorted())")
        let text = String(decoding: try folder.read("pages/\(page).1"), as: UTF8.self)
        for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "SEE ALSO"] {
          #expect(text.contains("\n.Sh \(section)\n"), "\(page): \(section)")
        }
        if help.contains("\nExample") { #expect(text.contains("\n.Sh EXAMPLES\n"), "\(page)") }
      }
    }
    #expect(pages.count > 40)
    // And none of a command that there is not.
    #expect(Set(try Command.files(below: folder("pages")).keys) == pages)
  }

  @Test("An option of the help that is missing from a page would be seen")
  func options() {
    let help = """
      OPTIONS:
        -o, --output <output>   Output: --force replaces it.
        --merge/--no-merge      Merge.
        --compression-level <compression-level>
                                As --gzip.
      """
    #expect(Self.options(of: help) == ["-o", "--output", "--merge", "--no-merge", "--compression-level"])
  }

  @Test("The same program gives the same pages")
  func repeatable() throws {
    let before = try Command.files(below: folder("pages"))
    try Peer.run(
      "SOURCE_DATE_EPOCH=1767225600 '\(Release.scripts)/manpages' -o again '\(Command.path)'", in: folder)
    let again = try Command.files(below: folder("again"))
    #expect(!again.isEmpty)
    for (name, bytes) in again { #expect(before[name] == bytes, "\(name)") }
    #expect(String(decoding: again["apus.1"] ?? [], as: UTF8.self).contains("\n.Dd January 1, 2026\n"))
  }

  @Test("Exit codes of the pages are those of the manual")
  func exits() throws {
    let manual = String(decoding: try readFile(Command.package + "/Docs/manual.md"), as: UTF8.self)
    let start = try #require(manual.range(of: "\n## Exit codes\n"))
    let table = manual[start.upperBound...].prefix { $0 != "#" }
    let codes = table.matches(of: /\n\| ([0-9, ]+) \|/).map { String($0.1) }
    #expect(codes.count > 10)
    let page = String(decoding: try folder.read("pages/apus-run.1"), as: UTF8.self)
    for code in codes { #expect(page.contains("\n.It \(code.replacing(", ", with: " , "))\n"), "\(code)") }
  }

  @Test("mandoc has nothing against them", .enabled(if: Peer.has("mandoc")))
  func mandoc() throws {
    let outcome = try Peer.outcome("mandoc -T lint -W warning pages/*.1", in: folder)
    // That a page of another program is not in its index is no matter of ours.
    let complaints = outcome.text.split(separator: "\n").filter { $0.contains("WARNING") || $0.contains("ERROR") }
    #expect(complaints.isEmpty, "\(complaints.prefix(5))")
    #expect(try Peer.run("mandoc -T utf8 pages/apus-vcf-norm.1 | col -b", in: folder).text.contains("--check-ref"))
  }

  @Test("groff has nothing against them", .enabled(if: Peer.has("groff")))
  func groff() throws {
    let outcome = try Peer.outcome(
      "for page in pages/*.1; do groff -Tutf8 -ww -mdoc $page >/dev/null; done", in: folder)
    #expect(outcome.errors.isEmpty, "\(outcome.errors.prefix(400))")
  }
}
