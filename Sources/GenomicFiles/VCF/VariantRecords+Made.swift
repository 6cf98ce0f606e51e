extension VariantRecords {
  /// A view of records that are not a batch's own, such as one that was rewritten.
  /// - Parameters:
  ///   - columnEnds: nine a record: where the fixed columns and FORMAT end.
  ///   - starts: where each record starts.
  ///   - ends: where each record ends, without its line end.
  ///   - positions: POS, counted from 1.
  public init(
    made bytes: UnsafeRawBufferPointer, columnEnds: UnsafeBufferPointer<UInt32>, starts: UnsafeBufferPointer<UInt32>,
    ends: UnsafeBufferPointer<UInt32>, positions: UnsafeBufferPointer<Int32>
  ) {
    self.init(bytes: bytes, columnEnds: columnEnds, starts: starts, ends: ends, positions: positions)
  }
}
