import GenomicFiles
import Genomics

/// Which records and samples of a VCF go on, and how FILTER says so. Applied in this order: regions and targets, the
/// expression, samples.
public struct VariantSelection: Sendable {
  /// What becomes of FILTER, with a soft filter (`bcftools filter -s`, `-m`).
  public struct SoftFilter: Sendable {
    /// The name that failing records get; `+` makes one up (`Filter1`, …).
    public var name: String
    /// Whether the name is added to what FILTER holds, not put in its place (`-m +`).
    public var adds: Bool
    /// Whether passing records become `PASS` whatever FILTER held (`-m x`).
    public var resets: Bool

    /// A soft filter.
    public init(name: String, adds: Bool = false, resets: Bool = false) {
      self.name = name
      self.adds = adds
      self.resets = resets
    }
  }

  /// Which samples stay.
  public enum Samples: Sendable {
    /// These, in this order.
    case only([String])
    /// All but these, in the file's order.
    case without([String])
  }

  /// An expression of bcftools' filter language.
  public var expression: String?
  /// Whether records that pass the expression fail (`-e`).
  public var excludes = false
  /// How FILTER tells of failing records; nil drops them.
  public var softFilter: SoftFilter?
  /// Records stay that share a base with these: from POS to INFO/END, else over REF.
  public var regions: RegionSet?
  /// Whether only those parts of the file are read that its index has for the regions.
  public var usesIndex = false
  /// Records stay whose POS lies in these.
  public var targets: RegionSet?
  /// nil leaves all samples.
  public var samples: Samples?
  /// Whether INFO/AC and INFO/AN are counted again where samples are left out.
  public var updatesCounts = true

  /// Everything goes on.
  public init() {}

  /// The regions to ask the index for; nil where the whole file is read.
  var indexedRegions: [Region]? { usesIndex ? regions?.regions : nil }
}

/// A selection made ready for the header of one file.
struct PreparedSelection: Sendable {
  let selection: VariantSelection
  let filter: VariantFilter?
  /// The name that a soft filter gives.
  let failName: [UInt8]
  /// The indices of the samples that stay, in the order of the output; nil where all do.
  let samples: [Int]?
  /// The header of the output.
  let header: VCFHeader

  /// - Throws: `FilterError`, `InputError`.
  init(_ selection: VariantSelection, header: VCFHeader, path: String) throws {
    self.selection = selection
    filter = try selection.expression.map { try VariantFilter($0, excludes: selection.excludes, header: header) }
    var output = header
    var name = selection.softFilter?.name ?? ""
    if name == "+" {
      var number = 1
      while header.filters.contains("Filter\(number)") { number += 1 }
      name = "Filter\(number)"
    }
    failName = Array(name.utf8)
    if selection.softFilter != nil, let expression = selection.expression, !header.filters.contains(name) {
      let escaped = expression.map { $0 == "\"" ? "\\\"" : String($0) }.joined()
      let meaning = selection.excludes ? "true" : "not true"
      output.add("##FILTER=<ID=\(name),Description=\"Set if \(meaning): \(escaped)\">")
    }
    samples = try selection.samples.map { try Self.indices($0, header, path) }
    if let samples {
      if selection.updatesCounts {
        if header.info["AC"] == nil {
          output.add(
            "##INFO=<ID=AC,Number=A,Type=Integer,Description=\"Allele count in genotypes\">")
        }
        if header.info["AN"] == nil {
          output.add(
            "##INFO=<ID=AN,Number=1,Type=Integer,Description=\"Total number of alleles in called genotypes\">")
        }
      }
      var lines = output.text.split(separator: "\n").map(String.init)
      let fixed = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT"
      lines[lines.count - 1] = ([fixed] + samples.map { header.samples[$0] }).joined(separator: "\t")
      output = try VCFHeader(lines: lines, path: path)
    }
    self.header = output
  }

  private static func indices(_ choice: VariantSelection.Samples, _ header: VCFHeader, _ path: String) throws -> [Int] {
    let places = Dictionary(uniqueKeysWithValues: header.samples.enumerated().map { ($1, $0) })
    func refuse(_ reason: String, _ remedy: String) -> InputError {
      InputError(.mismatch, at: InputLocation(file: path), reason, remedy: remedy)
    }
    func index(_ name: String) throws -> Int {
      guard let place = places[name] else {
        throw refuse("the file has no sample of a name that was given", "give names of its #CHROM line")
      }
      return place
    }
    let chosen: [Int]
    switch choice {
    case .only(let names): chosen = try names.map(index)
    case .without(let names):
      let left = Set(try names.map(index))
      chosen = header.samples.indices.filter { !left.contains($0) }
    }
    guard Set(chosen).count == chosen.count else {
      throw refuse("a sample was asked for twice", "give each name once")
    }
    guard !chosen.isEmpty else { throw refuse("no sample would be left", "leave at least one") }
    return chosen
  }
}
