import Crypto
import GRDB
import Genomics
import Service

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A row of the table of classifications.
struct StoredClassification {
  var event: ClassificationEvent
  var contribution: Int64?

  /// Named one by one: a table whose columns were renamed is an error, and no row without a value.
  static let columns = "id, contig, start, reference, alternate, event, digest, contribution, seal"

  static func seal(_ id: Int64, _ digest: String, _ contribution: Int64?) -> String {
    Seal.of(["\(id)", digest, contribution.map { "\($0)" }])
  }

  /// - Throws: `ByteReader.Damaged` where the row is not as it was written.
  init(_ row: Row, contig: String) throws {
    func text(_ name: String) throws -> String {
      guard case .string(let value) = (row[name] as DatabaseValue).storage else { throw ByteReader.Damaged() }
      return value
    }
    let (json, digest) = (try text("event"), try text("digest"))
    guard case .int64(let start) = (row["start"] as DatabaseValue).storage,
      case .int64(let id) = (row["id"] as DatabaseValue).storage,
      hexadecimal(SHA256.hash(data: Array(json.utf8))) == digest,
      let document = try? JSONDecoder().decode(Document.self, from: Data(json.utf8)),
      let kind = ClassificationEvent.Kind(rawValue: document.kind), let date = CalendarDate(document.date)
    else { throw ByteReader.Damaged() }
    switch (row["contribution"] as DatabaseValue).storage {
    case .null: contribution = nil
    case .int64(let number): contribution = number
    default: throw ByteReader.Damaged()
    }
    event = ClassificationEvent(
      contig: contig, start: document.start, reference: document.reference, alternate: document.alternate, kind: kind,
      classification: document.classification, date: date, revision: document.revision, criteria: document.criteria,
      laboratory: document.laboratory, versions: document.versions, id: document.id)
    guard try text("seal") == Self.seal(id, digest, contribution), Int(start) == event.start,
      try text("reference") == event.reference, try text("alternate") == event.alternate,
      "SQ." + (try text("contig")) == document.contig
    else { throw ByteReader.Damaged() }
  }

  private struct Document: Decodable {
    var alternate: String
    var classification: String
    var contig: String
    var criteria: [String]
    var date: String
    var id: String?
    var kind: String
    var laboratory: String
    var reference: String
    var revision: Int
    var start: Int
    var versions: [String: String]

    enum CodingKeys: String, CodingKey {
      case alternate, contig, criteria, date, id, kind, laboratory, reference, revision, start, versions
      case classification = "class"
    }
  }
}
