/// When a genotype of the reference, or a stretch of them in a gVCF, tells that the person has the reference there.
///
/// Callers write `0/0` also for what they could not call, with a quality of 0 (GATK's `-ERC GVCF`), so the genotype alone
/// does not tell.
public enum ReferenceCallRule {
  /// The least depth in reads: `MIN_DP` of a block, else `DP`.
  public static let depth = 10
  /// The least quality, phred, where the record gives one: `GQ`, else `RGQ`.
  public static let quality = 20

  /// Whether depth and quality suffice. A depth that is not told does not.
  public static func suffices(_ depth: Int?, _ quality: Int?) -> Bool {
    guard let depth, depth >= Self.depth else { return false }
    return quality.map { $0 >= Self.quality } ?? true
  }
}
