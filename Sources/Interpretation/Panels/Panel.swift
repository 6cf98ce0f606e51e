/// A PanelApp panel, as its API gives it (`/panels/ID/`): genes, regions and short tandem repeats with their ratings.
public struct Panel: Sendable, Hashable, Codable {
  /// A panel's identifier and version, as every result names it.
  public struct Identity: Sendable, Hashable, Codable, Comparable {
    /// PanelApp's number.
    public var id: Int
    /// The panel's name.
    public var name: String
    /// The version (`4.0`).
    public var version: String

    /// An identity.
    public init(id: Int, name: String, version: String) {
      self.id = id
      self.name = name
      self.version = version
    }

    /// By number, then by version.
    public static func < (a: Self, b: Self) -> Bool { (a.id, a.version, a.name) < (b.id, b.version, b.name) }
  }

  /// Whether the NHS signed this version off.
  public enum SignOff: Sendable, Hashable, Codable {
    /// It did, on this day.
    case signedOff(String)
    /// A list of signed-off panels that was given names another version.
    case otherVersion(String, on: String)
    /// The file has no date, and no list that was given names the panel.
    case notTold
  }

  /// Which panel.
  public var identity: Identity
  /// PanelApp's status (`public`, `internal`, `retired` …); nil where the file has none.
  public var status: String?
  /// Whether this version is signed off.
  public var signOff: SignOff
  /// Whether the panel is made of others, which its entries name.
  public var isSuperPanel: Bool
  /// What it is for: names and test codes.
  public var relevantDisorders: [String]
  /// Its genes, in the file's order; a super-panel may have one gene from several panels.
  public var genes: [PanelGene]
  /// Its regions.
  public var regions: [PanelRegion]
  /// Its short tandem repeats.
  public var repeats: [PanelRepeat]
}

/// A rating of PanelApp. Levels 3 and 4 are green, 2 amber, 1 and 0 red (PanelApp's own source).
public enum PanelRating: String, Sendable, Hashable, Codable, CaseIterable {
  case green
  case amber
  case red

  /// The rating of a level; nil for any other.
  public init?(level: Int) {
    switch level {
    case 3, 4: self = .green
    case 2: self = .amber
    case 0, 1: self = .red
    default: return nil
    }
  }
}
