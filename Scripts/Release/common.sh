# What the release's scripts share; they source it from the repository's root.
# APUS_SCRATCH: the build's folder. APUS_DIST: where packages go.
# shellcheck shell=sh
# shellcheck disable=SC2034

release=Scripts/Release
scratch=${APUS_SCRATCH:-.build}
dist=${APUS_DIST:-.build/dist}
# Programs are run in other folders too.
case $dist in /*) ;; *) dist=$PWD/$dist ;; esac
self=$release/$(basename "$0")

# fail CODE LINE...
fail() {
  code=$1
  shift
  for text; do echo "$self: $text" >&2; done
  exit "$code"
}

need() {
  for program; do
    command -v "$program" >/dev/null 2>&1 || fail 69 "$program is missing"
  done
}

need git python3 objcopy strip readelf sha256sum
version=$($release/version)
git rev-parse --verify -q HEAD >/dev/null || fail 66 "a release is made from a clone with its history"
# Everything that a package holds has the time of the commit: the same sources and programs give the same bytes.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH LC_ALL=C TZ=UTC
umask 022

# The programs that are shipped: apus, and apus-beacon where it is built like it.
programs() {
  for name in apus apus-beacon; do
    program=$scratch/release/$name
    if [ ! -x "$program" ]; then
      [ $name = apus ] && fail 66 "$program is missing; make build comes first"
      echo "$self: apus-beacon is not built (make beacon): left out" >&2
    elif ldd "$program" | grep -q libswiftCore && [ "${APUS_DYNAMIC:-}" != allow ]; then
      [ $name = apus ] && fail 65 "$program needs a machine with Swift; make build links it in"
      echo "$self: apus-beacon needs a machine with Swift (make beacon links it in): left out" >&2
    elif [ "$("$program" --version)" != "$name $version" ]; then
      fail 65 "$program is $("$program" --version), the sources say $version; build it again"
    else
      echo $name
    fi
  done
}

# payload DIR NAME...: stripped programs with pages and completions (DIR/stage), their debug symbols (DIR/debug), bill of
# materials and notices.
payload() {
  into=$1
  shift
  rm -rf "$into"
  mkdir -p "$into/programs" "$into/debug"
  for name; do
    cp "$scratch/release/$name" "$into/programs/$name"
    (
      cd "$into/programs"
      objcopy --only-keep-debug --compress-debug-sections=zlib "$name" "../debug/$name.debug"
      strip --strip-unneeded --remove-section=.comment "$name"
      cd ../debug
      objcopy --add-gnu-debuglink="$name.debug" "../programs/$name"
    )
    chmod 755 "$into/programs/$name"
    chmod 644 "$into/debug/$name.debug"
    set -- "$@" "$into/programs/$name"
    shift
  done
  $release/stage "$into/stage" "$@"
  $release/sbom --scratch "$scratch" -o "$into/sbom.cdx.json" "$@"
  names=
  for program; do names="$names $(basename "$program")"; done
  # shellcheck disable=SC2086
  $release/notices --scratch "$scratch" -o "$into/THIRD-PARTY-NOTICES.txt" $names
}

# tracked DIR PATH...: copies files of the repository, those of the commit's list alone.
tracked() {
  to=$1
  shift
  mkdir -p "$to"
  git ls-files -z -- "$@" | tar --null -T - -cf - | tar -xf - -C "$to"
}

# packed FOLDER FILE: a tar of a folder beside us, the same bytes whenever and by whomever it is made.
packed() {
  tar -C "$(dirname "$1")" --sort=name --format=gnu --numeric-owner --owner=0 --group=0 --mode=u+rwX,go+rX,go-w \
    --mtime="@$SOURCE_DATE_EPOCH" -cf - "$(basename "$1")" | gzip -n -9 >"$2.partial"
  mv "$2.partial" "$2"
}

# Checksums of everything of this version.
checksums() {
  (
    cd "$dist"
    for file in "apus-$version-"*.tar.gz "apus_${version}_"*.deb "apus-beacon_${version}_"*.deb; do
      [ -f "$file" ] && sha256sum "$file"
    done >SHA256SUMS.partial
    mv SHA256SUMS.partial SHA256SUMS
  )
}
