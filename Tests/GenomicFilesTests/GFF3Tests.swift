import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite(.timeLimit(.minutes(20))) struct GFF3Tests {
  private func read(
    _ bytes: [UInt8], types: Set<String>? = nil, _ setting: Setting = Setting.all[0]
  ) async throws -> ([GFF3Feature], GFF3Summary) {
    let folder = try TemporaryFolder()
    let input = InputFile(path: try folder.write(bytes, to: "g.gff3"))
    var features: [GFF3Feature] = []
    let summary = try await readGFF3(input, types: types, resources: setting.resources) { features += $0 }
    return (features, summary)
  }

  private static let text = """
    ##gff-version 3.1.26
    ##sequence-region chr%201 1 5000
    #!genome-build x

    chr%201\thavana\tgene\t11\t20\t.\t+\t.\tID=gene:1;Name=A%3BB%2CC;Alias=x,y%2Cz,
    chr%201\t.\tCDS\t11\t12\t0.5\t-\t2\tID=cds;Parent=t1,t2; Note=blank before
    ###
    chr%201\t.\tregion\t1\t5000\t.\t?\t.\t.
    ##FASTA
    >chr%201
    this is not a feature
    ACGT

    """

  @Test func columnsAndAttributesAreDecoded() async throws {
    let bytes = Array(Self.text.utf8)
    for stored in [bytes, gzipMember(bytes), try bgzf(bytes)] {
      for setting in Setting.all {
        let (features, summary) = try await read(stored, types: nil, setting)
        #expect(summary.featureLines == 3)
        #expect(
          summary.sequenceRegions == [
            Region(contig: "chr 1", start: ZeroBasedPosition(0), end: ZeroBasedPosition(5000))
          ])
        try #require(features.count == 3)
        #expect(features[0].region.description == "chr 1:11-20")
        #expect(features[0].region.start.value == 10)
        #expect(features[0].source == "havana")
        #expect(features[0].type == "gene")
        #expect(features[0].strand == .forward)
        #expect(features[0].line == 5)
        #expect(features[0].attributes["Name"] == ["A;B,C"])
        #expect(features[0].attributes["Alias"] == ["x", "y,z", ""])
        #expect(features[0].attributes["none"] == [])
        #expect(features[1].source == nil)
        #expect(features[1].score == 0.5)
        #expect(features[1].strand == .reverse)
        #expect(features[1].phase == 2)
        #expect(features[1].attributes["Parent"] == ["t1", "t2"])
        #expect(features[1].attributes["Note"] == ["blank before"])
        #expect(features[1].attributes.pairs.map(\.tag) == ["ID", "Parent", "Note"])
        #expect(features[2].strand == nil)
        #expect(features[2].attributes.pairs.isEmpty)
      }
    }
  }

  @Test func onlyWantedTypesAreParsed() async throws {
    // Ensembl's chromosome features go below 1; whoever wants genes need not care.
    let text = "1\t.\tchromosome\t-5\t10\t.\t.\t.\tID=c\n1\t.\tgene\t1\t2\t.\t.\t.\tID=g\n"
    let (features, summary) = try await read(Array(text.utf8), types: ["gene"])
    #expect(features.map(\.type) == ["gene"])
    #expect(summary.featureLines == 2)
    #expect(await failure { try await read(Array(text.utf8)) } is InputError)
  }

  @Test(arguments: [
    "1\t.\tgene\t1\t2\t.\t+\t.", "1\t.\tgene\t1\t2\t.\t+\t.\tID=a\tmore", "1 . gene 1 2 . + . ID=a",
    "1\t.\tgene\t0\t2\t.\t+\t.\tID=a", "1\t.\tgene\t3\t2\t.\t+\t.\tID=a", "1\t.\tgene\tx\t2\t.\t+\t.\tID=a",
    "1\t.\tgene\t1\t2\thigh\t+\t.\tID=a", "1\t.\tgene\t1\t2\t.\t*\t.\tID=a", "1\t.\tgene\t1\t2\t.\t+\t3\tID=a",
    "1\t.\tCDS\t1\t2\t.\t+\t.\tID=a", "\t.\tgene\t1\t2\t.\t+\t.\tID=a", "1\t.\t\t1\t2\t.\t+\t.\tID=a",
    "1\t.\tgene\t1\t2\t.\t+\t.\tID", "1\t.\tgene\t1\t2\t.\t+\t.\t=a", "1\t.\tgene\t1\t2\t.\t+\t.\tNote=50% more",
    "1\t.\tgene\t1\t2\t.\t+\t.\tNote=%FF", "1\t.\tgene\t1\t2\t.\t+\t.\tgene_id \"a\"; transcript_id \"b\";",
    "##gff-version 2", "##sequence-region 1 5 2",
  ])
  func aBrokenLineIsRefusedWithItsPlace(line: String) async throws {
    let before = String(repeating: "1\t.\tgene\t1\t2\t.\t+\t.\tID=a\n", count: 1000)
    for setting in Setting.all {
      let error =
        await failure {
          try await read(Array((before + line + "\n1\t.\tgene\t1\t2\t.\t+\t.\tID=a\n").utf8), types: nil, setting)
        } as? InputError
      #expect(error?.location.record == 1001)
      #expect(error?.location.offset == before.utf8.count)
      #expect(error?.kind == .malformed || line.contains("\"") || line.hasPrefix("##gff"))
    }
  }

  @Test func aDamagedTailBehindTheAnnotationIsStillFound() async throws {
    let text = Self.text + String(repeating: "ACGTACGT\n", count: 100_000)
    let stored = gzipMember(Array(text.utf8))
    for setting in Setting.all {
      let error = await failure { try await read(Array(stored.dropLast(5)), types: nil, setting) } as? InputError
      #expect(error?.kind == .truncated)
    }
  }

  @Test func thousandsOfLinesComeInOrderAtEverySetting() async throws {
    let lines = (1...20_000).map { "\($0 % 3)\t.\texon\t\($0)\t\($0 + 9)\t.\t+\t.\tID=e\($0);Parent=t\($0 / 10)" }
    let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    for setting in Setting.all {
      let (features, _) = try await read(bytes, types: nil, setting)
      #expect(features.map { $0.region.start.value } == Array(0..<20_000))
      #expect(features.map(\.line) == Array(1...20_000))
      #expect(features[1234].attributes["ID"] == ["e1235"])
    }
  }

  @Test(.enabled(if: SharedData.has("na12878/genes.gff3"))) func realGenesAreRead() async throws {
    var genes: [String] = []
    let input = InputFile(path: SharedData.path("na12878/genes.gff3"))
    try await readGFF3(input, types: ["gene"], resources: RunResources(threads: 2)) { batch in
      genes += batch.flatMap { $0.attributes["Name"] }
    }
    #expect(Set(genes) == ["ANKEF1", "SNAP25", "MKKS", "SLX4IP", "JAG1"])
  }
}
