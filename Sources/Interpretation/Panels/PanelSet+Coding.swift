public import Genomics

// By their names, or the order of the members would be another in every process.
extension Assembly: CodingKeyRepresentable {}

extension PanelSet: Codable {
  private enum Key: String, CodingKey { case panels, faults }

  /// Reads panels as a case keeps them.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      sorted: try container.decode([Panel].self, forKey: .panels),
      faults: try container.decode([Fault].self, forKey: .faults))
  }

  /// Writes the panels with all that was read of them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(panels, forKey: .panels)
    try container.encode(faults, forKey: .faults)
  }

  /// With the panels of another set in place of those of the same numbers, and its others beside them.
  public func replacing(with newer: PanelSet) -> PanelSet {
    func stays(_ id: Panel.Identity) -> Bool { !newer.panels.contains { $0.identity.id == id.id } }
    return PanelSet(
      sorted: panels.filter { stays($0.identity) } + newer.panels,
      faults: faults.filter { stays($0.panel) } + newer.faults)
  }

  /// Without the panel of a number.
  public func removing(_ id: Int) -> PanelSet {
    PanelSet(sorted: panels.filter { $0.identity.id != id }, faults: faults.filter { $0.panel.id != id })
  }
}
