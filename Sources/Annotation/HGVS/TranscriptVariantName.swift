import Genomics

/// A variant named on a transcript (`ENST00000311936.8:c.35G>T`, `NR_046018.2:n.12del`), and its name on the genome by a
/// cache's transcripts (HGVS recommendations 21.0, "DNA").
public struct TranscriptVariantName: Sendable, Hashable {
  /// Why a name has none on the genome.
  public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// Whether the text cannot be read at all, rather than contradicts the cache.
    public var isUsage: Bool
    /// What is wrong; what to do.
    public var description: String
  }

  /// A base as it is numbered.
  private struct Place: Hashable {
    /// Counted from 1: in the CDS, from the CDS's end for `*`, and back from its start for `-`; of `n.` in the transcript.
    var number: Int
    var region: Region
    /// How far into the intron beside it, with its sign.
    var offset: Int

    enum Region: Hashable { case own, before, behind }
  }

  /// The name, as it was written.
  public let text: String
  private let transcript: String
  private let isCoding: Bool
  private let first: Place
  private let last: Place
  /// What stands behind the places: `A>G`, `del`, `dup`, `insACG`, `delinsA`, `inv`.
  private let change: String

  /// Whether a text is a name on a transcript by its form.
  public static func isOne(_ text: String) -> Bool { text.contains(":c.") || text.contains(":n.") }

  /// Reads a name; nil for what is none. Uncertain places, alleles in brackets and names on RNA are not read.
  public init?(_ text: String) {
    guard let marker = text.firstRange(of: ":c.") ?? text.firstRange(of: ":n."), marker.lowerBound > text.startIndex
    else { return nil }
    self.text = text
    // NG_012232.1(NM_004006.2) names the transcript in brackets.
    var name = text[..<marker.lowerBound]
    if name.hasSuffix(")"), let open = name.lastIndex(of: "(") { name = name[name.index(after: open)...].dropLast() }
    transcript = String(name)
    isCoding = text[marker].contains("c")
    var rest = text[marker.upperBound...]
    guard !transcript.isEmpty, let first = Self.place(&rest, isCoding: isCoding) else { return nil }
    var last = first
    if rest.first == "_" {
      rest = rest.dropFirst()
      guard let second = Self.place(&rest, isCoding: isCoding) else { return nil }
      last = second
    }
    (self.first, self.last) = (first, last)
    change = String(rest)
    guard !change.isEmpty else { return nil }
  }

  private static func place(_ rest: inout Substring, isCoding: Bool) -> Place? {
    func number(_ rest: inout Substring) -> Int? {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      return Int(digits).flatMap { $0 > 0 && $0 < 1 << 32 ? $0 : nil }
    }
    var region = Place.Region.own
    if isCoding, let sign = rest.first, sign == "-" || sign == "*" {
      region = sign == "-" ? .before : .behind
      rest = rest.dropFirst()
    }
    guard let own = number(&rest) else { return nil }
    var offset = 0
    if let sign = rest.first, sign == "+" || sign == "-" {
      rest = rest.dropFirst()
      guard let distance = number(&rest) else { return nil }
      offset = sign == "+" ? distance : -distance
    }
    return Place(number: own, region: region, offset: offset)
  }

  /// The name on the genome, by the contig's name in the cache: `20:g.10639000A>G`. Bases that it tells are not held
  /// against the reference.
  /// - Throws: `Refusal`.
  public func genomic(_ cache: AnnotationCache) throws(Refusal) -> String {
    func refuse(_ reason: String, isUsage: Bool = false) -> Refusal {
      Refusal(isUsage: isUsage, description: "\(text): \(reason); check the name, or give the variant on the genome")
    }
    guard let index = cache.transcript(named: transcript) else {
      throw refuse("the cache has no transcript \(transcript), with this version")
    }
    let transcript = cache.transcript(index)
    guard let coordinates = HGVSCoordinates(transcript), transcript.editCount == 0 else {
      throw refuse("the transcript's own sequence is not the reference's, so its places are not told")
    }
    guard !isCoding || coordinates.coding != nil else { throw refuse("the transcript has no CDS") }
    guard let one = position(of: first, coordinates), let two = position(of: last, coordinates) else {
      throw refuse("a place lies outside the transcript, or is not beside its intron")
    }
    let isReverse = transcript.isReverse
    guard isReverse ? one >= two : one <= two else { throw refuse("its places are not in order", isUsage: true) }
    guard let turned = Self.turned(change, isReverse: isReverse) else {
      throw refuse("the change is none of >, del, dup, ins, delins and inv that are told by bases", isUsage: true)
    }
    let places = one == two ? "\(one + 1)" : "\(min(one, two) + 1)_\(max(one, two) + 1)"
    return "\(cache.contigs.contigs[cache.contig(of: index)].name):g.\(places)\(turned)"
  }

  /// The place on the contig, from 0.
  private func position(of place: Place, _ coordinates: HGVSCoordinates) -> Int? {
    let transcript = coordinates.transcript
    let coding = coordinates.coding ?? 0..<transcript.bases.count
    let base =
      switch (isCoding, place.region) {
      case (false, _): place.number - 1
      case (true, .own): coding.lowerBound + place.number - 1
      case (true, .before): coding.lowerBound - place.number
      case (true, .behind): coding.upperBound + place.number - 1
      }
    guard transcript.bases.indices.contains(base) else { return nil }
    // A place of the CDS that lies behind it would be numbered with a star.
    if isCoding, place.region == .own, base >= coding.upperBound { return nil }
    for number in 0..<transcript.exonCount {
      let exon = transcript.exon(number)
      let inside = base - exon.offset
      guard (0..<(exon.end - exon.start)).contains(inside) else { continue }
      let own = transcript.isReverse ? exon.end - 1 - inside : exon.start + inside
      guard place.offset != 0 else { return own }
      // Along the contig; the exon's own end there, and the intron behind it.
      let step = transcript.isReverse ? -place.offset : place.offset
      guard own == (step > 0 ? exon.end - 1 : exon.start) else { return nil }
      let next = step > 0 ? number + 1 : number - 1
      guard (0..<transcript.exonCount).contains(next) else { return nil }
      let neighbour = transcript.exon(next)
      let found = own + step
      return (step > 0 ? found < neighbour.start : found >= neighbour.end) ? found : nil
    }
    return nil
  }

  /// The change as the contig's strand has it; nil for one that is not read.
  private static func turned(_ change: String, isReverse: Bool) -> String? {
    func bases(_ text: Substring) -> String? {
      let upper = Array(text.uppercased().utf8)
      guard upper.allSatisfy({ "ACGT".utf8.contains($0) }) else { return nil }
      return String(decoding: isReverse ? upper.reversed().map(complement) : upper, as: UTF8.self)
    }
    if change == "inv" { return change }
    for word in ["delins", "del", "dup", "ins"] where change.hasPrefix(word) {
      guard let told = bases(change.dropFirst(word.count)), word != "ins" || !told.isEmpty,
        word != "delins" || !told.isEmpty
      else { return nil }
      return word + told
    }
    let parts = change.split(separator: ">", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 1, parts[1].count == 1, let old = bases(parts[0]),
      let new = bases(parts[1])
    else { return nil }
    return "\(old)>\(new)"
  }
}

extension AnnotationCache {
  /// The transcript of a name with its version; without one where the cache tells none, or one transcript alone has it.
  func transcript(named name: String) -> Int? {
    var found: [Int] = []
    for index in 0..<transcriptCount {
      let identifier = identifier(index)
      if identifier.elementsEqual(name.utf8) { return index }
      let version = version(index)
      guard name.utf8.starts(with: identifier), !identifier.contains(UInt8(ascii: ".")), !version.isEmpty else {
        continue
      }
      let rest = name.utf8.dropFirst(identifier.count)
      if rest.first == UInt8(ascii: "."), rest.dropFirst().elementsEqual(version) { found.append(index) }
    }
    return found.count == 1 ? found[0] : nil
  }
}
