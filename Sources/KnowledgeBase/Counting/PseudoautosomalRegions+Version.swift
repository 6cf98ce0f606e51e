import Genomics

extension PseudoautosomalRegions {
  /// The table's version where it knows the reference's X; nil where X counts as X throughout.
  static func version(for reference: ReferenceContigs) -> String? {
    reference.contigs.contains { ContigName.canonical($0.name) == "X" && !ranges(of: $0.digest).isEmpty }
      ? version : nil
  }
}
