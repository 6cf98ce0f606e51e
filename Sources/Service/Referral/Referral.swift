/// A request for a genomic test: what is asked, of whom, by whom, with whose samples. `apus-referral/1`.
///
/// It holds what was given, right or wrong; what is wrong with it is said by `ReferralCheck`.
public struct Referral: Sendable, Hashable {
  /// The schema that is read and written.
  public static let schema = "apus-referral/1"

  /// How urgent it is (FHIR R4 `request-priority`).
  public enum Urgency: String, Sendable, Hashable, CaseIterable {
    case routine
    case urgent
    case asap
    case stat
  }

  /// The test that is asked for.
  public struct Test: Sendable, Hashable {
    /// The test code: `R67.1`, `M219.3`, or a code of the national test service, `GT317`.
    public var code: String?
    /// The version of the test directory that the code is of.
    public var directoryVersion: String?
    /// The test package of the order (`TP229`), where there is one.
    public var package: String?

    /// A test.
    public init(code: String? = nil, directoryVersion: String? = nil, package: String? = nil) {
      self.code = code
      self.directoryVersion = directoryVersion
      self.package = package
    }
  }

  /// A term of the Human Phenotype Ontology.
  public struct Phenotype: Sendable, Hashable {
    /// `HP:` and seven digits.
    public var id: String
    /// The term's name.
    public var name: String?

    /// A term.
    public init(_ id: String, name: String? = nil) {
      self.id = id
      self.name = name
    }
  }

  /// Who asks.
  public struct Requester: Sendable, Hashable {
    /// The referring clinician.
    public var clinician: String?
    /// The clinician's specialty.
    public var specialty: String?
    /// The hospital.
    public var hospital: String?

    /// A requester.
    public init(clinician: String? = nil, specialty: String? = nil, hospital: String? = nil) {
      self.clinician = clinician
      self.specialty = specialty
      self.hospital = hospital
    }
  }

  /// An organisation of the pathway.
  public struct Organisation: Sendable, Hashable {
    /// The ODS code.
    public var ods: String?
    /// The name as given.
    public var name: String?

    /// An organisation.
    public init(ods: String? = nil, name: String? = nil) {
      self.ods = ods
      self.name = name
    }
  }

  /// The identifier of the referral (`rYYNNNNNNNNC`).
  public var referral: String?
  /// The order (`https://fhir.nhs.uk/Id/GMSOrder`).
  public var order: String?
  /// What ties the orders of a family together.
  public var requisition: String?
  /// The test.
  public var test = Test()
  /// The clinical indication.
  public var indication: String?
  /// The directory's eligibility text, as it stood when the referral was begun. Nothing is read from it.
  public var eligibility: String?
  /// The terms that describe the proband.
  public var phenotypes: [Phenotype] = []
  /// How urgent it is.
  public var urgency: Urgency?
  /// Why it is urgent.
  public var urgencyReason: String?
  /// Who asks.
  public var requester = Requester()
  /// The Trust that orders.
  public var orderingTrust: Organisation?
  /// The site that orders.
  public var orderingSite: Organisation?
  /// The hub that the order belongs to.
  public var homeHub: Organisation?
  /// The laboratory that tests.
  public var testingLaboratory: Organisation?
  /// The laboratory that reports.
  public var reportingLaboratory: Organisation?
  /// The day of the clinical referral, where only the day is known; a moment stands in `events`.
  public var referredOn: String?
  /// The type of tumour, which the test of DPYD asks for.
  public var cancerType: String?
  /// The people.
  public var family = ReferralFamily()
  /// The samples.
  public var samples: [ReferralSample] = []
  /// What happened, and when.
  public var events: [PathwayEvent] = []
  /// What the order's tasks say.
  public var tasks: [ReferralTask] = []

  /// An empty referral, which `ReferralCheck` refuses.
  public init() {}

  /// The proband, where there is exactly one.
  public var proband: ReferralPerson? {
    let probands = family.members.filter { $0.role == .proband }
    return probands.count == 1 ? probands[0] : nil
  }
}

/// A task of an order, as far as a chaser needs it (FHIR R4 `Task`).
public struct ReferralTask: Sendable, Hashable {
  /// `Task.code`, such as `request-sample-alignment`.
  public var code: String?
  /// `Task.status`.
  public var status: String?
  /// `Task.statusReason`.
  public var reason: TaskStatusReason?
  /// The member of the family that it is about.
  public var person: String?

  /// A task.
  public init(code: String? = nil, status: String? = nil, reason: TaskStatusReason? = nil, person: String? = nil) {
    self.code = code
    self.status = status
    self.reason = reason
    self.person = person
  }
}

/// Why an order's task waits or ended (reference/service.md 5, `https://fhir.nhs.uk/CodeSystem/task-statusReason-genomics`).
public enum TaskStatusReason: String, Sendable, Hashable, CaseIterable {
  case furtherInformationNeeded = "further-information-needed"
  case awaitingSample = "awaiting-sample"
  case awaitingRecordOrSample = "awaiting-rod-and-or-sample"
  case invalidRequest = "invalid-request"
  case pipelineError = "pipeline-error"
  case timeExceeded = "time-for-task-exceeded"
  case unableToInterpret = "unable-to-interpret"
  case sampleSubOptimal = "sample-sub-optimal"
  case noLongerRequired = "task-no-longer-required"
  case noSampleProvided = "no-sample-provided"
  case scheduledDelay = "scheduled-delay"
  case awaitingOrderDetail = "awaiting-order-detail"
  case other
}
