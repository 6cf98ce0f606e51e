import GenomicFiles

// The sections by sample: PSC, PSI, HWE.
extension VariantStats {
  func samples() -> String {
    section(
      "PSC, Per-sample counts. Note that the ref/het/hom counts include only SNPs, for indels see PSI. The rest include both SNPs and indels.",
      "PSC\t[2]id\t[3]sample\t[4]nRefHom\t[5]nNonRefHom\t[6]nHets\t[7]nTransitions\t[8]nTransversions\t[9]nIndels\t[10]average depth\t[11]nSingletons\t[12]nHapRef\t[13]nHapAlt\t[14]nMissing"
    ) { id, set in
      part.plan.selected.enumerated().map { slot, column in
        let counts = SampleCounts(set.samples, slot: slot, contexts: StatsContext.indices(passOnly: false))
        // By the place among the samples counted, not by the sample's column: see the documentation's differences.
        let depths = Float(set.samples.depthCounts[slot])
        let mean = depths == 0 ? 0 : Float(set.samples.depthSums[slot]) / depths
        let numbers = [
          counts.homozygousReference, counts.homozygous, counts.heterozygous, counts.transitions,
          counts.transversions, counts.indels,
        ].map(String.init).joined(separator: "\t")
        let rest = [
          Int(set.samples.singletons[slot]), counts.haploidReference, counts.haploidAlternate, counts.missing,
        ].map(String.init).joined(separator: "\t")
        return
          "PSC\t\(id)\t\(header.samples[column])\t\(numbers)\t\(fixedPoint(Double(mean), places: 1))\t\(rest)"
      }
    }
  }

  func sampleIndels() -> String {
    section(
      "PSI, Per-Sample Indels. Note that alt-het genotypes with both ins and del allele are counted twice, in both nInsHets and nDelHets.",
      "PSI\t[2]id\t[3]sample\t[4]in-frame\t[5]out-frame\t[6]not applicable\t[7]out/(in+out) ratio\t[8]nInsHets\t[9]nDelHets\t[10]nInsAltHoms\t[11]nDelAltHoms"
    ) { id, set in
      part.plan.selected.enumerated().map { slot, column in
        let counts = SampleCounts(set.samples, slot: slot, contexts: StatsContext.indices(passOnly: false))
        // Frames need bcftools' file of exons.
        let numbers = [
          counts.heterozygousInsertions, counts.heterozygousDeletions, counts.homozygousInsertions,
          counts.homozygousDeletions,
        ].map(String.init).joined(separator: "\t")
        return "PSI\t\(id)\t\(header.samples[column])\t0\t0\t0\t0.00\t\(numbers)"
      }
    }
  }

  func heterozygosity() -> String {
    section(
      "HWE",
      "HWE\t[2]id\t[3]1st ALT allele frequency\t[4]Number of observations\t[5]25th percentile\t[6]median\t[7]75th percentile"
    ) { id, set in
      var bins = set.sites.heterozygosity
      // The singletons' bin is the first one's, as in AF.
      if !bins[0].isEmpty {
        bins[1] = bins[1].isEmpty ? bins[0] : zip(bins[0], bins[1]).map { $0 + $1 }
      }
      return bins.indices.dropFirst().filter { !bins[$0].isEmpty }.map { bin in
        let counts = bins[bin]
        let total = counts.reduce(0) { $0 + Int($1) }
        let quantiles = [0.25, 0.5, 0.75].map { (share: Float) in
          var sum = 0
          let index = counts.indices.first { index in
            sum += Int(counts[index])
            return Float(sum) / Float(total) >= share
          }
          return fixedPoint(Double(Float(index ?? 0) / Float(SiteSums.heterozygosityBins)), places: 6)
        }
        let frequency = fixedPoint(part.plan.frequencies.value(of: bin), places: 6)
        return "HWE\t\(id)\t\(frequency)\t\(total)\t" + quantiles.joined(separator: "\t")
      }
    }
  }
}
