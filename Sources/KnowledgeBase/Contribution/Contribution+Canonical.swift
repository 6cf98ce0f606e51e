import Crypto
import Genomics

extension Contribution {
  /// The canonical serialisation, `apus-contribution/2`: lines of UTF-8, fields separated by tabs, each ended by a line
  /// feed, in this order:
  ///
  ///     apus-contribution/2
  ///     assembly   GRCh37 | GRCh38 | .
  ///     reference  digest of the assembly (`ReferenceContigs.assemblyDigest`)
  ///     sex        female | male | unknown
  ///     filters    FilterConfiguration.text
  ///     callable   the basis, or . for unknown
  ///     annotation digest of the cache that named the genes, or . for none
  ///     C  contig  start  end                                      for each callable stretch
  ///     A  contig  start  reference  alternate  vrs  genotype  genes   for each allele
  ///
  /// `contig` is the 32 letters of the refget digest; places are interbase, from 0. Stretches and alleles are sorted by
  /// contig's letters, then place, then bases, as bytes. `genes` are `identifier|symbol`, sorted and separated by commas; `-` where the annotation
  /// places the allele in none, `.` where it says nothing of it. The pseudonym is no part of it.
  func writeCanonical(_ write: (String) -> Void) {
    write("apus-contribution/2\n")
    write("assembly\t\(reference.assembly?.rawValue ?? ".")\nreference\t\(reference.assemblyDigest)\n")
    write("sex\t\(sex.rawValue)\nfilters\t\(filters.text)\ncallable\t\(callabilityBasis ?? ".")\n")
    write("annotation\t\(annotation ?? ".")\n")
    for (contig, intervals) in callable.sorted(by: { $0.key.sha512t24u < $1.key.sha512t24u }) {
      for range in intervals.ranges { write("C\t\(contig.sha512t24u)\t\(range.lowerBound)\t\(range.upperBound)\n") }
    }
    for one in observations {
      write(
        "A\t\(one.contig.sha512t24u)\t\(one.start)\t\(one.reference)\t\(one.alternate)\t\(one.vrs)\t\(one.genotype.text)\t\(one.genes?.text ?? ".")\n"
      )
    }
  }

  /// The canonical bytes; see `writeCanonical`.
  public var canonicalBytes: [UInt8] {
    var bytes: [UInt8] = []
    writeCanonical { bytes += Array($0.utf8) }
    return bytes
  }

  /// SHA-256 of the canonical bytes, 64 hexadecimal digits: the content's address.
  public var digest: String {
    var hasher = SHA256()
    var buffer: [UInt8] = []
    writeCanonical { line in
      buffer += Array(line.utf8)
      if buffer.count > 1 << 16 {
        hasher.update(data: buffer)
        buffer.removeAll(keepingCapacity: true)
      }
    }
    hasher.update(data: buffer)
    return hexadecimal(hasher.finalize())
  }
}
