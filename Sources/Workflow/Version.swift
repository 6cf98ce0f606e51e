/// The version of Apus.
public let apusVersion = "0.1.0"
