#ifndef APUS_CCOMPRESSION_SHIM_H
#define APUS_CCOMPRESSION_SHIM_H

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <libdeflate.h>

#endif
