// libpq, the client library of PostgreSQL, and what of it does not import into Swift by itself.
#ifndef APUS_CPOSTGRESQL_SHIM_H
#define APUS_CPOSTGRESQL_SHIM_H

#include <libpq-fe.h>

// Notices go to standard error otherwise, and may hold values.
static inline void apus_pq_drop_notice(void * _Nullable context, const char * _Nullable message) {
  (void)context;
  (void)message;
}
static inline void apus_pq_set_silent(PGconn * _Nonnull connection) {
  PQsetNoticeProcessor(connection, apus_pq_drop_notice, NULL);
}

// The five letters of SQLSTATE; none where the server was not reached.
static inline const char * _Nullable apus_pq_sqlstate(const PGresult * _Nonnull result) {
  return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

#endif
