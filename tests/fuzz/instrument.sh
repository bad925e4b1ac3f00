#!/bin/sh
# Compiles one of our own crates with the counters that libFuzzer needs; cargo calls it (RUSTC_WORKSPACE_WRAPPER).
# They come from a pass of LLVM that the stable compiler can switch on.
exec "$@" --cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares
