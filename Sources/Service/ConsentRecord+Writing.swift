extension ConsentRecord {
  /// A file of records as `parse` reads it: a JSON array of `apus-consent/1` entries in the order given.
  public static func file(_ records: [ConsentRecord]) -> [UInt8] { JSONTree.array(records.map(\.json)).written() }

  /// The entry with every field, null where nothing was transcribed.
  var json: JSONTree {
    .ordered([
      "schema": .string(Self.schema), "participant": .string(participant), "form": .optional(form),
      "discussed": .optional(discussed), "agreed": .optional(agreed), "category": .optional(category),
      "date": .optional(date), "signed": signed.map(JSONTree.bool) ?? .null,
      "remoteClinician": .optional(remoteClinician), "scope": .optional(scope), "validUntil": .optional(validUntil),
      "withdrawn": .optional(withdrawn),
    ])
  }
}
