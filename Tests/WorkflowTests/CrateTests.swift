import Testing

@testable import Workflow

@Suite("Values of an RO-Crate")
struct CrateTests {
  @Test("A digest as a name is that of RFC 6920's example")
  func digestName() {
    // Section 8.1: the SHA-256 of "Hello World!".
    #expect(
      CrateGraph.digestName("7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069")
        == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk")
    #expect(CrateGraph.digestName("7f83") == nil)
    #expect(CrateGraph.digestName(String(repeating: "g", count: 64)) == nil)
  }

  @Test("Ids are percent-encoded, slashes kept")
  func ids() {
    #expect(CrateGraph.encoded("S-1/variants.vcf.gz") == "S-1/variants.vcf.gz")
    #expect(CrateGraph.encoded("a b#ü%") == "a%20b%23%C3%BC%25")
  }

  @Test(
    "Media types are by the last ending",
    arguments: [
      ("case.html", "text/html"), ("case.json", "application/json"), ("a.vcf.gz", "application/gzip"),
      ("a.tsv", "text/tab-separated-values"), ("a.vcf.gz.tbi", "application/octet-stream"),
      ("json", "application/octet-stream"),
    ])
  func mediaTypes(path: String, type: String) { #expect(CrateGraph.mediaType(path) == type) }
}
