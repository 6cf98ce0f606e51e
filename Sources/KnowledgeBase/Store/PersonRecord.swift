import Crypto
import Genomics

/// A row of the table of people.
struct PersonRecord: Sendable, Hashable {
  var id: Int64
  var pseudonym: String
  var digest: String
  var sex: String
  var callability: String?
  var annotation: String?
  /// `ContributionDetails.text`.
  var details: String
  var observations: Int
  /// Alleles that the annotation says nothing of.
  var unannotated: Int
  /// The form and date that the leave rests on.
  var consent: String
  var consentDate: String
  var consentUntil: String?
  /// The day on which the choice was last read.
  var consentChecked: String
  /// `permitted`, `denied` or `missing` when it was last read.
  var consentState: String

  /// The choice said yes.
  static let permitted = "permitted"
  /// The choice says no, and the person is still in the base.
  static let denied = "denied"
  /// No record of the person was given.
  static let missing = "missing"

  /// SHA-256 over the row's values: a changed one is found, also where no digest of content covers it.
  var seal: String {
    let values: [String?] = [
      "\(id)", pseudonym, digest, sex, callability, annotation, details, "\(observations)", "\(unannotated)", consent,
      consentDate, consentUntil, consentChecked, consentState,
    ]
    return Seal.of(values)
  }

  /// Writes the row.
  func insert(into table: String, _ db: any StoreConnection) throws {
    try db.execute(
      "INSERT INTO \(table) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      [
        id, pseudonym, digest, sex, callability, annotation, details, observations, unannotated, consent, consentDate,
        consentUntil, consentChecked, consentState, seal,
      ])
  }

  /// Named one by one: a table whose columns were renamed is an error, and no row without a value.
  private static let columns = """
    id, pseudonym, digest, sex, callability, annotation, details, observations, unannotated, consent, consent_date,
    consent_until, consent_checked, consent_state, seal
    """

  /// Every row, by number.
  /// - Throws: `ByteReader.Damaged` for a row that is not as it was written.
  static func all(_ db: any StoreConnection) throws -> [PersonRecord] {
    try db.rows("SELECT \(columns) FROM contribution ORDER BY id").map { try PersonRecord($0) }
  }

  static func one(_ id: Int64, _ db: any StoreConnection) throws -> PersonRecord? {
    try db.row("SELECT \(columns) FROM contribution WHERE id = ?", [id]).map { try PersonRecord($0) }
  }

  private init(_ row: StoreRow) throws {
    self.init(
      id: try row.integer("id"), pseudonym: try row.text("pseudonym"), digest: try row.text("digest"),
      sex: try row.text("sex"), callability: try row.optionalText("callability"),
      annotation: try row.optionalText("annotation"), details: try row.text("details"),
      observations: try row.number("observations"), unannotated: try row.number("unannotated"),
      consent: try row.text("consent"), consentDate: try row.text("consent_date"),
      consentUntil: try row.optionalText("consent_until"), consentChecked: try row.text("consent_checked"),
      consentState: try row.text("consent_state"))
    guard try row.text("seal") == seal else { throw ByteReader.Damaged() }
  }

  init(
    id: Int64, pseudonym: String, digest: String, sex: String, callability: String?, annotation: String?,
    details: String, observations: Int, unannotated: Int, consent: String, consentDate: String, consentUntil: String?,
    consentChecked: String, consentState: String
  ) {
    self.id = id
    self.pseudonym = pseudonym
    self.digest = digest
    self.sex = sex
    self.callability = callability
    self.annotation = annotation
    self.details = details
    self.observations = observations
    self.unannotated = unannotated
    self.consent = consent
    self.consentDate = consentDate
    self.consentUntil = consentUntil
    self.consentChecked = consentChecked
    self.consentState = consentState
  }
}

/// The digest of a row's values.
enum Seal {
  static func of(_ values: [String?]) -> String {
    var hasher = SHA256()
    for value in values {
      // Lengths keep neighbours apart; a missing value is none of any length.
      hasher.update(data: Array("\(value.map { "\($0.utf8.count)" } ?? "-"):\(value ?? "")".utf8))
    }
    return hexadecimal(hasher.finalize())
  }
}
