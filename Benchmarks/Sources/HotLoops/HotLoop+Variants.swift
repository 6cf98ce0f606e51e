import GenomicFiles
import Genomics
import Variants

extension HotLoop {
  /// One thread: what is counted must not depend on how threads meet.
  static var resources: RunResources { RunResources(threads: 1) }

  static let containers = [
    HotLoop(name: "bgzf-inflate", summary: "inflates BGZF and checks its blocks") { data in
      try await withChunks(of: InputFile(path: data.cohort), endOfFile: .required, resources: resources) { source in
        var bytes = 0
        while let chunk = try await source.next() { bytes += chunk.count }
        return bytes
      }
    }
  ]

  static let variants = [
    HotLoop(name: "vcf-scan", summary: "finds the columns of a VCF's records") { data in
      try await withVariants(of: InputFile(path: data.person), resources: resources) { reader in
        var (records, positions) = (0, 0)
        while let batch = try await reader.next() {
          records += batch.count
          batch.withRecords { view in
            for record in 0..<view.count { positions &+= view.position(of: record) }
          }
        }
        return positions == 0 ? 0 : records
      }
    },
    HotLoop(name: "vcf-stats", summary: "counts a VCF of 100 samples as bcftools stats -s - does") { data in
      let stats = try await collectVariantStats(InputFile(path: data.cohort), resources: resources)
      return stats.text(file: "cohort").utf8.count
    },
    HotLoop(name: "vcf-check", summary: "holds records to their version of VCF") { data in
      let reference = try FASTAReference(path: data.fasta, registry: OutputRegistry())
      let report = try await checkVariants(
        CheckJob(input: InputFile(path: data.person)), reference: reference, resources: resources)
      return report.records
    },
    HotLoop(name: "vcf-filter", summary: "evaluates an expression on QUAL and FORMAT") { data in
      var job = VariantJob(input: InputFile(path: data.person), output: nil)
      var selection = VariantSelection()
      selection.expression = "QUAL>30 && FMT/GQ>20"
      job.selection = selection
      return try await processVariants(job, reference: nil, resources: resources).counts.recordsIn
    },
    HotLoop(name: "vcf-normalise", summary: "left-aligns, trims and splits") { data in
      var job = VariantJob(input: InputFile(path: data.person), output: nil)
      (job.normalises, job.splits) = (true, true)
      let reference = try FASTAReference(path: data.fasta, registry: OutputRegistry())
      return try await processVariants(job, reference: reference, resources: resources).counts.recordsIn
    },
    HotLoop(name: "vcf-write", summary: "deflates a VCF of 100 samples at level 6") { data in
      // Never committed: the output goes when it is let go.
      let output = OutputPlan(
        path: data.path("written.vcf.gz"), container: .bgzf(level: 6), force: true, hashes: false)
      let job = VariantJob(input: InputFile(path: data.cohort), output: output)
      return try await processVariants(job, reference: nil, resources: resources).counts.recordsIn
    },
  ]
}
