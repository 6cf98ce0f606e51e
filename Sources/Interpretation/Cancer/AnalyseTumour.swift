public import Annotation
import Batching
public import GenomicFiles
import Genomics
import Variants

/// What a tumour's analysis is made of, beside the file's bases and genes.
public struct TumourInput: Sendable {
  /// The somatic VCF or BCF.
  public var path: String
  /// The tumour's sample.
  public var tumour: String
  /// The normal's sample; nil for a tumour alone.
  public var normal: String?
  /// The rules.
  public var profile: SomaticProfile
  /// How read counts are written; nil to tell it from the header.
  public var layout: SomaticLayout?
  /// Signatures to fit; nil for none.
  public var signatures: SignatureTable?
  /// Whether signatures that the catalogue does without are dropped.
  public var isSparse = false
  /// Lists of domains; nil for none.
  public var domains: DomainLists?
  /// Contamination of the tumour, as a fraction; nil where nobody measured it.
  public var contamination: Double?
  /// Tumour content as a pathologist or another program tells it, as a fraction.
  public var tumourContent: Double?
  /// Mean depth of the normal's alignments, in reads; nil where nobody told it.
  public var normalMeanDepth: Double?
  /// The share of the normal's bases with 15 reads or more; nil where nobody told it.
  public var normalShareAt15: Double?

  /// An input.
  public init(path: String, tumour: String, normal: String? = nil, profile: SomaticProfile) {
    self.path = path
    self.tumour = tumour
    self.normal = normal
    self.profile = profile
  }
}

/// Reads a somatic file once and tells what is in it: burden, catalogue, fractions, signatures.
///
/// The result is the same at any number of threads and any size of batch. Memory holds the variants that are listed, and
/// the indels of one contig.
///
/// - Parameters:
///   - annotator: made with ``tieringOptions``, and held against the FASTA that the file was made with: its cache has the
///     same bases, packed, and they are read from there.
/// - Throws: `InputError` for a file that is damaged, out of order, of another reference, without the samples, or of a
///   layout that is not known; `CacheError`.
public func analyseTumour(
  _ input: TumourInput, annotator: ConsequenceAnnotator, resources: RunResources
) async throws -> TumourAnalysis {
  guard let entries = ConsequenceEntries(annotator.entryFields) else {
    preconditionFailure("the annotator was not made with tieringOptions")
  }
  let file = InputFile(path: input.path)
  var (counts, layout, notes) = try await withVariants(of: file, resources: resources) { reader in
    let header = reader.header
    let columns = try SampleColumns(input, header)
    let layout: SomaticLayout
    if let given = input.layout {
      try given.require(header, path: input.path)
      layout = given
    } else {
      layout = try SomaticLayout.recognise(header, path: input.path)
    }
    let rules = SomaticRules(
      input.profile, layout, tumour: columns.tumour, normal: columns.normal, header: header, annotator: annotator,
      entries: entries)
    let loader = SomaticLoader(
      reader, ReferenceBlocks(annotator.source, blocking: resources.blocking), annotator, input.profile.burden)
    var counts = SomaticCounts()
    try await orderedMap(
      inFlight: resources.window, budget: resources.budget,
      source: { try await loader.next() },
      transform: { (unit: SomaticUnit) throws -> SomaticPart in
        try unit.batch.withRecords { view in
          var reader = SomaticReader(rules, unit.batch, view)
          for (place, run) in unit.batch.runs.enumerated() {
            try reader.read(run, unit.contigs[place], unit.views[place])
          }
          return reader.part
        }
      },
      sink: { (part: SomaticPart) in counts.add(part) })
    counts.finish()
    return (counts, layout, columns.notes)
  }
  if let domains = input.domains {
    for index in counts.coding.indices { counts.coding[index].domains = domains.domains(of: counts.coding[index]) }
  }
  return TumourAnalysis(
    input, counts, layout, cache: annotator.source, notes: notes, readerWarnings: file.summary?.warnings ?? [:])
}

/// The columns of tumour and normal.
struct SampleColumns {
  let tumour: Int
  let normal: Int?
  /// What the header says against the names, in words.
  let notes: [String]

  init(_ input: TumourInput, _ header: VCFHeader) throws(InputError) {
    func place(_ name: String, _ option: String) throws(InputError) -> Int {
      guard let place = header.samples.firstIndex(of: name) else {
        throw InputError(
          .mismatch, at: InputLocation(file: input.path),
          "none of its \(header.samples.count) samples has the name that \(option) gives",
          remedy: "give a name of the #CHROM line")
      }
      return place
    }
    tumour = try place(input.tumour, "--tumour")
    normal = try input.normal.map { name throws(InputError) in try place(name, "--normal") }
    guard tumour != normal else {
      throw InputError(
        .mismatch, at: InputLocation(file: input.path), "tumour and normal are the same sample",
        remedy: "give the names of two samples")
    }
    var notes: [String] = []
    /// Whether the header, or the caller's own names, call a sample something.
    func isNamed(_ name: String, _ keys: [String], _ words: [String]) -> Bool {
      words.contains(name) || header.metaLines.contains { line in keys.contains { line == "##\($0)=\(name)" } }
    }
    if isNamed(input.tumour, ["normal_sample"], ["NORMAL"]) {
      notes.append("The header calls the sample that is given as tumour the normal: the names look exchanged.")
    }
    if let normal = input.normal, isNamed(normal, ["tumor_sample"], ["TUMOR", "TUMOUR"]) {
      notes.append("The header calls the sample that is given as normal the tumour: the names look exchanged.")
    }
    self.notes = notes
  }
}
