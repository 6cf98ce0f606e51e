/// The files of the made-up family, as a sequencer, a caller and a laboratory would hand them over. Everybody in them is
/// made up.
struct SelftestFiles: Sendable {
  let genome = SelftestGenome()
  let variants: SelftestVariants

  static let people = ["SELF-C", "SELF-M", "SELF-F"]
  /// Fragments of 300 bases, one each 20, of which the outer 100 are read from both ends.
  static let fragments = Array(stride(from: 0, through: SelftestGenome.length - 300, by: 20))
  static let readLength = 100

  init() { variants = SelftestVariants(genome) }

  /// Reads of a person, and their bases.
  static var reads: Int { 2 * fragments.count }
  static var readBases: Int { reads * readLength }

  /// Every file by its name.
  var all: [(name: String, text: String)] {
    let family = vcf(Self.people)
    var files: [(name: String, text: String)] = [
      ("genome.fa", fasta), ("genes.gff3", genes), ("family.vcf", family), ("family.ped", pedigree),
      ("panel.json", panel), ("denied.json", consent(agreed: [])), ("agreed.json", consent(agreed: ["SELF-C"])),
      ("R1.fastq", fastq(mate: 1)), ("R2.fastq", fastq(mate: 2)), ("sheet.csv", sheet),
      ("other-name.vcf", family.replacing("\n20\t", with: "\nchr20\t").replacing("=20,", with: "=chr20,")),
      ("other-base.vcf", family.replacing("\t4007\t.\tAA\tA\t", with: "\t4007\t.\tCC\tC\t")),
      ("short-quality.fastq", "@self:1\nACGT\n+\nIII\n"),
    ]
    for person in Self.people {
      files.append(("\(person).sam", sam(person)))
      // As callers that write variants alone do: no record of what a person does not have.
      files.append(("\(person).vcf", vcf([person])))
    }
    return files
  }

  private var fasta: String {
    let lines = stride(from: 0, to: SelftestGenome.length, by: 60).map {
      String(decoding: genome.bases[$0..<($0 + 60)], as: UTF8.self)
    }
    return ">20\n" + lines.joined(separator: "\n") + "\n"
  }

  private var genes: String {
    func row(_ kind: String, _ ends: (Int, Int), _ phase: String, _ attributes: String) -> String {
      "20\tapus\t\(kind)\t\(ends.0)\t\(ends.1)\t.\t+\t\(phase)\t\(attributes)\n"
    }
    let parent = "Parent=transcript:SELFT01"
    var text = "##gff-version 3\n##sequence-region 20 1 \(SelftestGenome.length)\n"
    text += row(
      "gene", (1001, 2200), ".", "ID=gene:SELFG01;Name=SELF1;biotype=protein_coding;gene_id=SELFG01;version=1")
    text += row(
      "mRNA", (1001, 2200), ".",
      "ID=transcript:SELFT01;Parent=gene:SELFG01;biotype=protein_coding;tag=Ensembl_canonical;transcript_id=SELFT01;version=1"
    )
    for exon in SelftestGenome.exons { text += row("exon", exon, ".", parent) }
    var done = 0
    for part in SelftestGenome.codingParts {
      text += row("CDS", part, "\((3 - done % 3) % 3)", "ID=CDS:SELFP01;\(parent);protein_id=SELFP01")
      done += part.1 - part.0 + 1
    }
    return text
  }

  /// The family's calls, of some of its people: records that none of them has are left out.
  private func vcf(_ people: [String]) -> String {
    let columns = Self.people.indices.filter { people.contains(Self.people[$0]) }
    var text = """
      ##fileformat=VCFv4.2
      ##FILTER=<ID=q10,Description="Quality below 10">
      ##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth">
      ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
      ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads of each allele">
      ##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">
      ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality">
      ##contig=<ID=20,length=\(SelftestGenome.length)>
      #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t\(people.joined(separator: "\t"))

      """
    for record in variants.records {
      let genotypes = columns.map { record.genotypes[$0] }
      guard genotypes.contains(where: { $0 != "0/0" }) else { continue }
      let alleles = 1 + record.alternates.split(separator: ",").count
      let calls = genotypes.map { "\($0):\(Self.depths($0, alleles: alleles)):30:60" }
      text += "20\t\(record.position)\t.\t\(record.reference)\t\(record.alternates)\t50\t\(record.filter)\tDP=90\t"
      text += "GT:AD:DP:GQ\t\(calls.joined(separator: "\t"))\n"
    }
    return text
  }

  /// Fifteen reads a copy.
  private static func depths(_ genotype: String, alleles: Int) -> String {
    let copies = genotype.split(separator: "/").compactMap { Int($0) }
    return (0..<alleles).map { allele in String(15 * copies.count { $0 == allele }) }.joined(separator: ",")
  }

  private var pedigree: String {
    "SELF\tSELF-C\tSELF-F\tSELF-M\t2\t2\nSELF\tSELF-M\t0\t0\t2\t1\nSELF\tSELF-F\t0\t0\t1\t1\n"
  }

  private var sheet: String {
    """
    case,sample,fastq_1,fastq_2,bam,vcf,sex,role,affected,father,mother
    SELF,SELF-C,R1.fastq,R2.fastq,SELF-C.sam,family.vcf,female,proband,yes,SELF-F,SELF-M
    SELF,SELF-M,,,SELF-M.sam,family.vcf,female,mother,no,,
    SELF,SELF-F,,,SELF-F.sam,family.vcf,male,father,no,,

    """
  }

  /// A panel in PanelApp's form that no panel of PanelApp is: one green gene, one copy is enough.
  private var panel: String {
    """
    {"id": 99001, "name": "Self-test", "version": "1.0", "status": "public", "types": [], "relevant_disorders": [],
     "genes": [{"gene_data": {"gene_symbol": "SELF1", "hgnc_symbol": "SELF1", "alias": [], "ensembl_genes": {}},
      "entity_type": "gene", "entity_name": "SELF1", "confidence_level": "3",
      "mode_of_inheritance": "MONOALLELIC, autosomal or pseudoautosomal, NOT imprinted"}], "regions": [], "strs": []}

    """
  }

  private func consent(agreed: Set<String>) -> String {
    let entries = Self.people.map { person in
      """
      {"schema": "apus-consent/1", "participant": "\(person)", "form": "NGIS-ROD v4.03", "discussed": "yes",
       "agreed": "\(agreed.contains(person) ? "yes" : "no")", "category": "adult", "date": "2025-06-02", "signed": true,
       "remoteClinician": null, "scope": "national-genomic-research-library", "validUntil": null, "withdrawn": null}
      """
    }
    return "[\(entries.joined(separator: ",\n"))]\n"
  }
}

// Reads and alignments.
extension SelftestFiles {
  private static let quality = String(repeating: "I", count: readLength)

  private func read(_ start: Int, mate: Int) -> [UInt8] {
    let from = mate == 1 ? start : start + 200
    return Array(genome.bases[from..<(from + Self.readLength)])
  }

  private func fastq(mate: Int) -> String {
    Self.fragments.enumerated().map { index, start in
      let bases = read(start, mate: mate)
      let told = mate == 1 ? bases : Self.reverseComplement(bases)
      return "@self:\(index + 1)\n\(String(decoding: told, as: UTF8.self))\n+\n\(Self.quality)\n"
    }.joined()
  }

  private static func reverseComplement(_ bases: [UInt8]) -> [UInt8] {
    let (from, to) = (Array("ACGT".utf8), Array("TGCA".utf8))
    return bases.reversed().map { base in from.firstIndex(of: base).map { to[$0] } ?? base }
  }

  private func sam(_ person: String) -> String {
    var lines: [(place: Int, text: String)] = []
    for (index, start) in Self.fragments.enumerated() {
      for mate in 1...2 {
        let place = mate == 1 ? start + 1 : start + 201
        let fields = [
          "self:\(index + 1)", mate == 1 ? "99" : "147", "20", "\(place)", "60", "100M", "=",
          "\(mate == 1 ? start + 201 : start + 1)", mate == 1 ? "300" : "-300",
          String(decoding: read(start, mate: mate), as: UTF8.self), Self.quality, "RG:Z:1",
        ]
        lines.append((place, fields.joined(separator: "\t")))
      }
    }
    // Of two at one place, the earlier fragment's mate first: any order will do, as long as it is one.
    let sorted = lines.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
    return "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:20\tLN:\(SelftestGenome.length)\n@RG\tID:1\tSM:\(person)\n"
      + sorted.map { $0.element.text + "\n" }.joined()
  }
}
