import Genomics
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("A question about one place passes over the others")
struct PointQuestionTests {
  @Test("It has the answer that the whole region gives of that place")
  func placeByPlace() throws {
    var random = SplitMix64()
    for _ in 0..<12 {
      let base = try KnowledgeBase(inMemory: PseudonymKey())
      let parts = try (0..<8).map {
        try Generated.contribution("P\($0)", key: base.key, using: &random, alleles: 20)
      }
      _ = try base.add(parts)
      for (index, name) in Generated.names.enumerated() {
        let whole = try base.answers(to: .region(contig: name, 0..<300_000))
        let sites = Generated.sites.filter { $0.contig == index }.map(\.start)
        for place in Set(sites + sites.map { $0 + 1 } + [0, 131_071, 131_072, 299_999]) {
          let expected = whole.filter { $0.position.zeroBased.value == place }
          #expect(try base.answers(to: .region(contig: name, place..<(place + 1))) == expected)
          for answer in expected {
            let question = Question.variant(
              contig: name, start: place, reference: answer.reference, alternate: answer.alternate)
            #expect(try base.answers(to: question) == [answer])
          }
          // A variant that nobody carries has the AN of the site's others.
          let nobody = try base.answers(
            to: .variant(contig: name, start: place, reference: "A", alternate: "GGGGG"))
          #expect(nobody.count == 1 && nobody[0].counts.ac == 0)
          if let first = expected.first { #expect(nobody[0].counts.an == first.counts.an) }
        }
        let half = 100..<20_000
        let expected = whole.filter { half.contains($0.position.zeroBased.value) }
        #expect(try base.answers(to: .region(contig: name, half)) == expected)
      }
    }
  }

  @Test("Several questions have the answers of each, in their order")
  func several() throws {
    var random = SplitMix64()
    let base = try KnowledgeBase(inMemory: PseudonymKey())
    _ = try base.add([try Generated.contribution("P", key: base.key, using: &random, alleles: 30)])
    let questions: [Question] = Generated.names.map { .region(contig: $0, 0..<300_000) } + [.gene("ONE")]
    #expect(try base.answers(to: questions) == questions.flatMap { try base.answers(to: $0) })
    #expect(try base.answers(to: []).isEmpty)
  }

  @Test("Somebody who has asked sees what others add and withdraw, and nothing of who left is in the file")
  func mapped() throws {
    var random = SplitMix64()
    let folder = try TemporaryFolder()
    #expect(!FileSystem.isLocal("") && !FileSystem.isLocal(folder("nothing here")))
    let base = try KnowledgeBase.create(path: folder("kb"), purpose: .research)
    let other = try KnowledgeBase(path: folder("kb"))
    for index in 0..<6 {
      _ = try base.add([try Generated.contribution("P\(index)", key: base.key, using: &random, alleles: 20)])
    }
    let regions = Generated.names.map { Question.region(contig: $0, 0..<300_000) }
    for round in 0..<5 {
      let before = try other.answers(to: regions)
      #expect(try base.answers(to: regions) == before)
      let part = try Generated.contribution("LEAVES\(round)", key: base.key, using: &random, alleles: 20)
      _ = try base.add([part])
      #expect(try other.answers(to: regions) == base.answers(to: regions))
      try WithdrawalTests.withdraw(["LEAVES\(round)"], from: other)
      #expect(try base.answers(to: regions) == before)
      let file = String(decoding: try readFile(folder("kb")), as: UTF8.self)
      #expect(!file.contains(part.contribution.digest) && !file.contains(part.contribution.pseudonym.text))
    }
    #expect(try base.verify().problems.isEmpty)
  }

  @Test("A path is on the file system of the deepest place that holds it, the one mounted last")
  func fileSystems() {
    let mounts = """
      rootfs / rootfs rw 0 0
      /dev/vda / ext4 rw 0 0
      server:/home /home nfs4 rw 0 0
      /dev/vdb /home/local\\040disk xfs rw 0 0

      """
    for (path, kind) in [
      ("/a/kb", "ext4"), ("/home/kb", "nfs4"), ("/homes/kb", "ext4"), ("/home/local disk/kb", "xfs"),
      ("/home/local/kb", "nfs4"), ("/home", "nfs4"),
    ] {
      #expect(FileSystem.kind(of: path, mounts: mounts) == kind, "\(path)")
    }
    #expect(FileSystem.kind(of: "/a", mounts: "") == nil)
  }

  @Test("A distance that no contig has is damage, and no crash")
  func distances() throws {
    let contig = try Generated.reference().contigs[0]
    let huge = [UInt8](repeating: 0xFF, count: 8) + [0x7F]
    for bytes in [huge, [0] + huge, [1] + huge + huge, [0] + [5, 1, 8] + huge, [0] + [5, 1, 8] + huge + [1, 8]] {
      for starts in [0..<Int.max, 6..<7, 200..<201] {
        var fold = BinFold(contig, bin: 0, people: 1)
        #expect(throws: ByteReader.Damaged.self) {
          try bytes.withUnsafeBytes { try fold.add($0, person: 0, starts: starts) }
        }
      }
    }
  }
}
