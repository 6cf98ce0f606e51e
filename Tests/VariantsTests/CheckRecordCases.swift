// Rows of `CheckRecordTests`: INFO, and FORMAT with the samples.
extension CheckRecordTests {
  static let infoCases = """
    all | 1 100 . A C,G . . AC=1,2;AF=0,1;DP=0;DB;CIGAR=1X,10M2D | ok
    all | 1 100 . A C,G . . AC=.;AF=.,.;I1=. | ok
    all | 1 100 . A C . .  | info-syntax INFO
    all | 1 100 . A C . . DP=1; | info-syntax INFO
    all | 1 100 . A C . . ;DP=1 | info-syntax INFO
    all | 1 100 . A C . . =1 | info-key INFO
    4.1-4.2 | 1 100 . A C . . S1=a␠b | info-whitespace INFO
    4.3+ | 1 100 . A C . . S1=a␠b | ok
    all | 1 100 . A C . . ZZ=1 | ~info-undeclared INFO/ZZ
    all | 1 100 . A C . . NS=1 | ~info-undeclared INFO/NS
    4.1-4.2 | 1 100 . A C . . 1Z=1 | ~info-key INFO/1Z
    4.3+ | 1 100 . A C . . 1Z=1 | info-key INFO/1Z
    4.1-4.2 | 1 100 . A C . . DP=1;DP=1 | ~info-twice INFO/DP
    4.3+ | 1 100 . A C . . DP=1;DP=1 | info-twice INFO/DP
    all | 1 100 . A C,G . . AC=1 | info-count INFO/AC
    all | 1 100 . A C . . AC=1,2 | info-count INFO/AC
    all | 1 100 . A C . . I2=1 | info-count INFO/I2
    all | 1 100 . A C . . I1 | info-count INFO/I1
    all | 1 100 . A C . . IG=1 | ok
    all | 1 100 . A C . . S1=a,b | ~info-count INFO/S1
    all | 1 100 . A C . . AA=a,b | info-count INFO/AA
    all | 1 100 . A . . . AC=1 | ok
    4.3+ | 1 100 . A C . . AD=1 | info-count INFO/AD
    4.3+ | 1 100 . A C . . AD=1,2 | ok
    all | 1 100 . A C . . DP=1.5 | info-type INFO/DP
    all | 1 100 . A C . . DP=x | info-type INFO/DP
    all | 1 100 . A C . . F1=1e-3 | ok
    all | 1 100 . A C . . F1=+.5E+2 | ok
    all | 1 100 . A C . . F1=-inf | ok
    all | 1 100 . A C . . F1=1e | info-type INFO/F1
    all | 1 100 . A C . . F1=1.2.3 | info-type INFO/F1
    4.3+ | 1 100 . A C . . F1=1. | info-type INFO/F1
    all | 1 100 . A C . . C1=ab | info-type INFO/C1
    all | 1 100 . A C . . I1= | info-empty INFO/I1
    all | 1 100 . A C . . S1= | ~info-empty INFO/S1
    4.1-4.2 | 1 100 . A C . . I1=2147483648 | ~info-type INFO/I1
    4.3+ | 1 100 . A C . . I1=2147483648 | info-type INFO/I1
    4.3+ | 1 100 . A C . . I1=-2147483641 | info-type INFO/I1
    4.3+ | 1 100 . A C . . I1=-2147483640 | ok
    all | 1 100 . A C . . DB=2 | info-flag INFO/DB
    all | 1 100 . A C . . DB=1 | ~info-flag INFO/DB
    all | 1 100 . A C . . AF=1.01 | info-range INFO/AF
    all | 1 100 . A C . . AF=-0.1 | info-range INFO/AF
    all | 1 100 . A C . . AF=1e1 | info-range INFO/AF
    all | 1 100 . A C . . AC=-1 | info-range INFO/AC
    all | 1 100 . A C . . CIGAR=M1 | info-type INFO/CIGAR
    all | 1 100 . A C . . END=99 | info-end INFO/END
    all | 1 100 . A C . . END=-1 | info-range INFO/END
    all | 1 100 . A C . . END=100 | ok
    all | 1 100 . A C . . END=1001 | ~info-end INFO/END
    4.1-4.3 | 1 100 . A <DEL> . . SVTYPE=DEL;SVLEN=-10;END=110 | ok
    4.1-4.3 | 1 100 . A <DEL> . . SVTYPE=DEL;SVLEN=10;END=110 | ~info-svlen INFO/SVLEN
    4.1-4.3 | 1 100 . A <DEL> . . SVTYPE=DEL;SVLEN=-10;END=150 | ~info-end INFO/END
    4.1-4.3 | 1 100 . A <INS> . . SVLEN=-10 | ~info-svlen INFO/SVLEN
    4.1-4.3 | 1 100 . A <DEL> . . SVTYPE=INS | ~info-svtype INFO/SVTYPE
    4.1-4.3 | 1 100 . A <DEL> . . SVTYPE=FOO | ~info-svtype INFO/SVTYPE
    4.1-4.3 | 1 100 . A <DEL> . . CIPOS=5,9 | ~info-interval INFO/CIPOS
    4.1-4.3 | 1 100 . A <DEL> . . CIPOS=5 | info-count INFO/CIPOS
    4.4+ | 1 100 . A <DEL> . . SVLEN=10;SVCLAIM=DJ;END=110 | ok
    4.4+ | 1 100 . A <DEL> . . SVLEN=10;SVCLAIM=X | info-svclaim INFO/SVCLAIM
    4.4+ | 1 100 . A <DEL> . . SVLEN=10 | info-svclaim INFO/SVCLAIM
    4.4+ | 1 100 . A <DEL> . . SVCLAIM=D | info-svlen INFO/SVLEN
    4.4+ | 1 100 . A <DEL> . . SVCLAIM=D;END=110 | ~info-svlen INFO/SVLEN
    4.4+ | 1 100 . A <DEL> . . SVLEN=-10;SVCLAIM=D | ~info-svlen INFO/SVLEN
    4.4+ | 1 100 . A <INV> . . SVLEN=10 | ok
    4.4+ | 1 100 . A <INV> . . SVLEN=10;SVCLAIM=D | info-svclaim INFO/SVCLAIM
    4.4+ | 1 100 . A <CNV> . . SVLEN=10;SVCLAIM=J | info-svclaim INFO/SVCLAIM
    4.4+ | 1 100 . A <CNV>,C . . SVLEN=10,.;SVCLAIM=D,. | ok
    4.4+ | 1 100 . A A[1:9[ . . SVCLAIM=J | ok
    4.4+ | 1 100 . A A[1:9[ . . SVCLAIM=D | info-svclaim INFO/SVCLAIM
    4.4+ | 1 100 . A <DEL> . . SVLEN=10;SVCLAIM=D;CIPOS=-1,1 | ok
    4.4+ | 1 100 . A <DEL> . . SVLEN=10;SVCLAIM=D;CIPOS=-1 | info-interval INFO/CIPOS
    4.4+ | 1 100 . A <DEL> . . SVLEN=10;SVCLAIM=D;CIPOS=1,2 | info-interval INFO/CIPOS
    4.4+ | 1 100 . A <CNV:TR> . . SVLEN=10;RN=2;RUS=CAG,TG;RUL=3,2 | ok
    4.4+ | 1 100 . A <CNV:TR> . . SVLEN=10;RN=2;RUS=CAG | info-repeat INFO/RUS
    4.4+ | 1 100 . A <CNV:TR> . . SVLEN=10;RUS=CAG;RUL=4 | info-repeat INFO/RUL
    4.4+ | 1 100 . A <CNV:TR> . . SVLEN=10;RUS=CXG | info-repeat INFO/RUS
    all | 1 100 . A C . . S1=a=b | ~info-syntax INFO/S1
    all | 1 100 . A C . . SV=abcdefghij=b;DP=1 | ~info-syntax INFO/SV
    all | 1 100 . A C . . ZZ=a=b | ~info-syntax INFO/ZZ
    all | 1 100 . A C . . S1=a%3Db | ok
    4.1-4.3 | 1 100 . A <DEL> . . . | ok
    4.4+ | 1 100 . A <INS> . . . | info-svlen INFO/SVLEN
    4.4+ | 1 100 . A <DEL>,C . . SVLEN=10,.;SVCLAIM=D,J | ~info-svclaim INFO/SVCLAIM
    4.4+ | 1 100 . T <CNV:TR>,<CNV:TR> . . END=130;SVLEN=30,30;RUS=CAG,CAG,CA,CAG;RN=1,3;RB=90,15,2,12 | ok
    4.4+ | 1 100 . T <CNV:TR> . . END=130;SVLEN=30;RUS=CAG;RUC=65;CIRUC=-15,. | ok
    4.4+ | 1 100 . T <CNV:TR> . . SVLEN=30;RUS=CAG;RUC=65;CIRUC=1,. | info-repeat INFO/CIRUC
    4.4+ | 1 100 . T <CNV:TR> . . SVLEN=30;RUS=CAG;RB=30;CIRB=-3,-1 | info-repeat INFO/CIRB
    4.4+ | 1 100 . T <CNV:TR> . . SVLEN=30;RUS=CAG;CIRB=-1,1 | info-repeat INFO/CIRB
    4.4+ | 1 100 . T <CNV:TR> . . SVLEN=20;RUL=10;RUC=2;RUB=10,12 | ok
    4.4+ | 1 100 . T <CNV:TR> . . SVLEN=20;RUL=10;RUC=2;RUB=10 | info-repeat INFO/RUB
    4.4+ | 1 100 . T <CNV:TR> . . SVLEN=20;RUL=10;RUC=2.5;RUB=10,12 | info-repeat INFO/RUB
    4.4+ | 1 100 . T <CNV:TR> . . SVLEN=20 | info-repeat INFO/RUS
    4.5 | 1 100 . A <DEL>,<CNV> . . SVLEN=10,20;SVCLAIM=D,D GT:CN 0/1:2 | info-svlen INFO/SVLEN
    4.1-4.2 | 1 100 . A C . . S1=5% | ok
    4.3+ | 1 100 . A C . . S1=5% | ~percent-encoding INFO
    4.3+ | 1 100 . A C . . S1=5%2c | ~percent-encoding INFO
    4.3+ | 1 100 . A C . . S1=a%3Bb%25 | ok
    """

  static let sampleCases = """
    all | 1 100 . A C . . . GT 0/1 ./. 0|1 . 1 1/1/1 | ok
    all | 1 100 . A C . . . GT:DP 0/1:5 0/1 .:. | ok
    all | 1 100 . A C . . . GT:DP 0/1:5:7 | sample-fields FORMAT
    all | 1 100 . A C . . . DP:GT 5:0/1 | format-gt-first FORMAT
    all | 1 100 . A C . . . GT:DP:DP 0/1:5:5 | format-twice FORMAT/DP
    all | 1 100 . A C . . . GT:ZZ 0/1:5 | ~format-undeclared FORMAT/ZZ
    4.1-4.2 | 1 100 . A C . . . GT:Z_Z 0/1:5 | format-key FORMAT/Z_Z
    4.1-4.2 | 1 100 . A C . . . GT:X_1 0/1:5 | ~format-key FORMAT/X_1
    4.3+ | 1 100 . A C . . . GT:X_1 0/1:5 | ok
    4.3+ | 1 100 . A C . . . GT:Z-Z 0/1:5 | format-key FORMAT/Z-Z
    all | 1 100 . A C . . . GT 0/2 | gt-allele FORMAT/GT
    all | 1 100 . A . . . . GT 0/1 | ~gt-allele FORMAT/GT
    all | 1 100 . A . . . . GT 0/2 | gt-allele FORMAT/GT
    all | 1 100 . A C . . . GT 0/10 | gt-allele FORMAT/GT
    all | 1 100 . A C . . . GT 0/ | gt-syntax FORMAT/GT
    all | 1 100 . A C . . . GT 0//1 | gt-syntax FORMAT/GT
    all | 1 100 . A C . . . GT a/b | gt-syntax FORMAT/GT
    all | 1 100 . A C . . . GT 0:1 | sample-fields FORMAT
    4.1-4.3 | 1 100 . A C . . . GT |0/1 | gt-syntax FORMAT/GT
    4.4+ | 1 100 . A C . . . GT |0/1 /0|1 | ok
    4.1-4.3 | 1 100 . A C . . . GT 0/1|1 | ~gt-phasing FORMAT/GT
    4.4+ | 1 100 . A C . . . GT 0/1|1 | ok
    all | 1 100 . A C . . . GT:PL 0/1:1,2,3 1:1,2 .:1,2 .:1,2,3 0/0/1:1,2,3,4 | ok
    all | 1 100 . A C . . . GT:PL 0/1:1,2 | sample-count FORMAT/PL
    all | 1 100 . A C . . . GT:PL 1:1,2,3 | sample-count FORMAT/PL
    all | 1 100 . A C . . . GT:PL 0/0/1:1,2,3 | sample-count FORMAT/PL
    all | 1 100 . A C,G . . . GT:PL 0/1:1,2,3,4,5,6 0/1:. 0/1:.,.,.,.,.,. | ok
    all | 1 100 . A C . . . PL 1,2,3 | ok
    all | 1 100 . A C . . . PL 1,2 | sample-count FORMAT/PL
    all | 1 100 . A . . . . GT:PL 0/0:0 0/0:0,1,2 | ok
    all | 1 100 . A C,G . . . GT:EC 0/1:1,0 | ok
    all | 1 100 . A C,G . . . GT:EC 0/1:1 | sample-count FORMAT/EC
    all | 1 100 . A C . . . GT:HQ 0/1:1 | sample-count FORMAT/HQ
    all | 1 100 . A C . . . GT:HQ 0/1:.,. | ok
    all | 1 100 . A C . . . GT:DP 0/1:x | sample-type FORMAT/DP
    all | 1 100 . A C . . . GT:DP 0/1:1.5 | sample-type FORMAT/DP
    all | 1 100 . A C . . . GT:DP 0/1: | sample-empty FORMAT/DP
    all | 1 100 . A C . . . GT:CH 0/1:ab | sample-type FORMAT/CH
    4.1-4.2 | 1 100 . A C . . . GT:GQ 0/1:-1 | ~sample-range FORMAT/GQ
    4.3+ | 1 100 . A C . . . GT:GQ 0/1:-1 | sample-range FORMAT/GQ
    all | 1 100 . A C . . . GT:GL 0/1:-1,0,-2.5e1 | ok
    all | 1 100 . A C . . . GT:GL 0/1:-1,0.5,-2 | ~sample-range FORMAT/GL
    4.1-4.2 | 1 100 . A C . . . GT:GP 0/1:0,20,30 | ok
    4.3+ | 1 100 . A C . . . GT:GP 0/1:0,20,30 | sample-range FORMAT/GP
    4.3+ | 1 100 . A C . . . GT:GP 0/1:0,.9,.1 | ok
    all | 1 100 . A C . . . GT:FT 0/1:q10 0/0:PASS 0/0:. | ok
    all | 1 100 . A C . . . GT:FT 0/1:0 | sample-type FORMAT/FT
    4.3+ | 1 100 . A C,G . . . GT:AD 0/1:1,2,3 | ok
    4.3+ | 1 100 . A C,G . . . GT:AD 0/1:1,2 | sample-count FORMAT/AD
    4.4+ | 1 100 . A C . . . GT:PSL 0|1:a,b ./.:. | ok
    4.4+ | 1 100 . A C . . . GT:PSL 0|1:a | sample-count FORMAT/PSL
    4.4+ | 1 100 . A C . . . GT:PSL |0/1:x,. /0/0|1:.,.,x 0/1:.,. 0|1:.,x | ok
    4.4+ | 1 100 . A C . . . GT:PSL 0/1:.,x | phase-sets FORMAT/PSL
    4.4+ | 1 100 . A C . . . GT:PS:PSL 0|1:5:a,b | phase-sets FORMAT/PSL
    4.5 | 1 100 . A C,G,T . . . GT:LAA:LAD:LPL 0/2:2:1,2:1,2,3 0/0::3:0 0/0:.:3:0 | ok
    4.5 | 1 100 . A C,G,T . . . GT:LAA:LAD:LPL 2/3:2,3:1,2,3:1,2,3,4,5,6 | ok
    4.5 | 1 100 . A C,G,T . . . GT:LAA:LAD 0/2:2:1,2,3 | sample-count FORMAT/LAD
    4.5 | 1 100 . A C,G,T . . . GT:LAA:LAD 0/2:4:1,2 | format-local-alleles FORMAT/LAA
    4.5 | 1 100 . A C,G,T . . . GT:LAA:LAD 0/2:0:1,2 | sample-range FORMAT/LAA
    4.5 | 1 100 . A C,G,T . . . GT:LAD 0/2:. | format-local-alleles FORMAT
    4.5 | 1 100 . A C,G,T . . . GT:LAD:LAA 0/2:.:2 | format-local-alleles FORMAT/LAA
    4.5 | 1 100 . C A . . . GT:M5mC 0/1:0.95 | ok
    4.5 | 1 100 . C A . . . GT:M5mC 0/1:1.5 | sample-range FORMAT/M5mC
    4.5 | 1 100 . C A . . . M5mC 0.95 | format-gt-first FORMAT
    4.5 | 1 100 . A <*> . . END=150 GT:LEN 0/0:51 | ok
    """
}
