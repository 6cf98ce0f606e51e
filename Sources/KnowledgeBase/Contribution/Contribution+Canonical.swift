import Crypto
import Genomics

extension Contribution {
  /// The canonical serialisation, `apus-contribution/3`: lines of UTF-8, fields separated by tabs, each ended by a line
  /// feed. A head, whose SHA-256 is the contribution's digest, names the two sections below it by theirs:
  ///
  ///     apus-contribution/3
  ///     assembly   GRCh37 | GRCh38 | .
  ///     reference  digest of the assembly (`ReferenceContigs.assemblyDigest`)
  ///     sex        female | male | unknown
  ///     filters    FilterConfiguration.text
  ///     NAME  VALUE                                   for each detail (`ContributionDetails.text`)
  ///     annotation digest of the cache that named the genes, or . for none
  ///     callable   the basis, or . for unknown  number of stretches  SHA-256 of their section
  ///     alleles    number of alleles  SHA-256 of their section
  ///
  ///     contig  DIGEST                                before the stretches of a contig
  ///     C  start  end
  ///
  ///     contig  DIGEST                                before the alleles of a contig
  ///     A  start  reference  alternate  form  genotype  genes  tier
  ///
  /// `DIGEST` is the 32 letters of the refget digest, by which contigs are sorted; places are interbase, from 0, and
  /// ascend; alleles of one place are sorted by bases, as bytes. `form` is what the VRS identifier follows from
  /// (`AlleleForm.text`). `genes` are `identifier|symbol`, sorted and separated by commas; `-` where the annotation
  /// places the allele in none, `.` where it says nothing of it. The pseudonym is no part of it.
  func writeCanonical(_ write: ([UInt8]) -> Void) {
    var digest = ContributionDigest(self)
    var sections: [[UInt8]] = [[], []]
    digest.observer = { sections[$0] += $1 }
    feed(&digest)
    write(digest.head())
    for section in sections { write(section) }
  }

  /// The canonical bytes; see `writeCanonical`.
  public var canonicalBytes: [UInt8] {
    var bytes: [UInt8] = []
    writeCanonical { bytes += $0 }
    return bytes
  }

  /// SHA-256 of the canonical head, 64 hexadecimal digits: the content's address.
  public var digest: String {
    var digest = ContributionDigest(self)
    feed(&digest)
    return digest.finish()
  }

  private func feed(_ digest: inout ContributionDigest) {
    for (contig, intervals) in callable.sorted(by: { $0.key.sha512t24u < $1.key.sha512t24u }) {
      for range in intervals.ranges { digest.add(range, of: contig) }
    }
    for one in observations { digest.add(one) }
  }
}

/// Makes a contribution's digest as its stretches and alleles are read, in order.
struct ContributionDigest {
  private let fields: [(String, String)]
  private let details: String
  private let basis: String
  private var stretches = Section()
  private var alleles = Section()
  private var pending: Range<Int>?
  private var pendingContig: RefgetDigest?
  private var lastGenes: GeneSet?
  private var lastGenesText: [UInt8] = []
  /// Told the bytes of each section (0 the stretches, 1 the alleles), in order.
  var observer: ((Int, [UInt8]) -> Void)?

  private struct Section {
    var hasher = SHA256()
    var buffer: [UInt8] = []
    var contig: RefgetDigest?
    var count = 0
  }

  init(_ one: Contribution) {
    self.init(
      sex: one.sex, reference: one.reference, filters: one.filters.text, basis: one.callabilityBasis,
      annotation: one.annotation, details: one.details.text)
  }

  init(
    sex: Sex, reference: ReferenceContigs, filters: String, basis: String?, annotation: String?, details: String
  ) {
    fields = [
      ("assembly", reference.assembly?.rawValue ?? "."), ("reference", reference.assemblyDigest),
      ("sex", sex.rawValue), ("filters", filters),
    ]
    self.details = details + "annotation\t\(annotation ?? ".")\n"
    self.basis = basis ?? "."
  }

  /// Adds a stretch; those that touch are one.
  mutating func add(_ range: Range<Int>, of contig: RefgetDigest) {
    if let last = pending, pendingContig == contig, last.upperBound == range.lowerBound {
      pending = last.lowerBound..<range.upperBound
      return
    }
    endStretch()
    (pending, pendingContig) = (range, contig)
  }

  private mutating func endStretch() {
    guard let range = pending, let contig = pendingContig else { return }
    pending = nil
    Self.begin(&stretches, contig)
    stretches.buffer += "C\t".utf8
    VRSHasher.append(range.lowerBound, to: &stretches.buffer)
    stretches.buffer.append(UInt8(ascii: "\t"))
    VRSHasher.append(range.upperBound, to: &stretches.buffer)
    stretches.buffer.append(UInt8(ascii: "\n"))
    stretches.count += 1
    Self.flush(&stretches, 0, above: 1 << 16, observer)
  }

  /// Adds an allele.
  mutating func add(_ one: Contribution.Observation) {
    Self.begin(&alleles, one.contig)
    alleles.buffer += "A\t".utf8
    VRSHasher.append(one.start, to: &alleles.buffer)
    for text in [one.reference, one.alternate] {
      alleles.buffer.append(UInt8(ascii: "\t"))
      alleles.buffer += text.utf8
    }
    alleles.buffer.append(UInt8(ascii: "\t"))
    if one.form == .literal { alleles.buffer.append(UInt8(ascii: "=")) } else { alleles.buffer += one.form.text.utf8 }
    alleles.buffer.append(UInt8(ascii: "\t"))
    one.genotype.appendText(to: &alleles.buffer)
    alleles.buffer.append(UInt8(ascii: "\t"))
    if let genes = one.genes {
      // Neighbours lie in the same genes.
      if lastGenes != genes { (lastGenes, lastGenesText) = (genes, Array(genes.text.utf8)) }
      alleles.buffer += lastGenesText
    } else {
      alleles.buffer.append(UInt8(ascii: "."))
    }
    alleles.buffer.append(UInt8(ascii: "\t"))
    alleles.buffer += (one.tier ?? ".").utf8
    alleles.buffer.append(UInt8(ascii: "\n"))
    alleles.count += 1
    Self.flush(&alleles, 1, above: 1 << 16, observer)
  }

  private static func begin(_ section: inout Section, _ contig: RefgetDigest) {
    guard section.contig != contig else { return }
    section.contig = contig
    section.buffer += "contig\t\(contig.sha512t24u)\n".utf8
  }

  private static func flush(
    _ section: inout Section, _ number: Int, above limit: Int, _ observer: ((Int, [UInt8]) -> Void)?
  ) {
    guard section.buffer.count > limit else { return }
    section.hasher.update(data: section.buffer)
    observer?(number, section.buffer)
    section.buffer.removeAll(keepingCapacity: true)
  }

  /// The canonical head, when everything was added.
  mutating func head() -> [UInt8] {
    endStretch()
    Self.flush(&stretches, 0, above: 0, observer)
    Self.flush(&alleles, 1, above: 0, observer)
    var text = "apus-contribution/3\n"
    for (name, value) in fields { text += "\(name)\t\(value)\n" }
    text += details
    text += "callable\t\(basis)\t\(stretches.count)\t\(hexadecimal(stretches.hasher.finalize()))\n"
    text += "alleles\t\(alleles.count)\t\(hexadecimal(alleles.hasher.finalize()))\n"
    return Array(text.utf8)
  }

  /// The digest, when everything was added.
  mutating func finish() -> String { hexadecimal(SHA256.hash(data: head())) }

  /// How many alleles were added.
  var alleleCount: Int { alleles.count }
}

extension AlleleForm {
  /// `=` for trimmed bases; `low-high` and the state, `S` and bases or `L` and length and unit or `N` and length; `!`
  /// and an identifier.
  var text: String {
    switch self {
    case .literal: "="
    case .stated(let text): "!" + text
    case .justified(let range, .literal(let bases)): "\(range.lowerBound)-\(range.upperBound):S\(bases)"
    case .justified(let range, .referenceLength(let length, let unit)):
      "\(range.lowerBound)-\(range.upperBound):L\(length),\(unit)"
    case .justified(let range, .length(let length)): "\(range.lowerBound)-\(range.upperBound):N\(length)"
    }
  }
}
