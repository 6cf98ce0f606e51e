#!/bin/bash
# conda-build runs this in the sources. NOT EXECUTED where it was written; see meta.yaml.
set -euo pipefail
: "${SWIFT:?names the swift program, which conda-forge does not have}"
swift_folder=$(dirname "$SWIFT")
export PKG_CONFIG_PATH="$PREFIX/lib/pkgconfig" PATH="$swift_folder:$PATH"
"$SWIFT" build -c release --product apus --static-swift-stdlib --disable-local-rpath \
  -Xlinker -rpath -Xlinker "$PREFIX/lib" -Xlinker -L"$PREFIX/lib"
Scripts/Release/install "$PREFIX"
Scripts/Release/notices -o THIRD-PARTY-NOTICES.txt apus
