/// Expressions of every form, for the files of `FilterFile`.
enum FilterCases {
  private static let comparisons = ["=", "==", "!=", "<", "<=", ">", ">="]

  /// Every pair of one of each.
  private static func pairs(_ left: [String], _ middle: [String], _ right: [String]) -> [String] {
    left.flatMap { a in middle.flatMap { b in right.map { a + b + $0 } } }
  }

  /// Expressions that need no samples.
  static let sites: [String] =
    // Numbers of columns and INFO with constants.
    pairs(["QUAL", "POS", "DP", "INFO/MQ", "XA", "XF"], comparisons, ["30", "0.5"])
    + pairs(["QUAL", "INFO/DP", "MQ", "XA", "XF[*]"], ["=", "!="], ["\".\""])
    + pairs(["XA[0]", "XA[1]", "XF[0]", "XF[1]", "XR[*]", "DP4[0]", "DP4[1-]", "DP4[0,2-3]"], ["<", "!="], ["5"])
    + pairs(["DB", "1000G"], ["=", "!="], ["1", "0"])
    + pairs(["N_ALT", "ILEN", "%ILEN", "ABS(ILEN)"], [">", "="], ["1"])
    + [
      "59.2=QUAL", "QUAL=59.2", "QUAL>59.2", "QUAL=59.200001", "QUAL=1e-3", "qual>30", "pos<1000", "\".\"=DP",
      "N_SAMPLES>=0", "MQ=12.345678901234567", "POS=16777217", "POS>20000001", "XA<0", "XA=-1", "-DP<-5", "DP=XA",
      "XA!=XR", "QUAL>DP",
    ]
    // Texts.
    + pairs(["S", "S1", "INFO/S[0]", "S[1]", "S[*]"], ["=", "!="], ["\"hello\"", "\"a,b\"", "\".\"", "\"\""])
    + pairs(["S", "S1", "REF", "CHROM", "ID"], ["~", "!~"], ["\"hel\"", "\"^A\"", "\"HEL/i\"", "\"[0-9]$\"", "'.'"])
    + pairs(["REF", "ALT", "ALT[0]", "ALT[1]", "ALT[*]"], ["=", "!="], ["\"A\"", "\"G,C\"", "\".\"", "\"<DEL>\""])
    + pairs(["ID"], ["=", "!="], ["\"rs1\"", "\".\"", "\"id;x\"", "\"RS1\""])
    + [
      "\"hello\"=S", "S=S1", "S1!=S", "REF=ALT", "CHROM=\"1\"", "CHROM!='1'", "S~\"a\\|b\"", "S~\"a|b\"",
      "S1~\"|x\"", "S~\"l\\{2\\}\"", "ALT~\"<\"", "ALT~\"^\\[\"", "ALT~'\\['", "S1~\"S+\"",
    ]
    // FILTER and TYPE.
    + pairs(["FILTER"], ["=", "!=", "~", "!~"], ["\"PASS\"", "\".\"", "\"q10\"", "\"q10;s50\"", "\"s50;q10\""])
    + pairs(
      ["TYPE"], ["=", "!=", "~", "!~"], ["snp", "indels", "mnp", "ref", "bnd", "other", "overlap"].map { "\"\($0)\"" })
    + ["\"PASS\"=FILTER", "filter=\"PASS\"", "type=\"SNPS\"", "\"snp\"=TYPE"]
    // Functions.
    + pairs(
      ["MAX", "MIN", "AVG", "MEAN", "MEDIAN", "STDEV", "SUM", "COUNT", "max"].flatMap { ["\($0)(XR)", "\($0)(DP4)"] },
      [">"], ["1", "9.5"])
    + pairs(["STRLEN(REF)", "STRLEN(ALT)", "STRLEN(S)", "STRLEN(S1)", "STRLEN(S[0])"], [">", "="], ["1", "4"])
    + ["COUNT(S)=2", "COUNT(ALT)>1", "COUNT(QUAL)=1", "%MAX(XR)>5", "ABS(XA)=1", "MAX(XF)<MIN(XR)", "smax(XR)>5"]
    + ["binom(DP4[0],DP4[1])<0.5", "binom(DP4[0],DP4[1])=1", "MAX(DP4[0-1])>10", "SUM(DP4[*])>100"]
    // Arithmetic: a row is grouped from the right.
    + [
      "DP+1>11", "QUAL-DP>0", "QUAL*2=60", "DP/QUAL>0.5", "POS % 2 = 1", "DP%7=3", "10-5-2=7", "8/4/2=4", "2+3*4=14",
      "(2+3)*4=20", "2*-3=-6", "-2+3=1", "DP-QUAL-1>0", "DP/2/2>1", "(DP4[0]+DP4[1])/(DP4[2]+DP4[3])>0.3",
      "1-XF[0]>0.5",
      "QUAL/0>1", "0/0!=0", "POS+0.5>1000", "100/DP<2",
    ]
    // Logic.
    + [
      "QUAL>30 && DP>10", "QUAL>30 & DP>10", "QUAL>30 || DP>10", "QUAL>30 | DP>10", "QUAL>30&&DP>5||MQ>1",
      "QUAL>30||DP>5&&MQ>1", "(QUAL>30||DP>5)&&MQ>1", "((DP>5))", "TYPE=\"snp\" && (XF<0.3 || XF=\".\")",
      "FILTER=\"PASS\" & QUAL>=30 & DB=1", "XF<0.01", "XF>=0.01", "S=\"a\"|S=\"b\"|S1=\"a\"",
    ]

  /// Expressions on samples.
  static let samples: [String] =
    pairs(
      ["GT"], ["=", "!="],
      [
        "hom", "het", "hap", "mis", "ref", "alt", "RR", "ra", "AR", "aa", "aA", "Aa", "a", "R", "0/1", "1|0", ".",
        "./.",
        "1", "0/0,1/1",
      ].map { "\"\($0)\"" })
    + pairs(["GT"], ["~", "!~"], ["\"0\"", "\"^1\"", "\"het\"", "\"|\"", "\"[12]\"", "\"\\.\""])
    + pairs(["GT[0]", "GT[0,2]", "FMT/GT[1-]", "GT[*]"], ["="], ["\"het\"", "\"mis\"", "\"0/0\""])
    + pairs(["FMT/DQ", "GQ", "FORMAT/GQ", "DQ[1]", "DQ[0,2]", "GQ[1-]"], comparisons, ["10", "0.5"])
    + pairs(["DQ", "GQ", "FMT/AD", "PV"], ["=", "!="], ["\".\""])
    + pairs(
      ["AD[:0]", "AD[0:1]", "AD[*:1]", "AD[:*]", "AD[1-2:0]", "AD[0,1:1-]", "PV[:0]", "PV"], [">", "!="],
      ["5", "0.1"])
    + pairs(["FT", "FMT/FS", "FS[:0]", "FS[:1]", "FS[0:0]"], ["=", "!=", "~"], ["\"a\"", "\".\"", "\"a,bb\""])
    + pairs(
      ["MAX", "MIN", "AVG", "MEDIAN", "STDEV", "SUM", "COUNT"].flatMap { ["\($0)(FMT/AD)", "\($0)(GQ)"] }, [">"], ["3"])
    + pairs(
      ["SMPL_MAX", "sMIN", "SMPL_AVG", "sMEAN", "smpl_median", "sSTDEV", "SMPL_SUM"].map { "\($0)(FMT/AD)" },
      [">", "<="], ["5"])
    + pairs(
      ["N_PASS(GQ>1)", "F_PASS(DQ>5)", "N_PASS(GT=\"alt\")", "COUNT(GT=\"het\")", "F_PASS(GT!=\"mis\")"],
      [">", "<="], ["1", "0.5"])
    + pairs(["AC", "AN", "AF", "MAF", "MAC", "AC[1]", "AF[*]", "N_MISSING", "F_MISSING"], [">", "<="], ["1", "0.4"])
    + pairs(["binom(FMT/AD)", "binom(AD[:0],AD[:1])", "phred(binom(FMT/AD))"], ["<", ">="], ["0.5", "1"])
    + [
      "FMT/DQ>10 & GQ>10", "FMT/DQ>10 && GQ>10", "DQ>10 | GQ>10", "DQ>10 || GQ>10", "QUAL>10 | GQ>10",
      "QUAL>10 || GQ>10", "QUAL>10 & GQ>10", "GQ>10 && QUAL>10", "QUAL>10 && (GQ>10 | DQ>5)", "GT=\"het\" & DQ>5",
      "GT[0]=\"het\" & GT[1]=\"ref\"", "GT[0]=\"alt\" && GT[1]=\"ref\" && GT[2]=\"ref\"", "DQ>GQ", "DQ[0]=DQ",
      "DQ+GQ>20", "DQ*2>QUAL", "AD[:0]/(AD[:0]+AD[:1])>0.3", "DQ-GQ<0", "DQ=DP", "DP<GQ", "XA=DQ", "10<DQ",
      "FT=S1", "S=FS", "N_ALT>1 & GT=\"aA\"", "MAX(DQ)>10 & GT=\"mis\"", "sMAX(AD)>QUAL",
    ]
}
