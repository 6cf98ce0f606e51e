import Alignments
import GenomicFiles

extension HotLoop {
  static let alignments = [
    collecting("flagstat", "bam-flagstat", "decodes BAM and counts flags"),
    collecting("stats", "bam-stats", "decodes BAM and counts as samtools stats does"),
    collecting("mosdepth", "bam-depth", "decodes BAM and adds up depth as mosdepth does"),
    collecting("wgs", "bam-wgs", "decodes BAM and tells coverage by Picard's definition"),
  ]

  private static func collecting(_ collector: String, _ name: String, _ summary: String) -> HotLoop {
    HotLoop(name: name, summary: summary) { data in
      var job = AlignmentJob(input: InputFile(path: data.alignments))
      job.collect = [collector]
      job.reference = try FASTAReference(path: data.fasta, registry: OutputRegistry())
      return try await processAlignments(job, resources: resources).records
    }
  }
}
