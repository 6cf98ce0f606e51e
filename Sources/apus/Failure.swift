import Annotation
import ArgumentParser
import GenomicFiles
import Genomics
import KnowledgeBase
import Service
import Variants
import Workflow

/// An error as a person and a scheduler are told of it: a line, fields, and an exit code of CLI.md.
struct Failure {
  let code: Int32
  private let kind: String
  private let message: String
  private let location: InputLocation?
  /// Printed as it is, to standard output where `code` is 0 (help, version).
  private let verbatim: String?

  init(_ error: any Error) {
    var location: InputLocation?
    var verbatim: String?
    switch error {
    case let error as InputError:
      switch error.kind {
      case .unreadable: code = 66
      case .referenceMissing, .referenceMismatch: code = 78
      case .empty, .truncated, .checksum, .malformed, .mismatch, .unsupported: code = 65
      }
      kind = error.kind.rawValue
      message = error.description
      location = error.location
    case let error as FilterError:
      code = 64
      kind = "usage"
      message = error.description
    case let error as CacheError:
      code = 78
      kind = error.kind.rawValue
      message = error.description
    case let error as OutputError:
      code = error.kind == .failed ? 74 : 73
      kind = error.kind.rawValue
      message = error.description
    case let error as RunError:
      switch error.kind {
      case .usage: code = 64
      case .internalFault: code = 70
      case .configuration: code = 78
      case .memory: code = 75
      }
      kind = error.kind.rawValue
      message = error.description
    case let error as PermissionError:
      code = 77
      kind = error.kind.rawValue
      message = error.description
    case let error as KnowledgeBaseError:
      switch error.kind {
      case .busy: code = 75
      case .missing: code = 66
      case .exists: code = 73
      case .damaged, .conflict: code = 65
      case .configuration: code = 78
      case .failed: code = 74
      case .unavailable: code = 69
      }
      kind = error.kind.rawValue
      message = error.description
    case let error as ReleaseError:
      switch error.kind {
      case .usage: code = 64
      case .policy: code = 78
      case .withheld: code = 77
      case .unavailable: code = 69
      }
      kind = error.kind.rawValue
      message = error.description
    case let error as Interruption:
      code = 128 + error.signal
      kind = "interrupted"
      message =
        "interrupted by signal \(error.signal): partial files are removed; run it again (apus run: with --resume)"
    case let error as VerdictFailure:
      code = 3
      kind = "verdict"
      message = error.description
    case is CancellationError:
      code = 70
      kind = "internal"
      message = "the run was cancelled without a signal; please report this"
    default:
      let status = Apus.exitCode(for: error)
      code = status.rawValue
      kind = "usage"
      if status == .success || status == ExitCode.success {
        verbatim = Apus.fullMessage(for: error)
        message = ""
      } else if error is ExitCode {
        message = ""
      } else {
        let text = Apus.message(for: error)
        message = "\(text.isEmpty ? "\(error)" : text); see apus --help"
      }
    }
    self.location = location
    self.verbatim = verbatim
  }

  /// Prints the failure and returns the exit code.
  func report(logFormat: LogFormat) -> Int32 {
    if let verbatim {
      print(verbatim)
      return code
    }
    guard !message.isEmpty else { return code }
    switch logFormat {
    case .text: StandardError.write("apus: error: \(LogLine.plain(message))\n")
    case .json:
      var fields: [(String, LogLine.Value)] = [
        ("level", .text("error")), ("message", .text(message)), ("code", .text(kind)), ("exit", .integer(Int(code))),
      ]
      if let location {
        fields.append(("file", .text(location.file)))
        if let record = location.record { fields.append(("record", .integer(record))) }
        if let offset = location.offset {
          fields.append(("offset", .integer(offset)))
          fields.append(("offset_of", .text(location.offsetBase.rawValue)))
        }
      }
      StandardError.write(LogLine.json(fields))
    }
    return code
  }
}

/// A run that a signal ended.
struct Interruption: Error {
  var signal: Int32
}

/// A verdict that `--fail-on` turns into an exit code.
struct VerdictFailure: Error, CustomStringConvertible {
  var description: String
}
