import GRDBSQLite

/// The version of SQLite that is loaded.
public var sqliteVersion: String { String(cString: sqlite3_libversion()) }
