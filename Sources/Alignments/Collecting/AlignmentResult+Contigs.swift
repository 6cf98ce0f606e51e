import GenomicFiles
import Genomics

extension AlignmentResult {
  /// Compares the contigs that carry records with a reference (CLI.md, "Contigs").
  ///
  /// - Parameter path: the alignment file's path, for errors.
  /// - Returns: contigs with records that the reference does not have under any name.
  /// - Throws: `InputError` of kind `mismatch` for one that the reference names otherwise or has with another length.
  func contigsMissing(from reference: ContigDictionary, path: String) throws(InputError) -> [String] {
    var missing: [String] = []
    for index in usedContigs {
      let contig = header.contigs.contigs[index]
      if let refusal = reference.disagreement(
        contig.name, declaredLength: contig.length, at: InputLocation(file: path))
      {
        throw refusal
      }
      if reference[contig.name] == nil { missing.append(contig.name) }
    }
    return missing
  }
}
