import GenomicFiles
import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How a release protects small numbers: data, versioned, and named by every release.
public struct ReleasePolicy: Sendable, Hashable {
  /// The schema of policies that this version reads.
  public static let schema = "apus-release-policy/1"
  /// The policies that the program has in it.
  public static let shipped = ["nhs-central", "gel-airlock"]

  /// Its name.
  public let id: String
  /// What it is, in a line.
  public let title: String
  /// Its version.
  public let version: String
  /// The least number of people that a figure may tell of.
  public let minimum: Int
  /// Figures are multiples of it.
  public let rounding: Int
  /// Whether copies are told exactly where nothing small follows.
  public let isExact: Bool
  /// The dimensions that it lets be published.
  public let dimensions: [String]

  /// Name and version.
  public var reference: String { "\(id)/\(version)" }

  /// A policy by its name, or the file of one.
  /// - Throws: `ReleaseError` of kind `policy` for a file that is none, or loosens the policy that it names; `InputError`
  ///   for one that cannot be read.
  public init(_ nameOrPath: String) throws {
    switch nameOrPath {
    case "nhs-central": self = try Self(json: PackageResources.nhs_central_json, path: nameOrPath)
    case "gel-airlock": self = try Self(json: PackageResources.gel_airlock_json, path: nameOrPath)
    default:
      guard case .file = content(at: nameOrPath) else {
        throw ReleaseError(
          .policy, "\(nameOrPath) is no policy of Apus and no file",
          remedy: "name one of \(Self.shipped.joined(separator: ", ")), or the path of a file")
      }
      self = try Self(json: try readWhole(nameOrPath, limit: 1 << 20), path: nameOrPath, mustTighten: true)
    }
  }

  /// Reads a policy.
  /// - Parameter mustTighten: whether it must name a policy of the program, and loosen nothing of it.
  init(json bytes: [UInt8], path: String, mustTighten: Bool = false) throws {
    func refusal(_ reason: String) -> ReleaseError {
      ReleaseError(.policy, "\(path): \(reason)", remedy: "correct the policy")
    }
    let document: Document
    do {
      document = try JSONDecoder().decode(Document.self, from: Data(bytes))
    } catch let error as UnknownField {
      throw refusal("the field \"\(error.name)\" is not known")
    } catch {
      throw refusal("it is no policy of schema \(Self.schema)")
    }
    guard document.schema == Self.schema else {
      throw refusal("it has schema \(document.schema), and this version reads \(Self.schema)")
    }
    guard document.minimum >= 2, document.minimum <= 1_000_000, document.rounding >= 1, document.rounding <= 1_000_000
    else { throw refusal("minimum is from 2, rounding from 1") }
    guard document.zeros == "with-suppressed" else {
      throw refusal("zeros is with-suppressed: nobody and too few are not told apart")
    }
    (id, title, version) = (document.id, document.title, document.version)
    (minimum, rounding, isExact) = (document.minimum, document.rounding, document.exact)
    dimensions = document.dimensions
    guard mustTighten else { return }
    guard let name = document.tightens, Self.shipped.contains(name) else {
      throw refusal("tightens names one of \(Self.shipped.joined(separator: ", "))")
    }
    let other = try Self(name)
    guard !Self.shipped.contains(id) else { throw refusal("its id is that of a policy of Apus") }
    guard minimum >= other.minimum, rounding >= other.rounding, rounding % other.rounding == 0,
      other.isExact || !isExact, Set(dimensions).isSubset(of: other.dimensions)
    else { throw refusal("it loosens \(name), which it names") }
  }

  private struct UnknownField: Error {
    var name: String
  }

  private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private struct Document: Decodable {
    let schema, id, title, version, zeros: String
    let minimum, rounding: Int
    let exact: Bool
    let dimensions: [String]
    let tightens: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
      case schema, id, title, version, zeros, minimum, rounding, exact, dimensions, tightens
    }

    init(from decoder: any Decoder) throws {
      let known = Set(CodingKeys.allCases.map(\.rawValue))
      for key in try decoder.container(keyedBy: AnyKey.self).allKeys where !known.contains(key.stringValue) {
        throw UnknownField(name: key.stringValue)
      }
      let fields = try decoder.container(keyedBy: CodingKeys.self)
      schema = try fields.decode(String.self, forKey: .schema)
      id = try fields.decode(String.self, forKey: .id)
      title = try fields.decode(String.self, forKey: .title)
      version = try fields.decode(String.self, forKey: .version)
      zeros = try fields.decode(String.self, forKey: .zeros)
      minimum = try fields.decode(Int.self, forKey: .minimum)
      rounding = try fields.decode(Int.self, forKey: .rounding)
      exact = try fields.decode(Bool.self, forKey: .exact)
      dimensions = try fields.decode([String].self, forKey: .dimensions)
      tightens = try fields.decodeIfPresent(String.self, forKey: .tightens)
    }
  }
}
