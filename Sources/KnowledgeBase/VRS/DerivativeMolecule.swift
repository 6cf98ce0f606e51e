/// A molecule that rearrangement made (VRS 2.0, DerivativeMolecule): blocks in the order in which they are read, which
/// is part of the identifier.
public struct DerivativeMolecule: Sendable, Hashable {
  /// What a block holds.
  public enum Component: Sendable, Hashable {
    case allele(VRSAllele)
    case cisPhasedBlock(CisPhasedBlock)
    case adjacency(Adjacency)
    case terminus(Terminus)

    fileprivate var digest: String {
      switch self {
      case .allele(let one): one.digest
      case .cisPhasedBlock(let one): one.digest
      case .adjacency(let one): one.digest
      case .terminus(let one): one.digest
      }
    }
  }

  /// The direction in which a block is read.
  public enum Orientation: String, Sendable, Hashable {
    case forward
    case reverseComplement = "reverse_complement"
  }

  /// A component as it is read (VRS 2.0, TraversalBlock). It has no identifier of its own.
  public struct Block: Sendable, Hashable {
    /// What is read.
    public var component: Component
    /// In which direction; nil where nothing tells.
    public var orientation: Orientation?

    /// A component in a direction.
    public init(_ component: Component, _ orientation: Orientation?) {
      self.component = component
      self.orientation = orientation
    }

    fileprivate var serialised: String {
      #"{"component":"\#(component.digest)","orientation":\#(orientation.map { "\"\($0.rawValue)\"" } ?? "null"),"type":"TraversalBlock"}"#
    }
  }

  /// The blocks, in the order of reading.
  public var components: [Block]

  /// A molecule of these blocks.
  public init(_ components: [Block]) { self.components = components }

  /// The canonical JSON (RFC 8785) of the digest keys: blocks stand in it whole, what they hold by its digest.
  public var serialised: String {
    #"{"components":[\#(components.map(\.serialised).joined(separator: ","))],"type":"DerivativeMolecule"}"#
  }

  /// The truncated digest of the serialisation.
  public var digest: String { sha512t24u(serialised.utf8) }

  /// `ga4gh:DM.` and the digest.
  public var identifier: String { "ga4gh:DM." + digest }
}
