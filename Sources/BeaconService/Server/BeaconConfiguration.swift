/// How a service is set up.
public struct BeaconConfiguration: Sendable {
  /// Who runs it, as `/info` tells.
  public struct Organization: Sendable, Hashable {
    /// An identifier, such as an ODS code or a reversed domain.
    public var id: String
    /// The name.
    public var name: String
    /// The address of its web site.
    public var url: String

    /// An organisation.
    public init(id: String, name: String, url: String) {
      self.id = id
      self.name = name
      self.url = url
    }
  }

  /// The environment in the words of GA4GH's service info.
  public enum Environment: String, Sendable, CaseIterable {
    case dev, test, staging, prod
    /// The same in the words of Beacon.
    var productionStatus: String {
      switch self {
      case .dev: "DEV"
      case .test, .staging: "TEST"
      case .prod: "PROD"
      }
    }
  }

  /// The identifier of the beacon, usually a reversed domain.
  public var id = "local.apus-beacon"
  /// Its name.
  public var name = "Apus Beacon"
  /// Who runs it.
  public var organization = Organization(id: "local", name: "Not stated", url: "http://127.0.0.1/")
  /// What it is run for.
  public var environment = Environment.dev
  /// The version of the program.
  public var version = "0"
  /// The address as clients see it, without a slash at the end.
  public var baseURL = "http://127.0.0.1:8080"
  /// Whether a proxy with TLS stands before it: cookies are then for TLS only.
  public var isBehindProxy = false
  /// The longest body of a request, in bytes.
  public var longestBody = 64 << 10
  /// The longest path and query of a request, in bytes.
  public var longestTarget = 16 << 10
  /// The most results a page.
  public var mostResults = 100

  /// The usual set-up.
  public init() {}
}
