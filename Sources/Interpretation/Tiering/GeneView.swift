/// One gene that a candidate meets: what of the candidate counts there, and what panels say of the gene.
struct GeneView: Sendable {
  /// Why a candidate may have a tier in a gene.
  enum Reason: String, CaseIterable, Sendable {
    case known
    case high
    case moderate
    case nonCoding = "non-coding"
  }

  /// A reason with the transcripts in which it holds.
  struct Ground: Sendable {
    var reason: Reason
    /// The consequence; nil for a known variant.
    var term: TieringProfile.ImpactTerm?
    /// MANE Select first, then the canonical one, then by name.
    var transcripts: [String]
    /// The biotype of the first; nil for a known variant.
    var biotype: String?
  }

  /// The gene's identifier in the gene model.
  var gene: String
  /// Its symbol, or its identifier where it has none.
  var symbol: String
  /// Entries of panels, of any rating.
  var hits: [PanelIndex.Hit]
  /// Whether the gene codes for no protein.
  var isNonCoding: Bool
  /// Grounds of a tier.
  var grounds: [Ground]
  /// Consequences that are on no list and are told.
  var told: [String]

  /// Green entries.
  var greens: [PanelIndex.Hit] { hits.filter { $0.gene.rating == .green } }
}

extension Tierer {
  /// The genes that a candidate meets, by identifier.
  func genes(of candidate: CandidateVariant, known: KnownVerdict) -> [GeneView] {
    Dictionary(grouping: candidate.transcripts, by: \.gene).sorted { $0.key < $1.key }.map { gene, transcripts in
      let ordered = transcripts.sorted { Self.rank($0) < Self.rank($1) }
      let first = ordered[0]
      let hits = panels.hits(symbol: first.symbol, gene: gene, hgnc: ordered.lazy.compactMap(\.hgnc).first)
      var view = GeneView(
        gene: gene, symbol: ordered.lazy.compactMap(\.symbol).first ?? gene, hits: hits,
        isNonCoding: isNonCoding(hits, ordered), grounds: [], told: [])
      for transcript in ordered { add(transcript, to: &view) }
      if known.gives.tier {
        // The rule bypasses impact and biotype; a gene that the allele only lies beside is not meant.
        let meant = ordered.filter { transcript in
          !transcript.terms.allSatisfy(profile.outsideTerms.contains)
            && known.transcripts?.contains(transcript.transcript) ?? true
        }
        if !meant.isEmpty {
          view.grounds.append(
            GeneView.Ground(reason: .known, term: nil, transcripts: meant.map(\.transcript), biotype: nil))
        }
      }
      return view
    }
  }

  private func add(_ transcript: TranscriptConsequence, to view: inout GeneView) {
    var seen: Set<GeneView.Reason> = []
    for name in transcript.terms {
      guard let term = profile.impact(of: name) else { continue }
      let reason: GeneView.Reason
      switch term.impact {
      case .high where profile.biotypes.contains(transcript.biotype): reason = .high
      case .moderate where profile.biotypes.contains(transcript.biotype): reason = .moderate
      case .nonCoding where view.isNonCoding: reason = .nonCoding
      case .told where profile.biotypes.contains(transcript.biotype):
        if !view.told.contains(term.term) { view.told.append(term.term) }
        continue
      case .high, .moderate, .nonCoding, .told: continue
      }
      guard seen.insert(reason).inserted else { continue }
      if let index = view.grounds.firstIndex(where: { $0.reason == reason }) {
        view.grounds[index].transcripts.append(transcript.transcript)
      } else {
        view.grounds.append(
          GeneView.Ground(
            reason: reason, term: term, transcripts: [transcript.transcript], biotype: transcript.biotype))
      }
    }
  }

  /// By the panels' biotype of the gene; where they have none, by its transcripts: none codes for a protein.
  private func isNonCoding(_ hits: [PanelIndex.Hit], _ transcripts: [TranscriptConsequence]) -> Bool {
    if let biotype = hits.lazy.compactMap(\.gene.biotype).first { return profile.nonCodingBiotypes.contains(biotype) }
    return !transcripts.contains { profile.biotypes.contains($0.biotype) }
      && transcripts.contains { profile.nonCodingBiotypes.contains($0.biotype) }
  }

  private static func rank(_ transcript: TranscriptConsequence) -> (Int, String) {
    (transcript.isMANESelect ? 0 : transcript.isCanonical ? 1 : 2, transcript.transcript)
  }
}
