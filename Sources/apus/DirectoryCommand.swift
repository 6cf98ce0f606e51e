import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import Service
import Workflow

/// `apus directory`.
struct DirectoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "directory", abstract: "Read, search and compare versions of the National Genomic Test Directory.",
    discussion: """
      Example:
        apus directory import rare-and-inherited-disease-v5.1.xlsx -o D.json
        apus directory search D.json obesity
        apus directory diff D5.json D5.1.json --cases results
      """,
    subcommands: [Import.self, Search.self, Show.self, Diff.self])

  /// Reads a directory that `import` wrote. Blocks.
  static func read(_ path: String) throws -> TestDirectory {
    try TestDirectory(json: try readWhole(path), file: path)
  }
}

extension DirectoryCommand {
  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read a version of the directory into one file that every other command takes.",
      discussion: """
        Takes NHS England's workbooks (.xlsx) of rare disease, cancer and pharmacogenomics, and the JSON of the East GLH's
        parser. A method that is not in the closed list, a code that is none, and a cell that a spreadsheet program has
        changed into a date or a number are errors that name the cell. What is odd and kept - hidden rows and columns,
        merged cells, targets that are neither panel nor gene - is counted on standard error and listed in the file.

        Example:
          apus directory import rare-and-inherited-disease-v5.1.xlsx --effective-from 2023-06-01 -o D.json
        """)

    @Argument(help: "The workbook or JSON.")
    var file: String

    @Option(name: [.customShort("o"), .long], help: "The directory as apus-test-directory/1; - is standard output.")
    var output: String

    @Option(help: "The version, where the file does not tell it or tells it wrongly.")
    var directoryVersion: String?

    @Option(help: "rare-disease, cancer or pharmacogenomics, where the file does not tell it.")
    var kind: String?

    @Option(help: "The day of publication, YYYY-MM-DD.")
    var published: String?

    @Option(help: "The day from which it holds, YYYY-MM-DD: not the day of publication.")
    var effectiveFrom: String?

    @Option(help: "A sheet to read, once for each; without, those that are tables of tests.")
    var sheet: [String] = []

    @Option(help: "Methods and spellings beside the closed list: a TSV with id, group, name, aliases, source.")
    var methods: String?

    @OptionGroup var shared: SharedOptions

    func validate() throws {
      if let kind, TestDirectory.Kind(rawValue: kind) == nil {
        throw ValidationError("--kind takes \(TestDirectory.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      for (name, day) in [("--published", published), ("--effective-from", effectiveFrom)] {
        if let day, CalendarDate(day) == nil { throw ValidationError("\(name) takes a day, YYYY-MM-DD") }
      }
      if let directoryVersion, directoryVersion.wholeMatch(of: /[0-9]+(\.[0-9]+)*/) == nil {
        throw ValidationError("--directory-version takes a version such as 5.1")
      }
    }

    func run() async throws {
      let resources = shared.resources
      let command = self
      try await interruptible(resources) {
        try Outputs.refuse(
          [command.output], inputs: [command.file] + [command.methods].compactMap { $0 }, force: command.shared.force)
        let directory = try await resources.blocking.run { try command.directory() }
        try await Outputs.write(command.output, directory.json, command.shared.force, resources)
        command.shared.warn(Dictionary(grouping: directory.notes, by: \.code).mapValues(\.count))
        guard command.output != "-" else { return }
        print(
          "imported\t\(directory.kind.rawValue)\tversion \(directory.version ?? "not told")\t"
            + "\(directory.tests.count) tests\t\(directory.indicationCount) clinical indications")
      }
    }

    private func directory() throws -> TestDirectory {
      let bytes = try readWhole(file)
      var rules = DirectoryImport(path: file, sha256: digest(ofBytes: bytes))
      rules.version = directoryVersion
      rules.kind = kind.flatMap { TestDirectory.Kind(rawValue: $0) }
      rules.published = published.flatMap { CalendarDate($0) }
      rules.effectiveFrom = effectiveFrom.flatMap { CalendarDate($0) }
      rules.sheets = sheet
      if let methods { rules.methods = try rules.methods.adding(tsv: try readWhole(methods), file: methods) }
      return try rules.read(bytes)
    }
  }
}

extension DirectoryCommand {
  struct Search: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Find tests by words.",
      discussion: """
        Lists the tests in which every word stands, in either case: in the code, a name, the method, a target, the
        specialty or the eligibility.

        Example:
          apus directory search D.json hearing loss
          apus directory search D.json BRCA1 --method 'Small panel' --json
        """)

    @Argument(help: "A directory of apus directory import.")
    var directory: String

    @Argument(help: "Words; all must stand in a test.")
    var words: [String] = []

    @Option(help: "Only tests of this method, in any of its spellings.")
    var method: String?

    @Option(help: "Only tests of a specialty whose name holds this.")
    var specialty: String?

    @Flag(help: "Answer in JSON.")
    var json = false

    @OptionGroup var shared: SharedOptions

    func validate() throws {
      guard !words.isEmpty || method != nil || specialty != nil else {
        throw ValidationError("give words, --method or --specialty")
      }
    }

    func run() async throws {
      let resources = shared.resources
      let path = directory
      let directory = try await resources.blocking.run { try DirectoryCommand.read(path) }
      let known = method.flatMap { asked in
        // A method of the user's own list is known by the directory alone.
        TestMethods.builtIn.method(spelled: asked)
          ?? directory.tests.first { [$0.method.id, $0.method.name, $0.methodAsWritten].contains(asked) }?.method
      }
      if let method, known == nil {
        let names = Set(directory.tests.map(\.method.name)).sorted().joined(separator: ", ")
        throw RunError(.usage, "\"\(method)\" is no method of the directory; give one of \(names)")
      }
      let found = directory.search(words, method: known, specialty: specialty)
      let answer = DirectoryAnswer(directory: directory, tests: found)
      print(json ? answer.json : answer.table, terminator: "")
    }
  }
}

extension DirectoryCommand {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a test, or the tests of a clinical indication, with all that the directory says.",
      discussion: """
        Example:
          apus directory show D.json R149.1
          apus directory show D.json R149 --json
        """)

    @Argument(help: "A directory of apus directory import.")
    var directory: String

    @Argument(help: "A test code (R149.1) or a clinical indication's (R149).")
    var code: String

    @Flag(help: "Answer in JSON.")
    var json = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let path = directory
      let directory = try await resources.blocking.run { try DirectoryCommand.read(path) }
      guard TestCode(code) != nil else {
        throw RunError(.usage, "\"\(code)\" is no code of the directory; give one like R149.1 or R149")
      }
      let found = directory.test(code: code).map { [$0] } ?? directory.tests(indication: code)
      guard !found.isEmpty else {
        throw RunError(
          .usage,
          "\(code) is not in version \(directory.version ?? "not told") of the \(directory.kind.rawValue) directory; "
            + "look for it with apus directory search")
      }
      let answer = DirectoryAnswer(directory: directory, tests: found)
      print(json ? answer.json : answer.text, terminator: "")
    }
  }
}
