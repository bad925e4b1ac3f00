#!/bin/sh
# Runs every fuzz target for some seconds (30 unless told): ./run.sh [SECONDS [TARGET…]]
#
# Works with the stable toolchain: the coverage that libFuzzer needs comes from a pass of LLVM that stable rustc can
# switch on. Findings are left in artifacts/ with the command that shows them again.
set -eu
cd "$(dirname "$0")"
seconds=${1:-30}
[ $# -gt 0 ] && shift
targets=${*:-label text markdown html pdf docx}

RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1"
export RUSTFLAGS
host=$(rustc -vV | sed -n 's/^host: //p')
# A target triple keeps the flags away from build scripts.
cargo build --release --quiet --target "$host"

# Seeds: what the project has of each format.
root=../..
for target in $targets; do
    mkdir -p "corpus/$target" "artifacts/$target"
done
for target in markdown text label; do
    [ -d "corpus/$target" ] && cp "$root"/fixtures/unit/cases/*/contract/*.md "corpus/$target/" 2>/dev/null || true
done
for ending in docx pdf html; do
    [ -d "corpus/$ending" ] && find "$root/fixtures" -name "*.$ending" -size -200k -exec cp {} "corpus/$ending/" \; || true
done
[ -d corpus/html ] && cp seeds/*.html corpus/html/ 2>/dev/null || true
[ -d corpus/pdf ] && cp seeds/*.pdf corpus/pdf/ 2>/dev/null || true

for target in $targets; do
    echo "== $target"
    "${CARGO_TARGET_DIR:-target}/$host/release/$target" "corpus/$target" -max_total_time="$seconds" -timeout=10 \
        -rss_limit_mb=2048 -max_len=65536 -print_final_stats=0 -verbosity=0 -artifact_prefix="artifacts/$target/"
done
