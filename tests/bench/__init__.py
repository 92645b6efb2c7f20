"""Benchmarks: ratios measured side by side in one run, never in pytest. Started by bin/bench; docs/performance.md tells."""
