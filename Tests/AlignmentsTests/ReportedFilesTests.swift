import EngineTestSupport
import GenomicFiles
import Testing

@testable import Alignments

/// What a pass may write is known before it.
@Suite struct ReportedFilesTests {
  @Test func `every file that is reported was told before the pass`() async throws {
    var people = SimulatedPeople(seed: 9, sites: 1200)
    let folder = try ScratchFolder()
    let resources = RunResources(threads: 2)
    var job = AlignmentJob(input: InputFile(path: try folder.write(people.sam(people.person()), "in.sam")))
    job.options.gaps = try await readGapOptions(
      GapOptions.Files(
        genes: try folder.write(
          "##gff-version 3\nchr1\t.\tmRNA\t1\t900\t.\t+\t.\tID=t\nchr1\t.\texon\t1\t900\t.\t+\t.\tParent=t\n", "g.gff3")
      ),
      resources: resources)
    job.options.targets = TargetRegions(
      try await readBED(
        InputFile(path: try folder.write("chr1\t0\t900\n", "t.bed")), columns: .regionAndName, resources: resources),
      path: "t.bed")
    job.reference = try FASTAReference(
      path: try folder.write(
        people.contigs.map { ">\($0.name)\n\(String(repeating: "A", count: $0.length))\n" }.joined(), "r.fa"),
      registry: resources.outputs)
    let all = try await processAlignments(job, resources: resources).report.files.map(\.suffix)
    #expect(Set(all).isSubset(of: AlignmentCollectors.suffixes(nil, job.options)))
    #expect(all.count >= 12)
    let sites = try await check(
      try folder.write(people.sam(people.person()), "b.sam"), sites: try folder.write(people.vcf, "s2.vcf"))
    var options = AlignmentOptions()
    #expect(!AlignmentCollectors.suffixes(nil, options).contains(".selfSM"))
    options.samples.sites = try await readSitePanel(
      InputFile(path: try folder.write(people.vcf, "s3.vcf")), resources: resources)
    let told = AlignmentCollectors.suffixes(["sites", "sex"], options)
    #expect(Set(sites.report.files.map(\.suffix)) == Set(told))
    #expect(Set(told) == [".sex.tsv", ".selfSM", ".fingerprint", ".sample.tsv"])
  }
}
