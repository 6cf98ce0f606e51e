import Genomics

/// The contigs of a release by every name under which they may be asked for.
package struct ReleaseContigs: Sendable {
  private let contigs: [ReleaseManifest.Contig]
  private let assembly: Assembly?
  private var exact: [String: Int] = [:]
  private var canonical: [String: Int] = [:]

  package init(_ manifest: ReleaseManifest) {
    contigs = manifest.contigs
    assembly = Assembly(rawValue: manifest.assembly)
    for (index, contig) in contigs.enumerated() {
      exact[contig.name] = index
      if let refget = contig.refget { exact[refget] = index }
      if let name = ContigName.canonical(contig.name) { canonical[name] = index }
    }
  }

  /// Whether `name` is the release's assembly: its name, UCSC's, a patch of it, its accession, or its digest.
  package static func isAssembly(_ name: String, of manifest: ReleaseManifest) -> Bool {
    if name == manifest.assembly || name == manifest.assemblyDigest { return true }
    guard manifest.assembly != ReleaseManifest.unnamed else { return false }
    let asked = name.lowercased()
    // Patches and versions of the accession do not move the primary chromosomes.
    let (plain, accession): (Set<String>, String) =
      switch Assembly(rawValue: manifest.assembly) {
      case .grch37: (["grch37", "hg19", "b37", "hs37d5"], "000001405")
      case .grch38: (["grch38", "hg38"], "000001405")
      case nil: ([manifest.assembly.lowercased()], "")
      }
    if plain.contains(asked) { return true }
    let parts = asked.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty else { return false }
    if plain.contains(String(parts[0])), parts[1].hasPrefix("p"), Int(parts[1].dropFirst()) != nil { return true }
    // GCF_000001405.13 to .25 are GRCh37, from .26 on GRCh38 (GCA: 1 to 14, and from 15 on).
    guard let version = Int(parts[1]), !accession.isEmpty, version > 0 else { return false }
    let first38: Int
    switch String(parts[0]) {
    case "gcf_\(accession)": first38 = 26
    case "gca_\(accession)": first38 = 15
    default: return false
    }
    return (version >= first38) == (manifest.assembly == Assembly.grch38.rawValue)
  }

  /// The contig asked for: by its name, another style of it, an accession of this assembly, or its refget digest.
  package func find(_ name: String) -> ReleaseManifest.Contig? {
    var asked = Substring(name)
    for prefix in ["refseq:", "ga4gh:"] where asked.lowercased().hasPrefix(prefix) {
      asked = asked.dropFirst(prefix.count)
    }
    if let index = exact[String(asked)] { return contigs[index] }
    guard let plain = ContigName.canonical(String(asked)), let index = canonical[plain] else { return nil }
    if asked.hasPrefix("NC_"), !isOfThisAssembly(asked, chromosome: plain) { return nil }
    return contigs[index]
  }

  /// NC_000020.10 is GRCh37's chromosome 20 and NC_000020.11 is GRCh38's.
  private func isOfThisAssembly(_ accession: Substring, chromosome: String) -> Bool {
    guard let version = accession.split(separator: ".").last.flatMap({ Int($0) }) else { return false }
    if chromosome == "MT" { return version == 1 }
    guard let assembly, let own = Self.versions37[chromosome] else { return false }
    switch assembly {
    case .grch37: return version == own
    // Every primary chromosome's record went up by one.
    case .grch38: return version == own + 1
    }
  }

  /// The RefSeq accession of a contig on the release's assembly.
  package func accession(_ contig: String) -> String? {
    guard let plain = ContigName.canonical(contig) else { return nil }
    if plain == "MT" { return "NC_012920.1" }
    guard let assembly, let version = Self.versions37[plain] else { return nil }
    let number = plain == "X" ? 23 : plain == "Y" ? 24 : Int(plain) ?? 0
    let digits = String(number)
    return "NC_" + String(repeating: "0", count: 6 - digits.count) + digits
      + ".\(assembly == .grch37 ? version : version + 1)"
  }

  /// Versions of the RefSeq records of GRCh37's chromosomes (NCBI assembly report GCF_000001405.25).
  private static let versions37: [String: Int] = [
    "1": 10, "2": 11, "3": 11, "4": 11, "5": 9, "6": 11, "7": 13, "8": 10, "9": 11, "10": 10, "11": 9, "12": 11,
    "13": 10, "14": 8, "15": 9, "16": 9, "17": 10, "18": 9, "19": 9, "20": 10, "21": 8, "22": 10, "X": 10, "Y": 9,
  ]
}
