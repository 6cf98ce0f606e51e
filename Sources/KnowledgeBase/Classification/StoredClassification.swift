import Crypto
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
  init(_ row: StoreRow, contig: String) throws {
    let (json, digest, id) = (try row.text("event"), try row.text("digest"), try row.integer("id"))
    guard hexadecimal(SHA256.hash(data: Array(json.utf8))) == digest,
      let document = try? JSONDecoder().decode(Document.self, from: Data(json.utf8)),
      let kind = ClassificationEvent.Kind(rawValue: document.kind), let date = CalendarDate(document.date)
    else { throw ByteReader.Damaged() }
    contribution = try row.optionalInteger("contribution")
    event = ClassificationEvent(
      contig: contig, start: document.start, reference: document.reference, alternate: document.alternate, kind: kind,
      classification: document.classification, date: date, revision: document.revision, criteria: document.criteria,
      laboratory: document.laboratory, versions: document.versions, id: document.id)
    guard try row.text("seal") == Self.seal(id, digest, contribution), try row.number("start") == event.start,
      try row.text("reference") == event.reference, try row.text("alternate") == event.alternate,
      "SQ." + (try row.text("contig")) == document.contig
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
