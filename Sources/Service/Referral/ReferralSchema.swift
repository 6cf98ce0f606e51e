extension Referral {
  /// The JSON Schema (draft 2020-12) of `apus-referral/1`, as `apus referral schema` prints it.
  public static var jsonSchema: [UInt8] { PackageResources.apus_referral_schema_json }
}
