import Genomics

// FORMAT and the samples: field by field, all samples of a field together (VCF 4.5, section 6.3.3).
extension BCFEncoder {
  /// - Returns: the number of FORMAT fields.
  func appendSamples(
    _ format: UnsafeRawBufferPointer, _ samples: UnsafeRawBufferPointer, to output: inout [UInt8]
  ) throws(Fault) -> Int {
    fields.removeAll(keepingCapacity: true)
    if isDot(format) { return 0 }
    var start = 0
    while start <= format.count {
      let stop = Self.index(of: UInt8(ascii: ":"), in: format, from: start)
      let name = UnsafeRawBufferPointer(rebasing: format[start..<stop])
      let known = key(name, isFormat: true)
      guard let place = known.place, let definition = known.definition else {
        throw Fault(reason: "FORMAT \(text(name)) has no ##FORMAT line, which BCF needs")
      }
      fields.append(Field(place: place, type: definition.type, isGenotype: name.elementsEqual("GT".utf8)))
      start = stop + 1
    }
    guard fields.count < 256 else { throw Fault(reason: "FORMAT has more than 255 fields, which BCF cannot count") }
    try findValues(samples)
    for index in fields.indices { try appendField(index, samples, to: &output) }
    return fields.count
  }

  private func findValues(_ samples: UnsafeRawBufferPointer) throws(Fault) {
    values.removeAll(keepingCapacity: true)
    let fieldCount = fields.count
    var position = 0
    for _ in header.samples.indices {
      let end = Self.index(of: UInt8(ascii: "\t"), in: samples, from: position)
      var start = position
      var found = 0
      while start <= end {
        let stop = min(end, Self.index(of: UInt8(ascii: ":"), in: samples, from: start))
        guard found < fieldCount else { throw Fault(reason: "a sample has more fields than FORMAT") }
        values.append(start..<stop)
        found += 1
        start = stop + 1
      }
      while found < fieldCount {
        values.append(-1 ..< -1)
        found += 1
      }
      position = end + 1
    }
  }

  private func appendField(
    _ index: Int, _ samples: UnsafeRawBufferPointer, to output: inout [UInt8]
  ) throws(Fault) {
    let field = fields[index]
    appendKey(field.place, to: &output)
    if field.isGenotype {
      try appendVectors(index, samples, isFloat: false, to: &output) { (value) throws(Fault) in
        try takeGenotype(value)
      }
      return
    }
    switch field.type {
    case .integer, .float:
      let isFloat = field.type == .float
      try appendVectors(index, samples, isFloat: isFloat, to: &output) { (value) throws(Fault) in
        try takeList(value, isFloat: isFloat, field.place)
      }
    case .flag, .character, .string: appendStrings(index, samples, to: &output)
    }
  }

  /// Appends numbers, as many a sample as the longest list has.
  private func appendVectors(
    _ index: Int, _ samples: UnsafeRawBufferPointer, isFloat: Bool, to output: inout [UInt8],
    take: (UnsafeRawBufferPointer) throws(Fault) -> Void
  ) throws(Fault) {
    integers.removeAll(keepingCapacity: true)
    var ends: [Int] = []
    ends.reserveCapacity(header.samples.count)
    var longest = 1
    for sample in header.samples.indices {
      let before = integers.count
      let range = values[sample * fields.count + index]
      if range.lowerBound < 0 {
        integers.append(isFloat ? Int32(bitPattern: BCFMark.missingFloat) : BCFMark.missing)
      } else {
        try take(UnsafeRawBufferPointer(rebasing: samples[range]))
      }
      ends.append(integers.count)
      longest = max(longest, integers.count - before)
    }
    let type = isFloat ? .float : fittingType()
    let vectorEnd = isFloat ? Int32(bitPattern: BCFMark.vectorEndFloat) : BCFMark.vectorEnd
    appendDescriptor(type, longest, to: &output)
    output.reserveCapacity(output.count + longest * ends.count * type.size)
    var start = 0
    for end in ends {
      for place in start..<end { append(integers[place], as: type, to: &output) }
      for _ in (end - start)..<longest { append(vectorEnd, as: type, to: &output) }
      start = end
    }
  }

  private func appendStrings(_ index: Int, _ samples: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    var longest = 1
    for sample in header.samples.indices { longest = max(longest, values[sample * fields.count + index].count) }
    appendDescriptor(.character, longest, to: &output)
    for sample in header.samples.indices {
      let range = values[sample * fields.count + index]
      if range.lowerBound < 0 {
        output.append(UInt8(ascii: "."))
        for _ in 1..<longest { output.append(0) }
      } else {
        output.append(contentsOf: samples[range])
        for _ in range.count..<longest { output.append(0) }
      }
    }
  }

  /// Appends a genotype's alleles to `integers`.
  private func takeGenotype(_ value: UnsafeRawBufferPointer) throws(Fault) {
    var position = 0
    var mark: Int32 = 0
    if let first = value.first, first == UInt8(ascii: "|") || first == UInt8(ascii: "/") {
      // BCF before 4.4 has no place for the mark of the first allele, and its readers drop it.
      throw Fault(reason: "GT \(text(value)) begins with a phase mark, which BCF 2.2 cannot hold")
    }
    repeat {
      guard position < value.count else { throw Fault(reason: "GT \(text(value)) is no genotype") }
      if value[position] == UInt8(ascii: ".") {
        integers.append(mark)
        position += 1
      } else {
        var allele: Int32 = 0
        let start = position
        while position < value.count, value[position] &- UInt8(ascii: "0") < 10 {
          guard allele < 1 << 20 else { throw Fault(reason: "GT \(text(value)) is no genotype") }
          allele = allele * 10 + Int32(value[position] - UInt8(ascii: "0"))
          position += 1
        }
        guard position > start else { throw Fault(reason: "GT \(text(value)) is no genotype") }
        integers.append((allele + 1) << 1 | mark)
      }
      guard position < value.count else { return }
      guard value[position] == UInt8(ascii: "/") || value[position] == UInt8(ascii: "|") else {
        throw Fault(reason: "GT \(text(value)) is no genotype")
      }
      mark = value[position] == UInt8(ascii: "|") ? 1 : 0
      position += 1
    } while true
  }
}

// The bytes of values.
extension BCFEncoder {
  func append(_ value: UInt32, to output: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { output.append(contentsOf: $0) }
  }

  func store(_ value: UInt32, at place: Int, in output: inout [UInt8]) {
    output.withUnsafeMutableBytes { $0.storeBytes(of: value.littleEndian, toByteOffset: place, as: UInt32.self) }
  }

  /// A dictionary key: one number of the smallest type.
  func appendKey(_ place: Int, to output: inout [UInt8]) {
    let type = BCFType.fitting(least: Int32(place), most: Int32(place))
    output.append(1 << 4 | type.rawValue)
    append(Int32(place), as: type, to: &output)
  }

  func appendDescriptor(_ type: BCFType, _ count: Int, to output: inout [UInt8]) {
    guard count >= 15 else {
      output.append(UInt8(count) << 4 | type.rawValue)
      return
    }
    output.append(15 << 4 | type.rawValue)
    appendKey(count, to: &output)
  }

  func appendString(_ value: UnsafeRawBufferPointer, to output: inout [UInt8], isMissingEmpty: Bool = false) {
    if isMissingEmpty, isDot(value) {
      appendDescriptor(.character, 0, to: &output)
      return
    }
    appendDescriptor(.character, value.count, to: &output)
    output.append(contentsOf: value)
  }

  /// The smallest type that holds `integers`.
  func fittingType() -> BCFType {
    var least = Int32.max
    var most = Int32.min
    for value in integers where value >= BCFMark.least {
      least = min(least, value)
      most = max(most, value)
    }
    return least > most ? .int8 : BCFType.fitting(least: least, most: most)
  }

  /// Appends `integers` as one vector.
  func appendIntegers(to output: inout [UInt8]) {
    guard !integers.isEmpty else {
      output.append(0)
      return
    }
    let type = fittingType()
    appendDescriptor(type, integers.count, to: &output)
    for value in integers { append(value, as: type, to: &output) }
  }

  @inline(__always)
  func append(_ value: Int32, as type: BCFType, to output: inout [UInt8]) {
    let isMark = value < BCFMark.least
    switch type {
    case .int8:
      output.append(UInt8(truncatingIfNeeded: isMark ? value &- Int32.min &- 128 : value))
    case .int16:
      let stored = UInt16(truncatingIfNeeded: isMark ? value &- Int32.min &- 32768 : value)
      withUnsafeBytes(of: stored.littleEndian) { output.append(contentsOf: $0) }
    default: withUnsafeBytes(of: UInt32(bitPattern: value).littleEndian) { output.append(contentsOf: $0) }
    }
  }
}
