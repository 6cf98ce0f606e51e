import EngineTestSupport
import GenomicFiles
import Genomics
import Testing

@testable import Variants

/// What expressions keep of a file: a line a record, with the samples that pass.
enum FilterRun {
  /// For each expression, the lines that it keeps, or why it is refused.
  static func lines(_ expressions: [String], _ path: String, samples: Bool) async throws -> [Result<
    [String], any Error
  >] {
    let resources = RunResources(threads: 2, batchBytes: 1 << 18)
    return try await withVariants(of: InputFile(path: path), resources: resources) { reader in
      let header = reader.header
      var kept: [Result<[String], any Error>] = []
      var evaluators: [FilterEvaluator?] = []
      var shortcuts: [FilterEvaluator?] = []
      for expression in expressions {
        do {
          let program = try VariantFilter(expression, header: header).program
          evaluators.append(FilterEvaluator(program, isWhole: true))
          shortcuts.append(FilterShortcut(program) == nil ? nil : FilterEvaluator(program))
          kept.append(.success([]))
        } catch {
          evaluators.append(nil)
          shortcuts.append(nil)
          kept.append(.failure(error))
        }
      }
      while let batch = try await reader.next() {
        batch.withRecords { view in
          for (index, evaluator) in evaluators.enumerated() {
            guard let evaluator, case .success(var lines) = kept[index] else { continue }
            kept[index] = .success([])
            do {
              for record in 0..<view.count {
                let passes = try evaluator.evaluate(view, record)
                if let shortcut = shortcuts[index] {
                  #expect(try shortcut.evaluate(view, record) == passes, "\(expressions[index]), record \(record)")
                }
                if passes { lines.append(line(view, record, evaluator, samples ? header.samples : [])) }
              }
              kept[index] = .success(lines)
            } catch {
              kept[index] = .failure(error)
            }
          }
        }
      }
      return kept
    }
  }

  private static func line(
    _ view: VariantRecords, _ record: Int, _ evaluator: FilterEvaluator, _ samples: [String]
  ) -> String {
    var parts = [VCFColumn.chrom, .pos, .ref, .alt].map {
      String(decoding: view[view.column($0, of: record)], as: UTF8.self)
    }
    for (index, sample) in samples.enumerated() where evaluator.samplePasses(index) { parts.append(sample) }
    return parts.joined(separator: " ")
  }

  /// What bcftools keeps; nil where it ends with an error.
  static func bcftools(_ expression: String, _ path: String, samples: Bool) throws -> [String]? {
    let format = "%CHROM %POS %REF %ALT" + (samples ? "[ %SAMPLE]" : "") + "\n"
    let output = try Peer.run("bcftools", ["query", "-i", expression, "-f", format, path])
    return output.status == 0 ? output.lines : nil
  }

  /// Expressions that keep other lines than bcftools does, with the first line that differs.
  static func differences(
    _ expressions: [String], _ path: String, samples: Bool, allowsPeerErrors: Bool = false
  ) async throws -> [String] {
    var differences: [String] = []
    for (expression, result) in zip(expressions, try await lines(expressions, path, samples: samples)) {
      let expected = try bcftools(expression, path, samples: samples)
      switch (result, expected) {
      case (.success(let found), .some(let expected)):
        guard found != expected else { continue }
        let first = zip(found + [""], expected + [""]).first { $0 != $1 }
        differences.append("\(expression): \(found.count) and \(expected.count); \(first.map { "\($0)" } ?? "")")
      case (.failure(let error), .some): differences.append("\(expression): refused: \(error)")
      case (_, nil): if !allowsPeerErrors { differences.append("\(expression): bcftools refuses it") }
      }
    }
    return differences
  }
}
