import GenomicFiles
import Genomics

// The sections by site: SN, TSTV, SiS, AF, QUAL, IDD, ST, ICS, ICL.
extension StatsPart {
  @inline(__always)
  mutating func countSite(_ view: VariantRecords, _ record: Int, _ set: Int, _ run: StatsRun) throws {
    let classes = scratch.alleles.classes
    let count = scratch.alleles.count
    sets[set].sites.records += 1
    if classes == StatsAlleleClass.reference { sets[set].sites.withoutAlternate += 1 }
    if count > 2 {
      sets[set].sites.multiallelic += 1
      if classes == StatsAlleleClass.snp { sets[set].sites.multiallelicSNPs += 1 }
    }
    guard classes != StatsAlleleClass.reference else { return }
    let text = view[view.column(.qual, of: record)]
    // Written `.` almost as often as a number.
    let isMissing = text.count == 1 && text[0] == UInt8(ascii: ".")
    let quality = isMissing ? 0 : QualityHistogram.number(VCFNumber.float(text).map(Float.init) ?? .nan)
    if classes & StatsAlleleClass.snp != 0 { countSNPs(quality, set) }
    if classes & StatsAlleleClass.indel != 0 { try countIndels(quality, view, record, set, run) }
    if classes & StatsAlleleClass.mnp != 0 { sets[set].sites.mnps += 1 }
    if classes & StatsAlleleClass.other != 0 { sets[set].sites.others += 1 }
  }

  /// Counts by the first bases of REF and ALT, whichever bases differ, as bcftools does.
  @inline(__always)
  private mutating func countSNPs(_ quality: UInt32, _ set: Int) {
    sets[set].sites.snps += 1
    let reference = scratch.alleles.bases[0]
    guard reference >= 0 else { return }
    for allele in 1..<(plan.options.firstAlleleOnly ? 2 : scratch.alleles.count)
    where scratch.alleles.kinds[allele] == StatsAlleleClass.snp {
      let alternate = scratch.alleles.bases[allele]
      guard alternate >= 0, alternate != reference else { continue }
      sets[set].sites.substitutions[4 * reference + alternate] += 1
      let bin = scratch.alleles.bins[allele]
      if abs(reference - alternate) == 2 {
        sets[set].sites.frequencies[bin].transitions += 1
        if allele == 1 {
          sets[set].sites.firstTransitions += 1
          sets[set].sites.quality.add(quality, .transitions)
        }
      } else {
        sets[set].sites.frequencies[bin].transversions += 1
        if allele == 1 {
          sets[set].sites.firstTransversions += 1
          sets[set].sites.quality.add(quality, .transversions)
        }
      }
    }
  }

  private mutating func countIndels(
    _ quality: UInt32, _ view: VariantRecords, _ record: Int, _ set: Int, _ run: StatsRun
  ) throws {
    sets[set].sites.indels += 1
    sets[set].sites.quality.add(quality, .indels)
    for allele in 1..<(plan.options.firstAlleleOnly ? 2 : scratch.alleles.count)
    where scratch.alleles.kinds[allele] == StatsAlleleClass.indel {
      let bin = scratch.alleles.bins[allele]
      let length = scratch.alleles.lengths[allele]
      if let reference = run.reference {
        try countContext(reference, allele, bin, view, record, set, run)
      } else {
        sets[set].sites.frequencies[bin].notApplicable += 1
      }
      let index = min(abs(length), SiteSums.longestIndel) - 1
      if length < 0 { sets[set].sites.deletions[index] += 1 } else { sets[set].sites.insertions[index] += 1 }
    }
  }

  /// Asks whether the length gained or lost fits the repeat behind REF's first base.
  private mutating func countContext(
    _ reference: ReferenceView, _ allele: Int, _ bin: Int, _ view: VariantRecords, _ record: Int, _ set: Int,
    _ run: StatsRun
  ) throws {
    let ref = scratch.alleles.texts[0]
    let position = view.position(of: record)
    for (offset, byte) in view[ref].enumerated() {
      guard let base = reference.base(at: position - 1 + offset) else { break }
      guard Base.uppercased(byte) == base || Base.iupacMask(byte) & Base.iupacMask(base) != 0 else {
        throw InputError(
          .mismatch, at: run.batch.location(of: record), "REF is not what the FASTA has at \(position + offset)",
          remedy: "give the FASTA that the file was made with")
      }
    }
    let repetition = scratch.context.find(reference, start: position)
    guard repetition.copies > 1, repetition.length > 1 else {
      sets[set].sites.contextNotApplicable += 1
      sets[set].sites.frequencies[bin].notApplicable += 1
      return
    }
    let gained = scratch.alleles.texts[allele].count - ref.count
    let isConsistent = gained % repetition.length == 0
    sets[set].sites.contexts[4 * (repetition.length - 1) + (gained < 0 ? 0 : 2) + (isConsistent ? 0 : 1)] += 1
    if isConsistent {
      sets[set].sites.frequencies[bin].consistent += 1
    } else {
      sets[set].sites.frequencies[bin].inconsistent += 1
    }
  }
}
