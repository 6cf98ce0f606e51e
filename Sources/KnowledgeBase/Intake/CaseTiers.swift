import GenomicFiles
import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The tiers that a case gave alleles, as `tiers.json` has them: the highest under complete penetrance of each.
struct CaseTiers: Sendable {
  private struct Allele {
    var reference: String
    var alternate: String
    var tier: String
  }

  /// By contig and start.
  private var contigs: [RefgetDigest: [Int: [Allele]]] = [:]

  /// None.
  init() {}

  /// Reads `tiers.json`.
  /// - Throws: `InputError` for anything else, and for a contig that the reference does not have.
  init(_ bytes: [UInt8], path: String, reference: ReferenceContigs) throws {
    func refuse(_ reason: String) -> InputError {
      InputError(.malformed, at: InputLocation(file: path), reason, remedy: "run the case again")
    }
    let document: Document
    do {
      document = try JSONDecoder().decode(Document.self, from: Data(bytes))
    } catch {
      // Foundation's message may quote the file.
      throw refuse("the file is not what apus run writes")
    }
    for variant in document.variants {
      guard let tier = variant.highest else { continue }
      guard let contig = reference.contig(named: variant.contig) else {
        throw refuse("a variant is on a contig that the reference does not have")
      }
      contigs[contig.digest, default: [:]][variant.position - 1, default: []].append(
        Allele(reference: variant.reference, alternate: variant.alternate, tier: tier))
    }
  }

  /// The allele's tier; nil for none.
  func tier(of one: Contribution.Observation) -> String? {
    // Of an allele that is told twice, the last word.
    contigs[one.contig]?[one.start]?.last { $0.reference == one.reference && $0.alternate == one.alternate }?.tier
  }

  private struct Document: Decodable {
    struct Variant: Decodable {
      var contig: String
      var position: Int
      var reference: String
      var alternate: String
      var highest: String?
    }
    var variants: [Variant]
  }
}
