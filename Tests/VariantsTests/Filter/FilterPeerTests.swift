import EngineTestSupport
import GenomicFiles
import Testing

@testable import Variants

/// The same records and samples as bcftools 1.16.
@Suite(.enabled(if: Peer.areInstalled("bcftools")))
struct FilterPeerTests {
  @Test func `the table has at least 300 expressions, each once`() {
    let all = FilterCases.sites + FilterCases.samples
    #expect(all.count >= 300)
    #expect(Set(all).count == all.count)
  }

  @Test(arguments: [(1, 0), (2, 1), (3, 4)])
  func `sites are kept as bcftools keeps them`(seed: UInt64, samples: Int) async throws {
    var file = FilterFile(seed: seed, samples: samples)
    let folder = try ScratchFolder()
    let path = try folder.write(file.text(80), "in.vcf")
    #expect(try await FilterRun.differences(FilterCases.sites, path, samples: samples > 0) == [])
  }

  @Test func `samples are chosen as bcftools chooses them`() async throws {
    var file = FilterFile(seed: 4, samples: 4)
    let folder = try ScratchFolder()
    let path = try folder.write(file.text(80), "in.vcf")
    // No range beyond the values of a record: bcftools then reads the next sample's.
    #expect(try await FilterRun.differences(FilterCases.samples, path, samples: true) == [])
  }

  @Test func `files of IDs and of samples are read`() async throws {
    var file = FilterFile(seed: 5, samples: 3)
    let folder = try ScratchFolder()
    let path = try folder.write(file.text(60), "in.vcf")
    let ids = try folder.write("rs1 x\n\nid;x\n", "ids")
    let samples = try folder.write("s2\ns0\n", "samples")
    let expressions = [
      "ID=@\(ids)", "ID!=@\(ids)", "ID=@\(ids) && QUAL>10", "GT[@\(samples)]=\"het\"", "DQ[@\(samples)]>5",
      "AD[@\(samples):1]>5", "N_PASS(GQ[@\(samples)]>1)>0",
    ]
    #expect(try await FilterRun.differences(expressions, path, samples: true) == [])
  }

  @Test(.enabled(if: SharedData.isThere))
  func `records of the 1000 Genomes are kept as bcftools keeps them`() async throws {
    let path = SharedData.path("vcf/1000g-phase1.chr22.vcf.gz")
    #expect(try await FilterRun.differences(Self.thousandGenomes, path, samples: false) == [])
  }

  @Test(.enabled(if: SharedData.isThere))
  func `records of the platinum genomes are kept as bcftools keeps them`() async throws {
    let path = SharedData.path("vcf/platinum.hg19.chr21.vcf.gz")
    #expect(try await FilterRun.differences(Self.platinum, path, samples: true) == [])
  }

  @Test(.enabled(if: SharedData.isThere))
  func `records of a trio are kept as bcftools keeps them`() async throws {
    let path = SharedData.path("trio/CEUTrio-merged-indels-snps.vcf")
    #expect(try await FilterRun.differences(Self.trio, path, samples: true) == [])
  }
}
