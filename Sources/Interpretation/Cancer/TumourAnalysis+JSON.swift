extension TumourAnalysis {
  /// The document's bytes: keys in order, the same for the same analysis.
  public func json() throws -> [UInt8] {
    try SortedJSON.document(self)
  }
}
