"""What ``thangdiem test`` does: examples and cases run, coverage, proposals around thresholds, slips tried."""
