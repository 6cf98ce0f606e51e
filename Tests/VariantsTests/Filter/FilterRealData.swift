// Expressions that people use, on real files.
extension FilterPeerTests {
  static let thousandGenomes = [
    "QUAL>=100", "QUAL<100", "QUAL=\".\"", "FILTER=\"PASS\"", "FILTER!=\"PASS\"", "FILTER=\".\"", "TYPE=\"snp\"",
    "TYPE=\"indel\"", "TYPE!=\"snp\"", "TYPE~\"other\"", "INFO/AF<0.01", "INFO/AF>=0.01", "AF>0.05 && AF<0.95",
    "AFR_AF>0.1", "AFR_AF>EUR_AF", "AFR_AF=\".\"", "AFR_AF!=0.2", "ASN_AF<0.01 | ASN_AF=\".\"", "AC>10", "AC[0]=1",
    "AC/AN<0.001", "AN=2184", "RSQ>0.9", "ERATE<=0.0005", "THETA=0.0005", "LDAF*2>0.5", "VT=\"SNP\"", "VT!=\"SNP\"",
    "VT~\"SV\"", "AA=\"N\"", "AA~\"[acgt]\"", "SNPSOURCE=\"LOWCOV\"", "SNPSOURCE=\"EXOME\"", "SNPSOURCE~\"EXOME/i\"",
    "SVTYPE=\"DEL\"", "SVLEN<-100", "CIPOS[0]<0", "CIPOS[1]>10", "HOMLEN>1", "STRLEN(REF)>5", "STRLEN(ALT)>5",
    "ILEN<-2", "N_ALT=2", "ID~\"^rs\"", "ID=\".\"", "POS>50350000 && POS<=50400000", "REF=\"A\" && ALT=\"G\"",
    "GT=\"hom\"", "GT[0]=\"het\"", "N_PASS(GT=\"alt\")>0", "COUNT(GT=\"het\")=1", "FMT/DS>1.5", "MAX(FMT/DS)<0.05",
    "FMT/GL[:0]<-5", "SMPL_MAX(FMT/GL)=0", "F_MISSING>0", "MAF<0.05",
  ]

  static let platinum = [
    "FILTER=\"PASS\"", "FILTER=\"LowConfidence\"", "FILTER~\"OverlapConflict\"", "FILTER!~\"PASS\"",
    "FILTER=\"SuspiciousHomAlt\"", "GT=\"het\"", "GT=\"hom\"", "GT=\"alt\"", "GT=\"ref\"", "GT=\"mis\"", "GT=\"aA\"",
    "GT=\"1|1\"", "GT=\"0|1\"", "GT=\"0/1\"", "GT!=\"het\"", "GT~\"2\"", "TYPE=\"snp\"", "TYPE=\"indel\"",
    "TYPE~\"indel\" && TYPE~\"snp\"", "TYPE=\"mnp\"", "TYPE=\"other\"", "N_ALT>1", "MTD=\"bwa_gatk3\"",
    "MTD!=\"bwa_gatk3\"", "MTD[0]=\"isaac2\"", "MTD[1]=\"bwa_freebayes\"", "MTD~\"free\"", "COUNT(MTD)=4",
    "COUNT(MTD)<3", "CS=\".\"", "CS>0", "QUAL=\".\"", "QUAL>30", "AC>1", "AF=0.5", "AN<2", "MAF<0.5", "ILEN>5",
    "ILEN<-5 && ILEN>-20", "STRLEN(ALT)>10", "ABS(ILEN)=1", "POS % 10 = 3", "POS>16777217", "REF~\"^AT\"",
    "N_MISSING=0", "CHROM=\"chr21\" & POS<10000000",
  ]

  static let trio = [
    "QUAL>1000", "QUAL>30 && INFO/DP>100", "INFO/DP>300", "INFO/DP<=50", "FMT/DP>20", "FMT/DP>20 & GQ>=99",
    "FMT/DP>20 && GQ<50", "GQ>20", "MIN(GQ)>30", "MIN(FMT/DP)>10", "AVG(FMT/DP)>40", "N_PASS(GQ>=50)=3",
    "F_PASS(FMT/DP>30)>=0.5", "GT=\"het\"", "GT[0]=\"het\" && GT[1]=\"ref\"", "GT[0]=\"alt\" & GT[1]=\"alt\"",
    "GT=\"mis\"", "GT=\"hom\" & GQ>90", "COUNT(GT=\"alt\")=3", "AD[:1]>10", "AD[0:1]/(AD[0:0]+AD[0:1])<0.4",
    "binom(AD[:0],AD[:1])<0.01", "phred(binom(AD[:0],AD[:1]))>20", "sSUM(AD)>50", "PL[:0]=0", "PL[0:*]=0", "TP>100",
    "TP=\".\"", "AC=1", "AC[0]>2", "AF<0.2", "AN=6", "MQ>=59.5", "QD<2 || FS>60", "MQRankSum<-12.5",
    "ReadPosRankSum<-8 | SB>-10", "VQSLOD>0", "VQSLOD=\".\"", "DB=1", "DB=0 && STR=1", "RU=\"A\"", "RPA[0]>5",
    "RPA[1]>RPA[0]", "culprit=\"FS\"", "culprit!=\"FS\"", "set~\"Intersection\"", "FILTER=\"PASS\"",
    "FILTER~\"VQSRTrancheSNP99.00to99.90\"", "TYPE=\"indel\"", "Dels>0", "HaplotypeScore>10", "InbreedingCoeff!=0",
    "MLEAF[0]=0.5", "ID=\".\"", "STRLEN(REF)>3",
  ]
}
