import GenomicFiles

extension VariantStats {
  /// The text of `bcftools stats` 1.16: all lines but comments equal for the same file name and options.
  ///
  /// The first comment has bcftools' words, since MultiQC and plot-vcfstats know the file by them.
  public func text(file: String) -> String {
    var text = """
      # This file was produced by bcftools stats (layout of 1.16, by apus vcf stats) and can be plotted using plot-vcfstats.
      #
      # Definition of sets:
      # ID\t[2]id\t[3]tab-separated file names

      """
    if part.sets.count == 2 {
      text += "ID\t0\t\(file):known (sites with ID different from \".\")\n"
      text += "ID\t1\t\(file):novel (sites where ID column is \".\")\n"
    } else {
      text += "ID\t0\t\(file)\n"
    }
    text += summary() + transitions() + indelContexts() + frequencies() + qualities() + indelLengths()
    text += substitutions() + depths()
    if part.plan.readsSamples { text += samples() + sampleIndels() + heterozygosity() }
    return text
  }

  /// A section: its two comments, and its lines by set.
  func section(
    _ title: String, _ columns: String, _ lines: (_ id: Int, _ set: StatsSet) -> [String]
  ) -> String {
    let body = part.sets.enumerated().flatMap { id, set in lines(id, set) }
    return (["# \(title)", "# \(columns)"] + body).map { $0 + "\n" }.joined()
  }

  private func summary() -> String {
    section("SN, Summary numbers:", "SN\t[2]id\t[3]key\t[4]value") { id, set in
      let sites = set.sites
      let values = [
        ("records", sites.records), ("no-ALTs", sites.withoutAlternate), ("SNPs", sites.snps), ("MNPs", sites.mnps),
        ("indels", sites.indels), ("others", sites.others), ("multiallelic sites", sites.multiallelic),
        ("multiallelic SNP sites", sites.multiallelicSNPs),
      ]
      let first = id == 0 ? [("samples", header.samples.count)] : []
      return (first + values).map { "SN\t\(id)\tnumber of \($0.0):\t\($0.1)" }
    }
  }

  private func ratio(_ count: Int, _ other: Int) -> String {
    fixedPoint(other == 0 ? 0 : Double(Float(count) / Float(other)), places: 2)
  }

  private func transitions() -> String {
    section(
      "TSTV, transitions/transversions:",
      "TSTV\t[2]id\t[3]ts\t[4]tv\t[5]ts/tv\t[6]ts (1st ALT)\t[7]tv (1st ALT)\t[8]ts/tv (1st ALT)"
    ) { id, set in
      let sites = set.sites
      let ts = sites.frequencies.reduce(0) { $0 + $1.transitions }
      let tv = sites.frequencies.reduce(0) { $0 + $1.transversions }
      let (first, second) = (sites.firstTransitions, sites.firstTransversions)
      return ["TSTV\t\(id)\t\(ts)\t\(tv)\t\(ratio(ts, tv))\t\(first)\t\(second)\t\(ratio(first, second))"]
    }
  }

  /// ICS and ICL, which only a FASTA gives.
  private func indelContexts() -> String {
    guard part.plan.hasReference else { return "" }
    func share(_ fits: Int, _ others: Int) -> String {
      fixedPoint(fits + others == 0 ? 0 : Double(Float(fits) / Float(fits + others)), places: 4)
    }
    return section(
      "ICS, Indel context summary:",
      "ICS\t[2]id\t[3]repeat-consistent\t[4]repeat-inconsistent\t[5]not applicable\t[6]c/(c+i) ratio"
    ) { id, set in
      let counts = set.sites.contexts
      let fits = stride(from: 0, to: counts.count, by: 2).reduce(0) { $0 + counts[$1] }
      let others = stride(from: 1, to: counts.count, by: 2).reduce(0) { $0 + counts[$1] }
      return ["ICS\t\(id)\t\(fits)\t\(others)\t\(set.sites.contextNotApplicable)\t\(share(fits, others))"]
    }
      + section(
        "ICL, Indel context by length:",
        "ICL\t[2]id\t[3]length of repeat element\t[4]repeat-consistent deletions)\t[5]repeat-inconsistent deletions\t[6]consistent insertions\t[7]inconsistent insertions\t[8]c/(c+i) ratio"
      ) { id, set in
        (1..<IndelContext.longestWord).map { index in
          let counts = set.sites.contexts[(4 * index)..<(4 * index + 4)].map { $0 }
          let text = counts.map(String.init).joined(separator: "\t")
          return "ICL\t\(id)\t\(index + 1)\t\(text)\t\(share(counts[0] + counts[2], counts[1] + counts[3]))"
        }
      }
  }

  private func columns(_ bin: SiteSums.FrequencyBin) -> String {
    let snps = bin.transitions + bin.transversions
    return [
      snps, bin.transitions, bin.transversions, bin.indels, bin.consistent, bin.inconsistent, bin.notApplicable,
    ].map(String.init).joined(separator: "\t")
  }

  /// SiS and AF; the first bin of AF holds the singletons too.
  private func frequencies() -> String {
    let columns =
      "[4]number of SNPs\t[5]number of transitions\t[6]number of transversions\t[7]number of indels\t[8]repeat-consistent\t[9]repeat-inconsistent\t[10]not applicable"
    return section("SiS, Singleton stats:", "SiS\t[2]id\t[3]allele count\t\(columns)") { id, set in
      ["SiS\t\(id)\t1\t\(self.columns(set.sites.frequencies[0]))"]
    }
      + section(
        "AF, Stats by non-reference allele frequency:", "AF\t[2]id\t[3]allele frequency\t\(columns)"
      ) { id, set in
        var bins = set.sites.frequencies
        bins[1] += bins[0]
        return bins.indices.dropFirst().filter { !bins[$0].isEmpty }.map {
          "AF\t\(id)\t\(fixedPoint(part.plan.frequencies.value(of: $0), places: 6))\t\(self.columns(bins[$0]))"
        }
      }
  }

  private func qualities() -> String {
    section(
      "QUAL, Stats by quality",
      "QUAL\t[2]id\t[3]Quality\t[4]number of SNPs\t[5]number of transitions (1st ALT)\t[6]number of transversions (1st ALT)\t[7]number of indels"
    ) { id, set in
      var lines: [String] = []
      set.sites.quality.forEachBin { quality, transitions, transversions, indels in
        let name = quality.map { fixedPoint(Double($0), places: 1) } ?? "."
        lines.append(
          "QUAL\t\(id)\t\(name)\t\(transitions + transversions)\t\(transitions)\t\(transversions)\t\(indels)")
      }
      return lines
    }
  }

  private func indelLengths() -> String {
    section(
      "IDD, InDel distribution:",
      "IDD\t[2]id\t[3]length (deletions negative)\t[4]number of sites\t[5]number of genotypes\t[6]mean VAF"
    ) { id, set in
      let sites = set.sites
      let longest = SiteSums.longestIndel
      return (-longest...longest).compactMap { length in
        guard length != 0 else { return nil }
        let count = length < 0 ? sites.deletions[-length - 1] : sites.insertions[length - 1]
        let genotypes = sites.shareCounts[longest + length]
        // Genotypes of a length that no counted alternate has (-1) are not shown, as bcftools does not.
        guard count > 0 else { return nil }
        let mean =
          genotypes == 0
          ? "." : fixedPoint(Double(sites.shares[longest + length]) / 0x1p40 / Double(genotypes), places: 2)
        return "IDD\t\(id)\t\(length)\t\(count)\t\(genotypes)\t\(mean)"
      }
    }
  }

  private func substitutions() -> String {
    section("ST, Substitution types:", "ST\t[2]id\t[3]type\t[4]count") { id, set in
      let bases = ["A", "C", "G", "T"]
      return (0..<16).filter { $0 / 4 != $0 % 4 }.map {
        "ST\t\(id)\t\(bases[$0 / 4])>\(bases[$0 % 4])\t\(set.sites.substitutions[$0])"
      }
    }
  }

  private func depths() -> String {
    section(
      "DP, Depth distribution",
      "DP\t[2]id\t[3]bin\t[4]number of genotypes\t[5]fraction of genotypes (%)\t[6]number of sites\t[7]fraction of sites (%)"
    ) { id, set in
      let bins = part.plan.options.depthBins
      let genotypes = (0..<bins.count).map { Int(set.samples.depths[$0]) }
      let sites = set.sites.siteDepths
      func share(_ counts: [Int], _ bin: Int, _ sum: Int) -> String {
        "\(counts[bin])\t" + fixedPoint(sum == 0 ? 0 : Double(counts[bin]) * 100 / Double(sum), places: 6)
      }
      let (genotypeSum, siteSum) = (genotypes.reduce(0, +), sites.reduce(0, +))
      return (0..<bins.count).filter { genotypes[$0] > 0 || sites[$0] > 0 }.map {
        "DP\t\(id)\t\(bins.name(of: $0))\t\(share(genotypes, $0, genotypeSum))\t\(share(sites, $0, siteSum))"
      }
    }
  }
}
