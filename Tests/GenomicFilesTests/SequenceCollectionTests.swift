import Genomics
import Testing

@testable import GenomicFiles

@Suite("Sequence collections (refget Sequence Collections 1.0.0)")
struct SequenceCollectionTests {
  private func collection(_ rows: [(String, Int, String)]) throws -> SequenceCollection {
    var contigs: [(name: String, length: Int, digest: RefgetDigest)] = []
    for (name, length, text) in rows {
      let digest = try #require(RefgetDigest(sha512t24u: text))
      contigs.append((name: name, length: length, digest: digest))
    }
    return SequenceCollection(contigs)
  }

  @Test("The specification's worked example, each step of it")
  func workedExample() throws {
    let collection = try collection([
      ("chr1", 248_956_422, "2YnepKM7OkBoOrKmvHbGqguVfF9amCST"),
      ("chr2", 242_193_529, "lwDyBi432Py-7xnAISyQlnlhWDEaBPv2"),
      ("chr3", 198_295_559, "Eqk6_SvMMDCc6C-uEfickOUWTatLMDQZ"),
    ])
    #expect(collection.attributeDigests.lengths == "5K4odB173rjao1Cnbk5BnvLt9V7aPAa2")
    #expect(collection.attributeDigests.names == "g04lKdxiYtG3dOGeUC5AdKEifw65G0Wp")
    #expect(collection.attributeDigests.sequences == "rD29ZKmEqwwHRXjiQ36p6UMZQ5hemmsb")
    #expect(collection.digest == "sjNNwm4zov3Dl0FRWbRTcZwzqrTQKIqL")
  }

  @Test("The example of the specification's how-to page")
  func howTo() throws {
    let collection = try collection([
      ("chr1", 248_956_422, "2648ae1bacce4ec4b6cf337dcae37816"),
      ("chr2", 133_797_422, "907112d17fcb73bcab1ed1c72b97ce68"),
      ("chr3", 135_086_622, "1511375dc2dd1b633af8cf439ae90cec"),
    ])
    #expect(collection.digest == "KxZO6qIbVNCIKtQj0WR3fwzg2rsJLlC3")
  }

  @Test("Names, sequences and their order make the digest; lengths are not inherent")
  func inherent() throws {
    let one = "2YnepKM7OkBoOrKmvHbGqguVfF9amCST"
    let two = "lwDyBi432Py-7xnAISyQlnlhWDEaBPv2"
    let base = try collection([("1", 5, one), ("2", 6, two)]).digest
    #expect(try collection([("1", 9, one), ("2", 6, two)]).digest == base)
    for rows in [
      [("2", 6, two), ("1", 5, one)], [("chr1", 5, one), ("2", 6, two)], [("1", 5, two), ("2", 6, one)],
      [("1", 5, one)],
    ] { #expect(try collection(rows).digest != base) }
  }

  @Test("Names are written as RFC 8785 writes strings")
  func escaping() throws {
    let digest = "2YnepKM7OkBoOrKmvHbGqguVfF9amCST"
    // Computed apart from this code, of the characters ["a\"\\\u0001é\n"].
    #expect(try collection([("a\"\\\u{1}é\n", 1, digest)]).attributeDigests.names == "D-DCiOjYUb71xTjFuK6rAs5OItzZmLT8")
  }

  @Test("A contig without a digest makes no collection")
  func unknown() throws {
    let digest = RefgetDigest(sha512t24u: "2YnepKM7OkBoOrKmvHbGqguVfF9amCST")
    #expect(SequenceCollection([Contig(name: "1", length: 5, digest: digest), Contig(name: "2", length: 5)]) == nil)
    #expect(SequenceCollection([Contig(name: "1", length: 5, digest: digest)]) != nil)
  }
}
