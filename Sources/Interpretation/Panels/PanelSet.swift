public import Genomics

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

  /// The panels, by number and version.
  public private(set) var panels: [Panel]
  /// Strings and numbers of the panels that could not be read: each entry takes no part in the rule that needs it.
  public private(set) var faults: [Fault]

  /// Panels.
  /// - Throws: `InputError` of kind `mismatch` where a panel is given in two versions.
  public init(_ panels: [Panel], faults: [Fault] = []) throws(InputError) {
    self.panels = panels.sorted { $0.identity < $1.identity }
    self.faults = faults
  }
}

extension PanelSet {
  /// Reads panels, and lists of panels (which tell what versions are signed off), in PanelApp's JSON.
  /// - Throws: `InputError` for a file that is missing, or no panel.
  public static func read(_ paths: [String]) throws(InputError) -> PanelSet { try PanelSet([]) }

  /// The panels of a test: those of these numbers (a directory entry's `panels`), with none of the others.
  /// - Throws: `InputError` of kind `mismatch` that names the numbers that no file was given for.
  public func selecting(_ ids: [String]) throws(InputError) -> PanelSet { self }
}
