public import Annotation
public import ArgumentParser
import GenomicFiles

/// What `CSQ` holds, and which transcripts it tells of.
struct ConsequenceArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Fields of CSQ, in this order; those of --profile without.", valueName: "a,b,…"))
  var fields: String?

  @Option(help: "everything, or minimal: allele, consequence, impact, gene, transcript and names.")
  var profile: CSQProfile?

  @Flag(help: "One entry an allele: that of the transcript which is chosen.")
  var pick = false

  @Flag(help: "One entry an allele and gene.")
  var pickGene = false

  @Flag(help: "Every entry; the chosen one has PICK=1. With --pick-gene one of each gene.")
  var flagPick = false

  @Option(help: "Transcripts that are chosen before all others, one a line.")
  var pickList: String?

  func validate() throws {
    if pick, pickGene || flagPick { throw ValidationError("--pick goes with neither --pick-gene nor --flag-pick") }
    if fields != nil, profile != nil { throw ValidationError("--fields and --profile say the same thing") }
    let isChoosing = pick || pickGene || flagPick
    if pickList != nil, !isChoosing {
      throw ValidationError("--pick-list needs one of --pick, --pick-gene and --flag-pick")
    }
    if let field = try chosenFields?.first(where: \.needsChoice), !isChoosing {
      throw ValidationError("\(field.rawValue) needs one of --pick, --pick-gene and --flag-pick")
    }
  }

  private var chosenFields: [CSQField]? {
    get throws {
      guard let fields else { return nil }
      var chosen: [CSQField] = []
      for name in fields.split(separator: ",", omittingEmptySubsequences: false) {
        guard let field = CSQField(rawValue: String(name)) else {
          throw ValidationError(
            "\(name.isEmpty ? "an empty name" : "\(name)") is no field of CSQ; the fields are "
              + CSQField.allCases.map(\.rawValue).joined(separator: ","))
        }
        guard !chosen.contains(field) else { throw ValidationError("\(name) stands twice in --fields") }
        chosen.append(field)
      }
      return chosen
    }
  }

  /// The options, with the list read.
  func options(_ resources: RunResources) async throws -> ConsequenceOptions {
    var choice: TranscriptChoice?
    if pick || pickGene || flagPick {
      var list: PickList?
      if let pickList { list = try await PickList(path: pickList, resources: resources) }
      choice = TranscriptChoice(pickGene ? .gene : .allele, keepsOthers: flagPick, list: list)
    }
    return ConsequenceOptions(profile: profile ?? .everything, fields: try chosenFields, choice: choice)
  }

  /// Says which transcripts of the list the cache lacks.
  func warn(_ annotator: ConsequenceAnnotator, _ shared: SharedOptions) {
    let missing = annotator.missingFromList
    guard !missing.isEmpty else { return }
    let named = missing.prefix(5).joined(separator: ", ") + (missing.count > 5 ? ", …" : "")
    shared.warn(["\(missing.count) of the list's transcripts are not in the cache: \(named)"])
  }
}

extension CSQProfile: ExpressibleByArgument {}
