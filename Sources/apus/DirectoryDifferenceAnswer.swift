import GenomicFiles
import Reports
import Service

/// What differs between two versions of the directory, as a table and as JSON with the same content.
struct DirectoryDifferenceAnswer: Sendable {
  /// A referral that was looked at.
  struct Order: Sendable {
    var order: OrderedTest
    var effect: OrderedTest.Effect
  }

  let old: TestDirectory
  let new: TestDirectory
  let difference: DirectoryDifference
  /// The referrals; nil where none were asked about.
  let orders: [Order]?

  /// The referrals that somebody must look at.
  private var affected: [Order] { (orders ?? []).filter { $0.effect != .unchanged } }

  /// `apus-directory-diff/1`.
  var json: String {
    func names(_ tests: [DirectoryTest]) -> JSONValue {
      .array(
        tests.map {
          .object([.init("code", .string($0.code.description)), .init("name", .string($0.name))])
        })
    }
    var members: [JSONValue.Member] = [
      .init("schema", .string("apus-directory-diff/1")),
      .init("old", DirectoryAnswer.heading(old)),
      .init("new", DirectoryAnswer.heading(new)),
      .init("added", names(difference.added)),
      .init("removed", names(difference.removed)),
    ]
    for aspect in DirectoryDifference.Aspect.allCases {
      members.append(
        .init(Self.member(aspect), .array(difference.changes.filter { $0.aspect == aspect }.map(Self.json))))
    }
    if let orders {
      members.append(
        .init(
          "cases",
          .object([.init("read", .integer(orders.count)), .init("affected", .array(affected.map { json($0) }))])))
    }
    return String(decoding: JSONValue.object(members).bytes, as: UTF8.self)
  }

  private static func member(_ aspect: DirectoryDifference.Aspect) -> String {
    switch aspect {
    case .renamed: "renamed"
    case .method: "methodChanged"
    case .targets: "targetsChanged"
    case .methodSpelling: "methodSpelling"
    case .targetSpelling: "targetSpelling"
    case .testName: "testNameChanged"
    case .specialty: "specialtyChanged"
    case .eligibility: "eligibilityChanged"
    case .commissioning: "commissioningChanged"
    }
  }

  private static func json(_ change: DirectoryDifference.Change) -> JSONValue {
    .object([
      .init("code", .string(change.code.description)),
      .init("old", DirectoryAnswer.string(change.old)),
      .init("new", DirectoryAnswer.string(change.new)),
    ])
  }

  private func json(_ order: Order) -> JSONValue {
    .object([
      .init("file", .string(order.order.file)),
      .init("testCode", DirectoryAnswer.string(order.order.code)),
      .init("directoryVersion", DirectoryAnswer.string(order.order.directoryVersion)),
      .init("orderedUnderOld", isOfOld(order).map(JSONValue.bool) ?? .null),
      .init("effect", .string(order.effect.word)),
      .init("changes", .array(aspects(order).map(JSONValue.string))),
    ])
  }

  /// Whether a referral was ordered under the old version; nil where one of the two is not told.
  private func isOfOld(_ order: Order) -> Bool? {
    guard let ordered = order.order.directoryVersion, let version = old.version else { return nil }
    return ordered == version
  }

  private func aspects(_ order: Order) -> [String] {
    guard case .changed(let changes) = order.effect else { return [] }
    return changes.map(\.aspect.rawValue)
  }

  /// A line a difference, then a line a referral that is affected.
  var table: String {
    var text = "# old: \(DirectoryAnswer.title(old)) (\(old.source.file))\n"
    text += "# new: \(DirectoryAnswer.title(new)) (\(new.source.file))\n"
    text += "#what\tcode\told\tnew\n"
    func row(_ fields: String...) { text += fields.map(DirectoryAnswer.line).joined(separator: "\t") + "\n" }
    for test in difference.added { row("added", test.code.description, ".", test.name) }
    for test in difference.removed { row("removed", test.code.description, test.name, ".") }
    for aspect in DirectoryDifference.Aspect.allCases {
      for change in difference.changes where change.aspect == aspect {
        row(aspect.rawValue, change.code.description, change.old ?? ".", change.new ?? ".")
      }
    }
    guard let orders else { return text }
    text += "# referrals read: \(orders.count), affected: \(affected.count)\n#case\teffect\tcode\tordered_under\twhat\n"
    for order in affected {
      let what = aspects(order).joined(separator: ",")
      row(
        order.order.file, order.effect.word, order.order.code ?? ".", order.order.directoryVersion ?? ".",
        what.isEmpty ? "." : what)
    }
    return text
  }
}
