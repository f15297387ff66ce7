"""The record and its proof: hash chain, seal, exports, dead letters."""
