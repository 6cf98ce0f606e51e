/// What each frequency dataset and population answers of one allele. Keys are a dozen and the same for every allele of a
/// file, so that they are kept once, and looked for from the first to the last.
public struct FrequencyAnswers: Sendable, Codable, ExpressibleByDictionaryLiteral {
  /// The datasets and populations that were asked.
  public private(set) var keys: [FrequencyKey]
  private var answers: [FrequencyAnswer]

  /// - Parameter answers: one a key, in the order of keys, each of which is there once.
  init(_ keys: [FrequencyKey], _ answers: [FrequencyAnswer]) {
    precondition(keys.count == answers.count, "a key without an answer")
    self.keys = keys
    self.answers = answers
  }

  /// Answers of different keys.
  public init(dictionaryLiteral elements: (FrequencyKey, FrequencyAnswer)...) {
    self.init(elements.map(\.0), elements.map(\.1))
  }

  /// What a population answers; nil where it was not loaded.
  public subscript(_ key: FrequencyKey) -> FrequencyAnswer? {
    get { keys.firstIndex(of: key).map { answers[$0] } }
    set {
      let place = keys.firstIndex(of: key)
      switch (place, newValue) {
      case (let place?, let answer?): answers[place] = answer
      case (nil, let answer?):
        keys.append(key)
        answers.append(answer)
      case (let place?, nil):
        keys.remove(at: place)
        answers.remove(at: place)
      case (nil, nil): break
      }
    }
  }
}

extension FrequencyAnswers: Hashable {
  /// The same answers, in whatever order.
  public static func == (one: Self, other: Self) -> Bool {
    if one.keys == other.keys { return one.answers == other.answers }
    return one.keys.count == other.keys.count && one.keys.allSatisfy { one[$0] == other[$0] }
  }

  /// Does not depend on the order.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(Set(zip(keys, answers).map { Pair(key: $0, answer: $1) }))
  }

  private struct Pair: Hashable {
    var key: FrequencyKey
    var answer: FrequencyAnswer
  }
}
