/// The file that a sample's variants are taken from.
struct VariantSource: Sendable, Hashable {
  /// Its path as the sheet gives it.
  var path: String
  /// Whether it stands in the column `gvcf`, so that its reference blocks tell where the sample was callable.
  var isGVCF: Bool
}

extension SampleSheet.Sample {
  /// The VCF, else the gVCF; nil where the sheet names neither.
  var variantSource: VariantSource? {
    vcf.map { VariantSource(path: $0, isGVCF: false) } ?? gvcf.map { VariantSource(path: $0, isGVCF: true) }
  }

  /// The gVCF that stands beside a VCF: it tells of callability alone.
  var referenceBlocks: String? { vcf == nil ? nil : gvcf }
}
