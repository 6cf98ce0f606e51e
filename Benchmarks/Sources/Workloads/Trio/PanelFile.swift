/// A panel in PanelApp's form: a tenth of the coding genes, and those of planted variants, green, with modes in turn.
struct PanelFile {
  private var entries: [String] = []

  init(genes: [Gene], planted: [PlantedVariant]) {
    let wanted = Set(planted.map(\.gene))
    let modes = [
      "BIALLELIC, autosomal or pseudoautosomal", "MONOALLELIC, autosomal or pseudoautosomal, NOT imprinted",
      "BOTH monoallelic and biallelic, autosomal or pseudoautosomal",
    ]
    for (number, gene) in genes.filter(\.isCoding).enumerated() where number % 10 == 0 || wanted.contains(gene.name) {
      let mode = modes[number / 10 % modes.count]
      entries.append(
        """
        {"gene_data": {"gene_symbol": "\(gene.name)", "hgnc_symbol": "\(gene.name)", "alias": [], "ensembl_genes": {}}, \
        "entity_type": "gene", "entity_name": "\(gene.name)", "confidence_level": "3", "mode_of_inheritance": "\(mode)"}
        """)
    }
  }

  func write(to path: String) throws(WorkloadError) {
    let text = """
      {"id": 90001, "name": "Synthetic", "version": "1.0", "status": "public", "types": [], "relevant_disorders": [],
      "signed_off": "2026-01-05", "regions": [], "strs": [], "genes": [
      \(entries.joined(separator: ",\n"))
      ]}

      """
    let file = try OutputFile(path)
    try file.write(Array(text.utf8))
    try file.close()
  }
}
