import GenomicFiles
public import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How many X chromosomes a person has for the rules, from the metrics of the person's alignments (`qc.json` of
/// `apus bam`, `alignments.qc.json` of a case).
public enum MeasuredXCopies {
  private struct Document: Decodable {
    struct Metric: Decodable {
      var id: String
      var value: Double?
    }
    var schema: String
    var samples: [String]
    var metrics: [Metric]
  }

  /// Copies that count as whole ones: the bands by which `apus bam` names a karyotype.
  static let bands: [(range: ClosedRange<Double>, copies: Int)] = [
    (0.8...1.2, 1), (1.75...2.25, 2),
    // XXX counts as 2 (Genomics England; reference/interpretation.md, 8).
    (2.7...3.3, 2),
  ]

  /// 1 or 2; nil where it was not measured, or lies between whole copies. Blocks.
  /// - Throws: `InputError` for a file that is missing, not such metrics, or of another sample.
  public static func read(_ path: String, sample: String) throws -> Int? {
    let location = InputLocation(file: path)
    guard let document = try? JSONDecoder().decode(Document.self, from: Data(try readWhole(path))),
      document.schema == "apus-alignments/1"
    else {
      throw InputError(
        .malformed, at: location, "the file is not alignment metrics (apus-alignments/1)",
        remedy: "give qc.json of apus bam, or alignments.qc.json of a case")
    }
    guard document.samples.isEmpty || document.samples.contains(sample) else {
      throw InputError(
        .mismatch, at: location, "the metrics are of another sample than \(sample)",
        remedy: "give this person's metrics")
    }
    guard let copies = document.metrics.first(where: { $0.id == "sex.x_copies" })?.value else { return nil }
    return bands.first { $0.range.contains(copies) }?.copies
  }
}
