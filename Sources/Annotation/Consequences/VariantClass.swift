import GenomicFiles

/// The class of an allele in the Sequence Ontology, in VEP's words.
enum VariantClass {
  /// The class of an allele of bases, without what it shares with the reference.
  /// - Parameters:
  ///   - replaced: bases of the reference that differ.
  ///   - difference: how many bases longer the allele is.
  static func of(replaced: Int, by difference: Int) -> StaticString {
    switch (replaced, replaced + difference) {
    case (0, _): "insertion"
    case (_, 0): "deletion"
    case (1, 1): "SNV"
    default: difference == 0 ? "substitution" : "indel"
    }
  }

  /// The class of a structural allele.
  /// - Parameter alternate: ALT as written.
  static func of(_ variant: StructuralVariant, _ alternate: UnsafeRawBufferPointer) -> StaticString {
    func names(_ text: StaticString) -> Bool {
      alternate.starts(with: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
    // VEP takes every `<CN…>` for a copy number.
    if names("<CN") { return "copy_number_variation" }
    switch variant.kind {
    case .deletion: return names("<DEL:ME") ? "mobile_element_deletion" : "deletion"
    case .duplication: return names("<DUP:TANDEM") ? "tandem_duplication" : "duplication"
    case .insertion: return names("<INS:ME") ? "mobile_element_insertion" : "insertion"
    case .inversion: return "inversion"
    case .copyNumber: return "copy_number_variation"
    case .breakend: return "chromosome_breakpoint"
    }
  }
}
