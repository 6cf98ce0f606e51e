/// Why a request is refused: an HTTP status and a sentence for the person who sent it.
package struct RequestFault: Error, Sendable, Hashable {
  /// The status, 400 to 499, or 503 where the service cannot answer now.
  package var status: Int
  /// What is wrong, and what to do.
  package var message: String
  /// Seconds after which it is worth to ask again.
  package var retryAfter: Int?

  /// A refusal.
  package init(_ status: Int, _ message: String, retryAfter: Int? = nil) {
    self.status = status
    self.message = message
    self.retryAfter = retryAfter
  }

  /// A request that cannot be understood or answered as it is.
  package static func bad(_ message: String) -> RequestFault { RequestFault(400, message) }
}
