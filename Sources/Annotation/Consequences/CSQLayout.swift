/// The fields of `CSQ` entries as they are written: made once, used by every run.
///
/// Neighbouring fields that are the same in every entry of a transcript are one step, whose text is made once a
/// transcript and copied as a whole.
final class CSQLayout: Sendable {
  /// What is appended between two bars.
  enum Step {
    /// The fields of one of `ofTranscript`.
    case transcript(Int)
    case field(CSQField)
  }

  let fields: [CSQField]
  /// In order, with a bar between two.
  let steps: [Step]
  /// Runs of fields that are a transcript's.
  let ofTranscript: [[CSQField]]
  /// The same of an allele that meets no transcript: text, and the field behind it, of which the last has none.
  let intergenic: [(text: [UInt8], field: CSQField?)]
  /// Whether alleles are named on transcripts.
  let namesTranscripts: Bool
  /// Whether alleles are named on the genome.
  let namesGenome: Bool

  init(_ fields: [CSQField]) {
    self.fields = fields
    var steps: [Step] = []
    var ofTranscript: [[CSQField]] = []
    var isOpen = false
    for field in fields {
      if field.isOfTranscript {
        if isOpen {
          ofTranscript[ofTranscript.count - 1].append(field)
        } else {
          steps.append(.transcript(ofTranscript.count))
          ofTranscript.append([field])
        }
      } else {
        steps.append(.field(field))
      }
      isOpen = field.isOfTranscript
    }
    self.steps = steps
    self.ofTranscript = ofTranscript
    intergenic = Self.intergenic(fields)
    namesTranscripts = fields.contains { [.codingName, .proteinName, .nameOffset].contains($0) }
    namesGenome = fields.contains(.genomicName)
  }

  private static func intergenic(_ fields: [CSQField]) -> [(text: [UInt8], field: CSQField?)] {
    var parts: [(text: [UInt8], field: CSQField?)] = []
    var text: [UInt8] = []
    for (index, field) in fields.enumerated() {
      if index > 0 { text.append(UInt8(ascii: "|")) }
      switch field {
      case .consequence: text += Array(Consequence.intergenic.term.utf8)
      case .impact: text += Array(Consequence.intergenic.impact.utf8)
      case .allele, .alleleNumber, .variantClass, .genomicName, .pick, .pickReason:
        parts.append((text, field))
        text = []
      default: break
      }
    }
    return parts + [(text, nil)]
  }

  /// What declares the field; its words `Format:` and the names are what `bcftools +split-vep` goes by.
  var headerLine: String {
    "##INFO=<ID=\(CSQEntry.key),Number=.,Type=String,Description=\"Consequence annotations from Ensembl VEP. Format: "
      + fields.map(\.rawValue).joined(separator: "|") + "\">"
  }
}
