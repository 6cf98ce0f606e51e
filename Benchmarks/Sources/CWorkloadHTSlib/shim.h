// What Swift cannot import from htslib: function-like macros and index presets. No logic.
#ifndef C_WORKLOAD_HTSLIB_SHIM_H
#define C_WORKLOAD_HTSLIB_SHIM_H

#include <stdlib.h>
#include <htslib/bgzf.h>
#include <htslib/faidx.h>
#include <htslib/hts.h>
#include <htslib/sam.h>
#include <htslib/tbx.h>

static inline int workload_index_vcf(const char *path) { return tbx_index_build(path, 0, &tbx_conf_vcf); }
static inline int workload_index_gff(const char *path) { return tbx_index_build(path, 0, &tbx_conf_gff); }

static inline const char *workload_bam_name(const bam1_t *b) { return bam_get_qname(b); }
static inline const uint32_t *workload_bam_cigar(const bam1_t *b) { return bam_get_cigar(b); }
static inline const uint8_t *workload_bam_qualities(const bam1_t *b) { return bam_get_qual(b); }
static inline uint8_t workload_bam_base(const bam1_t *b, int i) {
  return (uint8_t)seq_nt16_str[bam_seqi(bam_get_seq(b), i)];
}

#endif
