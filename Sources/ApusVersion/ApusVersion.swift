/// The version, after Semantic Versioning: of both programs, and what every result names. It stands here alone:
/// `Scripts/Release/version` reads this line, and packages and pages are made with what that prints.
public let apusVersion = "0.1.0"
