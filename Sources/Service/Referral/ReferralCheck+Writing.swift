extension ReferralCheck {
  /// The judgement as JSON, `apus-referral-check/1`: no name, number or birth date is in it.
  public func file(source: String) -> [UInt8] {
    func json(_ reason: ReferralReason) -> JSONTree {
      .ordered([
        "gate": .string(reason.gate.rawValue), "code": .string(reason.code.rawValue),
        "person": .optional(reason.person),
        "sample": .optional(reason.sample), "message": .string(reason.message),
        "reversedBy": .string(reason.evidence),
      ])
    }
    return JSONTree.ordered([
      "schema": .string("apus-referral-check/1"), "file": .string(source), "acceptable": .bool(isAcceptable),
      "refusals": .array(refusals.map(json)), "warnings": .array(warnings.map(json)),
      "research": .array(
        research.map {
          .ordered([
            "person": .string($0.person), "permits": .bool($0.denials.isEmpty),
            "denials": .array($0.denials.map { .string($0.rawValue) }),
          ])
        }),
    ]).written()
  }
}

/// The answers of a folder as JSON, `apus-referral-chase/1`.
public struct ReferralChaseList: Sendable {
  /// Each referral's file with its answer, in the order given.
  public var answers: [(file: String, answer: ReferralChase)]
  /// Files that are no referral of the schema, with the reason.
  public var refused: [(file: String, reason: String)]

  /// A list.
  public init(answers: [(file: String, answer: ReferralChase)], refused: [(file: String, reason: String)]) {
    self.answers = answers
    self.refused = refused
  }

  /// The JSON: no name, number or birth date is in it.
  public func file() -> [UInt8] {
    JSONTree.ordered([
      "schema": .string("apus-referral-chase/1"),
      "referrals": .array(
        answers.map { file, answer in
          .ordered([
            "file": .string(file), "referral": .optional(answer.identifier), "testCode": .optional(answer.testCode),
            "stage": .string(answer.stage.rawValue),
            "awaited": .array(
              answer.awaited.map {
                .ordered([
                  "statusReason": .string($0.reason.rawValue), "person": .optional($0.person),
                  "sample": .optional($0.sample), "message": .string($0.message),
                  "codes": .array($0.codes.map { .string($0.rawValue) }),
                ])
              }),
          ])
        }),
      "refused": .array(refused.map { .ordered(["file": .string($0.file), "reason": .string($0.reason)]) }),
    ]).written()
  }
}
