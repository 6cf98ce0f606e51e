public import Genomics
public import Service

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ClassificationEvent {
  /// An event with the person whose case it is of, where the file names one.
  public struct Entry: Sendable, Hashable {
    /// The event.
    public var event: ClassificationEvent
    /// The identifier, as the case's files name the person; never kept.
    public var participant: String?
  }

  /// Reads a file of events, a JSON object a line:
  /// `{"schema": "apus-classification/1", "variant": "20-100-A-T", "class": "Likely_pathogenic", "date": "2026-05-01",
  /// "laboratory": "699M0"}`, and where they are told `kind`, `criteria`, `versions`, `revision`, `id`, `participant`.
  /// - Throws: `InputError` that names the line: no JSON, a member that is not known, a class or day that is none.
  public static func read(_ bytes: [UInt8], path: String, today: CalendarDate) throws(InputError) -> [Entry] {
    var entries: [Entry] = []
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      guard line.contains(where: { $0 > 32 }) else { continue }
      let location = InputLocation(file: path, record: index + 1)
      func refuse(_ reason: String) -> InputError {
        InputError(.malformed, at: location, reason, remedy: "correct the line")
      }
      let document: EventDocument
      do {
        document = try JSONDecoder().decode(EventDocument.self, from: Data(line))
      } catch {
        // Foundation's message may quote the line.
        throw refuse("the line is no event of \(schema), or has a member that is not known")
      }
      guard document.schema == schema else { throw refuse("the line is not of schema \(schema)") }
      guard let date = CalendarDate(document.date), date <= today else {
        throw refuse("the date is no day (YYYY-MM-DD), or is still to come")
      }
      guard let kind = Kind(rawValue: document.kind ?? Kind.germline.rawValue) else {
        throw refuse("the kind is none of \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      let name = document.classification.split(separator: " ").joined(separator: "_")
      let classes = classes(of: kind)
      guard let known = classes.first(where: { $0.lowercased() == name.lowercased() }) else {
        throw refuse("the class is none of \(classes.joined(separator: ", "))")
      }
      guard case .variant(let contig, let start, let reference, let alternate)? = Question(document.variant) else {
        throw refuse("the variant is not CHROM-POS-REF-ALT")
      }
      guard let laboratory = document.laboratory, !laboratory.isEmpty else { throw refuse("the laboratory is missing") }
      let words = [laboratory, document.id ?? ""] + (document.criteria ?? [])
      guard !words.contains(where: { NHSNumber.mayStand(in: $0) }) else {
        throw refuse("a value could hold an NHS number")
      }
      entries.append(
        Entry(
          event: ClassificationEvent(
            contig: contig, start: start, reference: reference, alternate: alternate, kind: kind,
            classification: known, date: date, revision: document.revision ?? 0,
            criteria: Set(document.criteria ?? []).sorted(), laboratory: laboratory,
            versions: document.versions ?? [:], id: document.id), participant: document.participant))
    }
    guard !entries.isEmpty else {
      throw InputError(
        .empty, at: InputLocation(file: path), "the file holds no event", remedy: "write an event a line")
    }
    return entries
  }
}

/// A line as it stands.
private struct EventDocument: Decodable {
  var schema: String
  var variant: String
  var kind: String?
  var classification: String
  var date: String
  var revision: Int?
  var criteria: [String]?
  var laboratory: String?
  var versions: [String: String]?
  var id: String?
  var participant: String?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case schema, variant, kind, date, revision, criteria, laboratory, versions, id, participant
    case classification = "class"
  }

  private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private struct Unknown: Error {}

  init(from decoder: any Decoder) throws {
    let known = Set(CodingKeys.allCases.map(\.rawValue))
    let all = try decoder.container(keyedBy: AnyKey.self).allKeys
    guard all.allSatisfy({ known.contains($0.stringValue) }) else { throw Unknown() }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    schema = try container.decode(String.self, forKey: .schema)
    variant = try container.decode(String.self, forKey: .variant)
    kind = try container.decodeIfPresent(String.self, forKey: .kind)
    classification = try container.decode(String.self, forKey: .classification)
    date = try container.decode(String.self, forKey: .date)
    revision = try container.decodeIfPresent(Int.self, forKey: .revision)
    criteria = try container.decodeIfPresent([String].self, forKey: .criteria)
    laboratory = try container.decodeIfPresent(String.self, forKey: .laboratory)
    versions = try container.decodeIfPresent([String: String].self, forKey: .versions)
    id = try container.decodeIfPresent(String.self, forKey: .id)
    participant = try container.decodeIfPresent(String.self, forKey: .participant)
  }
}
