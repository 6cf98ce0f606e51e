import Reads

extension ReadOptions {
  /// The arguments by which fastp 0.23.2 is told the same; for pairs, or for single reads.
  func fastpArguments(isPaired: Bool) -> [String] {
    var arguments = cutArguments(isPaired: isPaired) + windowArguments + filterArguments
    switch polyG {
    case .automatic: break
    case .always: arguments += ["-g", "--poly_g_min_len", "\(polyGLength)"]
    case .never: arguments += ["-G"]
    }
    if let polyX { arguments += ["-x", "--poly_x_min_len", "\(polyX)"] }
    arguments += adapterArguments(isPaired: isPaired)
    if isPaired {
      arguments += [
        "--overlap_len_require", "\(overlap.shortest)", "--overlap_diff_limit", "\(overlap.differences)",
        "--overlap_diff_percent_limit", "\(overlap.differencePercent)",
      ]
      if correctsBases { arguments.append("-c") }
    }
    if let molecularIdentifiers { arguments += molecularIdentifiers.fastpArguments }
    return arguments
  }

  private func cutArguments(isPaired: Bool) -> [String] {
    let first = ["-f", "\(cut1.front)", "-t", "\(cut1.tail)", "-b", "\(cut1.longest)"]
    return first + (isPaired ? ["-F", "\(cut2.front)", "-T", "\(cut2.tail)", "-B", "\(cut2.longest)"] : [])
  }

  private var windowArguments: [String] {
    let windows = [("front", cutFront), ("tail", cutTail), ("right", cutRight)]
    return windows.flatMap { name, window in
      guard let window else { return [String]() }
      return [
        "--cut_\(name)", "--cut_\(name)_window_size", "\(window.size)", "--cut_\(name)_mean_quality",
        "\(window.meanQuality)",
      ]
    }
  }

  private func adapterArguments(isPaired: Bool) -> [String] {
    guard adapters.isEnabled else { return ["-A"] }
    func text(_ bases: [UInt8]) -> String { String(decoding: bases, as: UTF8.self) }
    var arguments: [String] = []
    if let sequence1 = adapters.sequence1 { arguments += ["--adapter_sequence", text(sequence1)] }
    if isPaired, let sequence2 = adapters.sequence2 { arguments += ["--adapter_sequence_r2", text(sequence2)] }
    if isPaired, adapters.detects { arguments.append("--detect_adapter_for_pe") }
    return arguments
  }

  private var filterArguments: [String] {
    var arguments: [String] = []
    if let quality {
      arguments += ["-q", "\(quality.qualified)", "-u", "\(quality.unqualifiedPercent)"]
      arguments += ["-e", "\(quality.mean)", "-n", "\(quality.mostN)"]
    } else {
      arguments.append("-Q")
    }
    if let length {
      arguments += ["-l", "\(length.shortest)", "--length_limit", "\(length.longest)"]
    } else {
      arguments.append("-L")
    }
    if let complexityPercent { arguments += ["-y", "-Y", "\(complexityPercent)"] }
    return arguments
  }
}

extension MolecularIdentifiers {
  fileprivate var fastpArguments: [String] {
    var arguments = ["--umi", "--umi_loc=\(place.rawValue)"]
    if [.read1, .read2, .perRead].contains(place) { arguments += ["--umi_len=\(length)", "--umi_skip=\(skipped)"] }
    return arguments + (prefix.isEmpty ? [] : ["--umi_prefix=\(prefix)"])
  }
}
