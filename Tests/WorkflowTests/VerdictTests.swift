import Testing

@testable import Workflow

@Suite("Verdicts")
struct VerdictTests {
  private func rule(_ outcome: VerdictOutcome, required: Bool) -> RuleResult {
    RuleResult(id: "r", rule: "r", outcome: outcome, isRequired: required, evidence: "")
  }

  @Test("FAIL before UNKNOWN before WARN; unknown is never a pass")
  func order() {
    func verdict(_ rules: RuleResult...) -> VerdictOutcome { Verdict(sample: "S", rules: rules).verdict }
    #expect(verdict(rule(.pass, required: true)) == .pass)
    #expect(verdict(rule(.pass, required: true), rule(.unknown, required: true)) == .unknown)
    #expect(verdict(rule(.unknown, required: true), rule(.fail, required: true)) == .fail)
    #expect(verdict(rule(.pass, required: true), rule(.warn, required: false)) == .warn)
    #expect(verdict(rule(.notAssessed, required: false)) == .notAssessed)
    #expect(verdict() == .notAssessed)
  }
}
