import EngineTestSupport
import Foundation
import Genomics
import Testing

@testable import Service

/// Files of tests, and the trees that are changed in them.
enum FHIRFixture {
  static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: package.appendingPathComponent("TestData/\(name)")))
  }

  static func tree(_ name: String) throws -> JSONTree { try JSONTree(parsing: try bytes(name), path: name) }

  /// The folder of NHS England's examples; nil where the real data are not at hand.
  static var examples: URL? {
    let root =
      ProcessInfo.processInfo.environment["APUS_SHARED_DATA"].map { URL(fileURLWithPath: $0) }
      ?? package.deletingLastPathComponent().appendingPathComponent("shared/data")
    let folder = root.appendingPathComponent("nhs-fhir")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }

  static func asOf(_ text: String = "2026-11-22") throws -> AsOf { try #require(AsOf(text)) }

  static func read(
    _ trees: [JSONTree], participants: [String: String] = [:], testNumbers: Bool = true, asOf: String = "2026-11-22"
  ) throws -> FHIRImport {
    try FHIRImport(
      files: trees.enumerated().map { ("\($0).json", $1.written()) }, asOf: try Self.asOf(asOf),
      options: .init(participants: participants, allowsTestNumbers: testNumbers))
  }
}

extension JSONTree {
  /// The tree with the value at a path replaced, added (a new name) or removed (nil). A step is a member's name, an index,
  /// or `@linkId` for the first item of that linkId at any depth.
  func setting(_ path: [String], _ value: JSONTree?) -> JSONTree {
    guard let step = path.first else { return value ?? .null }
    let rest = Array(path.dropFirst())
    if step.hasPrefix("@") { return changingItem(String(step.dropFirst())) { $0.setting(rest, value) } ?? self }
    switch self {
    case .object(var members):
      if let at = members.firstIndex(where: { $0.name == step }) {
        if rest.isEmpty, value == nil {
          members.remove(at: at)
        } else {
          members[at].value = members[at].value.setting(rest, value)
        }
      } else if value != nil {
        members.append(.init(step, JSONTree.object([]).setting(rest, value)))
      }
      return .object(members)
    case .array(var elements):
      guard let at = Int(step), elements.indices.contains(at) else { return self }
      if rest.isEmpty, value == nil {
        elements.remove(at: at)
      } else {
        elements[at] = elements[at].setting(rest, value)
      }
      return .array(elements)
    default: return self
    }
  }

  private func changingItem(_ linkID: String, _ change: (JSONTree) -> JSONTree) -> JSONTree? {
    switch self {
    case .object(let members):
      if text("linkId") == linkID { return change(self) }
      for (index, member) in members.enumerated() {
        if let changed = member.value.changingItem(linkID, change) {
          var members = members
          members[index].value = changed
          return .object(members)
        }
      }
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        if let changed = element.changingItem(linkID, change) {
          var elements = elements
          elements[index] = changed
          return .array(elements)
        }
      }
    default: break
    }
    return nil
  }

  /// A tree of JSON text.
  static func parsed(_ text: String) throws -> JSONTree { try JSONTree(parsing: Array(text.utf8), path: "test") }
}
