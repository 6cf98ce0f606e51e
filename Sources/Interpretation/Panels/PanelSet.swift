import Genomics

/// The panels applied to a case.
public struct PanelSet: Sendable, Hashable {
  /// Something of a panel that a person should know of.
  public struct Fault: Sendable, Hashable, Codable {
    /// The panel.
    public var panel: Panel.Identity
    /// The gene, region or repeat; nil for the panel itself.
    public var entity: String?
    /// What it is, as a clause.
    public var reason: String
  }

  /// The panels, by number.
  public let panels: [Panel]
  /// What could not be read of them: an entry with a fault takes no part in the rule that needs it.
  public let faults: [Fault]

  init(sorted panels: [Panel], faults: [Fault]) {
    self.panels = panels.sorted { $0.identity < $1.identity }
    self.faults = faults.sorted {
      ($0.panel, $0.entity ?? "", $0.reason) < ($1.panel, $1.entity ?? "", $1.reason)
    }
  }

  /// No panel: every gene is outside.
  public static let none = PanelSet(sorted: [], faults: [])
}
