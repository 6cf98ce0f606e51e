// What of htslib does not import into Swift by itself: function-like macros, variadic functions, constants that are
// macro expressions, and mutable globals (which Swift 6 refuses as not safe to share between threads).
#ifndef APUS_CHTSLIB_SHIM_H
#define APUS_CHTSLIB_SHIM_H

#include <htslib/bgzf.h>
#include <htslib/cram.h>
#include <htslib/faidx.h>
#include <htslib/hfile.h>
#include <htslib/hts.h>
#include <htslib/hts_log.h>
#include <htslib/kstring.h>
#include <htslib/sam.h>
#include <htslib/tbx.h>
#include <htslib/thread_pool.h>
#include <htslib/vcf.h>
#include <stdlib.h>

// Alignment records.
static inline uint8_t * _Nonnull apus_bam_get_data(const bam1_t * _Nonnull b) { return b->data; }
static inline char * _Nonnull apus_bam_get_qname(const bam1_t * _Nonnull b) { return bam_get_qname(b); }
static inline uint32_t * _Nonnull apus_bam_get_cigar(const bam1_t * _Nonnull b) { return bam_get_cigar(b); }
static inline uint8_t * _Nonnull apus_bam_get_seq(const bam1_t * _Nonnull b) { return bam_get_seq(b); }
static inline uint8_t * _Nonnull apus_bam_get_qual(const bam1_t * _Nonnull b) { return bam_get_qual(b); }
static inline uint8_t * _Nonnull apus_bam_get_aux(const bam1_t * _Nonnull b) { return bam_get_aux(b); }
static inline int apus_bam_get_l_aux(const bam1_t * _Nonnull b) { return bam_get_l_aux(b); }
static inline int apus_bam_seqi(const uint8_t * _Nonnull seq, int64_t i) { return bam_seqi(seq, i); }
static inline uint32_t apus_bam_cigar_op(uint32_t c) { return bam_cigar_op(c); }
static inline uint32_t apus_bam_cigar_oplen(uint32_t c) { return bam_cigar_oplen(c); }
static inline uint32_t apus_bam_cigar_type(uint32_t op) { return (uint32_t)bam_cigar_type(op); }
static inline char apus_seq_nt16_char(int code) { return seq_nt16_str[code & 15]; }

// Files.
static inline samFile * _Nullable apus_sam_open(const char * _Nonnull path, const char * _Nonnull mode) {
  return sam_open(path, mode);
}
static inline samFile * _Nullable apus_hts_from_descriptor(int fd, const char * _Nonnull name, const char * _Nonnull mode) {
  hFILE *stream = hdopen(fd, mode);
  if (!stream) return NULL;
  htsFile *file = hts_hopen(stream, name, mode);
  if (!file) hclose_abruptly(stream);
  return file;
}
// Opens what stands in memory. The buffer has to be of malloc; htslib frees it, also where it cannot be opened.
static inline samFile * _Nullable apus_sam_open_memory(void * _Nonnull buffer, size_t size, const char * _Nonnull name) {
  hFILE *stream = hopen("mem:", "rb:", (char *)buffer, size);
  if (!stream) return NULL;
  htsFile *file = hts_hopen(stream, name, "r");
  if (!file) hclose_abruptly(stream);
  return file;
}
static inline vcfFile * _Nullable apus_bcf_open(const char * _Nonnull path, const char * _Nonnull mode) {
  return bcf_open(path, mode);
}
static inline int apus_hts_set_reference(htsFile * _Nonnull file, const char * _Nonnull fasta) {
  return hts_set_opt(file, CRAM_OPT_REFERENCE, fasta);
}
static inline int apus_hts_share_reference(htsFile * _Nonnull file, htsFile * _Nonnull owner) {
  return hts_set_opt(file, CRAM_OPT_SHARED_REF, cram_get_refs(owner));
}
static inline int apus_hts_set_ignore_md5(htsFile * _Nonnull file) {
  return hts_set_opt(file, CRAM_OPT_IGNORE_MD5, 1);
}
static inline int apus_hts_set_required_fields(htsFile * _Nonnull file, int fields) {
  return hts_set_opt(file, CRAM_OPT_REQUIRED_FIELDS, fields);
}
static inline int apus_hts_set_pool(htsFile * _Nonnull file, htsThreadPool * _Nonnull pool) {
  return hts_set_opt(file, HTS_OPT_THREAD_POOL, pool);
}

// Variant records.
static inline int apus_bcf_hdr_nsamples(const bcf_hdr_t * _Nonnull h) { return bcf_hdr_nsamples(h); }
static inline const char * _Nullable apus_bcf_hdr_sample(const bcf_hdr_t * _Nonnull h, int i) { return h->samples[i]; }
static inline int apus_bcf_gt_is_missing(int32_t gt) { return bcf_gt_is_missing(gt); }
static inline int apus_bcf_gt_is_phased(int32_t gt) { return bcf_gt_is_phased(gt); }
static inline int32_t apus_bcf_gt_allele(int32_t gt) { return bcf_gt_allele(gt); }
static inline int32_t apus_bcf_int32_missing(void) { return bcf_int32_missing; }
static inline int32_t apus_bcf_int32_vector_end(void) { return bcf_int32_vector_end; }
static inline uint32_t apus_bcf_float_missing_bits(void) { return bcf_float_missing; }
static inline uint32_t apus_bcf_float_vector_end_bits(void) { return bcf_float_vector_end; }
static inline int apus_bcf_un_all(void) { return BCF_UN_ALL; }

// htslib writes its own messages to standard error; ours carry the same facts with file and offset.
static inline void apus_hts_set_silent(void) { hts_set_log_level(HTS_LOG_OFF); }

// The index formats and the meta data that a tabix index of a VCF starts with (htslib: tbx_conf_vcf, without names).
static inline int apus_hts_idx_set_vcf_meta(hts_idx_t * _Nonnull idx) {
  uint8_t meta[28] = {0};
  const int32_t conf[7] = {TBX_VCF, 1, 2, 0, '#', 0, 0};
  for (int i = 0; i < 7; i++) {
    uint32_t v = (uint32_t)conf[i];
    for (int b = 0; b < 4; b++) meta[4 * i + b] = (uint8_t)(v >> (8 * b));
  }
  return hts_idx_set_meta(idx, sizeof meta, meta, 1);
}
static inline int apus_fmt_tbi(void) { return HTS_FMT_TBI; }
static inline int apus_fmt_csi(void) { return HTS_FMT_CSI; }

// Memory that htslib allocated and the caller owns.
static inline void apus_free(void * _Nullable p) { free(p); }

#endif
