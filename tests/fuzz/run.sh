#!/bin/sh
# Runs fuzz targets: ./run.sh [SECONDS [TARGET…]]; every target for 30 seconds unless told.
#
# Works with the stable toolchain. Findings are left in artifacts/; see README.md.
set -eu
cd "$(dirname "$0")"
seconds=${1:-30}
[ $# -gt 0 ] && shift
targets=${*:-label text markdown html pdf docx}
root=../..
CARGO_TARGET_DIR=${FUZZ_TARGET_DIR:-$root/target/fuzz}
export CARGO_TARGET_DIR

# The same versions of everything as in the program; cargo adds what only the fuzzer needs.
cp "$root/Cargo.lock" Cargo.lock
if [ -n "${FUZZ_ALL:-}" ]; then
    # Counters in the libraries as well. A target triple keeps them out of build scripts.
    host=$(rustc -vV | sed -n 's/^host: //p')
    RUSTFLAGS=$(sed -n '/^exec/,$p' instrument.sh | sed 's/^exec "$@"//; s/\\$//' | tr '\n' ' ')
    export RUSTFLAGS
    cargo build --release --quiet --target "$host"
    built=$CARGO_TARGET_DIR/$host/release
else
    RUSTC_WORKSPACE_WRAPPER=$PWD/instrument.sh cargo build --release --quiet
    built=$CARGO_TARGET_DIR/release
fi

# Seeds: what the project has of each format, not large.
seed() { # TARGET FILE…
    target=$1
    shift
    mkdir -p "corpus/$target" "artifacts/$target"
    for file in "$@"; do
        [ -f "$file" ] && cp "$file" "corpus/$target/$(echo "$file" | tr -c 'A-Za-z0-9.\n' _)"
    done
    return 0
}
drafts=$root/fixtures/unit/cases
for target in $targets; do
    case $target in
    docx) seed docx "$drafts"/*/contract/*.docx ;;
    html) seed html seeds/*.html ;;
    pdf) seed pdf seeds/*.pdf ;;
    *) seed "$target" "$drafts"/*/contract/*.md ;;
    esac
done

for target in $targets; do
    echo "== $target"
    log=artifacts/$target/log
    "$built/$target" "corpus/$target" -max_total_time="$seconds" -seed="${FUZZ_SEED:-0}" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
        -artifact_prefix="artifacts/$target/" >"$log" 2>&1 || { grep -v '^#' "$log" | tail -40; exit 1; }
    sed -n 's/^Done /  /p' "$log"
done
