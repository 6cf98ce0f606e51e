/// One version of the National Genomic Test Directory: which tests the NHS in England commissions, for whom and how.
///
/// The key of a test is its code and the directory's version: codes move and vanish between versions, and one clinical
/// indication (R149) has several tests.
public struct TestDirectory: Sendable, Hashable {
  /// Which of the directories it is.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Rare and inherited disease (R codes).
    case rareDisease = "rare-disease"
    /// Cancer (M codes).
    case cancer
    /// Pharmacogenomics.
    case pharmacogenomics
  }

  /// The form of the file that it was read from.
  public enum Form: String, Sendable, Hashable, CaseIterable {
    /// The JSON of the East GLH's test_directory_parser.
    case eastJSON = "east-glh-json"
    /// NHS England's workbook.
    case workbook = "nhs-england-xlsx"
  }

  /// Where it comes from.
  public struct Source: Sendable, Hashable {
    /// The file's name, without folders.
    public var file: String
    /// The SHA-256 of the file, 64 hexadecimal digits.
    public var sha256: String
    /// Its form.
    public var form: Form
    /// What the file tells of itself, by the names that it uses.
    public var told: [String: String]
  }

  /// Something that a reader of the directory should know about the file.
  public struct Note: Sendable, Hashable {
    /// A stable code, such as `hidden-row`.
    public var code: String
    /// Where: a cell (`R&ID indications!B12`), or the path in a JSON file.
    public var place: String
    /// What stands there, where that is of use.
    public var text: String
  }

  /// The schema of the files that Apus writes.
  public static let schema = "apus-test-directory/1"

  /// The version as published, such as `5.1`; nil where neither the file nor the person who imported it tells it.
  public var version: String?
  /// The directory.
  public var kind: Kind
  /// The day of publication, where told.
  public var published: CalendarDate?
  /// The day from which it holds, where told. Laboratories may take up to three months from publication.
  public var effectiveFrom: CalendarDate?
  /// Where it comes from.
  public var source: Source
  /// The list of methods that it was read with.
  public var methods: String
  /// The tests by code, each code once.
  public let tests: [DirectoryTest]
  /// What was odd in the file, in its order.
  public var notes: [Note]

  private let byCode: [TestCode: Int]

  /// A directory of tests whose codes differ.
  init(
    version: String?, kind: Kind, published: CalendarDate?, effectiveFrom: CalendarDate?, source: Source,
    methods: String, tests: [DirectoryTest], notes: [Note]
  ) {
    self.version = version
    self.kind = kind
    self.published = published
    self.effectiveFrom = effectiveFrom
    self.source = source
    self.methods = methods
    self.tests = tests.sorted { $0.code < $1.code }
    self.notes = notes
    byCode = Dictionary(self.tests.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The test of a code such as `R149.1`; nil where this version has none.
  public func test(code: String) -> DirectoryTest? {
    TestCode(code).flatMap { byCode[$0] }.map { tests[$0] }
  }

  /// The tests of a clinical indication such as `R149`, by code; empty where this version has none.
  public func tests(indication: String) -> [DirectoryTest] {
    guard let code = TestCode(indication), code.test == nil else { return [] }
    return tests.filter { $0.code.indication == code.indication }
  }

  /// How many clinical indications the tests belong to.
  public var indicationCount: Int { Set(tests.map(\.code.indication)).count }
}

/// A test of the directory.
public struct DirectoryTest: Sendable, Hashable {
  /// The test code.
  public var code: TestCode
  /// The clinical indication's name.
  public var name: String
  /// The test's own name, where the file has one.
  public var testName: String?
  /// The method, of the closed list.
  public var method: TestMethod
  /// The method as the file spells it.
  public var methodAsWritten: String
  /// The target cell as the file has it.
  public var targetsAsWritten: String
  /// What it was parted into.
  public var targets: [TestTarget]
  /// The group of specialist tests, or the sheet of tumours, that it belongs to, where told.
  public var specialty: String?
  /// Who may have the test, where the file tells it.
  public var eligibility: String?
  /// The commissioning category, where told.
  public var commissioning: String?
  /// What the file says has changed since the version before, where told.
  public var changes: String?
  /// Other columns or fields, by their headings as written; empty ones are left out.
  public var fields: [String: String]
  /// Where it stands: `R&ID indications!12`, or the path in a JSON file.
  public var place: String
  /// Whether its row is hidden in the workbook.
  public var isHidden: Bool

  /// PanelApp's numbers of its panels, in order, each once.
  public var panels: [String] {
    unique(targets.compactMap { if case .panel(let id, _) = $0 { id } else { nil } })
  }

  /// The symbols of its genes as written, in order, each once; a panel's genes are not among them.
  public var genes: [String] {
    unique(targets.compactMap { if case .gene(let symbol, _) = $0 { symbol } else { nil } })
  }

  /// Parts of the target cell that are neither: a person must read them.
  public var otherTargets: [String] {
    targets.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}
