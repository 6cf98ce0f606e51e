import Genomics
import Service

/// The classifications of one allele as a record of a sites-only VCF, by the names that the East hub's exporter gives the
/// fields. There is no sample's name among them: LATEST_SAMPLE_ID is never written.
struct ClassificationRecord: Sendable {
  let contig: String
  /// Interbase, from 0.
  let start: Int
  let reference: String
  let alternate: String
  let classifications: Classifications

  /// The base after the last one of the reference bases, interbase.
  var end: Int { start + reference.utf8.count }

  /// The record, without a line feed.
  var line: String {
    var info: [String] = []
    for (kind, name) in Self.kinds {
      if let latest = classifications.latest(kind) { info.append("LATEST_\(name)=\(latest.classification)") }
    }
    if let latest = classifications.history.first { info.append("LATEST_DATE=\(latest.date)") }
    for (kind, name) in Self.kinds {
      let totals = classifications.totals(kind)
      guard !totals.isEmpty else { continue }
      info.append("TOTAL_\(name)=" + totals.map { "\($0.classification)(\($0.count))" }.joined(separator: "|"))
    }
    let contested = Self.kinds.filter { classifications.isContested($0.kind) }
    if !contested.isEmpty { info.append("CONTESTED=" + contested.map(\.kind.rawValue).joined(separator: ",")) }
    info.append("HISTORY=" + classifications.history.map(Self.entry).joined(separator: ","))
    return [
      contig, String(ZeroBasedPosition(start).oneBased.value), ".", reference, alternate, ".", ".",
      info.joined(separator: ";"),
    ].joined(separator: "\t")
  }

  private static let kinds: [(kind: ClassificationEvent.Kind, name: String)] = [
    (.germline, "GERMLINE"), (.oncogenicity, "ONCOGENICITY"),
  ]

  /// `date|revision|kind|class|laboratory|criteria`, the criteria with `&` between.
  private static func entry(_ event: ClassificationEvent) -> String {
    let criteria = event.criteria.map(escaped).joined(separator: "&")
    return [
      event.date.description, "\(event.revision)", event.kind.rawValue, event.classification,
      escaped(event.laboratory), criteria,
    ].joined(separator: "|")
  }

  /// Spaces as `_`, and what ends a value or one of its parts as VCF 4.3 section 1.2 writes it.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case " ": escaped += "_"
      case "%", ";", "=", ",", ":", "|", "&",
        _ where scalar.value < 32 || scalar.value == 127:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        escaped += "%" + String(repeating: "0", count: max(0, 2 - digits.count)) + digits
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// The header.
  static func header(_ reference: ReferenceContigs) -> String {
    let assembly = reference.assembly.map { ",assembly=\($0.rawValue)" } ?? ""
    var lines = ["##fileformat=VCFv4.3", "##source=Apus", "##apusAssemblyDigest=\(reference.assemblyDigest)"]
    lines += reference.contigs.map { "##contig=<ID=\($0.name),length=\($0.length)\(assembly)>" }
    let fields: [(String, String, String)] = [
      ("LATEST_GERMLINE", "1", "The latest germline class"),
      ("LATEST_ONCOGENICITY", "1", "The latest class of oncogenicity"),
      ("LATEST_DATE", "1", "The day of the latest class of either kind, YYYY-MM-DD"),
      ("TOTAL_GERMLINE", "1", "How often each germline class was given: class(count)|class(count)"),
      ("TOTAL_ONCOGENICITY", "1", "How often each class of oncogenicity was given: class(count)|class(count)"),
      ("CONTESTED", ".", "Kinds of which the latest day has two classes, none later than the other"),
      ("HISTORY", ".", "All classes, the latest first: date|revision|kind|class|laboratory|criteria"),
    ]
    lines += fields.map { "##INFO=<ID=\($0.0),Number=\($0.1),Type=String,Description=\"\($0.2)\">" }
    lines.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
    return lines.joined(separator: "\n")
  }
}
